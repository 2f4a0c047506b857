import type { Logger } from "pino";
import { problemsOf } from "../domain/decide/problems.ts";
import { inOneLine } from "../domain/problem.ts";
import type { Snapshot } from "../domain/snapshot.ts";
import { createMemo } from "../github/read/memo.ts";

const kept = 5_000;
/** Milliseconds until a problem that stays is told again. */
const longest = 60 * 60_000;

/**
 * Tells the log what GitHub refuses to show, once and not at every look. What refuses to be read keeps the gate closed;
 * people read of it in the check.
 */
export const createTeller = (log: Pick<Logger, "warn">, now: () => number) => {
  const told = createMemo<number>(kept);
  return (pull: string, snapshot: Snapshot): void => {
    for (const problem of new Set(problemsOf(snapshot).map(inOneLine))) {
      const key = `${pull} ${problem}`;
      const last = told.get(key);
      if (last !== undefined && now() - last < longest) continue;
      told.set(key, now());
      log.warn({ pull, problem }, "could not read");
    }
  };
};
