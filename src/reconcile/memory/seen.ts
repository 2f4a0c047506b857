import { ownLines } from "../../domain/block/identity.ts";
import { readBlock } from "../../domain/block/read.ts";
import { isExplained, knownEdits } from "../../domain/decide/known-edits.ts";
import type { Edit, OwnWrite } from "../../domain/edit.ts";
import type { Ledger } from "../../domain/ledger.ts";
import { type Link, linkOf } from "../../domain/sign-off/link.ts";
import { remembering } from "../../domain/sign-off/operations.ts";
import type { Explained, Snapshot } from "../../domain/snapshot.ts";

/** What looks before this one knew of the description. */
export interface Seen {
  /** Null: nothing is known of how the description came about. */
  readonly explained: Explained | null;
  /** Edits that were looked at, newest last: told again, they are nothing new. */
  readonly told: readonly ToldEdit[];
  /** The newest of them: more that were made in the same second may be told. */
  readonly recent: readonly Edit[];
  /**
   * `updated_at` for which the edit history was read; empty where it is to be read once more, since edits may follow
   * in that second; null: not yet asked for since the start.
   */
  readonly historyAt: string | null;
}

/** One edit, by what tells it from others. */
export interface ToldEdit extends Link {
  readonly at: string;
  readonly id: string | undefined;
}

export const nothingSeen: Seen = { explained: null, told: [], recent: [], historyAt: null };

/** Edits of one pull request that are remembered: webhooks come twice, or late, within minutes. */
const kept = 60;
/** Milliseconds after a change in which GitHub may still tell of another one with the same time, clocks that differ included. */
const sameTime = 60_000;

const toldEdit = (edit: Edit): ToldEdit => ({ ...linkOf(edit), at: edit.at, id: edit.id });

/** As `isSameEdit`. */
const isSameTold = (a: ToldEdit, b: ToldEdit): boolean =>
  a.id !== undefined && b.id !== undefined
    ? a.id === b.id
    : a.at === b.at && a.from === b.from && a.to === b.to && a.by === b.by;

/** Those edits that no look has seen yet. */
export const newEdits = (edits: readonly Edit[], told: readonly ToldEdit[]): readonly Edit[] =>
  edits.filter((edit) => {
    const link = toldEdit(edit);
    return !told.some((other) => isSameTold(other, link));
  });

/** Known edits that share a second with one of these, and those of the last second before. */
export function recentAmong(edits: readonly Edit[], { recent }: Seen): readonly Edit[] {
  const seconds = new Set(edits.map(({ at }) => at));
  const [first = ""] = [...seconds].sort();
  const before = recent.map(({ at }) => at).filter((at) => at < first);
  const last = before.sort().at(-1);
  return recent.filter(({ at }) => seconds.has(at) || at === last);
}

/** How many of them, how long in milliseconds, and how many characters of their texts. */
const recentKept = 32;
const recentFor = 60_000;
const recentSize = 500_000;

function recentAfter(before: Seen, edits: readonly Edit[]): readonly Edit[] {
  const all = [...before.recent, ...newEdits(edits, before.told)];
  const newest = Math.max(...all.map(({ at }) => Date.parse(at)));
  let size = 0;
  return all
    .filter(({ at }) => newest - Date.parse(at) <= recentFor)
    .slice(-recentKept)
    .toReversed()
    .filter(({ from, to }) => {
      size += from.length + to.length;
      return size <= recentSize;
    })
    .toReversed();
}

export interface LookEnd {
  readonly snapshot: Snapshot;
  readonly edits: readonly Edit[];
  /** The description as it stands now. */
  readonly body: string;
  /** What the ledger says of the items now, and what it said when the look began. */
  readonly items: Ledger["items"];
  readonly before: Ledger["items"];
  /** Our own writes that this process remembers, those of this look included. */
  readonly written: readonly OwnWrite[];
  /** Nobody else writes it in the app's name. */
  readonly alone: boolean;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** After a start nobody remembers the text, but the record tells what its boxes showed. */
export function withRecord(snapshot: Snapshot, alone: boolean): Snapshot {
  const { explained, own } = snapshot;
  if (!alone || explained !== null || own.ledger === null) return snapshot;
  const { items } = own.ledger;
  return { ...snapshot, explained: { seen: { body: null, at: "" }, items, edits: [], writes: [] } };
}

/** The same write noted again is known better by now; after one of which GitHub told the time, it is another one. */
export const withWrite = (writes: readonly OwnWrite[], write: OwnWrite): readonly OwnWrite[] => {
  const last = writes.at(-1);
  if (last?.read !== write.read || last.wrote !== write.wrote) return [...writes, write];
  return [...writes.slice(0, -1), last.dated ? write : { ...last, ...write }];
};

/** More is not kept while something is missing, of edits, of our own writes, and in characters of their texts. */
const sinceKept = 60;
const sinceSize = 2_000_000;

/** Looks that fail may write again and again; then only the record tells how the description came about. */
export function withWriteSince(explained: Explained, write: OwnWrite): Explained | null {
  const writes = withWrite(explained.writes, write);
  return writes.length > 2 * sinceKept ? null : { ...explained, writes };
}

function isAllKnown(snapshot: Snapshot, items: Ledger["items"]): boolean {
  const isOurs = ownLines(snapshot.own.ledger?.lines ?? []);
  const read = remembering((text) => readBlock(text, isOurs));
  return isExplained(knownEdits(snapshot, items, read), items, read);
}

/**
 * The text on which the record is about to rest, where nothing tells how it came about: should this look not come to its
 * end, the next one, which may read another text, knows what this one had come upon.
 */
export function withReadingOf(snapshot: Snapshot, explained: Explained | null): Explained | null {
  if (explained === null || isAllKnown(snapshot, explained.items)) return explained;
  const { body, updatedAt: at } = snapshot.pull;
  const isLast = explained.writes.at(-1)?.wrote === body;
  return isLast ? explained : withWriteSince(explained, { read: body, wrote: body, readAt: at, at });
}

/**
 * As long as something is missing, all that came after it is kept: what is told late may change what it means, and
 * without one of our own writes what stood there after it would look as if somebody unknown had written it.
 */
function explainedAfter({ explained }: Seen, { snapshot, body, items, before, written }: LookEnd): Explained {
  const { pull } = snapshot;
  const times = [pull.updatedAt, ...written.flatMap(({ wrote, at }) => (wrote === body ? [at] : []))];
  const at = times.sort().at(-1) ?? pull.updatedAt;
  const afresh: Explained = { seen: { body, at }, items, edits: [], writes: [] };
  const base = explained ?? { seen: { body: null, at: "" }, items: before, edits: [], writes: written };
  if (isAllKnown(snapshot, base.items)) return afresh;
  const edits = [...base.edits, ...snapshot.edits];
  // What a look reads did stand there, whatever is told of it later.
  const last = base.writes.at(-1)?.wrote;
  const writes = last === body ? base.writes : [...base.writes, { read: body, wrote: body, readAt: at, at }];
  const texts = [
    ...edits.flatMap(({ from, to }) => [from, to]),
    ...writes.flatMap(({ read, wrote }) => [read, wrote]),
  ];
  const size = texts.reduce((sum, { length }) => sum + length, 0);
  const tooMuch = edits.length > sinceKept || writes.length > sinceKept || size > sinceSize;
  return tooMuch ? afresh : { ...base, edits, writes };
}

/** What the next look may take for known. */
export function seenAfter(before: Seen, end: LookEnd): Seen {
  const { snapshot, edits, alone, now } = end;
  const { history, pull } = snapshot;
  const settled = now - Date.parse(pull.updatedAt) > sameTime;
  const known = history?.ok ? [...history.value.edits.slice(-kept), ...edits] : edits;
  return {
    explained: alone ? explainedAfter(before, end) : null,
    told: [...before.told, ...newEdits(known, before.told).map(toldEdit)].slice(-kept),
    recent: recentAfter(before, snapshot.edits),
    // One that was not read in the first look was not worth it: there was no record yet.
    historyAt: history === null ? (before.historyAt ?? "") : settled ? pull.updatedAt : "",
  };
}
