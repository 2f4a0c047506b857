import { checkName } from "../../domain/decide/block-model.ts";
import { leftBy } from "../../domain/push.ts";
import type { OwnRuns, Pull, Snapshot } from "../../domain/snapshot.ts";
import { attempt } from "../../github/errors.ts";
import type { OwnRunFacts } from "../../github/read/own-run.ts";
import { readOwnRuns } from "../../github/read/own-runs.ts";
import type { Work } from "../../queue/queue.ts";
import type { ObserveContext } from "./context.ts";

/** Where our own check runs are looked for. */
export interface OwnSearch {
  /** Full SHAs of heads that were left. */
  readonly left: readonly string[];
  /** Our runs on the head, where they were read already. */
  readonly onHead?: readonly OwnRunFacts[];
  /** Whether older commits are searched for a ledger. */
  readonly search: "never" | "if-missing" | "always";
}

export const noRuns: OwnRuns = { current: null, stale: [], ledger: null, damaged: null };

/** Our runs that concern this pull request; what cannot be read is said in `unreadable`. */
export async function readOwn(context: ObserveContext, pull: Pull, search: OwnSearch): Promise<OwnRuns> {
  const { octokit, name, number, app } = context;
  const reading = await attempt("the app's own check runs", () =>
    readOwnRuns(octokit, name, {
      appId: app.id,
      pull: number,
      head: pull.head.sha,
      check: checkName(pull.base.ref),
      ...search,
    }),
  );
  return reading.ok ? reading.value : { ...noRuns, unreadable: reading.problem };
}

/** Of the ledger as GitHub has it now; null when there is none. */
export async function readRevision(
  context: ObserveContext,
  { pull }: Snapshot,
  { pushes }: Work,
): Promise<number | null> {
  const { ledger } = await readOwn(context, pull, { left: leftBy(pushes), search: "if-missing" });
  return ledger?.revision ?? null;
}

/** The ledger that this process wrote last is the newest one, as long as no other process writes. */
export function inherited(own: OwnRuns, before: OwnRuns | null): OwnRuns {
  if (before === null) return own;
  const older = (before.ledger?.revision ?? -1) > (own.ledger?.revision ?? -1);
  const known = new Set([own.current, ...own.stale].map((run) => run?.id));
  const left = [before.current, ...before.stale].flatMap((run) =>
    run === null || known.has(run.id) ? [] : [run],
  );
  return { ...own, ledger: older ? before.ledger : own.ledger, stale: [...own.stale, ...left] };
}
