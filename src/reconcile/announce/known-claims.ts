import { withAnnouncement } from "../../domain/decide/announcements.ts";
import type { Announce, Decision } from "../../domain/decision.ts";
import type { Ledger } from "../../domain/ledger.ts";
import type { Snapshot } from "../../domain/snapshot.ts";
import { PassingFault } from "../../github/errors.ts";
import type { KnownClaim } from "../memory/memory.ts";
import type { Scribe } from "../write.ts";

/**
 * A claim may be written although GitHub's answer was lost: the look then fails before anything is sent. Or the
 * receipts cannot be written. The next look finds a claim either way, and what this process remembers of it tells
 * what happened, so that it is not called unclear.
 */
export function withKnownClaims(snapshot: Snapshot, claims: readonly KnownClaim[]): Snapshot {
  const { ledger } = snapshot.own;
  if (ledger === null) return snapshot;
  const open = claims.filter(({ key, claimed }) => {
    const found = ledger.announcements[key];
    return found?.state === "claimed" && found.at === claimed.at && found.attempts === claimed.attempts;
  });
  if (open.length === 0) return snapshot;
  // Newer than GitHub's, so that reading afresh does not bring the claim back.
  const resolved = { ...open.reduce(resolve, ledger), revision: ledger.revision + 1 };
  return { ...snapshot, own: { ...snapshot.own, ledger: resolved } };
}

function resolve(ledger: Ledger, { key, instead }: KnownClaim): Ledger {
  const { [key]: _, ...announcements } = ledger.announcements;
  return withAnnouncement({ ...ledger, announcements }, key, instead);
}

/** The claims that this decision is about to write: nothing is sent for them yet. */
export function claimsOf(decision: Decision, { own }: Snapshot): readonly KnownClaim[] {
  return decision.kind === "release" ? claimsFor(decision.announce, decision.ledger, own.ledger) : [];
}

export const claimsFor = (
  announcing: readonly Announce[],
  ledger: Ledger,
  before: Ledger | null,
): readonly KnownClaim[] =>
  announcing.flatMap(({ key }) => {
    const claimed = ledger.announcements[key];
    return claimed === undefined ? [] : [{ key, claimed, instead: before?.announcements[key] ?? null }];
  });

/** These claims with the receipts. */
export const withReceiptsOf = (claims: readonly KnownClaim[], { announcements }: Ledger): KnownClaim[] =>
  claims.map((claim) => ({ ...claim, instead: announcements[claim.key] ?? claim.instead }));

/** So often the record is tried to be written. */
const attempts = 3;

/**
 * Repeats a write of the record whose answer was lost: the same once more changes nothing, and while this look goes
 * on it knows what was sent. Another replica that found the claim could not know.
 */
export const insisting = (scribe: Scribe): Scribe => ({
  ...scribe,
  apply: async (write) => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await scribe.apply(write);
      } catch (error) {
        const repeatable = write.kind === "update-check" && error instanceof PassingFault;
        if (!repeatable || attempt === attempts) throw error;
      }
    }
  },
});
