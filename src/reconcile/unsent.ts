import { withAnnouncement } from "../domain/decide/announcements.ts";
import type { Decision } from "../domain/decision.ts";
import type { Ledger } from "../domain/ledger.ts";
import type { Snapshot } from "../domain/snapshot.ts";
import type { Unsent } from "./memory.ts";

/**
 * A claim may be written although GitHub's answer was lost. The look then fails before anything is sent, and the next
 * one finds a claim. What this process remembers of it tells that nothing went out, so that it is not called unclear.
 */
export function withoutUnsent(snapshot: Snapshot, unsent: readonly Unsent[]): Snapshot {
  const { ledger } = snapshot.own;
  if (ledger === null) return snapshot;
  const open = unsent.filter(({ key, claimed }) => {
    const found = ledger.announcements[key];
    return found?.state === "claimed" && found.at === claimed.at && found.attempts === claimed.attempts;
  });
  if (open.length === 0) return snapshot;
  const cleared = open.reduce(takeBack, ledger);
  return { ...snapshot, own: { ...snapshot.own, ledger: cleared } };
}

function takeBack(ledger: Ledger, { key, before }: Unsent): Ledger {
  const { [key]: _, ...announcements } = ledger.announcements;
  return withAnnouncement({ ...ledger, announcements }, key, before);
}

/** The claims that this decision is about to write. */
export function claimsOf(decision: Decision, { own }: Snapshot): readonly Unsent[] {
  if (decision.kind !== "release") return [];
  return decision.announce.flatMap(({ key }) => {
    const claimed = decision.ledger.announcements[key];
    return claimed === undefined ? [] : [{ key, claimed, before: own.ledger?.announcements[key] ?? null }];
  });
}
