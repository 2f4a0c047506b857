import type { Merge } from "./after/merge.ts";
import type { Exception, HandledComments, ItemEntry, Move } from "./item-entry.ts";
import type { Arrival } from "./push.ts";
import type { Reply } from "./reply.ts";

export * from "./item-entry.ts";

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
  /** How the head moved, as far as is known, oldest first, bounded. */
  readonly heads: readonly Arrival[];
  readonly override: Exception | null;
  readonly announcements: Readonly<Record<string, Announcement>>;
  readonly comments: HandledComments;
  /** Echoes of our own writes whose erased text was put back, newest last, bounded: each is restored once. */
  readonly echoes: readonly string[];
  /** Our writes that changed the text outside the block, to put back what an earlier one erased or to move a person's text out. */
  readonly moves: readonly Move[];
  /** Set while a block shows that a ledger existed and none was found: nothing counts before a person confirms. */
  readonly lost: boolean;
  /** Short hashes of the lines that the app wrote into the block, so that people's own lines can be told from them. */
  readonly lines: readonly string[];
  /** Items that a label has brought in: taking the label off again does not take them away. */
  readonly labelled: readonly string[];
  /** Whom `request-signers` has asked, so that it asks once. */
  readonly asked: readonly string[];
  /** The newest answers to comments, so that one which a crash swallowed is given after all. */
  readonly replies: readonly Reply[];
  /** By check: the newest commit that it was seen on, short. */
  readonly ran: Readonly<Record<string, string>>;
  /** When the gate first stood open; null: not yet. */
  readonly ready: string | null;
  /** When the release was first seen to run wherever its checklist deploys it; null: not yet, or nothing tells. */
  readonly deployed: string | null;
  /** By item: how it stood at the last look, for the record of the release. What does not apply is absent. */
  readonly progress: Readonly<Record<string, Progress>>;
  /** Of the newest release record; null: none was written. */
  readonly record: Seal | null;
  /** The merge and what followed; null: not merged, or not looked at since. */
  readonly merge: Merge | null;
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

export const emptyLedger = (pull: number): Ledger => ({
  version: 1,
  pull,
  revision: 0,
  release: false,
  items: {},
  heads: [],
  override: null,
  announcements: {},
  comments: { through: 0, ids: [] },
  echoes: [],
  moves: [],
  lost: false,
  lines: [],
  labelled: [],
  asked: [],
  replies: [],
  ran: {},
  ready: null,
  deployed: null,
  progress: {},
  record: null,
  merge: null,
});
