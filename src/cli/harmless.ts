/** Text of others may hold signs that steer the terminal or turn the direction of text: they become question marks. */
export function harmless(text: string): string {
  return text.replace(/[^\t\P{C}]/gu, (sign) => (sign.length > 1 ? "??" : "?"));
}
