import type { Decision } from "../../domain/decision.ts";
import type { Snapshot } from "../../domain/snapshot.ts";
import { PassingFault } from "../../github/errors.ts";
import type { Held, Lock } from "../../queue/lock.ts";
import type { Settled } from "../settle.ts";

/**
 * The right of one look to announce. A claim stands in the check run, which GitHub lets two replicas write at the same
 * time. So where there are several, only the one that holds the lock writes a claim, sends, and says what became of an
 * older claim.
 */
export interface Claim {
  /**
   * Where there is something to announce, takes the lock until `release`, or throws because another replica has it.
   *
   * @param revision Reads the revision of the ledger as GitHub has it now; null when there is none.
   */
  take(settled: Settled, revision: () => Promise<number | null>): Promise<void>;
  /** The same, where something is to be done once in any case. */
  hold(snapshot: Snapshot, revision: () => Promise<number | null>): Promise<void>;
  /** When the receipts are written, and whatever happened. */
  release(): Promise<void>;
}

/** @param lock Null: no other process looks. */
export function createClaim(lock: Lock | null, pull: string): Claim {
  let held: Held | null = null;
  const hold: Claim["hold"] = async ({ own }, revision) => {
    if (lock === null) return;
    held = await lock.take(`announce ${pull}`);
    if (held === null) throw new PassingFault("another replica is announcing");
    if (((await revision()) ?? 0) > (own.ledger?.revision ?? 0))
      throw new PassingFault("another replica has written the record meanwhile");
  };
  return {
    async take({ decision, snapshot }, revision) {
      if (concernsAnnouncements(decision, snapshot)) await hold(snapshot, revision);
    },
    hold,
    async release() {
      await held?.release();
      held = null;
    },
  };
}

const concernsAnnouncements = (decision: Decision, { own }: Snapshot): boolean =>
  decision.kind === "release" &&
  (decision.announce.length > 0 ||
    Object.values(own.ledger?.announcements ?? {}).some(({ state }) => state === "claimed"));
