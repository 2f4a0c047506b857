import type { AfterMerge } from "../domain/after/decide.ts";
import type { FollowUpDecided } from "../domain/after/follow-up.ts";
import { followUpMarker } from "../domain/after/marker.ts";
import { type FollowUp, finalKey, type Merge } from "../domain/after/merge.ts";
import { type Desk, fromDeskLedger } from "../domain/after/snapshot.ts";
import { beforeMerge } from "../domain/config/phases.ts";
import { checkName } from "../domain/decide/block-model.ts";
import { hasPending, withoutPending } from "../domain/decide/description.ts";
import type { Reply } from "../domain/decision.ts";
import { writeExternalId } from "../domain/external-id.ts";
import type { Ledger } from "../domain/ledger.ts";
import { type LedgerText, writeLedger } from "../domain/ledger-text.ts";
import type { LateItem } from "../domain/record/build.ts";
import type { ReleaseRecord } from "../domain/record/record.ts";
import type { OwnRuns, Snapshot } from "../domain/snapshot.ts";
import type { CheckContent } from "../domain/write.ts";
import { PassingFault } from "../github/errors.ts";
import type { FollowUpKey } from "../github/follow-ups.ts";
import type { SignRecord } from "../record/sign.ts";
import {
  followUpIntro,
  followUpTitle,
  lateReply,
  mergedForPeople,
  reminder,
  reminderMarker,
} from "../render/after-merge.ts";
import { announcementMarker } from "../render/announcement.ts";
import { lateComment, lateMessage } from "../render/final.ts";
import { summaryWithRecord } from "../render/record.ts";
import { type Composer, type Senders, sendAll } from "./carry-out.ts";
import type { Claim } from "./claim.ts";
import type { ObserveContext } from "./context.ts";
import { deskName } from "./desk.ts";
import { claimsFor, insisting, withReceiptsOf } from "./known-claims.ts";
import type { Facts } from "./memory.ts";
import { settleMerged } from "./merged.ts";
import { type Observed, readRevision } from "./observe.ts";
import { type Owed, owedReplies } from "./owed.ts";
import { type BodyPlan, difference, planBody, revise } from "./plan.ts";
import { prepareRecord, putRecord } from "./record.ts";
import { seenAfter } from "./seen.ts";
import type { Scribe } from "./write.ts";

export interface AfterMergeInput {
  readonly context: ObserveContext;
  /** The pull request, and nothing else yet. */
  readonly observed: Observed;
  readonly facts: Facts | null;
  readonly scribe: Scribe;
  readonly sign: SignRecord;
  readonly senders: Senders;
  readonly claim: Claim;
  /** No other process writes. */
  readonly alone: boolean;
  /** Answers the comments that were handled. */
  readonly answer: (scribe: Scribe) => Promise<void>;
}

export interface AfterMergeLooked {
  /** Milliseconds until something is due; null: nothing is. */
  readonly again: number | null;
  /** Somebody edited the follow-up before it could be written. */
  readonly outrun: boolean;
  /** The follow-up that goes on; null: there is none. */
  readonly following: FollowUpKey | null;
  /** For the log. */
  readonly decided: string;
}

/**
 * The look at a release that was merged: settles what happened, and goes on with what follows. The order of the writes
 * is as before the merge: the record first, then the issue, then comments and messages, then the record of these. A
 * crash in between repeats harmlessly: the issue and comments are looked for before they are made, and what may have
 * been sent is not sent again.
 */
export async function lookAfterMerge(input: AfterMergeInput): Promise<AfterMergeLooked> {
  const { context, observed, facts, scribe, claim } = input;
  const { memory, name } = scribe;
  const settled = await settleMerged(context, observed, facts, memory, name);
  if (settled === null) return { again: null, outrun: false, following: null, decided: "merged" };
  const { state, decision } = settled;
  const { followUp } = decision;
  const before = state.pull.own.ledger;
  const once = decision.announce.length > 0 || followUp?.turn === "open" || isClaimed(before);
  if (once) await claim.hold(state.pull, () => readRevision(context, state.pull, observed.work));
  const claims = claimsFor(decision.announce, decision.ledger, before);
  memory.note(name, { claims: [...memory.of(name).claims, ...claims] });
  memory.note(name, { owed: owedFrom(memory.of(name).owed, decision, state.desk, state.pull) });

  const planned = followUp === null ? null : planText(followUp, decision, state.pull, state.desk);
  const patient = claims.length > 0 ? insisting(scribe) : scribe;
  const first = withText(decision.ledger, planned);
  const writing = { ...input, pull: state.pull, late: lateItems(followUp) };
  // Where more is to follow, the evidence is written once that is known.
  const isLast = claims.length === 0 && (followUp === null || (followUp.turn === null && !followUp.remind));
  let kept = isLast
    ? await keepEvidence(first, state.pull.own, writing)
    : await keep(first, state.pull, patient);
  const evident = kept;
  const desk = followUp === null ? null : await writeDesk(input, state, decision, followUp, planned, kept);
  if (desk?.outrun === true)
    return { again: null, outrun: true, following: followingOf(decision.ledger), decided: "merged" };
  if (desk !== null) kept = await keep(desk.ledger, { ...state.pull, own: kept }, patient);
  await input.answer(scribe);
  if (claims.length > 0) kept = await tell(input, decision, state.pull, kept);
  memory.note(name, { claims: [] });
  if (!isLast || kept.ledger !== evident.ledger)
    kept = await keepEvidence(kept.ledger ?? first, kept, writing);
  const merge = kept.ledger?.merge ?? null;
  const told = merge !== null && decision.announce.length > 0;
  // What was told may be all that the end has waited for.
  return {
    again: told ? 0 : soonest(decision.again, isUnopened(followUp, merge) ? unopenedFor : null),
    outrun: false,
    following: followingOf(kept.ledger),
    decided: describe(merge),
  };
}

/** The ledger, and the signed record that follows from it: its seal stands in the check before the comment can be believed. */
async function keepEvidence(
  ledger: Ledger,
  own: OwnRuns,
  { context, observed, scribe, sign, pull, late }: AfterMergeInput & EvidenceInput,
): Promise<OwnRuns> {
  const prepared = await prepareRecord(context, pull, ledger, late, observed.work, scribe);
  const kept = await keep(prepared?.ledger ?? ledger, { ...pull, own }, scribe, prepared?.record ?? null);
  if (prepared !== null) await putRecord(prepared, sign, scribe, ledger);
  return kept;
}

/** Those that the configuration names for what follows the merge. */
const lateItems = (followUp: FollowUpDecided | null): readonly LateItem[] =>
  (followUp?.items ?? []).filter(({ item }) => item.phase !== undefined);

interface EvidenceInput {
  readonly pull: Snapshot;
  /** How the items that follow the merge stand. */
  readonly late: readonly LateItem[];
}

/** GitHub may let the app open an issue by then, in milliseconds. */
const unopenedFor = 10 * 60_000;

const isUnopened = (followUp: FollowUpDecided | null, merge: Merge | null): boolean =>
  followUp?.turn === "open" && merge?.followUp?.issue == null;

const soonest = (a: number | null, b: number | null): number | null =>
  a === null ? b : b === null ? a : Math.min(a, b);

const isClaimed = (ledger: Ledger | null): boolean =>
  Object.values(ledger?.announcements ?? {}).some(({ state }) => state === "claimed");

/** One that the app has closed goes on only when something happens in it. */
function followingOf(ledger: Ledger | null): FollowUpKey | null {
  const merge = ledger?.merge ?? null;
  if (merge === null || merge.followUp === null || merge.followUp.closedAt !== null) return null;
  return { issue: merge.followUp.issue, sha: merge.sha };
}

function describe(merge: Merge | null): string {
  const outcome = merge?.outcomes.at(-1);
  return outcome === undefined ? "merged" : `merged, ${outcome.status}`;
}

/** Writes the ledger into the check of the last head; what that check says of the merge stays as it was. */
async function keep(
  after: Ledger,
  { own, pull }: Snapshot,
  { apply }: Scribe,
  record: ReleaseRecord | null = null,
): Promise<OwnRuns> {
  const ledger = revise(after, own.ledger);
  const content = mergedCheck(ledger, record, own, pull);
  const write = difference(content, own.current, pull.head.sha);
  if (write === null) return { ...own, ledger };
  const applied = await apply(write);
  if (applied.outcome !== "done") throw new PassingFault(`${applied.problem.what}: ${applied.problem.why}`);
  const run = { ...content, id: applied.id, pull: pull.number, sha: pull.head.sha };
  return { ...own, current: run, ledger };
}

function mergedCheck(
  ledger: Ledger,
  record: ReleaseRecord | null,
  { current }: OwnRuns,
  pull: Snapshot["pull"],
): CheckContent {
  const text = writtenLedger(ledger, mergedForPeople(current?.text ?? "", ledger));
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

/** How the items stood stands in the signed record as well: that goes first where there is no room. */
const writtenLedger = (ledger: Ledger, people: string): LedgerText | null =>
  writeLedger(ledger, people) ??
  writeLedger({ ...ledger, merge: ledger.merge && { ...ledger.merge, items: [] } }, people);

/** The text of the issue as it is to be, and the record of its lines. */
function planText(
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

function withText(ledger: Ledger, planned: BodyPlan | null): Ledger {
  const followUp = ledger.merge?.followUp ?? null;
  return planned === null || followUp === null
    ? ledger
    : withFollowUp(ledger, { ...followUp, ...fromDeskLedger(planned.ledger) });
}

const withFollowUp = (ledger: Ledger, followUp: FollowUp): Ledger =>
  ledger.merge === null ? ledger : { ...ledger, merge: { ...ledger.merge, followUp } };

/** Answers to comments, on the pull request and in the follow-up. */
function owedFrom(
  before: readonly Owed[],
  { ledger, replies, followUp }: AfterMerge,
  desk: Desk | null,
  { pull }: Snapshot,
): readonly Owed[] {
  const { merge } = ledger;
  if (merge === null) return before;
  const open = followUp?.open ?? [];
  const render = (items: Parameters<typeof lateReply>[1]["items"]) => (reply: Reply) =>
    lateReply(reply, { merge, items, open });
  const here = owedReplies(replies, pull.number, render([]));
  const items = (followUp?.items ?? []).map(({ item }) => item);
  const there =
    desk?.issue == null ? [] : owedReplies(followUp?.replies ?? [], desk.issue.number, render(items));
  return [...before, ...here, ...there];
}

interface WrittenDesk {
  readonly ledger: Ledger;
  readonly outrun: boolean;
}

/** Opens, writes, closes or reopens the issue, reminds, and gives the record of that. */
async function writeDesk(
  { context, observed, scribe, alone }: AfterMergeInput,
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

/** Sends what was claimed, and keeps the receipts. */
async function tell(
  { scribe, senders }: AfterMergeInput,
  { announce }: AfterMerge,
  pull: Snapshot,
  kept: OwnRuns,
): Promise<OwnRuns> {
  const { memory, name } = scribe;
  const { ledger } = kept;
  if (ledger === null || ledger.merge === null) return kept;
  const { claims } = memory.of(name);
  // From here until the receipts are there, nobody knows.
  memory.note(name, { claims: [] });
  const receipted = await sendAll(announce, composerOf(ledger.merge, ledger, pull), ledger, senders);
  memory.note(name, { claims: withReceiptsOf(claims, receipted) });
  return keep(receipted, { ...pull, own: kept }, insisting(scribe));
}

function composerOf(merge: Merge, ledger: Ledger, snapshot: Snapshot): Composer {
  return {
    message: (key) => lateMessage(key, merge, snapshot),
    comment: (announce) => ({
      kind: "create-comment",
      pull: snapshot.pull.number,
      marker: announcementMarker(snapshot.pull.number, announce.key),
      body: lateComment(announce, merge, snapshot),
    }),
    answers: (key, to) => announcedTo(to, ledger, merge, key),
  };
}

/** The receipt of the announcement that this recipient got: what follows belongs below it. */
function announcedTo(to: string, { announcements }: Ledger, merge: Merge, key: string): string | null {
  const late = new Set(merge.outcomes.map(finalKey));
  const receipts = Object.entries(announcements).flatMap(([other, { receipts }]) =>
    other === key || late.has(other) || other.includes(":") ? [] : receipts,
  );
  return receipts.find((receipt) => receipt.to === to && receipt.outcome === "sent")?.detail ?? null;
}
