/** Text from the file in a message: without line ends and signs that hide, of bounded length. */
export function printable(text: string, length = 60): string {
  const flat = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, " ");
  return flat.length > length ? `${flat.slice(0, length - 1)}…` : flat;
}

export const quoted = (text: string): string => `"${printable(text)}"`;

/** `a`, `a or b`, `a, b or c`. */
export function oneOf(words: readonly string[]): string {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}
