/** What the record holds of one item. */
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
  /** Sign-offs by comment of which nobody can tell yet for which commit they were meant. Bounded. */
  readonly unplaced: readonly Unplaced[];
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

export interface Unplaced {
  readonly by: string;
  readonly at: string;
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
  /** Set where a comment gave it, of which the edits of the description do not tell. */
  readonly via?: "comment" | undefined;
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

/** Longest answer that the ledger keeps, in UTF-16 code units. */
export const answerLimit = 2_000;

export const emptyEntry: ItemEntry = {
  signs: [],
  cleared: null,
  unsigned: null,
  barred: [],
  missing: [],
  answers: {},
  unplaced: [],
  waiver: null,
  refusal: null,
  ended: null,
  box: null,
};

/** Hashes of what was read and written, and of the text outside the block that was read. */
export interface Move {
  readonly read: string;
  readonly prose: string;
  readonly wrote: string;
}
