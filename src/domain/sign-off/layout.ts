import { type Course, isOwn } from "./course.ts";
import type { Gap } from "./gap.ts";
import { comesFirst, isToldBefore, type PlacedWrite, placeWrites } from "./placed-write.ts";
import type { Supposed } from "./supposed.ts";
import type { PlacedEdit } from "./timeline.ts";

export interface Layout {
  /** In order. */
  readonly gaps: readonly Gap[];
  /** How often a write of ours erased what an edit had led to. */
  readonly erased: number;
  /** Edits that came after the text that was last explained. */
  readonly since: ReadonlySet<PlacedEdit>;
  /** Those of them that people made, in order. */
  readonly order: readonly PlacedEdit[];
  /** Those of which no other order is possible. */
  readonly certain: ReadonlySet<PlacedEdit>;
}

/** Puts edits and our own writes in order. Where two neighbours do not meet, something is missing. */
export function layOutAs({ past, seconds }: Supposed, edits: readonly PlacedEdit[], course: Course): Layout {
  const { seen, now, at } = course;
  const known = edits.filter((edit) => !past.has(edit));
  const rest = known.filter((edit) => !isOwn(edit, course));
  const writes = placeWrites(edits, course);
  const gaps: Gap[] = [];
  let erased = 0;
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
    const [edit, write] = [nextOf(rest, reached, seconds), writes[0]];
    if (edit !== undefined && (write === undefined || comesFirst(edit, write, writes, reached, seconds))) {
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
      if (write.from !== reached) erased += 1;
      pass(write.wrote, null);
    } else break;
  }
  if (reached !== now) gaps.push({ from: reached, to: now, next: null, at });
  return { gaps, erased, since: new Set(known), order, certain: certainAmong(order, gaps) };
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
function nextOf(
  rest: readonly PlacedEdit[],
  reached: string | null,
  seconds: Supposed["seconds"],
): PlacedEdit | undefined {
  const [first] = rest;
  if (first === undefined || !first.tied) return first;
  const order = seconds.get(first.at)?.order;
  if (order !== undefined) return order.find((edit) => rest.includes(edit));
  const second = rest.filter(({ at }) => at === first.at);
  return (
    second.find(({ from }) => from === reached) ??
    second.find(({ from }) => !second.some(({ to }) => to === from)) ??
    first
  );
}
