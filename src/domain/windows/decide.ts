import { DateTime } from "luxon";
import type { Outcome } from "../checks/outcome.ts";
import { nextChange, nextOpening } from "./next.ts";
import type { ClosedDays, WindowRule } from "./rule.ts";
import { standingAt } from "./standing.ts";

export interface WindowOutcome extends Outcome {
  /** Milliseconds until it has to be decided again, at most a day. */
  readonly again: number;
}

const day = 24 * 60 * 60_000;

/**
 * Whether the release may be merged at this moment. What is said holds until the next change, so that looking again
 * in between writes nothing.
 *
 * @param now Milliseconds since the epoch.
 */
export function decideWindow(rule: WindowRule, now: number): WindowOutcome {
  const change = nextChange(rule, now, 2);
  const again = change === null ? day : Math.min(change - now, day);
  const base = { caution: null, evidence: [], diagnosis: "", again };
  const standing = standingAt(rule, now);
  switch (standing.kind) {
    case "open":
      return { ...base, state: "green", summary: "open" };
    case "warned":
      return {
        ...base,
        state: "green",
        summary: "open, with a warning",
        caution:
          "This is a time for which the release window warns: merge now only when somebody stays with it.",
      };
    case "closed": {
      const opening = nextOpening(rule, now);
      const when =
        opening === null ? "it does not open within a year" : `it opens ${moment(opening, rule.timezone)}`;
      const why = standing.days === null ? "" : ` ${closedDays(standing.days)}`;
      return {
        ...base,
        state: "failed",
        summary: `closed, ${when.replace(/^it /, "")}`,
        diagnosis: `The release window is closed${why}; ${when}.`,
      };
    }
  }
}

/** `Tue 3 March 2026 at 10:00 (Europe/Berlin)`: words in English whatever the machine speaks. */
const moment = (at: number, timezone: string): string =>
  `${DateTime.fromMillis(at, { zone: timezone, locale: "en-GB" }).toFormat("ccc d LLLL yyyy 'at' HH:mm")} (${timezone})`;

function closedDays({ from, through, reason }: ClosedDays): string {
  const days = from === through ? `on ${from}` : `from ${from} through ${through}`;
  return reason === null ? days : `${days} (${reason})`;
}
