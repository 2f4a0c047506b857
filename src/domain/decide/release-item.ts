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
  summary: "not needed: its condition does not match",
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
