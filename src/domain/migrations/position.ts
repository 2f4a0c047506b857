/** Says on which line a position of a text stands, 1 for the first. */
export function lineCounter(text: string): (position: number) => number {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return (position) => {
    let low = 0;
    let high = starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= position) low = middle + 1;
      else high = middle;
    }
    return Math.max(1, low);
  };
}

/** PostgreSQL counts bytes of UTF-8; this is the position in the string. */
export function positionOf(text: string, bytes: number): number {
  let counted = 0;
  let at = 0;
  while (at < text.length && counted < bytes) {
    const code = text.codePointAt(at) ?? 0;
    counted += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    at += code < 0x10000 ? 1 : 2;
  }
  return at;
}
