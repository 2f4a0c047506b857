/** Up to three candidates that a person may have meant, nearest first: those that contain the word, or differ in few letters. */
export const nearest = (word: string, candidates: readonly string[]): string[] => {
  const wanted = word.toLowerCase().slice(0, 60);
  if (wanted === "") return [];
  return candidates
    .map((candidate) => ({ candidate, distance: rank(wanted, candidate.toLowerCase()) }))
    .filter(({ distance }) => distance <= Math.max(2, Math.floor(wanted.length / 3)))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ candidate }) => candidate);
};

const rank = (a: string, b: string): number =>
  a.length > 2 && b.length > 2 && (a.includes(b) || b.includes(a)) ? 1 : distance(a, b);

/** Levenshtein's distance. */
const distance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (const [index, letter] of [...a].entries()) {
    const next = [index + 1];
    for (let column = 1; column <= b.length; column += 1) {
      const replaced = (row[column - 1] ?? 0) + (letter === b[column - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? b.length;
};
