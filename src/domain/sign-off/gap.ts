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

/** The description as it was and as it is. */
export interface Course {
  /** As the app last saw or wrote it; null: not remembered. */
  readonly seen: string | null;
  readonly now: string;
  /** When the pull request last changed. */
  readonly at: string;
  /** Our own writes, oldest first. */
  readonly written: readonly { readonly read: string; readonly wrote: string }[];
}

/** Follows what is known from the text that was last seen, and from the present one back: where they do not meet, an edit is missing. */
export function gapIn(edits: readonly PlacedEdit[], { seen, now, at, written }: Course): Gap | null {
  const used = new Set<unknown>();
  let reached = seen;
  for (;;) {
    const edit = edits.find((candidate) => candidate.from === reached && !used.has(candidate));
    const write =
      edit !== undefined || reached === now
        ? undefined
        : written.find((candidate) => candidate.read === reached && !used.has(candidate));
    if (edit === undefined && write === undefined) break;
    used.add(edit ?? write);
    reached = edit?.to ?? write?.wrote ?? reached;
  }
  let gap: Gap = { from: reached, to: now, next: null, at };
  for (const edit of edits.toReversed())
    if (edit.to === gap.to && !used.has(edit)) gap = { ...gap, to: edit.from, next: edit, at: edit.at };
  // Even where the text is what it was, an edit that led back to it tells of one that led away.
  return gap.to === reached ? null : gap;
}

/** Names a gap, so that it is known again when a late event fills it. */
export const gapKey = ({ from, to }: Gap): string => `${from === null ? "" : hash(from)}>${hash(to)}`;

/** An edit from one text to another, by their hashes. */
export interface Link {
  readonly from: string;
  readonly to: string;
}

export const linkOf = ({ from, to }: { readonly from: string; readonly to: string }): Link => ({
  from: hash(from),
  to: hash(to),
});

/** Whether edits are known by now that lead from one side of the gap to the other. */
export function isFilled(key: string, links: readonly Link[]): boolean {
  const [start = "", end = ""] = key.split(">");
  const reached = new Set([start]);
  for (let size = 0; size < reached.size; ) {
    size = reached.size;
    for (const link of links) if (reached.has(link.from)) reached.add(link.to);
  }
  return reached.has(end);
}
