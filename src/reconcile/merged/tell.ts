import type { AfterMerge } from "../../domain/after/decide.ts";
import { finalKey, type Merge } from "../../domain/after/merge.ts";
import type { Ledger } from "../../domain/ledger.ts";
import type { OwnRuns, Snapshot } from "../../domain/snapshot.ts";
import { announcementMarker } from "../../render/announcement.ts";
import { lateComment, lateMessage } from "../../render/final.ts";
import { type Composer, type Senders, sendAll } from "../announce/carry-out.ts";
import { insisting, withReceiptsOf } from "../announce/known-claims.ts";
import type { Scribe } from "../write.ts";
import { keep } from "./keep.ts";
/** Sends what was claimed, and keeps the receipts. */
export async function tell(
  { scribe, senders }: { readonly scribe: Scribe; readonly senders: Senders },
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
