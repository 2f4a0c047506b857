import type { ItemId } from "./cast.ts";

/**
 * Reads and edits descriptions as people do it by hand: line by line. It knows nothing of the code that it judges;
 * the stories keep to texts for which this is enough.
 */

const BEGIN = "<!-- release-checklist:begin -->";
const END = "<!-- release-checklist:end -->";

const linesOf = (body: string): string[] => body.split(/\r?\n/);
const eolOf = (body: string): string => (body.includes("\r\n") ? "\r\n" : "\n");
const edit = (body: string, change: (lines: string[]) => string[]): string =>
  change(linesOf(body)).join(eolOf(body));

const boxLine = (id: string): RegExp => new RegExp(`^- \\[([ x])\\] .*<!-- item:${id}(?:@([0-9a-f]+))? -->`);
const answerLine = (id: string): RegExp => new RegExp(`^( +- .*<!-- answer:${id} -->)(.*)$`);

export const hasBegin = (body: string): boolean => linesOf(body).includes(BEGIN);
export const hasEnd = (body: string): boolean => linesOf(body).includes(END);
/** With one marker gone it still is a block. */
export const hasBlock = (body: string): boolean => hasBegin(body) || hasEnd(body);

export interface Box {
  readonly checked: boolean;
  /** Short SHA that the box stands for. */
  readonly sha: string | null;
}

export function boxOf(body: string, item: ItemId): Box | null {
  if (!hasBlock(body)) return null;
  for (const line of linesOf(body)) {
    const match = boxLine(item).exec(line);
    if (match) return { checked: match[1] === "x", sha: match[2] ?? null };
  }
  return null;
}

export function answerOf(body: string, item: ItemId, question: string): string | null {
  if (boxOf(body, item) === null) return null;
  for (const line of linesOf(body)) {
    const match = answerLine(question).exec(line);
    if (match) return (match[2] ?? "").trim();
  }
  return null;
}

export const withBox = (body: string, item: ItemId, checked: boolean): string =>
  edit(body, (lines) =>
    lines.map((line) =>
      boxLine(item).test(line) ? line.replace(/^- \[[ x]\]/, `- [${checked ? "x" : " "}]`) : line,
    ),
  );

export const withAnswer = (body: string, question: string, text: string): string =>
  edit(body, (lines) =>
    lines.map((line) => line.replace(answerLine(question), text === "" ? "$1" : `$1 ${text}`)),
  );

/** Every piece of prose holds one mark, so that it is known again: `L7`. Answers have others: `A7`. */
export const marksOf = (body: string): Set<string> => new Set(body.match(/\bL\d+\b/g));
export const count = (body: string, mark: string): number =>
  body.match(new RegExp(`\\b${mark}\\b`, "g"))?.length ?? 0;

export type Place = "top" | "inside" | "below";

export const withProse = (body: string, text: string, place: Place): string =>
  edit(body, (lines) => {
    if (place === "top") return [text, "", ...lines];
    const heading = lines.indexOf("## Release checklist");
    if (place === "inside" && heading >= 0) return lines.toSpliced(heading + 1, 0, text);
    return [...lines, "", text];
  });

export const withoutProse = (body: string, mark: string): string =>
  edit(body, (lines) => lines.filter((line) => !marksOf(line).has(mark)));

export function withoutBlock(body: string): string {
  return edit(body, (lines) => {
    const [first, last] = [lines.indexOf(BEGIN), lines.indexOf(END)];
    return first < 0 || last < first ? lines : lines.toSpliced(first, last - first + 1);
  });
}

/** Takes out one marker, as long as the other one is there, or an item with all that stands below it. */
export function halved(body: string, part: "begin" | "end" | ItemId): string {
  if (part === "begin" || part === "end") {
    if (!hasBegin(body) || !hasEnd(body)) return body;
    return edit(body, (lines) => lines.filter((line) => line !== (part === "begin" ? BEGIN : END)));
  }
  return edit(body, (lines) => {
    const first = lines.findIndex((line) => boxLine(part).test(line));
    const rest = lines.slice(first + 1);
    const below = rest.findIndex((line) => !line.startsWith("  "));
    return first < 0 ? lines : lines.toSpliced(first, 1 + (below < 0 ? rest.length : below));
  });
}

export const viaWeb = (body: string): string => body.replace(/\r?\n/g, "\r\n");
