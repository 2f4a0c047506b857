import type { Snapshot } from "../domain/snapshot.ts";
import { keyOf, type Later, type PullKey, type Work } from "../queue/queue.ts";
import { withKnownClaims } from "./announce/known-claims.ts";
import type { LookOptions } from "./look-options.ts";
import { type Facts, type Remembered, worthRemembering } from "./memory/memory.ts";
import { withRecord } from "./memory/seen.ts";
import type { ObserveContext } from "./observe/context.ts";
import { observe } from "./observe/observe.ts";
import { isOvertaken } from "./observe/overtaken.ts";
import { type Settled, settle } from "./settle.ts";

/** So often a look reads again instead of writing what somebody has meanwhile overtaken. */
const restarts = 2;

export interface Decided {
  /** As it was observed first. */
  readonly first: Snapshot;
  readonly work: Work;
  /** Null: it is merged, and nothing is left to decide about the gate. */
  readonly settled: Settled | null;
}

export interface DecideInput {
  readonly context: ObserveContext;
  readonly key: PullKey;
  readonly work: Work;
  readonly later: Later;
  readonly facts: Facts | null;
  readonly options: Pick<LookOptions, "lock" | "memory" | "now">;
}

/** Null: the pull request is gone. */
export async function decideNow(input: DecideInput, before: Remembered): Promise<Decided | null> {
  const { context, later, options } = input;
  let { work, facts } = input;
  for (let restart = 0; ; restart++) {
    const observed = await observe(context, work, before, facts, later);
    if (observed === null) return null;
    work = observed.work;
    const first = withRecord(withKnownClaims(observed.snapshot, before.claims), options.lock === null);
    // Kept even if this look fails: what it writes into the record is not what was known at the start.
    options.memory.note(keyOf(input.key), { explained: first.explained });
    if (first.pull.merge !== undefined) return { first, work, settled: null };
    const settled = await settle(context, first, work, options.now, false);
    const { head, body } = settled.snapshot.pull;
    const came = later.waiting();
    if (restart === restarts || !isOvertaken({ head: head.sha, body }, came)) return { first, work, settled };
    const kind = settled.decision.kind;
    // Nothing was written, so what was read of this head is what the next reading begins with.
    if (kind === "release" && came?.pushes.length === 0)
      facts = { kind, snapshot: worthRemembering(settled.snapshot) };
  }
}
