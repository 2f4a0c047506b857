import { sameName } from "../actor.ts";
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

/** A description as a look left it. */
export interface Seen {
  readonly body: string;
  /** When it changed last before that look, as GitHub tells it. */
  readonly at: string;
}

/** The description as it was and as it is. */
export interface Course {
  /** Null: not remembered. */
  readonly seen: Seen | null;
  readonly now: string;
  /** When the pull request last changed. */
  readonly at: string;
  /** Our own writes, oldest first. */
  readonly written: readonly { readonly read: string; readonly wrote: string }[];
  /** Edits that were told before. */
  readonly links: readonly Link[];
  /** Something else may still tell, so that what may be missing is. */
  readonly strict: boolean;
  /** Login of the app's own account: what its writes led to, the record knows. */
  readonly self: string;
}

/**
 * Follows what is known from the text that was last seen, and from the present one back. Where that does not meet,
 * and where known edits hang in between, some are missing. What our own writes erased, or what is older than the
 * text that was seen, hangs nowhere in between.
 */
export function gapsIn(edits: readonly PlacedEdit[], course: Course): Gap[] {
  const { seen, now, at } = course;
  const used = new Set<unknown>();
  const reached = follow(edits, course, used);
  const past = pastAmong(edits, course, used);
  let tail: Gap = { from: reached, to: now, next: null, at };
  for (const edit of edits.toReversed()) {
    if (edit.to !== tail.to || used.has(edit) || past.has(edit) || isOwn(edit, course)) continue;
    used.add(edit);
    tail = { ...tail, to: edit.from, next: edit, at: edit.at };
  }
  const gaps: Gap[] = [];
  let from = reached;
  for (const edit of edits) {
    if (seen === null || used.has(edit) || past.has(edit) || isOwn(edit, course)) continue;
    if (edit.from !== from) gaps.push({ from, to: edit.from, next: edit, at: edit.at });
    from = edit.to;
  }
  return tail.to === from ? gaps : [...gaps, { ...tail, from }];
}

/** What the edits, and our writes where those lead on, make of the text that was seen. */
function follow(
  edits: readonly PlacedEdit[],
  { seen, now, written }: Course,
  used: Set<unknown>,
): string | null {
  let reached = seen?.body ?? null;
  for (;;) {
    const edit = edits.find((candidate) => candidate.from === reached && !used.has(candidate));
    const write =
      edit !== undefined || reached === now
        ? undefined
        : written.find((candidate) => candidate.read === reached && !used.has(candidate));
    const next = edit?.to ?? write?.wrote;
    if (next === undefined) return reached;
    used.add(edit ?? write);
    reached = next;
  }
}

const isOwn = ({ by }: PlacedEdit, { self }: Course): boolean => by !== null && sameName(by.login, self);

/**
 * Edits that do not count any more: a write of ours erased them, or read what they led to, or they came before the
 * text that was seen. Within one second, the texts tell; where nothing does, and nothing else can be asked, it came
 * before.
 */
function pastAmong(
  edits: readonly PlacedEdit[],
  course: Course,
  used: ReadonlySet<unknown>,
): Set<PlacedEdit> {
  const { seen, written } = course;
  const past = new Set<PlacedEdit>();
  if (seen === null) return past;
  const texts = new Set(written.map(({ read }) => read));
  const take = (edit: PlacedEdit, text: string): void => {
    past.add(edit);
    texts.add(text);
  };
  const rest = edits.filter((edit) => !used.has(edit));
  for (const edit of rest) if (texts.has(edit.from) || isOlder(edit, seen, course)) take(edit, edit.to);
  for (const edit of rest.toReversed()) if (edit.at <= seen.at && texts.has(edit.to)) take(edit, edit.from);
  return past;
}

function isOlder({ at, from }: PlacedEdit, seen: Seen, { links, strict }: Course): boolean {
  if (at !== seen.at || !strict) return at <= seen.at;
  const start = hash(from);
  return links.some((link) => link.to === start || link.from === start);
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
