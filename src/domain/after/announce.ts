import type { Checklist, Recipient } from "../config/checklist.ts";
import { everybody } from "../decide/announce.ts";
import { stepAnnouncement, withAnnouncement } from "../decide/announcements.ts";
import type { Announce } from "../decision.ts";
import type { Ledger } from "../ledger.ts";
import type { Snapshot } from "../snapshot.ts";
import { bypassKey, finalKey, type Merge, outcomeOf } from "./merge.ts";

interface Input {
  readonly checklist: Checklist;
  readonly merge: Merge;
  readonly ledger: Ledger;
  readonly snapshot: Snapshot;
  /** Who asked for it to be sent again; null: nobody. */
  readonly resend: string | null;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

interface Step {
  readonly ledger: Ledger;
  readonly announce: readonly Announce[];
  readonly again: number | null;
}

/** A merge that the check did not allow is told to everybody whom the release's announcements go to. */
export const announceBypass = (input: Input): Step =>
  input.merge.bypassed ? step(bypassKey, input.merge.by, input) : still(input);

/** How the release ended goes to the same people. A correction is a message of its own. */
export function announceFinal(input: Input): Step {
  const outcome = outcomeOf(input.merge);
  return outcome === null ? still(input) : step(finalKey(outcome), outcome.by, input);
}

const still = ({ ledger }: Input): Step => ({ ledger, announce: [], again: null });

function step(key: string, by: string | null, { checklist, ledger, snapshot, resend, now }: Input): Step {
  const previous = ledger.announcements[key] ?? null;
  const asked = resend !== null && previous !== null && previous.state !== "sent";
  const to = recipients(checklist, snapshot);
  const { record, announce, again } = stepAnnouncement({ key, to, previous, due: true, by, asked, now });
  return {
    ledger: withAnnouncement(ledger, key, record),
    announce: announce === null ? [] : [announce],
    again,
  };
}

/** Those whom the server knows; a comment where there is nobody else. */
function recipients(checklist: Checklist, { targets }: Snapshot): readonly Recipient[] {
  const known = everybody(checklist).filter(
    (recipient) => recipient.type !== "target" || targets.has(recipient.name),
  );
  return known.length > 0 ? known : [{ type: "comment" }];
}
