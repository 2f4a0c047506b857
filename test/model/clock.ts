/** The time of GitHub and app: it stands still unless the story lets it go on. */
export interface Clock {
  readonly now: () => number;
  /** Calls when the time has come; returns how to take that back. */
  readonly at: (milliseconds: number, call: () => void) => () => void;
  advance(seconds: number): void;
  /** Goes on to what is due next; false when nothing is. */
  skip(): boolean;
}

export function createClock(): Clock {
  let now = Date.parse("2026-03-02T10:00:00Z");
  const plans = new Set<{ readonly at: number; readonly call: () => void }>();
  const advance = (milliseconds: number): void => {
    now += milliseconds;
    for (const plan of [...plans].filter(({ at }) => at <= now)) {
      plans.delete(plan);
      plan.call();
    }
  };
  return {
    now: () => now,
    at: (milliseconds, call) => {
      const plan = { at: now + milliseconds, call };
      plans.add(plan);
      return () => void plans.delete(plan);
    },
    advance: (seconds) => advance(seconds * 1_000),
    skip: () => {
      const next = Math.min(...[...plans].map(({ at }) => at));
      if (next === Number.POSITIVE_INFINITY) return false;
      advance(next - now);
      return true;
    },
  };
}
