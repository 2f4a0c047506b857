import type { AfterMerge } from "../../domain/after/decide.ts";
import type { FollowUpDecided } from "../../domain/after/follow-up.ts";
import type { Merge } from "../../domain/after/merge.ts";
import type { Desk } from "../../domain/after/snapshot.ts";
import type { Reply } from "../../domain/decision.ts";
import type { Ledger } from "../../domain/ledger.ts";
import type { LateItem } from "../../domain/record/build.ts";
import type { OwnRuns, Snapshot } from "../../domain/snapshot.ts";
import type { FollowUpKey } from "../../github/follow-ups.ts";
import type { SignRecord } from "../../record/sign.ts";
import { lateReply } from "../../render/after-merge.ts";
import type { Senders } from "../announce/carry-out.ts";
import type { Claim } from "../announce/claim.ts";
import { claimsFor, insisting } from "../announce/known-claims.ts";
import { answerComments } from "../answer-comments.ts";
import type { Facts } from "../memory/memory.ts";
import { type Owed, owedReplies } from "../memory/owed.ts";
import type { ObserveContext } from "../observe/context.ts";
import type { Observed } from "../observe/observe.ts";
import { readRevision } from "../observe/own.ts";
import type { Scribe } from "../write.ts";
import { keep } from "./keep.ts";
import { prepareRecord, putRecord } from "./record.ts";
import { settleMerged } from "./settle.ts";
import { tell } from "./tell.ts";
import { planText, withText, writeDesk } from "./write-follow-up.ts";
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
  await answerComments(scribe);
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
