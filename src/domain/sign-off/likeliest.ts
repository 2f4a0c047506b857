import { before, type Course, isOwn } from "./course.ts";
import { type Layout, layOutAs } from "./layout.ts";
import { leadingFrom, leadingTo, pastAmong, unconnected, writtenOver } from "./past.ts";
import { ordersOf, silentTexts } from "./second.ts";
import type { Supposed, WithinSecond } from "./supposed.ts";
import type { PlacedEdit } from "./timeline.ts";

/** So often what was found makes another try worth it. */
const rounds = 3;

/**
 * Lays out what is known between the text that was last explained and the present one. Seconds leave open what came
 * first in them: of the ways to read that, the one counts by which the fewest edits are missing. Where the history may
 * still tell, little is supposed, so that it is asked.
 */
export function layOut(edits: readonly PlacedEdit[], course: Course): Layout {
  const supposed = usual(edits, course);
  const layout = layOutAs(supposed, edits, course);
  const asked = course.strict ? [erasedBefore] : [erasedBefore, oneErased, readBefore, places, orders];
  let best = { supposed, layout, missing: missingIn(layout, course) };
  for (let round = 0; round < rounds; round++) {
    const start = best;
    for (const alternatives of asked) {
      if (best.layout.gaps.length === 0) return best.layout;
      for (const other of alternatives(best.supposed, edits, course)) {
        const layout = layOutAs(other, edits, course);
        const missing = missingIn(layout, course);
        if (missing < best.missing) best = { supposed: other, layout, missing };
      }
    }
    if (best === start) break;
  }
  return best.layout;
}

/**
 * Fewer gaps outweigh what changed in them: two that seem harmless could hide what one tells. What a write of ours is
 * thought to have erased weighs least.
 */
const missingIn = ({ gaps, erased }: Layout, { changed }: Course): number =>
  gaps.reduce((sum, gap) => sum + 1_000_000 + 1_000 * changed(gap), erased);

function usual(edits: readonly PlacedEdit[], course: Course): Supposed {
  const { seen } = course;
  const past =
    seen?.body == null ? unconnected(edits, course) : pastAmong(edits, { ...seen, body: seen.body }, course);
  return { past, seconds: new Map() };
}

type Alternatives = (supposed: Supposed, edits: readonly PlacedEdit[], course: Course) => readonly Supposed[];

/**
 * In the second of the first text, what began at the same text may as well have been erased by a write before: all of
 * it, or only that of which an echo tells.
 */
const erasedBefore: Alternatives = (supposed, edits, course) => {
  const written = writtenOver(edits, course);
  const erased = beginningBefore(edits, course, written);
  return [erased, erased.filter((edit) => written.has(edit))].flatMap((more) => earlier(supposed, more));
};

/** Only one of those, with or without what it led to. */
const oneErased: Alternatives = (supposed, edits, course) =>
  beginningBefore(edits, course, writtenOver(edits, course)).flatMap((edit) => {
    const others = edits.filter((other) => other !== edit && other.at === edit.at && !isOwn(other, course));
    return [[edit], [edit, ...leadingFrom(others, [edit.to])]].flatMap((more) => earlier(supposed, more));
  });

function beginningBefore(
  edits: readonly PlacedEdit[],
  course: Course,
  written: ReadonlySet<PlacedEdit>,
): readonly PlacedEdit[] {
  const { seen } = course;
  if (seen?.body == null) return [];
  const read = new Set(before(course).map(({ read }) => read));
  return edits.filter((edit) => edit.at === seen.at && (read.has(edit.from) || written.has(edit)));
}

/**
 * What led to a text that a write before had read, or on from one, may have come before that write, although it fits in
 * later as well.
 */
const readBefore: Alternatives = (supposed, edits, course) => {
  const { seen } = course;
  if (seen?.body == null) return [];
  const open = edits.filter((edit) => edit.at === seen.at && !isOwn(edit, course));
  const read = before(course).map(({ read }) => read);
  const older = [...supposed.past].map(({ to }) => to);
  return [leadingTo(open, read), leadingFrom(open, [...read, ...older])].flatMap((more) =>
    earlier(supposed, [...more]),
  );
};

/** The edits of one second may have come before any of our writes of that second, or after all of them. */
const places: Alternatives = (supposed, edits, course) =>
  [...new Set(edits.map(({ at }) => at))].flatMap((second) => {
    const writes = course.writtenSince.flatMap(({ at }, index) => (at === second ? [index, index + 1] : []));
    return [...new Set(writes)].map((before) => within(supposed, second, { before }));
  });

/** Any order of the edits of one second that leaves few of them missing. */
const orders: Alternatives = (supposed, edits, course) => {
  const tied = edits.filter((edit) => edit.tied && !supposed.past.has(edit) && !isOwn(edit, course));
  return [...Map.groupBy(tied, ({ at }) => at)].flatMap(([second, group]) => {
    const all = edits.filter(({ at }) => at === second);
    const silent = silentTexts(second, all, course.written, course.self);
    return ordersOf(group, silent).orders.map((order) => within(supposed, second, { order }));
  });
};

/** These came before the first text as well. */
const earlier = (supposed: Supposed, more: readonly PlacedEdit[]): readonly Supposed[] =>
  more.length === 0 ? [] : [{ ...supposed, past: new Set([...supposed.past, ...more]) }];

const within = (supposed: Supposed, second: string, part: WithinSecond): Supposed => ({
  ...supposed,
  seconds: new Map([...supposed.seconds, [second, { ...supposed.seconds.get(second), ...part }]]),
});
