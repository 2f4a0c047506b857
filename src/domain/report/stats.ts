/** How values are spread. Times are in seconds. */
export interface Spread {
  readonly count: number;
  /** Null: there is no value. */
  readonly median: number | null;
  /** Nine of ten are at most this (nearest rank). */
  readonly p90: number | null;
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const median =
    sorted.length % 2 === 1
      ? (sorted[middle] ?? null)
      : sorted.length === 0
        ? null
        : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
  return { count: sorted.length, median, p90: sorted[Math.ceil(sorted.length * 0.9) - 1] ?? null };
}

/** Seconds from one time to another, ISO 8601; never negative, since clocks of two machines differ. */
export const secondsBetween = (from: string, to: string): number =>
  Math.max(Math.round((Date.parse(to) - Date.parse(from)) / 1000), 0);

export const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);

/** Part of a whole, from 0 to 1; null: there is no whole. */
export const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);
