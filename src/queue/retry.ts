import type { PullKey } from "./queue.ts";

const first = 1_000;
const longest = 60_000;

/**
 * Milliseconds to wait after so many failures in a row (1, 2, …): one second, doubled each time, at most a minute.
 * `random` (0 up to 1) takes away up to a half, so that pull requests that failed together do not come back together.
 */
export const backOff = (failures: number, random = Math.random()): number =>
  Math.round(Math.min(longest, first * 2 ** Math.min(failures - 1, 16)) * (1 - random / 2));

/** How often a look is tried: at a minute each about an hour and a half, far longer than GitHub's usual troubles. */
export const defaultAttempts = 100;

/** A look that failed, as the queue reports it. */
export interface Failure {
  readonly key: PullKey;
  readonly error: unknown;
  /** Failures in a row, this one included. */
  readonly failures: number;
  /** Milliseconds to the next attempt; 0 when newer work is there already; null when the queue has given up. */
  readonly next: number | null;
}

/**
 * A look is never planned further ahead than a day: longer timers overflow (`setTimeout` takes 31 bits),
 * and looking too early is harmless, because each look says again when it wants to be repeated.
 */
export const longestPlan = 24 * 60 * 60 * 1_000;
