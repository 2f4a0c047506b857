import { diff3MergeRegions, diffIndices } from "node-diff3";

/** One line of a merge: whose, and where it stands there. Lines that all agree on count as ours. */
export interface Pick {
  readonly from: "ours" | "theirs";
  readonly index: number;
}

type Lines = readonly string[];

/** Comparing costs a step for every pair of equal lines; beyond this all that differs is taken for one change. */
const MAX_PAIRS = 2_000_000;

/** Three-way merge of lines. Where both changed the same place, both texts stay: theirs after ours. */
export function mergeLines(base: Lines, ours: Lines, theirs: Lines): Pick[] {
  const head = sharedStart(base, ours, theirs);
  const tail = sharedEnd(head, base, ours, theirs);
  const middle = (lines: Lines) => lines.slice(head, lines.length - tail);
  const picks = mergeMiddle(middle(base), middle(ours), middle(theirs));
  return [
    ...range("ours", 0, head),
    ...picks.map(({ from, index }) => ({ from, index: index + head })),
    ...range("ours", ours.length - tail, tail),
  ];
}

function mergeMiddle(base: Lines, ours: Lines, theirs: Lines): Pick[] {
  if (equal(base, ours)) {
    const kept = pairs(base, theirs) > MAX_PAIRS ? new Map<number, number>() : common(theirs, base);
    return theirs.map((_, index) => {
      const same = kept.get(index);
      return same === undefined ? { from: "theirs", index } : { from: "ours", index: same };
    });
  }
  if (equal(base, theirs)) return range("ours", 0, ours.length);
  if (pairs(base, ours) + pairs(base, theirs) > MAX_PAIRS) return both(ours, 0, theirs, 0);
  const inOurs = common(base, ours);
  return diff3MergeRegions([...ours], [...base], [...theirs]).flatMap((region): Pick[] => {
    if (!region.stable) return both(region.aContent, region.aStart, region.bContent, region.bStart);
    const { buffer, bufferStart: start, bufferLength: length } = region;
    if (buffer === "a") return range("ours", start, length);
    if (buffer === "b") return range("theirs", start, length);
    return range("ours", start, length).map(({ index }) => ({
      from: "ours",
      index: inOurs.get(index) ?? index,
    }));
  });
}

/** Nothing is dropped: one text alone stays only where it holds every line of the other, in order. */
function both(ours: Lines, oursStart: number, theirs: Lines, theirsStart: number): Pick[] {
  if (holds(ours, theirs)) return range("ours", oursStart, ours.length);
  if (holds(theirs, ours)) return range("theirs", theirsStart, theirs.length);
  return [...range("ours", oursStart, ours.length), ...range("theirs", theirsStart, theirs.length)];
}

const range = (from: Pick["from"], start: number, length: number): Pick[] =>
  Array.from({ length }, (_, offset) => ({ from, index: start + offset }));

const equal = (a: Lines, b: Lines): boolean =>
  a.length === b.length && a.every((line, index) => line === b[index]);

function holds(longer: Lines, shorter: Lines): boolean {
  let next = 0;
  for (const line of longer) if (line === shorter[next]) next += 1;
  return next === shorter.length;
}

/** For each line of `a` that a comparison finds in `b` too: where it stands there. */
function common(a: Lines, b: Lines): Map<number, number> {
  const found = new Map<number, number>();
  let inA = 0;
  let inB = 0;
  const upTo = (end: number) => {
    while (inA < end) found.set(inA++, inB++);
  };
  for (const { buffer1, buffer2 } of diffIndices([...a], [...b])) {
    upTo(buffer1[0]);
    inA = buffer1[0] + buffer1[1];
    inB = buffer2[0] + buffer2[1];
  }
  upTo(a.length);
  return found;
}

function pairs(a: Lines, b: Lines): number {
  const counts = new Map<string, number>();
  for (const line of a) counts.set(line, (counts.get(line) ?? 0) + 1);
  return b.reduce((sum, line) => sum + (counts.get(line) ?? 0), 0);
}

function sharedStart(...texts: readonly [Lines, Lines, Lines]): number {
  const shortest = Math.min(...texts.map(({ length }) => length));
  const [first, ...others] = texts;
  let length = 0;
  while (length < shortest && others.every((lines) => lines[length] === first[length])) length += 1;
  return length;
}

function sharedEnd(head: number, ...texts: readonly [Lines, Lines, Lines]): number {
  const shortest = Math.min(...texts.map(({ length }) => length)) - head;
  const [first, ...others] = texts;
  let length = 0;
  while (length < shortest && others.every((lines) => lines.at(-1 - length) === first.at(-1 - length)))
    length += 1;
  return length;
}
