import { indentOf, isBlank, type Line } from "./lines.ts";

/**
 * Descriptions come from anybody, and the Markdown parser takes minutes for some that fit into GitHub's limit. What
 * is here keeps its time below a second or so for them, and changes nothing for those that people write.
 */

/** Columns of quotation and list marks, and the white space between them, that one line may begin with. */
const MAX_PREFIX = 200;
const PREFIX = /^(?:[ \t]*(?:[>*+-]|\d{1,9}[.)]))*[ \t]*/;
const RULE = /^[ \t]*([-*_])(?:[ \t]*\1)+[ \t]*$/;

/**
 * A line that opens or continues very many quotations and lists goes on as plain text behind them. Whatever is in
 * there cannot reach the top level, and GitHub's own parser stops at a hundred lists.
 */
export function shallow(text: string): string {
  if (text.length <= MAX_PREFIX / 4) return text;
  const end = PREFIX.exec(text)?.[0].length ?? 0;
  let columns = 0;
  for (let index = 0; index < end; index += 1) {
    columns += text[index] === "\t" ? 4 : 1;
    if (columns > MAX_PREFIX) {
      return isBlank(text) || RULE.test(text) ? text : `${text.slice(0, index)}…${text.slice(index)}`;
    }
  }
  return text;
}

/** The words of a longer line that starts a list item are not looked at: it is none of the app's. */
export const MAX_ITEM_LINE = 8_000;

/**
 * Each heading by underline, and each end of a quotation, list or footnote, costs the parser a pass over much that
 * came before.
 */
const MAX_PASSES = 2_500;
const UNDERLINE = /^[ \t>]*(?:=+|-+)[ \t]*$/;
const MARKS = /^(?:[ \t]*(?:[>*+-]|\d{1,9}[.)]|\[\^[^\]]{0,99}\]:))+/;
const marksOf = (text: string): string =>
  (MARKS.exec(text)?.[0] ?? "").replace(/[ \t]+/g, "").replace(/\d+[.)]/g, "1");

export function isTooLaborious(lines: readonly Line[]): boolean {
  let passes = 0;
  let before = "";
  let depth = 0;
  for (const { text } of lines) {
    const marks = marksOf(text);
    const indent = indentOf(text);
    const ended = before !== "" && (marks !== before || indent < depth);
    // A list in a quotation, or the other way round, ends what the line before had opened there.
    if (ended || (marks.length > 1 && !/^>+$/.test(marks)) || UNDERLINE.test(text)) passes += 1;
    before = marks;
    depth = indent;
  }
  return passes > MAX_PASSES;
}
