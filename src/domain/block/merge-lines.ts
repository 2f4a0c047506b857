import { diffIndices } from "node-diff3";

/** One line of a merge: whose, and where it stands there. Lines that all agree on count as ours. */
export interface Pick {
  readonly from: "ours" | "theirs";
  readonly index: number;
}

type Lines = readonly string[];

/** Comparing costs a step for every pair of equal lines; beyond this all that differs is taken for one change. */
const MAX_PAIRS = 2_000_000;

/**
 * Three-way merge of lines. A line of the base stays when both kept it; what either wrote stays. Where both wrote at
 * the same place, theirs comes after ours, and what one of them holds already is not written twice.
 */
export function mergeLines(base: Lines, ours: Lines, theirs: Lines): Pick[] {
  const head = sharedStart(base, ours, theirs);
  const tail = sharedEnd(head, base, ours, theirs);
  const middle = (lines: Lines) => lines.slice(head, lines.length - tail);
  const picks = mergeMiddle(middle(base), middle(ours), middle(theirs));
  return [
    ...range("ours", 0, head),
    ...picks.map(({ from, index }) => ({ from, index: index + head })),
    ...range("ours", ours.length - tail, ours.length),
  ];
}

/** Lines `first` to `last` (not included) of the base gave way to `start` to `end` of one side. */
interface Hunk {
  readonly from: Pick["from"];
  readonly first: number;
  readonly last: number;
  readonly start: number;
  readonly end: number;
}

function mergeMiddle(base: Lines, ours: Lines, theirs: Lines): Pick[] {
  const sides = { ours, theirs };
  const hunks = [...hunksOf("ours", base, ours), ...hunksOf("theirs", base, theirs)];
  hunks.sort((a, b) => a.first - b.first || (a.from === b.from ? 0 : a.from === "ours" ? -1 : 1));
  const picks: Pick[] = [];
  let next = 0;
  /** How far ours is ahead of the base in what follows. */
  let ahead = 0;
  for (const group of touching(hunks)) {
    const first = group[0]?.first ?? next;
    picks.push(...range("ours", next + ahead, first + ahead));
    picks.push(...written(group, sides));
    for (const hunk of group) {
      if (hunk.from === "ours") ahead = hunk.end - hunk.last;
      next = Math.max(next, hunk.last);
    }
  }
  picks.push(...range("ours", next + ahead, base.length + ahead));
  return withoutTakenOut(picks, base, sides);
}

/**
 * A line that the base held once goes where one side took it out, even if the comparison took it for moved by the
 * other; where both kept it, it stays once.
 */
function withoutTakenOut(picks: readonly Pick[], base: Lines, sides: Record<Pick["from"], Lines>): Pick[] {
  const [before, ours, theirs] = [base, sides.ours, sides.theirs].map(counted) as [Counts, Counts, Counts];
  const seen = new Set<string>();
  const text = ({ from, index }: Pick): string => sides[from][index] ?? "";
  const result: Pick[] = [];
  // Ours come first, so that of two that both kept it is theirs which goes.
  for (const pick of [...picks].sort((a, b) => Number(a.from === "theirs") - Number(b.from === "theirs"))) {
    const line = text(pick);
    const often = [before, ours, theirs].map((counts) => counts.get(line) ?? 0);
    const single = line.trim() !== "" && often[0] === 1 && often.every((count) => count <= 1);
    if (single && (often.includes(0) || seen.has(line))) continue;
    seen.add(line);
    result.push(pick);
  }
  const kept = new Set(result);
  return picks.filter((pick) => kept.has(pick));
}

type Counts = ReadonlyMap<string, number>;

function counted(lines: Lines): Counts {
  const counts = new Map<string, number>();
  for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1);
  return counts;
}

function hunksOf(from: Pick["from"], base: Lines, side: Lines): Hunk[] {
  if (pairs(base, side) > MAX_PAIRS)
    return [{ from, first: 0, last: base.length, start: 0, end: side.length }];
  return diffIndices([...base], [...side]).map(({ buffer1: [first, gone], buffer2: [start, come] }) => ({
    from,
    first,
    last: first + gone,
    start,
    end: start + come,
  }));
}

/** Hunks that overlap or touch, together: no line of the base between them was kept by both. */
function touching(hunks: readonly Hunk[]): Hunk[][] {
  const groups: Hunk[][] = [];
  let end = -1;
  for (const hunk of hunks) {
    const group = groups.at(-1);
    if (group !== undefined && hunk.first <= end) group.push(hunk);
    else groups.push([hunk]);
    end = Math.max(end, hunk.last);
  }
  return groups;
}

/** What a group writes. When one side holds all lines of the other in the same order, its text alone. */
function written(group: readonly Hunk[], sides: Record<Pick["from"], Lines>): Pick[] {
  const picks = group.flatMap(({ from, start, end }) => range(from, start, end));
  const [ours, theirs] = [
    picks.filter(({ from }) => from === "ours"),
    picks.filter(({ from }) => from === "theirs"),
  ];
  const text = ({ from, index }: Pick) => sides[from][index];
  if (embed(theirs, ours, text) !== null) return ours;
  return embed(ours, theirs, text) ?? picks;
}

/** The longer list with the lines of the shorter one in place of equal ones; null when it does not hold them all. */
function embed(
  shorter: readonly Pick[],
  longer: readonly Pick[],
  text: (pick: Pick) => unknown,
): Pick[] | null {
  let next = 0;
  const result = longer.map((pick) => {
    const candidate = shorter[next];
    if (candidate === undefined || text(candidate) !== text(pick)) return pick;
    next += 1;
    return candidate;
  });
  return next === shorter.length ? result : null;
}

const range = (from: Pick["from"], start: number, end: number): Pick[] =>
  Array.from({ length: Math.max(0, end - start) }, (_, offset) => ({ from, index: start + offset }));

function pairs(a: Lines, b: Lines): number {
  const counts = counted(a);
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
