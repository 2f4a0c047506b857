import type { Evidence } from "./outcome.ts";

const longest = 80;

/** Text from users on one line: no control or direction marks, and no longer than a table bears. */
export function oneLine(text: string): string {
  const characters = [
    ...text
      .slice(0, 4 * longest)
      .replace(/[\p{C}\s]+/gu, " ")
      .trim(),
  ];
  return characters.length > longest ? `${characters.slice(0, longest - 1).join("")}…` : characters.join("");
}

/** A name as it stands in a sentence. */
export const quote = (name: string): string => `"${oneLine(name)}"`;

export const short = (sha: string): string => sha.slice(0, 7);

/** `a`, `a and b`, `a, b and c`. */
export function list(words: readonly string[], joint = "and"): string {
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} ${joint} ${last}`;
}

/** A link, or nothing when the address is not one of the web: a commit status may carry any text as its target. */
export function link(label: string, url: string): Evidence[] {
  const parsed = URL.parse(url);
  return parsed?.protocol === "https:" || parsed?.protocol === "http:"
    ? [{ label: oneLine(label), url: parsed.href }]
    : [];
}

/** Order by code units: the same on every machine, whatever its language. */
export const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
