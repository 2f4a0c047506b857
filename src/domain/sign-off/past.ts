import { sameName } from "../actor.ts";
import { hash } from "../hash.ts";
import { before, type Course, type Remembered } from "./course.ts";
import { linkOf } from "./link.ts";
import type { PlacedEdit } from "./timeline.ts";

/**
 * Edits that do not count any more: a write of ours erased them, or read what they led to, or they came before the
 * text that was seen. Within one second, the texts tell; where nothing does, and nothing else can be asked, it came
 * before.
 */
export function pastAmong(edits: readonly PlacedEdit[], seen: Remembered, course: Course): Set<PlacedEdit> {
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

/**
 * Those that led to what a write of ours erased which came before the text that was seen: its echo, told by now or
 * before, tells what really stood there.
 */
export function writtenOver(edits: readonly PlacedEdit[], course: Course): Set<PlacedEdit> {
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

/** Where no text is remembered, only edits count that lead to one that is known to have stood there since. */
export function unconnected(edits: readonly PlacedEdit[], { now, writtenSince }: Course): Set<PlacedEdit> {
  const connected = leadingTo(edits, [now, ...writtenSince.flatMap(({ read, wrote }) => [read, wrote])]);
  return new Set(edits.filter((edit) => !connected.has(edit)));
}

/** Those that lead to one of these texts, by others of them or at once. */
export function leadingTo(edits: readonly PlacedEdit[], texts: readonly string[]): Set<PlacedEdit> {
  const starts = new Set(texts);
  return new Set(
    edits.toReversed().filter(({ from, to }) => {
      const leads = starts.has(to);
      if (leads) starts.add(from);
      return leads;
    }),
  );
}

/** Those to which these texts lead, by others of them or at once. */
export function leadingFrom(edits: readonly PlacedEdit[], texts: readonly string[]): Set<PlacedEdit> {
  const ends = new Set(texts);
  return new Set(
    edits.filter(({ from, to }) => {
      const leads = ends.has(from);
      if (leads) ends.add(to);
      return leads;
    }),
  );
}
