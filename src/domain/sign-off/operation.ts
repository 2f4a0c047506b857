import type { Actor } from "../actor.ts";

/** What one edit did to one box or answer that stood in the description before and after it. */
export type Operation = TickOperation | AnswerOperation;

interface OperationBase {
  readonly item: string;
  /** Null when nobody knows who edited. */
  readonly by: Actor | null;
  readonly at: string;
  /** Head at the time of the edit, where an event told it. */
  readonly head: string | null;
  /**
   * True when the order among the edits of this second is not known; then what the description shows now decides,
   * and what stays undecided goes to unticked.
   */
  readonly tied: boolean;
  /** True when it came after what the record told when the description was last explained, whatever the seconds say. */
  readonly since?: boolean;
  /** Set where no edit is known that did it: the `gapKey` of where it is missing. */
  readonly gap?: string;
}

export interface TickOperation extends OperationBase {
  readonly kind: "tick" | "untick";
  /** Short SHA in the box, for sign-offs that hold for a commit. */
  readonly sha: string | null;
  readonly via: "box" | "comment";
  /** True when it would have to be known for which commit it was, and nobody can tell. */
  readonly headless?: boolean;
}

export interface AnswerOperation extends OperationBase {
  readonly kind: "answer";
  readonly question: string;
  readonly text: string;
  /** Hash of the answer that it replaced; null: not known. */
  readonly was: string | null;
  readonly via: "box" | "comment";
}

/** The newest change of what a box shows, by whomever, block taken out or put in included. */
export interface LastChange {
  readonly by: Actor | null;
  readonly at: string;
  /** Null: the edit took the box away. */
  readonly checked: boolean | null;
}
