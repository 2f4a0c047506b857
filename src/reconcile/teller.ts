import type { Logger } from "pino";
import { problemsOf } from "../domain/decide/problems.ts";
import { inOneLine } from "../domain/problem.ts";
import type { Snapshot } from "../domain/snapshot.ts";
import type { Write } from "../domain/write.ts";
import type { Applied } from "../github/apply.ts";
import { createSeldom } from "./seldom.ts";

/** Tells the log what GitHub refuses. It keeps the gate closed, and people read of it in the check or the block. */
export interface Teller {
  problems(pull: string, snapshot: Snapshot): void;
  refusal(pull: string, write: Write, applied: Extract<Applied, { outcome: "refused" }>): void;
}

export const createTeller = (log: Pick<Logger, "warn">, now: () => number): Teller => {
  const isTime = createSeldom(now);
  return {
    problems(pull, snapshot) {
      for (const problem of new Set(problemsOf(snapshot).map(inOneLine)))
        if (isTime(`${pull} ${problem}`)) log.warn({ pull, problem }, "could not read");
    },
    refusal(pull, { kind }, { status, problem: { why } }) {
      if (isTime(`${pull} ${kind} ${why}`)) log.warn({ pull, write: kind, status, why }, "refused");
    },
  };
};
