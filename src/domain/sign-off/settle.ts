import { sameName } from "../actor.ts";
import type { ItemEntry, SignOff } from "../ledger.ts";
import { answer } from "./answer.ts";
import { untick } from "./clear.ts";
import type { Operation } from "./operation.ts";
import { type SettleContext, type State, start } from "./standing.ts";
import { tick } from "./tick.ts";

/** How many ended ticks an item remembers. */
const barredLimit = 40;
/** How many edits of which nothing is known. */
const missingLimit = 10;

/**
 * Applies what people did to one item. The result does not depend on when the operations became known: a sign-off
 * counts when it is newer than whatever cleared the item, and per person and commit the newest edit wins: a tick in a
 * box that names an old commit takes away none that was given for the head.
 */
export function settle(
  before: ItemEntry,
  operations: readonly Operation[],
  context: SettleContext,
): ItemEntry {
  const state = start(before, operations, context);
  for (const operation of operations) {
    const { by } = operation;
    if (by !== null && sameName(by.login, context.self)) continue;
    if (operation.kind === "tick") tick(state, operation, by, before, context);
    else if (by?.kind === "bot") continue;
    else if (operation.kind === "answer") answer(state, operation, by, context);
    else untick(state, operation, by, context);
  }
  state.ended = ended(state, before);
  const { clearedBy: _, clearedHere: _a, here: _b, answered: _c, found: _d, base: _e, ...entry } = state;
  return {
    ...entry,
    signs: entry.signs.toSorted(inOrder),
    barred: entry.barred.slice(-barredLimit),
    missing: entry.missing.slice(-missingLimit),
  };
}

/** What is gone without a word: it was taken back before it was given, as far as was known. */
function ended({ signs, ended, cleared }: State, before: ItemEntry): State["ended"] {
  const gone = before.signs.filter(({ by }) => !signs.some((sign) => sameName(sign.by, by)));
  if (gone.length === 0 || ended !== before.ended) return ended;
  return { signs: gone, at: cleared ?? gone[0]?.at ?? "", sha: null, why: "it was taken back" };
}

/** By time: the order in which sign-offs became known says nothing. */
const inOrder = (a: SignOff, b: SignOff): number =>
  a.at < b.at ? -1 : a.at > b.at ? 1 : a.by < b.by ? -1 : a.by > b.by ? 1 : 0;

/** Of everybody the newest. */
export const newest = (signs: readonly SignOff[]): readonly SignOff[] =>
  signs.filter((sign) => signs.findLast(({ by }) => sameName(by, sign.by)) === sign);

/** Those sign-offs that count. */
export const counting = ({ signs }: ItemEntry): readonly SignOff[] =>
  signs.filter(({ doubts }) => doubts.length === 0);
