import { answerToLines } from "../../src/domain/block/answer.ts";

/** What a click does to a text, as it is at that moment: null where the text has no such place any more. */

const box = /^(\s*(?:[-*+]|\d+[.)])\s+\[)([ xX])(\].*)$/;

/** @param line The line as the person saw it, and where: it is looked for elsewhere when it is not there. */
export function withBox(
  body: string,
  { at, line }: { readonly at: number; readonly line: string },
  ticked: boolean,
): string | null {
  const lines = linesOf(body);
  const same = (one: string | undefined): boolean => one !== undefined && rest(one) === rest(line);
  const found = same(lines[at]) ? at : lines.findIndex(same);
  const changed = lines[found]?.replace(box, `$1${ticked ? "x" : " "}$3`);
  if (rest(line) === null || changed === undefined) return null;
  return lines.with(found, changed).join("\n");
}

/** The page stores its line ends by itself. */
const linesOf = (body: string): string[] => body.split(/\r?\n/);

/** What stands behind the box: the box may have changed since. */
const rest = (line: string): string | null => box.exec(line)?.[3] ?? null;

const isItem = (line: string, id: string): boolean =>
  line.includes(`<!-- item:${id} -->`) || line.includes(`<!-- item:${id}@`);
/** Of an answer, the further lines are indented, and hold nothing of the app's own. */
const furtherLine = /^(?: {4}(?!.*<!-- (?:item|answer):).*|\s*)$/;

export function withAnswer(body: string, item: string, question: string, answer: string): string | null {
  const lines = linesOf(body);
  const start = lines.findIndex((line) => isItem(line, item));
  if (start < 0) return null;
  const mark = `<!-- answer:${question} -->`;
  const at = lines.findIndex((line, index) => index > start && line.includes(mark));
  const [before] = lines[at]?.split(mark) ?? [];
  if (before === undefined) return null;
  const below = lines.slice(at + 1);
  const length = below.findIndex((line) => !furtherLine.test(line));
  const after = length < 0 ? [] : below.slice(length);
  // The blank line before the next heading is no part of the answer.
  const gap = after[0] !== undefined && !/^\s/.test(after[0]) && lines[at + length] === "" ? [""] : [];
  const [first = "", ...further] = answerToLines(answer);
  return [...lines.slice(0, at), `${before}${mark}${first}`, ...further, ...gap, ...after].join("\n");
}
