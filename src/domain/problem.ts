/** Something that could not be read for a reason that stays: it blocks, and people read why. */
export interface Problem {
  /** What was to be read, in people's words: `the members of @acme/sre`. */
  readonly what: string;
  /** Why not, and what would be right, in one sentence without Markdown. */
  readonly why: string;
}

/** A part of the observation that may be missing. Passing faults (5xx, time-outs) never become one: they end the look. */
export type Read<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: Problem };

export const read = <T>(value: T): Read<T> => ({ ok: true, value });
export const unreadable = (what: string, why: string): Read<never> => ({ ok: false, problem: { what, why } });

export const inOneLine = (problem: Problem): string => `${problem.what} cannot be read: ${problem.why}`;
