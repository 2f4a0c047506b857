import type { Outcome } from "./outcome.ts";
import { oneLine } from "./text.ts";

/** How one run, status, workflow or suite stands by itself. */
export interface Judgement {
  readonly state: Outcome["state"];
  /** Follows a name: `failed`, `is running`. */
  readonly says: string;
  /** Stands alone in the table: `failed`, `running`. */
  readonly word: string;
  /** What to do; empty when there is nothing but to wait. */
  readonly remedy: string;
}

export const green: Judgement = { state: "green", says: "is green", word: "green", remedy: "" };

export const actionRequired: Judgement = waiting(
  "asks for an action",
  "action required",
  "Open it and do what it asks for.",
);

const again = "Fix it, or run it again.";

const endings: Readonly<Record<string, Judgement>> = {
  failure: failed("failed", again),
  error: failed("ended with an error", again, "error"),
  timed_out: failed("timed out", "Run it again."),
  cancelled: failed("was cancelled", "Run it again."),
  startup_failure: failed("could not start", "Look whether its workflow file is valid, then run it again."),
  stale: failed("is stale: GitHub stopped waiting for its result", "Run it again.", "stale"),
  skipped: failed("was skipped", 'Let it run, or list "skipped" under "accept".'),
  neutral: failed("ended neutral", 'Let it succeed, or list "neutral" under "accept".', "neutral"),
  action_required: actionRequired,
};

function failed(says: string, remedy: string, word = says.replace(/^was /, "")): Judgement {
  return { state: "failed", says, word, remedy };
}

const pauses: Readonly<Record<string, Judgement>> = {
  in_progress: waiting("is running", "running"),
  waiting: waiting("waits for an approval", "awaiting approval", "Approve it on its page."),
  queued: waiting("is queued", "queued"),
  requested: waiting("is queued", "queued"),
  pending: waiting("is pending", "pending"),
};

function waiting(says: string, word: string, remedy = ""): Judgement {
  return { state: "waiting", says, word, remedy };
}

export function judge(status: string, conclusion: string | null, accept: readonly string[]): Judgement {
  if (status !== "completed") return own(pauses, status) ?? waiting("has not ended", "not ended");
  if (conclusion === null) {
    return { state: "unknown", says: "ended without a result", word: "no result", remedy: "Run it again." };
  }
  if (accept.includes(conclusion)) return green;
  const word = oneLine(conclusion.replaceAll("_", " "));
  return (
    own(endings, conclusion) ?? failed(`ended with "${word}"`, 'This is not listed under "accept".', word)
  );
}

function own(table: Readonly<Record<string, Judgement>>, key: string): Judgement | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
