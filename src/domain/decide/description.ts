import { sameName } from "../actor.ts";
import { mergeOutside } from "../block/merge.ts";
import type { Edit } from "../edit.ts";
import { hash } from "../hash.ts";
import type { Ledger } from "../ledger.ts";
import type { OwnWrite, Snapshot } from "../snapshot.ts";
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
  let description = snapshot.pull.body;
  const known = new Set(ledger.echoes);
  const found: string[] = [];
  for (const edit of edits) {
    if (edit.by === null || !sameName(edit.by.login, selfOf(snapshot))) continue;
    const write = snapshot.written.find(({ wrote }) => wrote === edit.to);
    if (write?.read === edit.from || isPlannedMove(ledger, edit)) continue;
    if (snapshot.history === null && !isTold(write, edit, edits)) needs.add({ kind: "history" });
    const key = hash(`${edit.at}\n${edit.from}\n${edit.to}`);
    if (known.has(key)) continue;
    const merged = mergeOutside({
      base: write?.read ?? edit.to,
      theirs: edit.from,
      ours: description,
      isOurs,
    });
    if (merged === description && !differsOutside(write, edit, isOurs)) continue;
    description = merged;
    known.add(key);
    found.push(key);
  }
  if (found.length === 0) return { description, echoes: ledger.echoes };
  const others = ledger.echoes.filter((echo) => !found.includes(echo.slice(pending.length)));
  const mark = description === snapshot.pull.body ? "" : pending;
  return { description, echoes: [...others, ...found.map((key) => mark + key)].slice(-remembered) };
}

/** Whether a write of the description brings erased text back. */
export const hasPending = ({ echoes }: Ledger): boolean => echoes.some((echo) => echo.startsWith(pending));

/** That write has been made. */
export const withoutPending = (ledger: Ledger): Ledger => ({
  ...ledger,
  echoes: ledger.echoes.map((echo) => (echo.startsWith(pending) ? echo.slice(pending.length) : echo)),
});

/** A write that itself moved text outside the block, and erased nothing: its ledger said so before it was made. */
const isPlannedMove = (ledger: Ledger, edit: Edit): boolean =>
  ledger.moves.some(({ read, wrote }) => read === hash(edit.from) && wrote === hash(edit.to));

/** Whether edits that events told lead from what we had read to what really stood there. */
function isTold(write: OwnWrite | undefined, echo: Edit, edits: readonly Edit[]): boolean {
  if (write === undefined) return false;
  let body = echo.from;
  for (let steps = 0; steps <= edits.length; steps++) {
    if (body === write.read) return true;
    const before = edits.find((edit) => edit !== echo && edit.to === body && edit.from !== body);
    if (before === undefined) return false;
    body = before.from;
  }
  return false;
}

/** Only what had an effect is worth remembering. */
const differsOutside = (
  write: OwnWrite | undefined,
  edit: Edit,
  isOurs: (line: string) => boolean,
): boolean => {
  const base = write?.read ?? edit.to;
  return mergeOutside({ base, theirs: edit.from, ours: base, isOurs }) !== base;
};

/** Remembers a write that changes the text outside the block. */
export function withMove(ledger: Ledger, read: string, wrote: string): Ledger {
  const move = { read: hash(read), wrote: hash(wrote) };
  const known = ledger.moves.some((other) => other.read === move.read && other.wrote === move.wrote);
  return known ? ledger : { ...ledger, moves: [...ledger.moves, move].slice(-remembered) };
}
