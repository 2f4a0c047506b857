import type { Item } from "../config/checklist.ts";
import type { ItemState } from "../decision.ts";
import type { Exception, Ledger } from "../ledger.ts";
import { emptyEntry } from "../ledger.ts";
import type { Snapshot } from "../snapshot.ts";

/** Waivers and overrides hold only for the tree that they were given on. */
export const holds = (exception: Exception | null, snapshot: Snapshot): boolean =>
  exception !== null && exception.tree === snapshot.pull.tree;

export const waiverOf = (ledger: Ledger, item: Item): Exception | null =>
  ledger.items[item.id]?.waiver ?? null;

export const withWaivers = (ledger: Ledger, waivers: ReadonlyMap<string, Exception>): Ledger => ({
  ...ledger,
  items: {
    ...ledger.items,
    ...Object.fromEntries(
      [...waivers].map(([id, waiver]) => [id, { ...(ledger.items[id] ?? emptyEntry), waiver }]),
    ),
  },
});

export const notNeeded = (item: Item): ItemState => ({
  item,
  state: "not-needed",
  box: null,
  summary: conditionOf(item),
  reason: null,
  evidence: [],
  notes: [],
});

/** The item as it is, set aside: it blocks no more, and everybody sees by whom and why. */
export const waived = (state: ItemState, waiver: Exception): ItemState => ({
  ...state,
  state: "waived",
  summary: `waived by ${waiver.by} on ${waiver.at.slice(0, 10)}: ${waiver.reason}`,
  reason: null,
  notes: [`waived by \`${waiver.by}\`: ${waiver.reason}`],
});

/** When it would be needed: only into some base, with some label, for changes of some files. */
function conditionOf({ when }: Item): string {
  const parts = [
    when?.base === undefined ? null : `into ${some(when.base)}`,
    when?.labels === undefined ? null : `with the label ${some(when.labels)}`,
    when?.paths === undefined ? null : `for changes of ${some(when.paths)}`,
  ].filter((part) => part !== null);
  return parts.length === 0 ? "" : `only ${parts.join(", ")}`;
}

const shown = 3;
const some = (patterns: readonly string[]): string =>
  patterns.length <= shown
    ? patterns.join(" or ")
    : `${patterns.slice(0, shown).join(" or ")} (and ${patterns.length - shown} more)`;
