import type { BlockReading } from "../block/reading.ts";
import type { Checklist } from "../config/checklist.ts";
import type { ItemState, Reason, Release } from "../decision.ts";
import type { Ledger } from "../ledger.ts";
import type { ReleaseMatch } from "../release.ts";
import type { Snapshot } from "../snapshot.ts";
import { announceAll, announceOverride, type Loss } from "./announce.ts";
import { isNotify } from "./announcements.ts";
import { applicable, labelledItems } from "./applicable.ts";
import { type AutomatedContext, againOf, cautionOf, isAutomated } from "./automated-item.ts";
import { blockModel } from "./block-model.ts";
import { type Needs, selfOf } from "./circumstances.ts";
import { headsToKeep } from "./head.ts";
import { asks, hear, statesOf } from "./hear.ts";
import { postpone } from "./postponed.ts";
import { withProgress } from "./progress.ts";
import { ranAfter } from "./ran.ts";
import { holds, notNeeded, waived, waiverOf } from "./release-item.ts";
import { remarksOf } from "./remarks.ts";
import { missedReplies, repliesAfter } from "./replies.ts";
import { scopeOf } from "./scope.ts";
import { inOrder, verdictOf } from "./verdict.ts";

/** Decides about a release by its checklist. */
export function decideRelease(
  checklist: Checklist,
  match: ReleaseMatch,
  before: Ledger,
  snapshot: Snapshot,
  now: number,
  needs: Needs,
): Release {
  const heard = hear(checklist, before, snapshot, needs, "gate");
  const { reading, commanded, records } = heard;
  const applies = applicable(checklist, before.labelled, snapshot, needs);
  const applying = checklist.items.filter(applies);
  const loss = lossOf(before, reading, snapshot);
  let ledger: Ledger = {
    ...heard.ledger,
    override: commanded.override ?? before.override,
    lost: loss === "found" || (loss === "known" && !commanded.confirmed),
    labelled: labelledItems(before.labelled, applying),
  };
  const workflows = checklist.items.some(
    (item) => item.kind === "check" && item.check.workflow !== undefined,
  );
  const context: AutomatedContext = { snapshot, now, needs, workflows };
  const plain = statesOf(checklist.items, heard, applies, context);
  // An announcement may go out before the window opens, so that people know of it in time.
  const allElse =
    plain.every(({ item, reason }) => reason === null || !item.required || item.kind === "window") &&
    !ledger.lost;
  const announcing = announceAll({
    checklist,
    ledger,
    records,
    commanded,
    applies,
    allElse,
    snapshot,
    now,
    needs,
  });
  ledger = announcing.ledger;
  const items = checklist.items.map((item) => {
    const state =
      plain.find((candidate) => candidate.item === item) ?? announcing.states.get(item.id) ?? notNeeded(item);
    const waiver = waiverOf(ledger, item);
    return isNotify(item) && waiver !== null && holds(waiver, snapshot) && state.state !== "done"
      ? waived(state, waiver)
      : state;
  });
  const reasons = inOrder([
    ...(ledger.lost ? [lostReason] : []),
    ...(snapshot.comments?.ok === false ? [unreadComments(snapshot.comments.problem.why)] : []),
    ...items.flatMap(({ item, reason }) => (item.required && reason !== null ? [reason] : [])),
  ]);
  const override = announceOverride({ checklist, ledger, snapshot, now, loss });
  const request = requests(checklist, items, ledger);
  const verdict = verdictOf(reasons, holds(ledger.override, snapshot) ? ledger.override : null);
  const postponing = postpone(checklist, override.ledger, verdict, now);
  ledger = {
    ...postponing.ledger,
    release: true,
    heads: headsToKeep(before.heads, snapshot),
    asked: [...ledger.asked, ...request.map(({ item }) => item.id)],
    replies: repliesAfter(before.replies, commanded.replies),
    ran: ranAfter(before.ran, applying, snapshot),
  };
  ledger = withProgress(ledger, before, items, verdict, now);
  const { config } = snapshot;
  const release: Omit<Release, "block" | "remarks"> = {
    kind: "release",
    verdict,
    items,
    reasons,
    contents: scopeOf(checklist, applying, snapshot, needs),
    ledger,
    description: heard.description,
    announce: [...announcing.announce, ...override.announce, ...postponing.announce],
    request,
    replies: [...missedReplies(before.replies, snapshot, now), ...commanded.replies],
    config: {
      file: "file" in config ? config.file : "",
      commit: "commit" in config ? config.commit : "",
      evaluate: checklist.enforcement === "evaluate",
    },
    again: [
      announcing.again,
      override.again,
      postponing.again,
      commanded.wait,
      ...applying.map((item) => againOf(item, context)),
    ].reduce(earliest, null),
  };
  const cautions = applying.flatMap((item) =>
    isAutomated(item) ? [cautionOf(item, context)].filter((caution) => caution !== null) : [],
  );
  return {
    ...release,
    remarks: remarksOf({ checklist, match, ledger, cautions, snapshot }),
    block: blockModel(checklist, items, heard.answers, snapshot),
  };
}

const lostReason: Reason = {
  item: null,
  short: "the record of sign-offs was lost",
  long: "The description shows a checklist whose record cannot be found. To go on without it, somebody with write access comments `/checklist recheck`: then what the edit history tells counts, and the rest has to be signed again",
  failed: true,
};

const unreadComments = (why: string): Reason => ({
  item: null,
  short: "the comments cannot be read",
  long: `The comments cannot be read: ${why}`,
  failed: true,
});

/** Everybody who owes a signature is asked once, in one comment. */
function requests(checklist: Checklist, items: readonly ItemState[], ledger: Ledger): Release["request"] {
  if (!checklist.requestSigners || ledger.asked.length > 0) return [];
  return items.flatMap(({ item, state }) =>
    item.kind === "manual" && state === "waiting" ? [{ item, signers: item.signers.from }] : [],
  );
}

const earliest = (a: number | null, b: number | null): number | null =>
  a === null ? b : b === null ? a : Math.min(a, b);

/**
 * Whether the record is lost: `found` in this look, or `known` to be by the record that began anew. A block without a
 * record means that, unless the history shows that the app never wrote here.
 */
function lossOf(before: Ledger, reading: BlockReading, snapshot: Snapshot): Loss {
  if (before.lost) return "known";
  if (snapshot.own.ledger !== null || !asks(reading)) return "none";
  if (snapshot.history === null || !snapshot.history.ok || !snapshot.history.value.complete) return "found";
  return snapshot.history.value.edits.some((edit) => edit.by?.login === selfOf(snapshot)) ? "found" : "none";
}
