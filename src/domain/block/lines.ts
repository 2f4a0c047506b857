/** Lines as Markdown sees them: ended by a line feed, a carriage return, or both. */

export interface Line {
  readonly text: string;
  /** Empty at the end of a text without a last line end. */
  readonly eol: "" | "\n" | "\r\n" | "\r";
  /** Offset of its first character. */
  readonly start: number;
}

/** May stand before the first line; it is no part of it. */
export const BOM = "\uFEFF";

export type Eol = "\n" | "\r\n";

const LINE = /([^\r\n]*)(\r\n|\n|\r|$)/y;

/** Every text has at least one line; one that ends with a line end has an empty last line. */
export function splitLines(text: string): Line[] {
  const lines: Line[] = [];
  let start = 0;
  for (;;) {
    LINE.lastIndex = start;
    const match = LINE.exec(text);
    const eol = (match?.[2] ?? "") as Line["eol"];
    lines.push({ text: match?.[1] ?? "", eol, start });
    if (eol === "") return lines;
    start = LINE.lastIndex;
  }
}

/** The line end to write with: the first one that is there. A lone carriage return is never written. */
export const eolOf = (text: string): Eol => (/\r\n|\n|\r/.exec(text)?.[0] === "\r\n" ? "\r\n" : "\n");

/** Blank for Markdown: nothing but spaces and tabs. */
export const isBlank = (text: string): boolean => /^[ \t]*$/.test(text);

/** Columns of white space before the text; a tab goes to the next multiple of four. */
export function indentOf(text: string): number {
  let columns = 0;
  for (const char of text) {
    if (char === " ") columns += 1;
    else if (char === "\t") columns += 4 - (columns % 4);
    else break;
  }
  return columns;
}

/** The text with at most so many columns of leading white space taken off. */
export function dedent(text: string, columns: number): string {
  let column = 0;
  let index = 0;
  while (column < columns && index < text.length) {
    const char = text[index];
    if (char === " ") column += 1;
    else if (char === "\t") column += 4 - (column % 4);
    else break;
    if (column > columns) break;
    index += 1;
  }
  return text.slice(index);
}
