import { ownLines } from "../block/identity.ts";
import { readBlock } from "../block/read.ts";
import type { BlockReading } from "../block/reading.ts";
import type { Checklist, Item } from "../config/checklist.ts";
import type { ItemState, Reason, Release } from "../decision.ts";
import type { ItemEntry, Ledger } from "../ledger.ts";
import type { ReleaseMatch } from "../release.ts";
import { remembering } from "../sign-off/operations.ts";
import type { Snapshot } from "../snapshot.ts";
import { announceAll, announceOverride } from "./announce.ts";
import { isNotify } from "./announcements.ts";
import { applicable, labelledItems } from "./applicable.ts";
import {
  type AutomatedContext,
  againOf,
  cautionOf,
  isAutomated,
  stateAutomatedItem,
} from "./automated-item.ts";
import { blockModel } from "./block-model.ts";
import { type Needs, selfOf } from "./circumstances.ts";
import { handleComments } from "./commands.ts";
import { restoreErased } from "./description.ts";
import { knownEdits, tellOperations } from "./known-edits.ts";
import { recordPersonItem, type SignedItem, statePersonItem } from "./person-item.ts";
import { postpone } from "./postponed.ts";
import { withProgress } from "./progress.ts";
import { ranAfter } from "./ran.ts";
import { holds, notNeeded, waived, waiverOf, withWaivers } from "./release-item.ts";
import { remarksOf } from "./remarks.ts";
import { scopeOf } from "./scope.ts";
import { headOf } from "./stale.ts";
import type { Shown } from "./unexplained.ts";
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
  const isOurs = ownLines(before.lines);
  const read = remembering((body) => readBlock(body, isOurs));
  const reading = read(snapshot.pull.body);
  askForMore(before, reading, snapshot, needs);
  const edits = knownEdits(snapshot);
  const told = tellOperations(edits, before, read, snapshot, needs);
  const commanded = handleComments(checklist, before, snapshot, needs);
  const restored = restoreErased(before, edits.placed, snapshot, isOurs, needs);
  const applies = applicable(checklist, before.labelled, snapshot, needs);
  const applying = checklist.items.filter(applies);
  let ledger: Ledger = withWaivers(
    {
      ...before,
      echoes: restored.echoes,
      comments: commanded.comments,
      override: commanded.override ?? before.override,
      lost: isLost(before, reading, snapshot) && !commanded.confirmed,
      labelled: labelledItems(before.labelled, applying),
    },
    commanded.waivers,
  );
  const records = new Map<string, SignedItem>();
  for (const item of checklist.items) {
    if (!signedByPeople(item)) continue;
    const record = recordPersonItem({
      item,
      ledger,
      shown: shownOf(item, reading),
      told,
      commanded: commanded.operations.get(item.id) ?? [],
      snapshot,
      needs,
      replay: edits.whole,
    });
    records.set(item.id, record);
    ledger = withEntry(ledger, item.id, record.entry);
  }
  const workflows = checklist.items.some(
    (item) => item.kind === "check" && item.check.workflow !== undefined,
  );
  const context: AutomatedContext = { snapshot, now, needs, workflows };
  const plain = checklist.items
    .filter((item) => !isNotify(item))
    .map((item): ItemState => {
      if (!applies(item)) return notNeeded(item);
      const record = records.get(item.id);
      const state =
        record !== undefined && item.kind === "manual"
          ? statePersonItem(item, record, snapshot, needs)
          : isAutomated(item)
            ? stateAutomatedItem(item, context)
            : notNeeded(item);
      const waiver = waiverOf(ledger, item);
      return waiver !== null && holds(waiver, snapshot) ? waived(state, waiver) : state;
    });
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
  const override = announceOverride({ checklist, ledger, snapshot, now });
  const request = requests(checklist, items, ledger);
  const verdict = verdictOf(reasons, holds(ledger.override, snapshot) ? ledger.override : null);
  const postponing = postpone(checklist, override.ledger, verdict, now);
  ledger = {
    ...postponing.ledger,
    release: true,
    head: headOf(before.head, snapshot),
    asked: [...ledger.asked, ...request.map(({ item }) => item.id)],
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
    description: restored.description,
    announce: ledger.lost ? [] : [...announcing.announce, ...override.announce, ...postponing.announce],
    request,
    replies: commanded.replies,
    config: {
      file: "file" in config ? config.file : "",
      commit: "commit" in config ? config.commit : "",
      evaluate: checklist.enforcement === "evaluate",
    },
    again: [
      announcing.again,
      override.again,
      postponing.again,
      ...applying.map((item) => againOf(item, context)),
    ].reduce(earliest, null),
  };
  const cautions = applying.flatMap((item) =>
    isAutomated(item) ? [cautionOf(item, context)].filter((caution) => caution !== null) : [],
  );
  return {
    ...release,
    remarks: remarksOf({ checklist, match, ledger, cautions, snapshot }),
    block: blockModel(checklist, items, ledger, reading, snapshot),
  };
}

/** A block that asks for nothing was there before any record: it says why there is none. */
const asks = (reading: BlockReading): boolean => reading.found !== "none" && reading.boxes.size > 0;

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

/** Whatever somebody has to tick; `when-ready` announcements are the app's own act. */
const signedByPeople = (item: Item) => item.kind === "manual" || item.kind === "notify";

function askForMore(before: Ledger, reading: BlockReading, snapshot: Snapshot, needs: Needs): void {
  if (snapshot.ask.comments && snapshot.comments === null) needs.add({ kind: "comments" });
  const worthAsking = snapshot.own.ledger !== null || reading.found !== "none";
  const lostOrForeign = snapshot.own.ledger === null && asks(reading);
  if (snapshot.history === null && ((snapshot.ask.history && worthAsking) || lostOrForeign || before.lost))
    needs.add({ kind: "history" });
}

/** A block without a ledger: lost, unless the history shows that the app never wrote here. */
function isLost(before: Ledger, reading: BlockReading, snapshot: Snapshot): boolean {
  if (before.lost) return true;
  if (snapshot.own.ledger !== null || !asks(reading)) return false;
  if (snapshot.history === null || !snapshot.history.ok || !snapshot.history.value.complete) return true;
  return snapshot.history.value.edits.some((edit) => edit.by?.login === selfOf(snapshot));
}

function shownOf(item: Item, reading: BlockReading): Shown {
  const prefix = `${item.id}/`;
  const answers = [...reading.answers].filter(([key]) => key.startsWith(prefix));
  return {
    box: reading.boxes.get(item.id)?.checked ?? null,
    answers: new Map(answers.map(([key, text]) => [key.slice(prefix.length), text])),
  };
}

const withEntry = (ledger: Ledger, id: string, entry: ItemEntry): Ledger => ({
  ...ledger,
  items: { ...ledger.items, [id]: entry },
});
