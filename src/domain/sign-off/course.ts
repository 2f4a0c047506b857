import { sameName } from "../actor.ts";
import type { Edit, OwnWrite } from "../edit.ts";
import type { Gap } from "./gap.ts";
import type { Link } from "./link.ts";

/** A description of which it is known how it came about. */
export interface Seen {
  /** Null where nobody remembers the text, but the record tells what its boxes showed. */
  readonly body: string | null;
  /** When it came to stand there, as GitHub tells it. */
  readonly at: string;
}

export type Remembered = Seen & { readonly body: string };

/** The description as it was and as it is. */
export interface Course {
  /** Null: not remembered. */
  readonly seen: Seen | null;
  readonly now: string;
  /** When the pull request last changed. */
  readonly at: string;
  /** Our own writes, oldest first. */
  readonly written: readonly OwnWrite[];
  /** Those of them that came after `seen`. */
  readonly writtenSince: readonly OwnWrite[];
  /** Edits that were told before. */
  readonly links: readonly Link[];
  /** How many boxes and answers changed in what is missing there. */
  readonly changed: (gap: Gap) => number;
  /** Something else may still tell, so that what may be missing is. */
  readonly strict: boolean;
  /** Login of the app's own account: what its writes led to, the record knows. */
  readonly self: string;
}

/** Our writes that came before the text that was seen. */
export const before = ({ written, writtenSince }: Course): readonly OwnWrite[] =>
  written.filter((write) => !writtenSince.includes(write));

export const isOwn = ({ by }: Edit, { self }: Course): boolean => by !== null && sameName(by.login, self);
