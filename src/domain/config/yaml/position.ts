export interface Position {
  /** 1-based. */
  readonly line: number;
  /** 1-based, in UTF-16 units as editors count. */
  readonly column: number;
}

/** Finds line and column of an offset. YAML ends lines at LF, CRLF and CR. */
export function positionAt(text: string, offset: number): Position {
  let line = 1;
  let start = 0;
  const end = Math.min(Math.max(offset, 0), text.length);
  for (let at = 0; at < end; at++) {
    const char = text[at];
    if (char === "\n" || (char === "\r" && text[at + 1] !== "\n")) {
      line++;
      start = at + 1;
    }
  }
  return { line, column: end - start + 1 };
}
