import type { Line } from "./lines.ts";

/**
 * Descriptions come from anybody, and the Markdown parser takes minutes for some that fit into GitHub's limit. What
 * is here keeps its time below a second or two for them, and changes nothing for those that people write.
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
  if (end === text.length && /^[ \t]*$/.test(text)) return text;
  let columns = 0;
  for (let index = 0; index < end; index += 1) {
    columns += text[index] === "\t" ? 4 : 1;
    if (columns > MAX_PREFIX) return RULE.test(text) ? text : `${text.slice(0, index)}…${text.slice(index)}`;
  }
  return text;
}

/** Headings by underline cost the parser a pass over all that came before. */
const MAX_UNDERLINES = 1_500;
const UNDERLINE = /^[ \t>]*(?:=+|-+)[ \t]*$/;

export const isTooLaborious = (lines: readonly Line[]): boolean =>
  lines.filter(({ text }) => UNDERLINE.test(text)).length > MAX_UNDERLINES;
