import type { RecordItem, ReleaseRecord } from "../record/record.ts";
import { type Spread, secondsBetween, spreadOf, sum } from "./stats.ts";
import { gateItems } from "./waiting.ts";

/** One item over all releases in which it applied. Times are in seconds. */
export interface ItemFigures {
  readonly id: string;
  /** As the newest release has it. */
  readonly title: string;
  readonly decidedBy: RecordItem["decidedBy"];
  readonly kind: string;
  readonly releases: number;
  /** From the opening of the release until the item was done for good. */
  readonly wait: Spread;
  /** In so many releases it was the last one to be done. */
  readonly last: number;
  /** So long releases waited for it alone, in all. */
  readonly alone: number;
  readonly caught: number;
  readonly waived: number;
}

/** Slowest first: by the time for which releases waited for an item alone, then by its median. */
export function itemFigures(records: readonly ReleaseRecord[]): ItemFigures[] {
  const found = new Map<string, { readonly item: RecordItem; readonly record: ReleaseRecord }[]>();
  for (const record of records)
    for (const item of gateItems(record))
      found.set(item.id, [...(found.get(item.id) ?? []), { item, record }]);
  return [...found]
    .flatMap(([id, uses]): ItemFigures[] => {
      const newest = uses.at(-1)?.item;
      if (newest === undefined) return [];
      const held = uses.map(({ item, record }) => heldAlone(item, record));
      return [
        {
          id,
          title: newest.title,
          decidedBy: newest.decidedBy,
          kind: newest.kind,
          releases: uses.length,
          wait: spreadOf(
            uses.flatMap(({ item, record }) =>
              item.done === null || item.state !== "done"
                ? []
                : [secondsBetween(record.times.opened, item.done)],
            ),
          ),
          last: held.filter((seconds) => seconds !== null).length,
          alone: sum(held.map((seconds) => seconds ?? 0)),
          caught: sum(uses.map(({ item }) => item.caught)),
          waived: uses.filter(({ item }) => item.state === "waived").length,
        },
      ];
    })
    .toSorted(
      (a, b) => b.alone - a.alone || (b.wait.median ?? 0) - (a.wait.median ?? 0) || a.id.localeCompare(b.id),
    );
}

/** How much sooner the release would have had all its items without this one; null: it was not the last one. */
function heldAlone(item: RecordItem, record: ReleaseRecord): number | null {
  const { done } = item;
  if (done === null) return null;
  const others = gateItems(record).filter((other) => other.id !== item.id);
  if (others.some((other) => other.done === null || Date.parse(other.done) >= Date.parse(done))) return null;
  const before = [record.times.opened, ...others.flatMap((other) => other.done ?? [])]
    .toSorted((a, b) => Date.parse(a) - Date.parse(b))
    .at(-1);
  return secondsBetween(before ?? record.times.opened, done);
}

/** A closed window, somebody in charge or an announcement are not there to find anything. */
const finders: readonly string[] = ["check", "changed", "deployment", "manual"];

/** Items that found nothing in at least so many releases: to be automated, sharpened or dropped. */
export const quietItems = (items: readonly ItemFigures[], least: number): ItemFigures[] =>
  items.filter(({ kind, caught, releases }) => finders.includes(kind) && caught === 0 && releases >= least);
