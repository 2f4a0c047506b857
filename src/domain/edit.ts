import type { Actor } from "./actor.ts";

/** One edit of a description, as an `edited` event or the edit history tells it. */
export interface Edit {
  /** ISO 8601 in UTC with seconds: GitHub tells no more. */
  readonly at: string;
  /** Null when neither event nor history names anybody. */
  readonly by: Actor | null;
  readonly from: string;
  readonly to: string;
  /** Full SHA of the head when the event was made; history does not tell it. */
  readonly head: string | null;
  readonly source: "event" | "history";
  /** GUID of the delivery, the same when it is delivered again; history has none. */
  readonly id?: string;
  /** How many of our own writes were made, since the description was last explained, before it was told. */
  readonly told?: number;
}

/** The same edit told twice: by the same delivery, or, where one of them has none, by the same account of it. */
export const isSameEdit = (a: Edit, b: Edit): boolean =>
  a.id !== undefined && b.id !== undefined
    ? a.id === b.id
    : a.at === b.at &&
      a.from === b.from &&
      a.to === b.to &&
      a.by?.login.toLowerCase() === b.by?.login.toLowerCase();

/** One write of the description by the app. */
export interface OwnWrite {
  /** The description that the write was planned from. */
  readonly read: string;
  readonly wrote: string;
  /** When what was read had changed last. */
  readonly readAt: string;
  /** When it was written, where that is known; else `readAt`. */
  readonly at: string;
  /** GitHub told when it was written. */
  readonly dated?: boolean;
  /** Its echo came, and told that it had erased nothing. */
  readonly echoed?: boolean;
}
