/** What people do to a description in the web page: they see boxes and lines, and know nothing of the app. */

const itemLine = (id: string): RegExp =>
  new RegExp(`^(- \\[)[ xX](\\] .*<!-- item:${id}(?:@[0-9a-f]+)? -->.*)$`, "m");

/** The description with the boxes of these items ticked. */
export const ticked = (body: string, ...ids: readonly string[]): string =>
  ids.reduce((text, id) => {
    if (!itemLine(id).test(text)) throw new Error(`The description has no box for ${id}:\n${text}`);
    return text.replace(itemLine(id), "$1x$2");
  }, body);

/** The description with these questions answered. */
export const answered = (body: string, answers: Readonly<Record<string, string>>): string =>
  Object.entries(answers).reduce((text, [id, answer]) => {
    const mark = `<!-- answer:${id} -->`;
    if (!text.includes(mark)) throw new Error(`The description has no question ${id}:\n${text}`);
    return text.replace(mark, `${mark} ${answer}`);
  }, body);

/** The description with questions answered, by item and question: several items may ask the same. */
export const answeredAt = (
  body: string,
  answers: Readonly<Record<string, Readonly<Record<string, string>>>>,
): string =>
  Object.entries(answers).reduce((text, [item, ofItem]) => {
    const start = text.search(itemLine(item));
    if (start < 0) throw new Error(`The description has no item ${item}:\n${text}`);
    return text.slice(0, start) + answered(text.slice(start), ofItem);
  }, body);
