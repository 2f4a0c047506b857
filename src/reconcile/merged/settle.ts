import { type AfterMerge, decideAfterMerge } from "../../domain/after/decide.ts";
import type { MergedSnapshot } from "../../domain/after/snapshot.ts";
import { PassingFault } from "../../github/errors.ts";
import { readIncidents } from "../../github/read/issues.ts";
import type { Work } from "../../queue/queue.ts";
import { withKnownClaims } from "../announce/known-claims.ts";
import type { Facts, Memory } from "../memory/memory.ts";
import type { ObserveContext } from "../observe/context.ts";
import { observeMerged } from "../observe/merged.ts";
import type { Observed } from "../observe/observe.ts";
import { satisfy } from "../observe/satisfy.ts";
import { deskName, observeDesk } from "./desk.ts";

/** Rounds of reading what the last decision still needed. More would mean that deciding never ends. */
const rounds = 15;

export interface SettledMerge {
  readonly state: MergedSnapshot;
  readonly decision: AfterMerge;
}

/** Reads until it stands what follows from the merge; null: it was no release. */
export async function settleMerged(
  context: ObserveContext,
  { snapshot: observed, work }: Observed,
  facts: Facts | null,
  memory: Memory,
  name: string,
): Promise<SettledMerge | null> {
  const found = await observeMerged(context, observed, work, facts);
  if (found === null) return null;
  const pull = withKnownClaims(found, memory.of(name).claims);
  let state: MergedSnapshot = { pull, desk: null, incidents: await incidentsFor(context, pull, work) };
  for (let round = 0; round < rounds; round += 1) {
    const { decision, needs } = decideAfterMerge(state, context.now());
    const { merge } = decision.ledger;
    const [asked, desk] = await Promise.all([
      needs.pull.length === 0 ? state.pull : satisfy(context, state.pull, needs.pull, work.fresh),
      needs.where && merge !== null
        ? observeDesk(context, state.pull, merge, work, memory.of(deskName(name)))
        : state.desk !== null && needs.desk.length > 0
          ? satisfy(context, state.desk.snapshot, needs.desk, work.fresh).then((snapshot) => ({
              ...(state.desk as NonNullable<typeof state.desk>),
              snapshot,
            }))
          : state.desk,
    ]);
    if (asked === state.pull && desk === state.desk) return { state, decision };
    state = { ...state, pull: asked, desk };
  }
  throw new PassingFault("deciding needed more and more to be read");
}

/** They are looked for when an issue was written, and when it is time to look for what was missed. */
async function incidentsFor(
  { octokit, name }: ObserveContext,
  { pull, own }: MergedSnapshot["pull"],
  work: Work,
): Promise<MergedSnapshot["incidents"]> {
  const merge = pull.merge;
  const asked = work.fresh || work.why.some((why) => why === "sweep" || why.startsWith("issues."));
  if (merge === undefined || !asked) return null;
  const issue = own.ledger?.merge?.followUp?.issue ?? null;
  const numbers = [pull.number, ...(issue === null ? [] : [issue])];
  return readIncidents(octokit, name, { since: merge.at, numbers });
}
