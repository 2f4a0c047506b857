/** The hidden marks by which the block, its items and its questions are known. */

export const BEGIN = "<!-- release-checklist:begin -->";
export const END = "<!-- release-checklist:end -->";
export const HEADING = "## Release checklist";
/** How the last line before the end marker starts; the name of the check follows. */
export const FOOT = "Who signed what:";

export interface ItemMark {
  readonly kind: "item";
  readonly id: string;
  /** Short SHA of the commit that the box stands for, or null. */
  readonly sha: string | null;
}

export interface AnswerMark {
  readonly kind: "answer";
  readonly id: string;
}

const BEGIN_TEXT = /^<!--[ \t]*release-checklist:begin[ \t]*-->[ \t]*$/;
const END_TEXT = /^<!--[ \t]*release-checklist:end[ \t]*-->[ \t]*$/;
const MARK_TEXT = /^<!--[ \t]*(?:item:([\w.-]+)(?:@([0-9a-fA-F]{4,40}))?|answer:([\w.-]+))[ \t]*-->$/;

export const isBegin = (text: string): boolean => BEGIN_TEXT.test(text);
export const isEnd = (text: string): boolean => END_TEXT.test(text);

/** False means that no marker of a block can be in it, so that nothing needs to be parsed. */
export const mayHoldBlock = (body: string): boolean =>
  body.includes("release-checklist:begin") || body.includes("release-checklist:end");

/** False means that no marker of an item or question can be in the line. */
export const mayHoldMark = (line: string): boolean => /<!--[ \t]*(?:item|answer):/.test(line);

/** What one HTML comment says, or null when it is not one of ours. */
export function parseMark(comment: string): ItemMark | AnswerMark | null {
  const match = MARK_TEXT.exec(comment);
  if (match === null) return null;
  const [, item, sha, answer] = match;
  if (item !== undefined) return { kind: "item", id: item, sha: sha ?? null };
  return answer === undefined ? null : { kind: "answer", id: answer };
}

/**
 * Ids hold letters, digits, `-`, `_` and `.`, without `--`: GitHub's Markdown takes a comment with two hyphens
 * inside for text.
 */
export const itemMark = (id: string, sha: string | null): string =>
  `<!-- item:${id}${sha === null ? "" : `@${sha}`} -->`;
export const answerMark = (id: string): string => `<!-- answer:${id} -->`;
