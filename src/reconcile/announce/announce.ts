import type { Release } from "../../domain/decision.ts";
import type { Ledger } from "../../domain/ledger.ts";
import { writeLedger } from "../../domain/ledger-text.ts";
import type { Snapshot } from "../../domain/snapshot.ts";
import type { Later, Work } from "../../queue/queue.ts";
import { ledgerForPeople } from "../../render/ledger.ts";
import { observeAfresh } from "../observe/afresh.ts";
import type { ObserveContext } from "../observe/context.ts";
import { isOvertaken } from "../observe/overtaken.ts";
import { isSameCommit } from "../observe/same-commit.ts";
import { type Settled, settle } from "../settle.ts";
import type { Scribe } from "../write.ts";
import { releaseComposer, type Senders, sendAll } from "./carry-out.ts";
import { withReceiptsOf } from "./known-claims.ts";

export interface Claimed {
  readonly release: Release;
  /** With our run, our ledger and the description as the claim left them. */
  readonly snapshot: Snapshot;
  readonly ledger: Ledger;
  readonly confirmation: Promise<Snapshot>;
  readonly work: Work;
  readonly later: Later;
}

/**
 * Everything once more: what the gate may open on. It is read while the claim is written and the messages are sent,
 * so that it costs no time. What our own run says is known: the claim.
 */
export function confirm(context: ObserveContext, snapshot: Snapshot, work: Work): Promise<Snapshot> {
  const asked = { ...snapshot, ask: { ...snapshot.ask, announce: [] } };
  const reading = observeAfresh(context, asked, work, true);
  // Whoever waits for it hears of a fault; where the claim was not written, nobody does.
  reading.catch(() => {});
  return reading;
}

/** Sending took long when a confirmation is older, in milliseconds: then it is read once more. */
const longestConfirmed = 1_000;

/**
 * Sends what was claimed. The gate opens only with the receipts, on facts read since it was decided to send; the
 * receipts are kept even where nothing can be read.
 */
export async function announce(
  context: ObserveContext,
  { release, snapshot, ledger, confirmation, work, later }: Claimed,
  senders: Senders,
  scribe: Scribe,
): Promise<Settled> {
  const { memory, name } = scribe;
  const { claims } = memory.of(name);
  // From here until the receipts are there, nobody knows.
  memory.note(name, { claims: [] });
  const receipted = await sendAll(release.announce, releaseComposer(release, snapshot), ledger, senders);
  memory.note(name, { claims: withReceiptsOf(claims, receipted) });
  try {
    const first = await confirmation;
    const stands =
      senders.now() - first.readAt <= longestConfirmed &&
      isSameCommit(first.pull, snapshot.pull) &&
      !isOvertaken({ head: first.pull.head.sha, body: first.pull.body }, later.waiting());
    const read = stands ? first : await confirm(context, snapshot, work);
    const own = isSameCommit(read.pull, snapshot.pull) ? snapshot.own : read.own;
    const { explained, written } = snapshot;
    const known = { ...read, explained, written, own: { ...own, ledger: receipted } };
    return await settle(context, known, work, senders.now, true);
  } catch (error) {
    await keepReceipts({ ...release, ledger: receipted }, snapshot, scribe);
    throw error;
  }
}

/** Only the record changes here; what it means for the gate is for the next look. */
async function keepReceipts(
  release: Release,
  snapshot: Snapshot,
  { apply, memory, name }: Scribe,
): Promise<void> {
  const { verdict } = memory.of(name);
  const record = writeLedger(release.ledger, ledgerForPeople(release, snapshot));
  if (verdict === null || record === null) return;
  const content = { ...verdict.content, text: record.text };
  await apply({ kind: "update-check", id: verdict.id, ...content });
  memory.note(name, { verdict: { id: verdict.id, content } });
}
