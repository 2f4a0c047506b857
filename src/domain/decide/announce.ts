import type { Checklist, Item, NotifyItem, Recipient } from "../config/checklist.ts";
import type { Announce, ItemState } from "../decision.ts";
import type { Announcement, Ledger } from "../ledger.ts";
import type { Snapshot } from "../snapshot.ts";
import { askedBy, isNotify, stateNotifyItem, stepAnnouncement, withAnnouncement } from "./announcements.ts";
import { type Needs, rightToSign } from "./circumstances.ts";
import type { Commanded } from "./commands/commanded.ts";
import { type SignedItem, statePersonItem } from "./person-item.ts";
import { missingTargets, recipientName } from "./recipients.ts";
import { holds, notNeeded } from "./release-item.ts";

/** Whether the record of what was announced is lost: found out in this look, known before it, or not at all. */
export type Loss = "found" | "known" | "none";

export interface Announcing {
  readonly ledger: Ledger;
  /** By item id. */
  readonly states: ReadonlyMap<string, ItemState>;
  readonly announce: readonly Announce[];
  readonly again: number | null;
}

export interface AnnouncingInput {
  readonly checklist: Checklist;
  readonly ledger: Ledger;
  readonly records: ReadonlyMap<string, SignedItem>;
  readonly commanded: Commanded;
  readonly applies: (item: Item) => boolean;
  /** All items besides announcements are done. */
  readonly allElse: boolean;
  readonly snapshot: Snapshot;
  readonly now: number;
  readonly needs: Needs;
}

/** The announcements of the checklist: which are due, and how their items stand. */
export function announceAll(input: AnnouncingInput): Announcing {
  let { ledger } = input;
  const states = new Map<string, ItemState>();
  const announce: Announce[] = [];
  let again: number | null = null;
  for (const item of input.checklist.items) {
    if (!isNotify(item)) continue;
    if (!input.applies(item)) {
      states.set(item.id, notNeeded(item));
      continue;
    }
    const step = stepItem(item, input);
    ledger = withAnnouncement(ledger, item.id, step.record);
    if (step.announce !== null) announce.push(step.announce);
    if (step.again !== null) again = again === null ? step.again : Math.min(again, step.again);
    const record = input.records.get(item.id);
    const waiting =
      item.post === "on-tick" && record !== undefined
        ? statePersonItem(item, record, input.snapshot, input.needs)
        : null;
    const state = stateNotifyItem(item, step.record, waiting, input.snapshot);
    states.set(item.id, state);
    ledger = withBox(ledger, item.id, state.box === true);
  }
  return { ledger, states, announce, again };
}

/** The app ticks the box of what it has sent: nobody has to be asked later who did. */
function withBox(ledger: Ledger, id: string, box: boolean): Ledger {
  const entry = ledger.items[id];
  return entry === undefined ? ledger : { ...ledger, items: { ...ledger.items, [id]: { ...entry, box } } };
}

function stepItem(item: NotifyItem, input: AnnouncingInput) {
  const { ledger, records, commanded, snapshot, now, needs } = input;
  const record = records.get(item.id);
  const elsewhere = commanded.announced.get(item.id);
  if (elsewhere !== undefined) return { record: saidElsewhere(item, elsewhere), announce: null, again: null };
  const pressed = snapshot.ask.announce.find(
    (actor) => rightToSign(item, actor, snapshot, needs).may === "yes",
  );
  const askedFor = commanded.announce.get(item.id) ?? pressed?.login ?? null;
  const ready = item.post === "when-ready" ? input.allElse : record?.signed === true;
  const known = missingTargets(item.to, snapshot.targets).length === 0;
  return stepAnnouncement({
    key: item.id,
    to: item.to,
    previous: ledger.announcements[item.id] ?? null,
    due: known && !ledger.lost && (ready || askedFor !== null),
    by: askedFor ?? (record === undefined ? null : askedBy(record.entry)),
    asked: known && askedFor !== null,
    now,
  });
}

function saidElsewhere(
  item: NotifyItem,
  { by, link, at }: { by: string; link: string; at: string },
): Announcement {
  const receipts = item.to.map((recipient) => ({
    to: recipientName(recipient),
    outcome: "sent" as const,
    detail: link,
    at,
  }));
  return { state: "sent", at, attempts: 1, by, receipts, opened: false, closedSince: null };
}

/** An override is told to everybody whom the release's announcements go to; the gate does not wait for it. */
export function announceOverride(
  input: Pick<AnnouncingInput, "checklist" | "ledger" | "snapshot" | "now"> & { readonly loss: Loss },
): {
  ledger: Ledger;
  announce: readonly Announce[];
  again: number | null;
} {
  const { ledger, checklist, snapshot, now, loss } = input;
  const { override } = ledger;
  if (override === null || !holds(override, snapshot)) return { ledger, announce: [], again: null };
  const key = `override:${override.at}`;
  const known = everybody(checklist).filter(
    (recipient) => recipient.type !== "target" || snapshot.targets.has(recipient.name),
  );
  const to: readonly Recipient[] = known.length > 0 ? known : [{ type: "comment" }];
  const step = stepAnnouncement({
    key,
    to,
    previous: ledger.announcements[key] ?? (loss === "found" ? forgotten(to, override.by, now) : null),
    due: true,
    by: override.by,
    asked: false,
    now,
  });
  return {
    ledger: withAnnouncement(ledger, key, step.record),
    announce: step.announce === null ? [] : [step.announce],
    again: step.again,
  };
}

/** A comment is looked for and found; for the others nobody can tell, and nothing is sent twice. */
function forgotten(to: readonly Recipient[], by: string, now: number): Announcement {
  const at = new Date(now).toISOString();
  const detail = "the record was lost: nobody can tell whether it was announced";
  const receipts = to
    .filter(({ type }) => type === "target")
    .map((recipient) => ({ to: recipientName(recipient), outcome: "unclear" as const, detail, at }));
  const state = receipts.length > 0 ? "unclear" : "claimed";
  return { state, at, attempts: 1, by, receipts, opened: false, closedSince: null };
}

export function everybody(checklist: Checklist): Recipient[] {
  const byName = new Map<string, Recipient>();
  for (const item of checklist.items)
    if (item.kind === "notify")
      for (const recipient of item.to) byName.set(recipientName(recipient), recipient);
  return [...byName.values()];
}
