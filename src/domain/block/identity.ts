import { indentOf, isBlank, splitLines } from "./lines.ts";
import { FOOT, HEADING, isBegin, isEnd } from "./markers.ts";

/** From this column on a line of the block belongs to an answer: the app itself never writes so far to the right. */
export const ANSWER_INDENT = 4;

/** A marker with a backslash before it is text of a title that was made inert. */
const ANSWER_REST = /(?<!\\)<!--[ \t]*answer:([\w.-]+)[ \t]*-->([\s\S]*)$/;
const ITEM_MARK = /(?<!\\)<!--[ \t]*item:([\w.-]+?)(?:@[0-9a-fA-F]{4,40})?[ \t]*-->/g;

/**
 * What identifies a line that the app wrote, whatever happened to its box, its short SHA, its indentation, its
 * line end and the white space around it; of a question's line the part up to the marker.
 */
export function normaliseLine(line: string): string {
  return line
    .replace(/[\r\n]+$/, "")
    .replace(ANSWER_REST, "<!-- answer:$1 -->")
    .replace(ITEM_MARK, "<!-- item:$1 -->")
    .trim()
    .replace(/^[-*+][ \t]+\[[ \txX]\][ \t]+/, "- [ ] ")
    .replace(/^[*+][ \t]+/, "- ");
}

/** Whether somebody wrote behind the marker of a question: that is not part of what identifies the line. */
export const hasRest = (line: string): boolean => (ANSWER_REST.exec(line)?.[2] ?? "").trim() !== "";

/** FNV-1a over UTF-16 code units, 32 bits, as eight hex digits: it tells lines apart, it protects nothing. */
export function lineHash(line: string): string {
  const text = normaliseLine(line);
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    hash = Math.imul(hash ^ (unit & 0xff), 0x01000193);
    hash = Math.imul(hash ^ (unit >>> 8), 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, "0");
}

/** Hashes of the lines that the app wrote in a rendered block; answers are people's and not among them. */
export function ourLines(rendered: string): string[] {
  const hashes = new Set<string>();
  for (const { text } of splitLines(rendered)) {
    if (isBlank(text) || isBegin(text) || isEnd(text) || indentOf(text) >= ANSWER_INDENT) continue;
    hashes.add(lineHash(text));
  }
  return [...hashes];
}

const FOOT_LINE = new RegExp(`^${FOOT} the \\*\\*.+\\*\\* check\\. Help: comment \`/checklist help\`\\.$`);

/** How the warning ends that stands in a block without a record: nothing remembers that line, so it says itself whose it is. */
export const NO_RECORD = "Nothing can be signed off until somebody who administers the app repairs that.";

/** How the pointer ends that stands in place of a checklist where another pull request decides. */
export const ELSEWHERE = "What is signed there counts here as well.";

/** `isOurs` for `readBlock`: knows the lines with these hashes, and those that every block may have. */
export function ownLines(hashes: Iterable<string>): (line: string) => boolean {
  const known = new Set(hashes);
  known.add(lineHash(HEADING));
  return (line) => known.has(lineHash(line)) || isPlain(line.trim());
}

/** The whole of a block without a record; a record remembers these lines like all others. */
const isPlain = (text: string): boolean =>
  (text.startsWith("⚠ ") && (text.endsWith(NO_RECORD) || text.endsWith(ELSEWHERE))) || FOOT_LINE.test(text);
