import { createMemo } from "../github/read/memo.ts";

const kept = 5_000;
const longest = 60 * 60_000;

/**
 * For the log: a fault that lasts is told once an hour, not at every look. True when this is the time.
 *
 * @param now Milliseconds since the epoch.
 */
export const createSeldom = (now: () => number): ((what: string) => boolean) => {
  const told = createMemo<number>(kept);
  return (what) => {
    const last = told.get(what);
    if (last !== undefined && now() - last < longest) return false;
    told.set(what, now());
    return true;
  };
};
