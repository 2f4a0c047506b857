import type { AfterMerge } from "../../domain/after/decide.ts";
import type { FollowUpDecided } from "../../domain/after/follow-up.ts";
import { followUpMarker } from "../../domain/after/marker.ts";
import type { FollowUp, Merge } from "../../domain/after/merge.ts";
import { type Desk, fromDeskLedger } from "../../domain/after/snapshot.ts";
import { beforeMerge } from "../../domain/config/phases.ts";
import { hasPending, withoutPending } from "../../domain/decide/description.ts";
import type { Ledger } from "../../domain/ledger.ts";
import type { OwnRuns, Snapshot } from "../../domain/snapshot.ts";
import { followUpIntro, followUpTitle, reminder, reminderMarker } from "../../render/after-merge.ts";
import { seenAfter } from "../memory/seen.ts";
import type { ObserveContext } from "../observe/context.ts";
import type { Observed } from "../observe/observe.ts";
import { type BodyPlan, planBody } from "../plan.ts";
import type { Scribe } from "../write.ts";
import { deskName } from "./desk.ts";

export interface FollowUpWriter {
  readonly context: ObserveContext;
  readonly observed: Observed;
  readonly scribe: Scribe;
  /** No other process writes. */
  readonly alone: boolean;
}

/** The text of the issue as it is to be, and the record of its lines. */
export function planText(
  followUp: FollowUpDecided,
  { ledger }: AfterMerge,
  pull: Snapshot,
  desk: Desk | null,
): BodyPlan {
  const { merge } = ledger;
  const gate = "checklist" in pull.config ? beforeMerge(pull.config.checklist.items) : [];
  const description =
    followUp.description ?? (merge === null ? "" : followUpIntro(merge, ledger, gate, pull));
  return planBody({ ...followUp, description }, desk?.issue?.body ?? "");
}

export function withText(ledger: Ledger, planned: BodyPlan | null): Ledger {
  const followUp = ledger.merge?.followUp ?? null;
  return planned === null || followUp === null
    ? ledger
    : withFollowUp(ledger, { ...followUp, ...fromDeskLedger(planned.ledger) });
}

const withFollowUp = (ledger: Ledger, followUp: FollowUp): Ledger =>
  ledger.merge === null ? ledger : { ...ledger, merge: { ...ledger.merge, followUp } };

interface WrittenDesk {
  readonly ledger: Ledger;
  readonly outrun: boolean;
}

/** Opens, writes, closes or reopens the issue, reminds, and gives the record of that. */
export async function writeDesk(
  { context, observed, scribe, alone }: FollowUpWriter,
  { pull, desk }: { readonly pull: Snapshot; readonly desk: Desk | null },
  decision: AfterMerge,
  followUp: FollowUpDecided,
  planned: BodyPlan | null,
  kept: OwnRuns,
): Promise<WrittenDesk> {
  const { apply, memory, name } = scribe;
  const ledger = kept.ledger ?? decision.ledger;
  const record = ledger.merge?.followUp ?? null;
  if (desk === null || ledger.merge === null || record === null || planned === null)
    return { ledger, outrun: false };
  const at = new Date(context.now()).toISOString();
  const key = deskName(name);
  let changed = record;
  let { issue } = desk;
  let body = planned.body ?? issue?.body ?? "";
  if (issue === null) {
    const assignees = pull.pull.assignees.length > 0 ? pull.pull.assignees : personOf(ledger.merge, pull);
    const applied = await apply({
      kind: "create-issue",
      marker: followUpMarker(pull.pull.number, ledger.merge.sha),
      title: followUpTitle(pull),
      body,
      assignees,
      since: ledger.merge.at,
    });
    if (applied.outcome !== "done") return { ledger, outrun: false };
    changed = { ...changed, issue: applied.id, url: applied.url };
    if (alone && !applied.existed && applied.at !== null)
      memory.note(key, {
        explained: { seen: { body, at: applied.at }, items: record.items, edits: [], writes: [] },
      });
    return { ledger: withFollowUp(ledger, changed), outrun: false };
  }
  if (planned.body !== null && planned.body !== issue.body) {
    if (await isOutrun(context, issue.number, issue.body)) return { ledger, outrun: true };
    const own = { read: issue.body, wrote: planned.body, readAt: issue.updatedAt, at: issue.updatedAt };
    memory.noteWrite(key, own);
    const applied = await apply({ kind: "update-issue", issue: issue.number, body: planned.body });
    if (applied.outcome === "done") {
      if (applied.at !== null) memory.noteWrite(key, { ...own, at: applied.at });
      issue = { ...issue, body: planned.body };
      // Only now may the record say that erased text is back: a crash before would lose it.
      if (hasPending(planned.ledger))
        changed = { ...changed, ...fromDeskLedger(withoutPending(planned.ledger)) };
    } else body = issue.body;
  }
  if (followUp.remind) {
    const marker = reminderMarker(pull.pull.number);
    const text = reminder(issue.assignees, followUp.open, pull.pull.number);
    const applied = await apply({ kind: "create-comment", pull: issue.number, marker, body: text });
    if (applied.outcome === "done") changed = { ...changed, remindedAt: at };
  }
  const { turn } = followUp;
  if (turn === "close" || turn === "reopen") {
    const state = turn === "close" ? ("closed" as const) : ("open" as const);
    const applied = await apply({ kind: "turn-issue", issue: issue.number, state });
    if (applied.outcome === "done") changed = { ...changed, closedAt: turn === "close" ? at : null };
  }
  if (turn === "settle") changed = { ...changed, closedAt: at };
  const end = {
    snapshot: desk.snapshot,
    edits: observed.work.issueEdits,
    body,
    items: changed.items,
    before: desk.snapshot.own.ledger?.items ?? {},
    written: memory.of(key).written,
    alone,
    now: context.now(),
  };
  memory.note(key, seenAfter(memory.of(key), end));
  return { ledger: changed === record ? ledger : withFollowUp(ledger, changed), outrun: false };
}

/** An app that merges is in charge of nothing. */
const personOf = ({ by }: Merge, { pull }: Snapshot): readonly string[] =>
  by === null || pull.merge?.by?.kind !== "person" ? [] : [by];

/** GitHub has no conditional write: reading once more right before keeps the window short. */
async function isOutrun({ octokit, name }: ObserveContext, issue: number, body: string): Promise<boolean> {
  const { data } = await octokit.rest.issues.get({ ...name, issue_number: issue });
  return (data.body ?? "") !== body;
}
