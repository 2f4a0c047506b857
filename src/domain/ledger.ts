/**
 * What the app must not forget about one pull request. It lives in the output of the app's own check run;
 * `ledger-text.ts` writes and reads that form. Times are ISO 8601 in UTC.
 */
export interface Ledger {
  readonly version: 1;
  /** Number of the pull request that it belongs to. */
  readonly pull: number;
  /** Grows by one with every change; the highest one wins when a new head inherits. */
  readonly revision: number;
  /** Once a release, always one. */
  readonly release: boolean;
  readonly items: Readonly<Record<string, ItemEntry>>;
  readonly override: Exception | null;
  readonly announcements: Readonly<Record<string, Announcement>>;
  /** Comments that were handled; those up to `before` are all handled. */
  readonly comments: HandledComments;
  /** Our own writes of the description whose echo was looked at, newest last, bounded. */
  readonly echoes: readonly string[];
  /** Short hashes of the lines that the app wrote into the block, so that people's own lines can be told from them. */
  readonly lines: readonly string[];
  /** Whom `request-signers` has asked, so that it asks once. */
  readonly asked: readonly string[];
}

export interface ItemEntry {
  /** Time of the newest edit that counted, unticks included. */
  readonly at: string | null;
  readonly signs: readonly SignOff[];
  readonly answers: Readonly<Record<string, Answer>>;
  readonly waiver: Exception | null;
  /** Why the last tick was taken back; shown under the item until somebody ticks again. */
  readonly refusal: Refusal | null;
  /** The last sign-off that a rule ended, for the check to tell. */
  readonly ended: Ended | null;
  /** The box was seen unticked and nobody knows by whom: the sign-offs do not count until somebody ticks again or an event explains it. */
  readonly doubt: boolean;
}

export interface SignOff {
  readonly by: string;
  readonly at: string;
  /** Full SHA of the commit that the tick was made on. */
  readonly sha: string;
  /** Tree of that commit. */
  readonly tree: string;
  readonly via: "box" | "comment";
}

export interface Answer {
  readonly text: string;
  /** Null when nobody knows. */
  readonly by: string | null;
  readonly at: string;
}

/** A waiver or an override: holds for the tree that it was given on. */
export interface Exception {
  readonly by: string;
  readonly at: string;
  readonly reason: string;
  readonly sha: string;
  readonly tree: string;
}

export interface Refusal {
  readonly by: string | null;
  readonly at: string;
  /** One line, inert. */
  readonly why: string;
}

export interface Ended {
  readonly signs: readonly SignOff[];
  readonly at: string;
  /** The commit that ended it, or null where a changed answer or rule did. */
  readonly sha: string | null;
  /** One line, inert. */
  readonly why: string;
}

export interface HandledComments {
  /** Ids of handled comments, ascending, bounded. */
  readonly ids: readonly number[];
}

/** claimed → sent | failed | unclear. Written before sending (claim) and after (receipt). */
export interface Announcement {
  readonly state: "claimed" | "sent" | "failed" | "unclear";
  readonly at: string;
  /** How often it was tried. */
  readonly attempts: number;
  /** Who asked for it: the ticker or commenter; null for `when-ready`. */
  readonly by: string | null;
  /** One line for each recipient: where it went (sent), or why not (failed, unclear). */
  readonly receipts: readonly Receipt[];
}

export interface Receipt {
  /** `stakeholders`, `@acme/support`, `comment`. */
  readonly to: string;
  readonly outcome: "sent" | "failed" | "unclear";
  /** A link, a message id, or the reason; one line, no secrets. */
  readonly detail: string;
  readonly at: string;
}
