import { sameName } from "../actor.ts";
import type { Edit, OwnWrite } from "../edit.ts";

/** More edits in one second, missing ones between them, or ways to order them are not worth the search. */
const mostEdits = 16;
const mostBreaks = 2;
const mostOrders = 20;
/** Texts that come back again and again can be ordered in too many ways to try them all. */
const mostSteps = 5_000;

export interface Orders<E extends Edit> {
  /** How many edits do not lead on from the one before. */
  readonly breaks: number;
  readonly orders: readonly (readonly E[])[];
}

/**
 * The ways to put the edits of one second in order by their texts that leave the fewest breaks.
 *
 * @param silent Texts that our own writes led to, and that no edit tells of: those erase whatever was done since they
 * were planned.
 */
export function ordersOf<E extends Edit>(group: readonly E[], silent: ReadonlySet<string>): Orders<E> {
  const none: Orders<E> = { breaks: mostBreaks + 1, orders: [] };
  if (group.length > mostEdits) return none;
  let steps = 0;
  for (let breaks = 0; breaks <= mostBreaks; breaks++) {
    const orders: E[][] = [];
    const extend = (order: E[], rest: readonly E[], left: number): void => {
      steps += 1;
      if (orders.length >= mostOrders || steps > mostSteps) return;
      if (rest.length === 0) orders.push(order);
      const last = order.at(-1);
      for (const [index, edit] of rest.entries()) {
        // Which of two that did the same came first makes no difference.
        if (rest.slice(0, index).some((other) => doesSame(other, edit))) continue;
        const leads = last === undefined || last.to === edit.from || silent.has(edit.from);
        if (leads || left > 0) extend([...order, edit], rest.toSpliced(index, 1), leads ? left : left - 1);
      }
    };
    extend([], group, breaks);
    if (steps > mostSteps) return none;
    if (orders.length > 0) return { breaks, orders };
  }
  return none;
}

const doesSame = (a: Edit, b: Edit): boolean =>
  a.from === b.from && a.to === b.to && a.by?.login === b.by?.login;

/**
 * What our writes led to that may have been made in this second, and that none of its edits tells of. Of one whose
 * answer never came, only the earliest time is known.
 */
export function silentTexts(
  second: string,
  group: readonly Edit[],
  written: readonly OwnWrite[],
  self: string,
): ReadonlySet<string> {
  const echoes = group.filter(({ by }) => by !== null && sameName(by.login, self)).map(({ to }) => to);
  const silent = written.filter(({ wrote, at, dated }) => {
    if (at !== second && (dated || at > second)) return false;
    const echo = echoes.indexOf(wrote);
    if (echo >= 0) echoes.splice(echo, 1);
    return echo < 0;
  });
  return new Set(silent.map(({ wrote }) => wrote));
}
