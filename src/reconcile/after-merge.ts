import { decideAfterMerge } from "../domain/after/decide.ts";
import { checkName } from "../domain/decide/block-model.ts";
import { writeExternalId } from "../domain/external-id.ts";
import type { Ledger } from "../domain/ledger.ts";
import { writeLedger } from "../domain/ledger-text.ts";
import type { ReleaseRecord } from "../domain/record/record.ts";
import type { OwnRuns, Snapshot } from "../domain/snapshot.ts";
import type { CheckContent } from "../domain/write.ts";
import { PassingFault } from "../github/errors.ts";
import type { Work } from "../queue/queue.ts";
import type { SignRecord } from "../record/sign.ts";
import { mergedForPeople } from "../render/after-merge.ts";
import { summaryWithRecord } from "../render/record.ts";
import type { ObserveContext } from "./context.ts";
import type { Facts } from "./memory.ts";
import { observeMerged, satisfy } from "./observe.ts";
import { difference, revise } from "./plan.ts";
import { prepareRecord, putRecord } from "./record.ts";
import type { Scribe } from "./write.ts";

export interface AfterMergeInput {
  readonly context: ObserveContext;
  readonly work: Work;
  /** The pull request, and nothing else yet. */
  readonly observed: Snapshot;
  readonly facts: Facts | null;
  readonly scribe: Scribe;
  readonly sign: SignRecord;
}

export interface AfterMergeLooked {
  /** Milliseconds until something is due; null: nothing is. */
  readonly again: number | null;
  /** For the log. */
  readonly decided: string;
}

const rounds = 10;

/** The look at a release that was merged: settles what happened, and goes on with what follows. */
export async function lookAfterMerge(input: AfterMergeInput): Promise<AfterMergeLooked> {
  const { context, work, observed, facts, scribe } = input;
  const merged = await observeMerged(context, observed, work, facts);
  if (merged === null) return { again: null, decided: "merged" };
  let snapshot = merged;
  for (let round = 0; round < rounds; round += 1) {
    const { ledger, needs } = decideAfterMerge(snapshot, context.now());
    if (needs.length === 0) {
      const prepared = await prepareRecord(context, snapshot, ledger, [], work, scribe);
      await keep(prepared?.ledger ?? ledger, prepared?.record ?? null, snapshot, scribe);
      if (prepared !== null) await putRecord(prepared, input.sign, scribe, ledger);
      return { again: null, decided: "merged" };
    }
    snapshot = await satisfy(context, snapshot, needs, work.fresh);
  }
  throw new PassingFault("deciding needed more and more to be read");
}

/** Writes the ledger into the check of the last head; what that check says of the merge stays as it was. */
async function keep(
  after: Ledger,
  record: ReleaseRecord | null,
  snapshot: Snapshot,
  { apply }: Scribe,
): Promise<OwnRuns> {
  const { own, pull } = snapshot;
  const ledger = revise(after, own.ledger);
  const content = mergedCheck(ledger, record, snapshot);
  const write = difference(content, own.current, pull.head.sha);
  if (write === null) return { ...own, ledger };
  const applied = await apply(write);
  if (applied.outcome !== "done") throw new PassingFault(`${applied.problem.what}: ${applied.problem.why}`);
  const run = { ...content, id: applied.id, pull: pull.number, sha: pull.head.sha };
  return { ...own, current: run, ledger };
}

function mergedCheck(ledger: Ledger, record: ReleaseRecord | null, { own, pull }: Snapshot): CheckContent {
  const { current } = own;
  const text = writeLedger(ledger, mergedForPeople(current?.text ?? "", ledger));
  if (text === null) throw new PassingFault("the record of the release is larger than a check can hold");
  const conclusion = current?.conclusion;
  return {
    name: checkName(pull.base.ref),
    externalId: writeExternalId({ pull: pull.number, successor: null }),
    conclusion: conclusion === "success" || conclusion === "failure" ? conclusion : "action_required",
    title: current?.title ?? "Merged before the app looked at this commit",
    summary: summaryWithRecord(
      current?.summary ?? "This commit was merged before there was a verdict about it.",
      record,
    ),
    text: text.text,
    actions: [],
    detailsUrl: null,
  };
}
