import { sameName } from "../actor.ts";
import type { Edit, OwnWrite } from "../edit.ts";
import { hash } from "../hash.ts";
import { ordersOf, silentTexts } from "./second.ts";
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

/** A description of which it is known how it came about. */
export interface Seen {
  /** Null where nobody remembers the text, but the record tells what its boxes showed. */
  readonly body: string | null;
  /** When it came to stand there, as GitHub tells it. */
  readonly at: string;
}

type Remembered = Seen & { readonly body: string };

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
  /** Something else may still tell, so that what may be missing is. */
  readonly strict: boolean;
  /** Login of the app's own account: what its writes led to, the record knows. */
  readonly self: string;
}

export interface Layout {
  /** In order. */
  readonly gaps: readonly Gap[];
  /** Edits that came after the text that was last explained. */
  readonly since: ReadonlySet<PlacedEdit>;
  /** Those of them that people made, in order. */
  readonly order: readonly PlacedEdit[];
  /** Those of which no other order is possible. */
  readonly certain: ReadonlySet<PlacedEdit>;
}

/**
 * Lays out what is known between the text that was last explained and the present one. Where two neighbours do not
 * meet, something is missing. What our own writes erased, or what is older than the first text, stands nowhere in
 * between.
 */
export function layOut(edits: readonly PlacedEdit[], course: Course): Layout {
  const { seen } = course;
  if (seen?.body == null) return fewestGaps(unconnected(edits, course), edits, course);
  const past = pastAmong(edits, { ...seen, body: seen.body }, course);
  const layout = fewestGaps(past, edits, course);
  if (layout.gaps.length === 0) return layout;
  // In the second of the first text, one that began at the same text may as well have been erased by a write before.
  const read = new Set(before(course).map(({ read }) => read));
  const written = writtenOver(edits, course);
  const erased = edits.filter((edit) => edit.at === seen.at && (read.has(edit.from) || written.has(edit)));
  if (erased.length === 0) return layout;
  const other = fewestGaps(new Set([...past, ...erased]), edits, course);
  return other.gaps.length < layout.gaps.length ? other : layout;
}

/** By second: an order of its edits that is to be tried. */
type Tried = ReadonlyMap<string, readonly PlacedEdit[]>;

/** Where the order within a second is not known, the one that leaves the fewest edits missing. */
function fewestGaps(past: ReadonlySet<PlacedEdit>, edits: readonly PlacedEdit[], course: Course): Layout {
  let tried: Tried = new Map();
  let best = layOutWithout(past, edits, course, tried);
  const tied = edits.filter((edit) => edit.tied && !past.has(edit) && !isOwn(edit, course));
  for (const [second, group] of Map.groupBy(tied, ({ at }) => at)) {
    if (best.gaps.length === 0 || group.length < 2) continue;
    const all = edits.filter(({ at }) => at === second);
    const silent = silentTexts(second, all, course.written, course.self);
    const candidates = ordersOf(group, silent).orders.map(
      (order): Tried => new Map([...tried, [second, order]]),
    );
    for (const candidate of candidates) {
      const layout = layOutWithout(past, edits, course, candidate);
      if (layout.gaps.length < best.gaps.length) [best, tried] = [layout, candidate];
    }
  }
  return best;
}

function layOutWithout(
  past: ReadonlySet<PlacedEdit>,
  edits: readonly PlacedEdit[],
  course: Course,
  tried: Tried,
): Layout {
  const { seen, now, at } = course;
  const known = edits.filter((edit) => !past.has(edit));
  const rest = known.filter((edit) => !isOwn(edit, course));
  const writes = placeWrites(edits, course);
  const gaps: Gap[] = [];
  const order: PlacedEdit[] = [];
  /** By text: what led on from there last; null: a write of ours. */
  const passed = new Map<string | null, PlacedEdit | null>();
  let reached = seen?.body ?? null;
  const pass = (text: string, by: PlacedEdit | null): void => {
    passed.set(reached, by);
    reached = text;
  };
  // What was told before a write came before the text was read from which that was planned.
  const ledOnBefore = (text: string, write: PlacedWrite): boolean => {
    const led = passed.get(text) ?? null;
    return led !== null && text !== reached && isToldBefore(led, write);
  };
  for (;;) {
    const [edit, write] = [nextOf(rest, reached, tried), writes[0]];
    if (edit !== undefined && (write === undefined || comesFirst(edit, write, writes, reached))) {
      rest.splice(rest.indexOf(edit), 1);
      order.push(edit);
      if (edit.from !== reached) gaps.push({ from: reached, to: edit.from, next: edit, at: edit.at });
      pass(edit.to, edit);
    } else if (write !== undefined) {
      writes.shift();
      // It stood there again when it was read, and nothing tells what led back.
      if (ledOnBefore(write.read, write)) {
        gaps.push({ from: reached, to: write.read, next: edit ?? null, at: write.readAt });
        pass(write.read, null);
      }
      // A text that was only read, and that edits of the same second have led on from.
      if (write.read === write.wrote && passed.has(write.read)) continue;
      // What stood there before may have been edited since it was read: that is erased, and not missing.
      if (write.from !== reached && !passed.has(write.from))
        gaps.push({ from: reached, to: write.from, next: edit ?? null, at: write.readAt });
      pass(write.wrote, null);
    } else break;
  }
  if (reached !== now) gaps.push({ from: reached, to: now, next: null, at });
  return { gaps, since: new Set(known), order, certain: certainAmong(order, gaps) };
}

/**
 * In one second, what begins where the text stood before comes first, and what ends where it stood next comes last;
 * of more than two pieces, those between can have come in any order.
 */
function certainAmong(order: readonly PlacedEdit[], gaps: readonly Gap[]): Set<PlacedEdit> {
  const holds = (edit: PlacedEdit | undefined): boolean => gaps.some(({ next }) => next === edit);
  const certain = new Set<PlacedEdit>();
  for (const second of Map.groupBy(order, ({ at }) => at).values()) {
    const [first] = second;
    const last = second.at(-1);
    const inner = second.filter((edit) => edit !== first && holds(edit)).length;
    const anchors = [!holds(first), !gaps.some(({ from }) => from === last?.to)].filter(Boolean).length;
    if (second.length === 1 || anchors > inner) for (const edit of second) certain.add(edit);
  }
  return certain;
}

/** Of the edits of the next second whose order is not known, the one that leads on, else one to which no other leads. */
function nextOf(rest: readonly PlacedEdit[], reached: string | null, tried: Tried): PlacedEdit | undefined {
  const [first] = rest;
  if (first === undefined || !first.tied) return first;
  const order = tried.get(first.at);
  if (order !== undefined) return order.find((edit) => rest.includes(edit));
  const second = rest.filter(({ at }) => at === first.at);
  return (
    second.find(({ from }) => from === reached) ??
    second.find(({ from }) => !second.some(({ to }) => to === from)) ??
    first
  );
}

interface PlacedWrite extends OwnWrite {
  /** What stood there before. */
  readonly from: string;
  /** How many came before. */
  readonly index: number;
}

const isToldBefore = ({ told }: PlacedEdit, { index }: PlacedWrite): boolean =>
  told !== undefined && told <= index;

/** Within one second the texts tell the order. */
function comesFirst(
  edit: PlacedEdit,
  write: PlacedWrite,
  writes: readonly PlacedWrite[],
  reached: string | null,
): boolean {
  if (edit.at !== write.at) return edit.at < write.at;
  if (isToldBefore(edit, write)) return true;
  if (write.read === write.wrote && write.read === reached) return false;
  if (edit.from === reached) return true;
  if (write.from === reached) return false;
  return edit.to === write.from || !writes.some(({ at, wrote }) => at === edit.at && wrote === edit.from);
}

/**
 * The echo of a write tells what really stood there; before that comes, it is what was read. Writes of one second that
 * led to the same text each have an echo of their own.
 */
function placeWrites(edits: readonly PlacedEdit[], course: Course): PlacedWrite[] {
  const echoes = new Set(edits.filter((edit) => edit.from !== edit.to && isOwn(edit, course)));
  const echoOf = ({ read, wrote, at }: OwnWrite, from: (text: string) => boolean): PlacedEdit | undefined => {
    // A text that was only read has none.
    if (read === wrote) return undefined;
    const echo = [...echoes].find((edit) => edit.at === at && edit.to === wrote && from(edit.from));
    if (echo !== undefined) echoes.delete(echo);
    return echo;
  };
  const isPlain = (write: OwnWrite): boolean => echoOf(write, (text) => text === write.read) !== undefined;
  // The echo of one that was made before the first text tells nothing of these.
  for (const write of before(course)) isPlain(write);
  const plain = course.writtenSince.map(isPlain);
  return course.writtenSince.map((write, index) => ({
    ...write,
    index,
    from: plain[index] ? write.read : (echoOf(write, () => true)?.from ?? write.read),
  }));
}

/** Where no text is remembered, only edits count that lead to one that is known to have stood there since. */
function unconnected(edits: readonly PlacedEdit[], { now, writtenSince }: Course): Set<PlacedEdit> {
  const texts = new Set([now, ...writtenSince.flatMap(({ read, wrote }) => [read, wrote])]);
  const rest = new Set(edits);
  for (const edit of edits.toReversed())
    if (texts.has(edit.to)) {
      rest.delete(edit);
      texts.add(edit.from);
    }
  return rest;
}

const isOwn = ({ by }: PlacedEdit, { self }: Course): boolean => by !== null && sameName(by.login, self);

/**
 * Edits that do not count any more: a write of ours erased them, or read what they led to, or they came before the
 * text that was seen. Within one second, the texts tell; where nothing does, and nothing else can be asked, it came
 * before.
 */
function pastAmong(edits: readonly PlacedEdit[], seen: Remembered, course: Course): Set<PlacedEdit> {
  const used = after(edits, seen, course);
  const past = new Set<PlacedEdit>();
  const texts = new Set(before(course).map(({ read }) => read));
  const take = (edit: PlacedEdit, text: string): void => {
    past.add(edit);
    texts.add(text);
  };
  const rest = edits.filter((edit) => !used.has(edit));
  for (const edit of rest)
    if (edit.at <= seen.at && (texts.has(edit.from) || isOlder(edit, seen, course))) take(edit, edit.to);
  for (const edit of rest.toReversed()) if (edit.at <= seen.at && texts.has(edit.to)) take(edit, edit.from);
  return past;
}

/** Our writes that came before the text that was seen. */
const before = ({ written, writtenSince }: Course): readonly OwnWrite[] =>
  written.filter((write) => !writtenSince.includes(write));

/**
 * Those that led to what a write of ours erased which came before the text that was seen: its echo, told by now or
 * before, tells what really stood there.
 */
function writtenOver(edits: readonly PlacedEdit[], course: Course): Set<PlacedEdit> {
  const writes = before(course).map(({ read, wrote }) => ({ read: hash(read), wrote: hash(wrote) }));
  const echoes = [...course.links, ...edits.map(linkOf)].filter(
    ({ by }) => by !== null && sameName(by, course.self),
  );
  const erased = echoes.filter(
    ({ from, to }) =>
      writes.some(({ wrote }) => wrote === to) &&
      !writes.some(({ read, wrote }) => read === from && wrote === to),
  );
  const texts = new Set(erased.map(({ from }) => from));
  const led = new Set<PlacedEdit>();
  for (const edit of edits.toReversed()) {
    const { from, to } = linkOf(edit);
    if (!texts.has(to)) continue;
    led.add(edit);
    texts.add(from);
  }
  return led;
}

/** Those to which the edits, and our writes, lead from the text that was seen, and those that lead to what stood there since. */
function after(
  edits: readonly PlacedEdit[],
  seen: Remembered,
  { writtenSince, now }: Course,
): Set<PlacedEdit> {
  const texts = new Set([seen.body]);
  const used = new Set<PlacedEdit>();
  for (let size = -1; size < texts.size + used.size; ) {
    size = texts.size + used.size;
    for (const { read, wrote } of writtenSince) if (texts.has(read)) texts.add(wrote);
    for (const edit of edits)
      if (edit.at >= seen.at && texts.has(edit.from)) {
        used.add(edit);
        texts.add(edit.to);
      }
  }
  const later = new Set([now, ...writtenSince.flatMap(({ read, wrote }) => [read, wrote])]);
  later.delete(seen.body);
  for (const edit of edits.toReversed())
    if (edit.at >= seen.at && !used.has(edit) && later.has(edit.to)) {
      used.add(edit);
      later.add(edit.from);
    }
  return used;
}

function isOlder({ at, from }: PlacedEdit, seen: Remembered, { links, strict }: Course): boolean {
  if (at !== seen.at || !strict) return at <= seen.at;
  const start = hash(from);
  return links.some((link) => link.to === start || link.from === start);
}

/** Names a gap, so that it is known again when a late event fills it. */
export const gapKey = ({ from, to }: Gap): string => `${from === null ? "" : hash(from)}>${hash(to)}`;

/** An edit from one text to another, by their hashes. */
export interface Link {
  /** Login; null: not known. */
  readonly by: string | null;
  readonly from: string;
  readonly to: string;
}

export const linkOf = ({ by, from, to }: Edit): Link => ({
  by: by?.login ?? null,
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
