import { sameName } from "../actor.ts";
import { splitLines } from "../block/lines.ts";
import { mergeOutside } from "../block/merge.ts";
import { outside } from "../block/splice.ts";
import type { Edit, OwnWrite } from "../edit.ts";
import { hash } from "../hash.ts";
import type { Ledger } from "../ledger.ts";
import type { Snapshot } from "../snapshot.ts";
import { type Needs, selfOf } from "./circumstances.ts";

/** How many echoes and moves the ledger remembers; older ones are not told again by then. */
const remembered = 40;
/** Before an echo whose text is not back in the description yet. */
const pending = "?";

export interface Restored {
  /** The description with what our writes erased outside the block put back. */
  readonly description: string;
  readonly echoes: readonly string[];
}

/**
 * Every write of ours comes back as an edit whose `from` is what really stood there. Outside the block our write
 * equals what we had read, so what `from` has besides was somebody's, and comes back; each echo once, since its
 * author may well have taken it out again by the time it is told a second time. It stays pending until the
 * description was written: a crash or another edit before that must not lose the text.
 */
export function restoreErased(
  ledger: Ledger,
  edits: readonly Edit[],
  snapshot: Snapshot,
  isOurs: (line: string) => boolean,
  needs: Needs,
): Restored {
  const { body } = snapshot.pull;
  const known = new Set(ledger.echoes);
  const found: string[] = [];
  let restored: Course | null = null;
  for (const edit of edits) {
    if (restored !== null && edit.from !== restored.stands)
      restored = throughOwn(restored, snapshot, isOurs, edit.from);
    restored &&= followed(restored, edit, isOurs);
    if (edit.by === null || !sameName(edit.by.login, selfOf(snapshot))) continue;
    if (erasedNothing(edit, ledger, snapshot)) continue;
    const read = readBefore(edit, ledger, edits, snapshot, isOurs);
    const steps = read === null ? null : stepsBefore(read, edit, edits);
    if (snapshot.history === null && steps === null) needs.add({ kind: "history" });
    const key = hash(`${edit.at}\n${edit.from}\n${edit.to}`);
    if (known.has(key)) continue;
    // One after the other: a line that was taken out and written again meanwhile is there.
    const erased = steps ?? [{ from: read ?? edit.to, to: edit.from }];
    const putBack = (ours: string): string =>
      erased.reduce(
        (text, { from, to }) => mergeOutside({ base: from, theirs: to, ours: text, isOurs }),
        ours,
      );
    // Only what had an effect is worth remembering.
    if ([read ?? edit.to, edit.to].every((ours) => putBack(ours) === ours)) continue;
    restored = {
      stands: edit.to,
      wanted: putBack(restored?.wanted ?? edit.to),
      again: new Set([...(restored?.again ?? []), ...erased.flatMap(addedBy)]),
    };
    known.add(key);
    found.push(key);
  }
  const open = ledger.echoes.some(
    (echo) => echo.startsWith(pending) && !found.includes(echo.slice(pending.length)),
  );
  if (open && snapshot.history === null) needs.add({ kind: "history" });
  if (restored === null) return { description: body, echoes: ledger.echoes };
  restored = throughOwn(restored, snapshot, isOurs, body);
  if (restored.stands !== body && snapshot.history === null) needs.add({ kind: "history" });
  const texts = [body, ...edits.flatMap(({ from, to }) => [from, to])];
  // What nobody tells of happened after all that is known.
  const { wanted } = followed(restored, { from: restored.stands, to: body }, isOurs);
  const description = noMoreOften(wanted, texts);
  const others = ledger.echoes.filter((echo) => !found.includes(echo.slice(pending.length)));
  const mark = description === body ? "" : pending;
  return { description, echoes: [...others, ...found.map((key) => mark + key)].slice(-remembered) };
}

/** Edits since one of our writes erased something. */
interface Course {
  /** What the known edits lead to. */
  readonly stands: string;
  /** What they would lead to if it had been put back at once: somebody may have taken it out again meanwhile. */
  readonly wanted: string;
  /** Lines that were written in what had been erased. */
  readonly again: ReadonlySet<string>;
}

/** A line that came back by two ways goes again: none may stand there more often than it ever did. */
function noMoreOften(description: string, texts: readonly string[]): string {
  const often = (text: string): Map<string, number> => {
    const counts = new Map<string, number>();
    for (const line of linesOf(text)) counts.set(line, (counts.get(line) ?? 0) + 1);
    return counts;
  };
  const ever = texts.map(often);
  const seen = new Map<string, number>();
  return splitLines(description)
    .filter(({ text }) => {
      const count = (seen.get(text) ?? 0) + 1;
      seen.set(text, count);
      return text.trim() === "" || count <= Math.max(1, ...ever.map((counts) => counts.get(text) ?? 0));
    })
    .map(({ text, eol }) => text + eol)
    .join("");
}

/**
 * Our own writes come in between, of which no event tells where they erased nothing. A line that one of them took out,
 * since somebody had done so before it was written again, stays.
 */
function throughOwn(
  course: Course,
  { written }: Snapshot,
  isOurs: (line: string) => boolean,
  to: string,
): Course {
  let current = course;
  for (const { read, wrote } of written) {
    if (current.stands === to) break;
    const { again } = current;
    const there = new Set(linesOf(wrote));
    const base = withoutLines(read, (line) => again.has(line) && !there.has(line));
    current = followed(current, { from: read, to: wrote }, isOurs, base);
  }
  return current.stands === to ? current : course;
}

const linesOf = (text: string): string[] => splitLines(text).map((line) => line.text);

const withoutLines = (text: string, isOut: (line: string) => boolean): string =>
  splitLines(text)
    .filter((line) => !isOut(line.text))
    .map((line) => line.text + line.eol)
    .join("");

function addedBy({ from, to }: Pick<Edit, "from" | "to">): string[] {
  const before = new Set(linesOf(from));
  return linesOf(to).filter((line) => line.trim() !== "" && !before.has(line));
}

function followed(
  course: Course,
  { from, to }: Pick<Edit, "from" | "to">,
  isOurs: (line: string) => boolean,
  base = from,
): Course {
  if (from !== course.stands) return course;
  const wanted = mergeOutside({ base, theirs: to, ours: course.wanted, isOurs });
  // What was put back may have come back with this edit as well.
  return { ...course, stands: to, wanted: noMoreOften(wanted, [from, to, course.wanted]) };
}

/** Whether a write of the description brings erased text back. */
export const hasPending = ({ echoes }: Ledger): boolean => echoes.some((echo) => echo.startsWith(pending));

/** That write has been made. */
export const withoutPending = (ledger: Ledger): Ledger => ({
  ...ledger,
  echoes: ledger.echoes.map((echo) => (echo.startsWith(pending) ? echo.slice(pending.length) : echo)),
});

/** What stood there is what we had read, or our ledger said so before a write that itself moved text. */
const erasedNothing = (edit: Edit, { moves }: Ledger, { written }: Snapshot): boolean =>
  written.some(({ read, wrote }) => read === edit.from && wrote === edit.to) ||
  moves.some(({ read, wrote }) => read === hash(edit.from) && wrote === hash(edit.to));

/**
 * What we had read before this write of ours; null: nothing tells, and outside the block it was what we wrote. The same
 * text may have been written more than once, by a process that ended too: what was read led to what stood there, and a
 * write of which an edit of its own tells is not this one.
 */
function readBefore(
  echo: Edit,
  { moves }: Ledger,
  edits: readonly Edit[],
  { written }: Snapshot,
  isOurs: (line: string) => boolean,
): string | null {
  const away = ({ at }: OwnWrite): number => Math.abs(Date.parse(at) - Date.parse(echo.at));
  const noted = written
    .filter(({ wrote }) => wrote === echo.to)
    .toReversed()
    .sort((a, b) => away(a) - away(b))
    .map(({ read }) => read);
  const texts = edits.flatMap(({ from, to }) => [from, to]);
  // Any text will do that is the same outside the block.
  const moved = moves
    .filter(({ wrote }) => wrote === hash(echo.to))
    .toReversed()
    .flatMap(
      (move) =>
        texts.find((text) => hash(text) === move.read) ??
        texts.find((text) => hash(outside(text, isOurs)) === move.prose) ??
        [],
    )
    .filter((read) => !belongsElsewhere(read, echo, edits));
  const reads = [...noted, ...moved];
  const isTold = (read: string): boolean => edits.some(({ from, to }) => from === read && to === echo.to);
  return (
    noted.find((read) => !isTold(read)) ??
    reads.find((read) => stepsBefore(read, echo, edits) !== null) ??
    moved.find((read) => !isTold(read)) ??
    null
  );
}

/** What was read led to another write of ours of the same text, and only by that to this one. */
function belongsElsewhere(read: string, echo: Edit, edits: readonly Edit[]): boolean {
  const steps = stepsBefore(read, echo, edits);
  return edits
    .filter((edit) => edit !== echo && edit.to === echo.to && edit.by?.login === echo.by?.login)
    .some((other) => {
      if (steps !== null && !steps.includes(other)) return false;
      return stepsBefore(read, other, edits)?.includes(echo) === false;
    });
}

/** The edits that lead from what we had read to what really stood there; null where some are missing. */
function stepsBefore(read: string, echo: Edit, edits: readonly Edit[]): readonly Edit[] | null {
  const steps: Edit[] = [];
  let body = echo.from;
  while (body !== read) {
    const before = edits.find(
      (edit) => edit !== echo && edit.to === body && edit.from !== body && !steps.includes(edit),
    );
    if (before === undefined) return null;
    steps.unshift(before);
    body = before.from;
  }
  return steps;
}

/** Remembers a write that changes the text outside the block. */
export function withMove(ledger: Ledger, read: string, prose: string, wrote: string): Ledger {
  const move = { read: hash(read), prose: hash(prose), wrote: hash(wrote) };
  const known = ledger.moves.some((other) => other.read === move.read && other.wrote === move.wrote);
  return known ? ledger : { ...ledger, moves: [...ledger.moves, move].slice(-remembered) };
}
