import { sameName } from "../actor.ts";
import type { Edit, OwnWrite } from "../edit.ts";

/** An edit in its place among the others. */
export interface PlacedEdit extends Edit {
  /** True when other edits of the same second could as well have come before as after it. */
  readonly tied: boolean;
  /** True when it is known to have come after what the record told when the description was last explained. */
  readonly since?: boolean;
}

/** What helps to order edits of one second. */
export interface Bearings {
  /** The description as it stood before them; null: not known. */
  readonly seen: string | null;
  /** The description as it stands now. */
  readonly now: string;
  /** Our own writes, which may stand between two edits. */
  readonly written: readonly OwnWrite[];
  /** Login of the app's own account. */
  readonly self: string;
}

/**
 * The edits in order. GitHub tells only seconds: those within one are ordered by their from and to bodies; where
 * these leave a choice, the edits are marked as tied. The same edit told twice counts once.
 */
export function orderEdits(edits: readonly Edit[], { seen, now, written, self }: Bearings): PlacedEdit[] {
  const unique = new Map<string, Edit>();
  for (const edit of edits) {
    const key = JSON.stringify([edit.at, edit.by?.login.toLowerCase() ?? null, edit.from, edit.to]);
    if (!unique.has(key)) unique.set(key, edit);
  }
  const seconds = Map.groupBy(unique.values(), ({ at }) => at);
  let reached = seen;
  const times = [...seconds.keys()].sort();
  return times.flatMap((second, index) => {
    const next = seconds.get(times[index + 1] ?? "")?.map(({ from }) => from) ?? [now];
    const group = seconds.get(second) ?? [];
    const placed = orderWithinSecond(group, reached, next, silentWrites(second, group, written, self));
    const last = placed.at(-1);
    reached = last === undefined || last.tied ? null : last.to;
    return placed;
  });
}

/**
 * Our writes that may have been made in this second, and that none of its edits tells of. Of one whose answer never
 * came, only the earliest time is known.
 */
function silentWrites(
  second: string,
  group: readonly Edit[],
  written: readonly OwnWrite[],
  self: string,
): readonly OwnWrite[] {
  const echoes = group.filter(({ by }) => by !== null && sameName(by.login, self)).map(({ to }) => to);
  return written.filter(({ wrote, at, dated }) => {
    if (at !== second && (dated || at > second)) return false;
    const echo = echoes.indexOf(wrote);
    if (echo >= 0) echoes.splice(echo, 1);
    return echo < 0;
  });
}

/**
 * One path through all edits, if exactly one exists, or exactly one from where the description stood, or to where it
 * stood next; else all are tied.
 */
function orderWithinSecond(
  group: readonly Edit[],
  reached: string | null,
  next: readonly string[],
  written: readonly OwnWrite[],
): PlacedEdit[] {
  const paths = group.length === 1 ? [[...group]] : chains(group, written);
  const fitting = [
    paths,
    paths.filter(([first]) => first?.from === reached),
    paths.filter((path) => next.includes(path.at(-1)?.to ?? "")),
  ].find(({ length }) => length === 1);
  const [only, another] = fitting ?? [];
  return only === undefined || another !== undefined
    ? group.map((edit) => ({ ...edit, tied: true }))
    : only.map((edit) => ({ ...edit, tied: false }));
}

/** More than so many edits in one second, or ways to order them, are not worth the search. */
const mostEdits = 16;
const mostPaths = 20;
/** Texts that come back again and again can be ordered in too many ways to try them all. */
const mostSteps = 5_000;

function chains(group: readonly Edit[], written: readonly OwnWrite[]): Edit[][] {
  if (group.length > mostEdits) return [];
  const found: Edit[][] = [];
  let steps = 0;
  // A write of ours erases whatever was done since it was planned.
  const follows = (edit: Edit, last: Edit): boolean =>
    last.to === edit.from || written.some(({ wrote }) => wrote === edit.from);
  const extend = (path: Edit[], rest: readonly Edit[]): void => {
    steps += 1;
    if (found.length >= mostPaths || steps > mostSteps) return;
    if (rest.length === 0) {
      found.push(path);
      return;
    }
    const last = path.at(-1);
    rest.forEach((edit, index) => {
      if (last === undefined || follows(edit, last)) extend([...path, edit], rest.toSpliced(index, 1));
    });
  };
  extend([], group);
  return steps > mostSteps ? [] : found;
}
