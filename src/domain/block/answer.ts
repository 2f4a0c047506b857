import { ANSWER_INDENT } from "./identity.ts";
import { dedent, indentOf, isBlank } from "./lines.ts";

/** Starts of lines that mean a list, a quotation, a heading, a fence, a table or HTML: they need a line of their own. */
const BLOCK_START = /^(?:[-*+>#|<]|`{3}|~{3}|\d{1,9}[.)](?:\s|$))/;

/** Would make a heading or the head of a table of the line above: an answer with it starts after a blank line. */
const UNDERLINE = /^[-=|:\s]+$/;

/** An answer as it is kept: `\n` line ends, no white space around it, blank lines empty. */
export const tidyAnswer = (text: string): string =>
  text
    .split(/\r\n|\n|\r/)
    .map((line) => (isBlank(line) ? "" : line))
    .join("\n")
    .trim();

/** The answer from the rest of the question's line and the raw lines below it. */
export function answerFromLines(rest: string, below: readonly string[]): string {
  const shared = Math.min(ANSWER_INDENT, ...below.filter((line) => !isBlank(line)).map(indentOf));
  return tidyAnswer([rest, ...below.map((line) => dedent(line, shared))].join("\n"));
}

/**
 * What follows the marker of a question, line by line; the first entry stands on the question's own line. The
 * other lines are indented into the question's list item, so that an open fence or comment, or a line that looks
 * like one of the block, ends with that list item and is never taken for a part of the block.
 */
export function answerToLines(answer: string): string[] {
  const tidy = tidyAnswer(answer);
  if (tidy === "") return [""];
  const lines = tidy.split("\n");
  const indented = lines.map((line) => (line === "" ? "" : " ".repeat(ANSWER_INDENT) + line));
  const [first = "", second = ""] = lines;
  if (UNDERLINE.test(first) || UNDERLINE.test(second)) return ["", "", ...indented];
  return BLOCK_START.test(first) ? ["", ...indented] : [` ${first}`, ...indented.slice(1)];
}
