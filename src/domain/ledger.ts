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
  /** The head that was looked at last; null: none yet. */
  readonly head: Head | null;
  readonly override: Exception | null;
  readonly announcements: Readonly<Record<string, Announcement>>;
  readonly comments: HandledComments;
  /** Echoes of our own writes whose erased text was put back, newest last, bounded: each is restored once. */
  readonly echoes: readonly string[];
  /** Our writes that changed the text outside the block, to put back what an earlier one erased or to move a person's text out. */
  readonly moves: readonly { readonly read: string; readonly wrote: string }[];
  /** Set while a block shows that a ledger existed and none was found: nothing counts before a person confirms. */
  readonly lost: boolean;
  /** Short hashes of the lines that the app wrote into the block, so that people's own lines can be told from them. */
  readonly lines: readonly string[];
  /** Items that a label has brought in: taking the label off again does not take them away. */
  readonly labelled: readonly string[];
  /** Whom `request-signers` has asked, so that it asks once. */
  readonly asked: readonly string[];
  /** When the gate first stood open; null: not yet. */
  readonly ready: string | null;
  /** By item: how it stood at the last look, for the record of the release. What does not apply is absent. */
  readonly progress: Readonly<Record<string, Progress>>;
  /** Of the newest release record; null: none was written. */
  readonly record: Seal | null;
}

/** By it a replayed older record is noticed. */
export interface Seal {
  readonly revision: number;
  /** SHA-256 of the record as it is signed, in hexadecimal digits. */
  readonly digest: string;
}

export interface Progress {
  readonly state: "done" | "waiting" | "failed" | "waived";
  /** Since when it has been done or waived, without a break; null: it is not. */
  readonly done: string | null;
  /** How often it was seen to fail, or a person took a sign-off back. */
  readonly caught: number;
  /** Bounded. */
  readonly evidence: readonly { readonly label: string; readonly url: string }[];
}

/** GitHub does not tell when a commit became the head, nor at which one a comment was written. */
export interface Head {
  readonly sha: string;
  /** It was the head at this time at the latest. */
  readonly since: string;
  /** The head that was looked at before; null: none. */
  readonly before: string | null;
}

export interface ItemEntry {
  /** Sign-offs that stand. None is older than `cleared`. */
  readonly signs: readonly SignOff[];
  /** Time of the newest act that ended all sign-offs before it: an untick, or an answer changed by somebody who may not sign. */
  readonly cleared: string | null;
  /** Time of the newest `/checklist unsign`, of which the edit history does not tell. */
  readonly unsigned: string | null;
  /** Ticks that a rule took back or ended: those never count again, even if the reason is gone. Bounded. */
  readonly barred: readonly Barred[];
  /** Edits that unticked the box or changed an answer, of which nothing is known, with the latest time at which they can have been. Bounded. */
  readonly missing: readonly { readonly key: string; readonly at: string }[];
  readonly answers: Readonly<Record<string, Answer>>;
  readonly waiver: Exception | null;
  /** Why the last tick was taken back; shown under the item until somebody signs. */
  readonly refusal: Refusal | null;
  /** The last sign-offs that a rule or a person ended, for the check to tell. */
  readonly ended: Ended | null;
  /** What the box shows once the app has written; null: never written. */
  readonly box: boolean | null;
}

/** Ticks of this person up to this time. */
export interface Barred {
  readonly by: string;
  readonly at: string;
  /** Only those made on this commit; null: all. */
  readonly sha: string | null;
}

export interface SignOff {
  readonly by: string;
  readonly at: string;
  /** SHA of the commit that the tick was made on; short where only the block tells it. */
  readonly sha: string;
  /** Tree of that commit; null when the tick was made on a commit that is no longer the head. */
  readonly tree: string | null;
  readonly via: "box" | "comment";
  /** Those of `missing` that may have taken it back: while there are any, it does not count. */
  readonly doubts: readonly string[];
}

export interface Answer {
  /** As written, cut at `answerLimit` characters. */
  readonly text: string;
  /** Hash of the whole text, to notice a change beyond the cut. */
  readonly hash: string;
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
  /** Every comment with an id up to this one is handled. */
  readonly through: number;
  /** Handled ones above it, ascending, bounded. */
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
  /** The gate stood open after it was sent. */
  readonly opened: boolean;
  /** Since when the gate is closed again; null: it is not. */
  readonly closedSince: string | null;
}

export interface Receipt {
  /** `stakeholders`, `@acme/support`, `comment`. */
  readonly to: string;
  readonly outcome: "sent" | "failed" | "unclear";
  /** A link, a message id, or the reason; one line, no secrets. */
  readonly detail: string;
  readonly at: string;
}

/** Longest answer that the ledger keeps, in UTF-16 code units. */
export const answerLimit = 2_000;

export const emptyEntry: ItemEntry = {
  signs: [],
  cleared: null,
  unsigned: null,
  barred: [],
  missing: [],
  answers: {},
  waiver: null,
  refusal: null,
  ended: null,
  box: null,
};

export const emptyLedger = (pull: number): Ledger => ({
  version: 1,
  pull,
  revision: 0,
  release: false,
  items: {},
  head: null,
  override: null,
  announcements: {},
  comments: { through: 0, ids: [] },
  echoes: [],
  moves: [],
  lost: false,
  lines: [],
  labelled: [],
  asked: [],
  ready: null,
  progress: {},
  record: null,
});
