import type { Checklist } from "../config/checklist.ts";
import { beforeMerge } from "../config/phases.ts";
import { Needs } from "../decide/circumstances.ts";
import { handleComments } from "../decide/commands/handle.ts";
import { withLateProgress } from "../decide/progress.ts";
import type { Announce, Reply } from "../decision.ts";
import { emptyLedger, type Ledger } from "../ledger.ts";
import { deploymentsKey, type Need } from "../snapshot.ts";
import { announceBypass, announceFinal } from "./announce.ts";
import { surprises } from "./checklist.ts";
import { decideFollowUp, type FollowUpDecided } from "./follow-up.ts";
import { withIncidents } from "./incidents.ts";
import type { Merge } from "./merge.ts";
import { withOutcomes } from "./outcome.ts";
import { settleMerge } from "./settle-merge.ts";
import type { MergedSnapshot } from "./snapshot.ts";

/** What one look at a merged release came to. */
export interface AfterMerge {
  readonly ledger: Ledger;
  /** Null: there is none, or nobody can tell what it is to hold. */
  readonly followUp: FollowUpDecided | null;
  readonly announce: readonly Announce[];
  /** To comments on the pull request. */
  readonly replies: readonly Reply[];
  /** Milliseconds until something is due; null: nothing is. */
  readonly again: number | null;
}

export interface DecidedAfterMerge {
  readonly decision: AfterMerge;
  /** Not empty: the decision does not stand before these were read. */
  readonly needs: {
    /** Of the pull request. */
    readonly pull: readonly Need[];
    /** Of the follow-up. */
    readonly desk: readonly Need[];
    /** The follow-up itself, or its absence. */
    readonly where: boolean;
  };
}

/**
 * What follows from a merge, as far as it is known by now: pure.
 *
 * @param now Milliseconds since the epoch.
 */
export function decideAfterMerge(state: MergedSnapshot, now: number): DecidedAfterMerge {
  const needs = new Needs();
  const deskNeeds = new Needs();
  const { pull: snapshot } = state;
  const before = snapshot.own.ledger ?? emptyLedger(snapshot.pull.number);
  const facts = snapshot.pull.merge;
  const nothing: AfterMerge = { ledger: before, followUp: null, announce: [], replies: [], again: null };
  if (facts === undefined) return { decision: nothing, needs: { pull: [], desk: [], where: false } };
  const { config } = snapshot;
  // What follows the merge is settled once: not while nobody can read what that is.
  if (before.merge === null && (config.kind === "unreadable" || config.kind === "broken"))
    return { decision: { ...nothing, again: patience }, needs: { pull: [], desk: [], where: false } };
  let merge = before.merge ?? settleMerge(facts, before, snapshot, now, needs);
  const done = (decision: AfterMerge, where = false): DecidedAfterMerge => ({
    decision,
    needs: { pull: needs.list, desk: deskNeeds.list, where },
  });
  if (!("checklist" in config)) return done({ ...nothing, ledger: { ...before, merge } });

  const { checklist } = config;
  if (snapshot.ask.comments && snapshot.comments === null) needs.add({ kind: "comments" });
  const gate: Checklist = { ...checklist, items: beforeMerge(checklist.items) };
  const commanded = handleComments(gate, before, snapshot, needs, "merged");
  merge = withOutcomes(withIncidents(merge, commanded.incidents), commanded.outcomes);
  if (state.incidents?.ok === true) merge = withIncidents(merge, state.incidents.value);

  const wanted = merge.followUp !== null || merge.after.length > 0 || surprises(merge).length > 0;
  if (wanted && state.desk === null) return done({ ...nothing, ledger: { ...before, merge } }, true);
  const followed =
    wanted && state.desk !== null && !state.desk.gone
      ? decideFollowUp(checklist, merge, state.desk, now, deskNeeds)
      : null;
  merge = followed?.merge ?? merge;

  let ledger: Ledger = { ...before, comments: commanded.comments, merge };
  const resend = commanded.again ?? followed?.again ?? null;
  const input = { checklist, merge, snapshot, now };
  const bypass = announceBypass({ ...input, ledger, resend });
  const final = announceFinal({ ...input, ledger: bypass.ledger, resend });
  ledger = final.ledger;
  const finished = followed?.finish(final.again === null && final.announce.length === 0) ?? null;
  if (finished !== null)
    ledger = withLateProgress(
      { ...ledger, merge: finished.merge, deployed: ledger.deployed ?? deployedAt(finished.merge, state) },
      finished.followUp.items,
      before.merge?.followUp?.items ?? {},
      finished.merge.followUp?.items ?? {},
      now,
    );
  return done({
    ledger,
    followUp: finished?.followUp ?? null,
    announce: [...bypass.announce, ...final.announce],
    replies: commanded.replies,
    again: soonest([bypass.again, final.again, finished?.due ?? null]),
  });
}

/** When the release ran wherever it is deployed to; null: it does not yet. */
function deployedAt({ followUp }: Merge, { desk }: MergedSnapshot): string | null {
  const watched = desk?.snapshot.follow?.watched ?? [];
  const since = watched.flatMap((one) => followUp?.running[deploymentsKey(one)] ?? []);
  return since.length < watched.length ? null : (since.toSorted().at(-1) ?? null);
}

/** Until the configuration is read again, in milliseconds. */
const patience = 10 * 60_000;

/** A timer for weeks would overflow: it looks again meanwhile, which costs little. */
const longest = 12 * 3_600_000;

function soonest(times: readonly (number | null)[]): number | null {
  const due = times.filter((time) => time !== null);
  return due.length === 0 ? null : Math.min(longest, ...due);
}
