export interface Position {
  /** 1-based. */
  readonly line: number;
  /** 1-based, in UTF-16 units as editors count. */
  readonly column: number;
}

/** A byte order mark at the beginning, which editors neither show nor count. */
const mark = "\ufeff";

/** Finds line and column of offsets in a text. YAML ends lines at LF, CRLF and CR. */
export function positions(text: string): (offset: number) => Position {
  const first = text.startsWith(mark) ? mark.length : 0;
  const starts = [first];
  for (const { 0: end, index } of text.matchAll(/\r\n|\r|\n/g)) starts.push(index + end.length);
  return (offset) => {
    const place = Math.min(Math.max(offset, first), text.length);
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= place) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: place - (starts[low] ?? 0) + 1 };
  };
}
