import { compare } from "./text.ts";

const maxCandidates = 1000;
const maxLength = 100;

/** At most three of the names, those that somebody may have meant, nearest first. */
export function nearNames(wanted: string, names: Iterable<string>): readonly string[] {
  const target = plain(wanted);
  // The pull request's page shows a job as "workflow / job", although its run is named after the job only.
  const job = plain(wanted.split(" / ").at(-1) ?? wanted);
  const allowed = Math.max(2, Math.floor(target.length / 3));
  const found: { name: string; distance: number }[] = [];
  for (const name of [...new Set(names)].sort(compare).slice(0, maxCandidates)) {
    const candidate = plain(name);
    if (candidate === "" || target === "") continue;
    const distance =
      candidate === job || contains(candidate, target) ? 1 : editDistance(target, candidate, allowed);
    if (name !== wanted && distance <= allowed) found.push({ name, distance });
  }
  found.sort((a, b) => a.distance - b.distance || compare(a.name, b.name));
  return found.slice(0, 3).map(({ name }) => name);
}

const plain = (name: string): string =>
  name
    .slice(0, maxLength)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "");

/** `e2e` is near `staging / e2e`; a single letter is near nothing. */
const contains = (a: string, b: string): boolean =>
  Math.min(a.length, b.length) > 2 && (a.includes(b) || b.includes(a));

/** Levenshtein's distance; anything beyond `limit` is given as `limit + 1`. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let above = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1] ? 0 : 1;
      const cost = (line: readonly number[], at: number): number => line[at] ?? limit + 1;
      current.push(
        Math.min(cost(above, column) + 1, cost(current, column - 1) + 1, cost(above, column - 1) + same),
      );
    }
    if (Math.min(...current) > limit) return limit + 1;
    above = current;
  }
  return Math.min(above[b.length] ?? limit + 1, limit + 1);
}
