import { hash } from "../hash.ts";
import type { PlacedEdit } from "./timeline.ts";

/** Two texts between which somebody edited, and nothing tells who. */
export interface Gap {
  /** What the known edits lead to; null where that is not remembered, so that the ledger has to tell. */
  readonly from: string | null;
  readonly to: string;
  /** The first known edit after it; null: none. */
  readonly next: PlacedEdit | null;
  /** Latest time at which it can have been. */
  readonly at: string;
}

/** Names a gap, so that it is known again when a late event fills it. */
export const gapKey = ({ from, to }: Gap): string => `${from === null ? "" : hash(from)}>${hash(to)}`;
