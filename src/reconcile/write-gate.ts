import { unwritten } from "../domain/decide/unwritten.ts";
import type { Release } from "../domain/decision.ts";
import type { Ledger } from "../domain/ledger.ts";
import type { Later, Work } from "../queue/queue.ts";
import { announce, confirm } from "./announce/announce.ts";
import type { Senders } from "./announce/carry-out.ts";
import { claimsOf, insisting } from "./announce/known-claims.ts";
import { answerComments } from "./answer-comments.ts";
import type { LookMetrics } from "./look-metrics.ts";
import { owedAfter } from "./memory/owed.ts";
import { withReadingOf } from "./memory/seen.ts";
import type { ObserveContext } from "./observe/context.ts";
import type { Settled } from "./settle.ts";
import { type Scribe, type Written, write, writeVerdict } from "./write.ts";

export interface Gate {
  readonly context: ObserveContext;
  readonly work: Work;
  readonly settled: Settled;
  readonly scribe: Scribe;
  readonly senders: Senders;
  readonly later: Later;
  readonly metrics: Pick<LookMetrics, "announcement">;
}

/** What stands once all is written, sent and answered. */
export interface WrittenGate {
  readonly settled: Settled;
  /** Null: nothing was to be written. */
  readonly written: Written | null;
}

/** Writes what was decided, answers comments, and sends what is claimed. */
export async function writeGate(gate: Gate): Promise<WrittenGate> {
  const { context, work, scribe, senders, later, metrics } = gate;
  const { memory, name } = scribe;
  let { settled } = gate;
  const claims = claimsOf(settled.decision, settled.snapshot);
  memory.note(name, { claims: [...memory.of(name).claims, ...claims] });
  memory.note(name, { owed: owedAfter(memory.of(name).owed, settled.decision, settled.snapshot) });
  memory.note(name, { explained: withReadingOf(settled.snapshot, memory.of(name).explained) });
  // What is claimed is sent at once; the description can wait for what comes of it.
  const writing =
    settled.decision.kind === "release" && claims.length > 0
      ? writeVerdict(
          context,
          { ...settled, decision: unwritten(settled.decision, settled.snapshot) },
          insisting(scribe),
        )
      : write(context, settled, scribe);
  const confirmation = claims.length > 0 ? confirm(context, settled.snapshot, work) : null;
  let written = await writing;
  const superseded = written?.superseded;
  if (written !== null && claims.length === 0) memory.note(name, { claims: [] });
  if (written !== null && settled.decision.kind === "release") {
    const release = settled.decision;
    const { snapshot } = written;
    await answerComments(scribe);
    const { ledger } = snapshot.own;
    if (confirmation !== null && ledger !== null) {
      // After a crash nothing else leads from the older commits to the claim.
      await superseded;
      const insistent = insisting(scribe);
      const claimed = { release, snapshot, ledger, confirmation, work, later };
      settled = await announce(context, claimed, senders, insistent);
      tellOutcomes(release, settled.snapshot.own.ledger, metrics);
      written = await write(context, settled, insistent);
      if (written !== null) memory.note(name, { claims: [] });
    }
  }
  await superseded;
  return { settled, written };
}

function tellOutcomes(release: Release, ledger: Ledger | null, metrics: Gate["metrics"]): void {
  for (const { key } of release.announce)
    metrics.announcement(ledger?.announcements[key]?.state ?? "unclear");
}
