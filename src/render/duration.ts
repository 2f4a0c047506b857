const units = [
  ["day", 86_400_000],
  ["h", 3_600_000],
  ["min", 60_000],
] as const;

/** A time span in its two largest units: `3 days 4 h`, `20 min`, `under a minute`. */
export function inDuration(milliseconds: number): string {
  const first = units.findIndex(([, size]) => milliseconds >= size);
  if (first === -1) return "under a minute";
  let rest = milliseconds;
  const parts = units.slice(first, first + 2).flatMap(([unit, size]) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return count === 0 ? [] : [`${count} ${unit === "day" && count !== 1 ? "days" : unit}`];
  });
  return parts.join(" ");
}
