import type { Checklist, NotifyItem } from "../config/checklist.ts";
import type { Announce, Verdict } from "../decision.ts";
import { type Announcement, emptyEntry, type Ledger } from "../ledger.ts";
import { isNotify, stepAnnouncement, withAnnouncement } from "./announcements.ts";
import { end } from "./stale.ts";

/** A gate that closes for a moment, because a check runs again, is no news. */
const patience = 10 * 60_000;

const prefix = "postponed:";

export interface Postponing {
  readonly ledger: Ledger;
  readonly announce: readonly Announce[];
  /** Milliseconds until it has been closed for long enough; null: nothing is due. */
  readonly again: number | null;
}

/**
 * When the gate closes again after an announcement, and stays closed, those who were told hear of it once, and the
 * release is announced anew before it is merged.
 */
export function postpone(checklist: Checklist, before: Ledger, verdict: Verdict, now: number): Postponing {
  let ledger = before;
  const announce: Announce[] = [];
  const waits: number[] = [];
  for (const item of checklist.items) {
    if (!isNotify(item)) continue;
    const keys = Object.keys(ledger.announcements).filter((key) => key.startsWith(`${prefix}${item.id}:`));
    const record = ledger.announcements[item.id];
    if (record?.state === "sent") {
      const followed = follow(record, verdict, now);
      const wait = followed.closedSince === null ? null : Date.parse(followed.closedSince) + patience - now;
      if (wait === null || wait > 0) {
        ledger = withAnnouncement(ledger, item.id, followed);
        if (wait !== null) waits.push(wait);
      } else {
        ledger = withdraw(ledger, item, record);
        keys.push(`${prefix}${item.id}:${record.at}`);
      }
    }
    for (const key of keys) {
      const previous = ledger.announcements[key] ?? null;
      const step = stepAnnouncement({ key, to: item.to, previous, due: true, by: null, asked: false, now });
      ledger = withAnnouncement(ledger, key, step.record);
      if (step.announce !== null) announce.push(step.announce);
      if (step.again !== null) waits.push(step.again);
    }
  }
  return { ledger, announce, again: waits.length > 0 ? Math.min(...waits) : null };
}

/** Only a gate that was open after the announcement can close again. */
function follow(record: Announcement, verdict: Verdict, now: number): Announcement {
  if (verdict.kind !== "blocked") return { ...record, opened: true, closedSince: null };
  if (!record.opened || record.closedSince !== null) return record;
  return { ...record, closedSince: new Date(now).toISOString() };
}

/** What was announced does not hold any more: somebody has to announce it again. */
function withdraw(ledger: Ledger, item: NotifyItem, record: Announcement): Ledger {
  const { [item.id]: _, ...announcements } = ledger.announcements;
  const entry = ledger.items[item.id] ?? emptyEntry;
  const ended =
    entry.signs.length === 0
      ? entry
      : end(entry, entry.signs, {
          sha: null,
          why: "the release was postponed",
          at: record.closedSince ?? record.at,
        });
  return { ...ledger, announcements, items: { ...ledger.items, [item.id]: { ...ended, box: entry.box } } };
}

export const isPostponed = (key: string): boolean => key.startsWith(prefix);
