import type { Item, NotifyItem, Recipient } from "../config/checklist.ts";
import type { Announce, ItemState, Reason } from "../decision.ts";
import type { Announcement, ItemEntry, Ledger, Receipt } from "../ledger.ts";
import type { Snapshot } from "../snapshot.ts";
import { missingTargets, recipientName } from "./recipients.ts";

/** Milliseconds to wait after the first, second, … failure; after the last one a person has to ask. */
const backOff = [30_000, 120_000, 600_000];

export interface AnnouncementStep {
  /** Null: nothing was ever claimed. */
  readonly record: Announcement | null;
  readonly announce: Announce | null;
  /** Milliseconds until it is tried again; null: not by itself. */
  readonly again: number | null;
}

export interface AnnouncementRequest {
  readonly key: string;
  readonly to: readonly Recipient[];
  readonly previous: Announcement | null;
  /** Everything that has to come first has come. */
  readonly due: boolean;
  readonly by: string | null;
  /** A person asked for it again. */
  readonly asked: boolean;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/**
 * The next step of one announcement. A claim is written before anything is sent; a claim found at the start of a
 * look means that the process ended in between: a comment is looked for and found, for the others nobody can tell.
 */
export function stepAnnouncement(request: AnnouncementRequest): AnnouncementStep {
  const { key, to, previous, now, asked } = request;
  const at = new Date(now).toISOString();
  const claim = (base: Announcement | null, attempts: number): AnnouncementStep => {
    const receipts = (base?.receipts ?? []).filter((receipt) => receipt.outcome === "sent");
    const open = to.filter(
      (recipient) => !receipts.some((receipt) => receipt.to === recipientName(recipient)),
    );
    return {
      record: {
        state: "claimed",
        at,
        attempts,
        by: base?.by ?? request.by,
        receipts,
        opened: false,
        closedSince: null,
      },
      announce: { key, to: open },
      again: null,
    };
  };
  if (previous === null) return request.due ? claim(null, 1) : { record: null, announce: null, again: null };
  const record = previous.state === "claimed" ? interrupted(previous, to, at) : previous;
  if (record.state === "claimed") return claim(record, record.attempts);
  if (record.state === "sent") return { record, announce: null, again: null };
  // Whoever asked did not know yet that it is unclear: the same request must not send it again.
  if (asked && previous.state !== "claimed") return claim(record, 1);
  if (record.state === "unclear") return { record, announce: null, again: null };
  const wait = backOff[record.attempts - 1];
  if (wait === undefined || !request.due) return { record, announce: null, again: null };
  const left = Date.parse(record.at) + wait - now;
  return left > 0 ? { record, announce: null, again: left } : claim(record, record.attempts + 1);
}

/** Comments can be looked for, so they may be tried again; what went to a target stays unclear. */
function interrupted(claimed: Announcement, to: readonly Recipient[], at: string): Announcement {
  const open = to.filter(
    (recipient) => !claimed.receipts.some((receipt) => receipt.to === recipientName(recipient)),
  );
  const unclear = open
    .filter((recipient) => recipient.type === "target")
    .map(
      (recipient): Receipt => ({
        to: recipientName(recipient),
        outcome: "unclear",
        detail: "the app stopped while sending: nobody can tell whether it arrived",
        at,
      }),
    );
  return unclear.length === 0
    ? claimed
    : { ...claimed, state: "unclear", receipts: [...claimed.receipts, ...unclear] };
}

/** The record after sending. Failed beats unclear beats sent only in what people must do: unclear is never resent. */
export function withReceipts(record: Announcement, receipts: readonly Receipt[], at: string): Announcement {
  const all = [...record.receipts, ...receipts];
  const state = all.some((receipt) => receipt.outcome === "unclear")
    ? "unclear"
    : all.some((receipt) => receipt.outcome === "failed")
      ? "failed"
      : "sent";
  return { ...record, state, at, receipts: all };
}

/** How a `notify` item stands. `entry` is null where nobody has to tick. */
export function stateNotifyItem(
  item: NotifyItem,
  record: Announcement | null,
  waiting: ItemState | null,
  snapshot: Snapshot,
): ItemState {
  const base = { item, evidence: evidence(record), notes: waiting?.notes ?? [], box: waiting?.box ?? false };
  const state = (
    mark: ItemState["state"],
    summary: string,
    reason: Omit<Reason, "item"> | null,
  ): ItemState => ({
    ...base,
    state: mark,
    summary,
    reason: reason === null ? null : { item: item.id, ...reason },
  });
  if (record?.state === "sent")
    return { ...state("done", `announced: ${receiptsInWords(record)}`, null), box: true, notes: [] };
  const unknown = missingTargets(item.to, snapshot.targets);
  if (unknown.length > 0) {
    const names = unknown.join(", ");
    return state("failed", `unknown target ${names}`, {
      short: `unknown notification target ${names}`,
      long: `${item.title}: the server knows no notification target named ${names}; an admin adds it to NOTIFICATION_TARGETS`,
      failed: true,
    });
  }
  if (record?.state === "failed" || record?.state === "unclear") {
    const unclear = record.state === "unclear";
    const what = receiptsInWords(record);
    const howOn = unclear
      ? "Look there. If it is missing, press the button Announce; if it is there, comment `/checklist announced https://…` with its link"
      : backOff[record.attempts - 1] === undefined
        ? "To try again, press the button Announce, or comment `/checklist announce`"
        : "It is tried again by itself; the button Announce tries at once";
    const problem = unclear ? "it is unclear whether it was sent" : "sending failed";
    const note = `${problem}: ${what}`;
    return {
      ...state("failed", unclear ? "unclear" : "sending failed", {
        short: unclear ? `unclear whether ${item.id} was sent` : `${item.id} could not be sent`,
        long: `${item.title}: ${note}. ${howOn}`,
        failed: true,
      }),
      notes: [note],
    };
  }
  if (record?.state === "claimed" || waiting === null || waiting.state === "done")
    return state("waiting", record === null ? "posted when all else is done" : "being sent", {
      short: `${item.id} not announced yet`,
      long: `${item.title}: ${record === null ? "the app posts it when all other items are done" : "being sent"}`,
      failed: false,
    });
  return { ...waiting, evidence: base.evidence };
}

export const receiptsInWords = (record: Announcement): string =>
  record.receipts
    .map(({ to, outcome, detail, at }) =>
      outcome === "sent" ? `to ${to} on ${at.slice(0, 10)}` : `${to}: ${detail}`,
    )
    .join("; ");

const evidence = (record: Announcement | null): ItemState["evidence"] =>
  (record?.receipts ?? [])
    .filter(({ outcome, detail }) => outcome === "sent" && /^https?:\/\/\S+$/.test(detail))
    .map(({ to, detail }) => ({ label: to, url: detail }));

export const isNotify = (item: Item): item is NotifyItem => item.kind === "notify";

/** A claim or a receipt belongs into the ledger. */
export const withAnnouncement = (ledger: Ledger, key: string, record: Announcement | null): Ledger =>
  record === null ? ledger : { ...ledger, announcements: { ...ledger.announcements, [key]: record } };

/** Whoever ticked it last asked for the announcement. */
export const askedBy = (entry: ItemEntry): string | null => entry.signs.at(-1)?.by ?? null;
