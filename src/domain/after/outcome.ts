import type { SaidOutcome } from "../decide/commands/commanded.ts";
import type { ItemState } from "../decision.ts";
import type { ItemEntry } from "../ledger.ts";
import { retrospectiveId } from "./checklist.ts";
import { type Merge, outcomeOf, type ReleaseOutcome } from "./merge.ts";

/** So many changes of mind are kept. */
const kept = 40;

/** With what people said of the outcome, the newest last; saying the same again changes nothing. */
export function withOutcomes(merge: Merge, said: readonly SaidOutcome[]): Merge {
  let current = merge;
  for (const one of said.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))) {
    const last = outcomeOf(current);
    if (last !== null && (last.status === one.status || one.at < last.at)) continue;
    current = {
      ...current,
      outcomes: [...current.outcomes, { ...one, via: "comment" as const }].slice(-kept),
    };
  }
  return current;
}

/** Where everything is done and nobody said otherwise, the release was successful. */
export function successBy(
  merge: Merge,
  items: readonly ItemState[],
  entries: Readonly<Record<string, ItemEntry>>,
  now: number,
): ReleaseOutcome | null {
  const ours = items.filter(({ item }) => item.id !== retrospectiveId);
  if (outcomeOf(merge) !== null || !ours.some(({ item }) => item.required) || !ours.every(isDone))
    return null;
  const signs = ours.flatMap(({ item }) => entries[item.id]?.signs ?? []);
  const last = signs.toSorted((a, b) => (a.at < b.at ? -1 : 1)).at(-1);
  const at = new Date(now).toISOString();
  return { status: "successful", by: last?.by ?? null, at, note: null, via: "items" };
}

export const isDone = ({ item, state }: ItemState): boolean =>
  !item.required || state === "done" || state === "waived" || state === "not-needed";
