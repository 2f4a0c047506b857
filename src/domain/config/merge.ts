import { type AnyKind, kindOf, kindShapes, kindsGiven } from "./kinds/index.ts";
import type { Layer } from "./layers.ts";
import { didYouMean } from "./nearest.ts";
import type { RawChecklist, RawItem, RawTemplate, RawTemplateItem } from "./schema/checklist-schema.ts";
import type { Path, Trouble } from "./trouble.ts";
import { quoted } from "./words.ts";

/** An item after merging, and where the file speaks of it (null: only a template does). */
export interface Draft {
  readonly raw: RawItem;
  readonly path: Path | null;
}

/** Fills the slots of templates. A slot left open leaves an item that people sign. */
function fillSlots(
  templates: readonly RawTemplate[],
  checks: NonNullable<RawChecklist["checks"]>,
): RawItem[] {
  return templates.flatMap(({ items }) =>
    items.map((item) => {
      const slot = slotOf(item);
      // Hours without a time zone are settled when everything is merged.
      if (slot === null) return item as RawItem;
      const { check: _, ...rest } = item as RawItem;
      const filler = Object.hasOwn(checks, slot) ? checks[slot] : undefined;
      return filler === undefined ? rest : only({ ...rest, check: filler }, kindOf({ check: filler }));
    }),
  );
}

/** Slots by name that the templates offer. */
export function slotsOf(templates: readonly RawTemplate[]): Set<string> {
  return new Set(templates.flatMap(({ items }) => items.map(slotOf)).filter((slot) => slot !== null));
}

/** What files and templates give, one over the other. Their mistakes were told where they stand by themselves. */
export function baseItems(
  layers: readonly Layer[],
  checks: NonNullable<RawChecklist["checks"]>,
): readonly RawItem[] {
  return layers.reduce<readonly RawItem[]>((below, layer) => {
    const items = layer.kind === "template" ? fillSlots([layer.template], checks) : (layer.raw.items ?? []);
    return layItems(below, items, []).drafts.map(({ raw }) => raw);
  }, []);
}

/** Lays the file's items over those below: the same id changes, a new one is added at the end. */
export function mergeItems(
  base: readonly RawItem[],
  own: readonly RawItem[],
  at: Path,
): { readonly drafts: readonly Draft[]; readonly troubles: readonly Trouble[] } {
  const { drafts, troubles } = layItems(base, own, at);
  return { drafts: drafts.map((draft) => ({ ...draft, raw: withoutHalfWindow(draft.raw) })), troubles };
}

/** What is wrong with items whatever lies below them. */
export function itemTroubles(items: readonly RawItem[], at: Path): Trouble[] {
  const seen = new Set<string>();
  return items.flatMap((raw, index): Trouble[] => {
    const path = [...at, index];
    if (seen.has(raw.id))
      return [{ path: [...path, "id"], message: `The id ${quoted(raw.id)} is given twice` }];
    seen.add(raw.id);
    return contradictions(raw, path);
  });
}

function layItems(
  base: readonly RawItem[],
  own: readonly RawItem[],
  at: Path,
): { readonly drafts: readonly Draft[]; readonly troubles: readonly Trouble[] } {
  const drafts = new Map<string, Draft>();
  for (const raw of base) drafts.set(raw.id, { raw: overlay(drafts.get(raw.id)?.raw, raw), path: null });
  const inherited = new Set(drafts.keys());
  const seen = new Set<string>();
  const troubles = itemTroubles(own, at);

  for (const [index, raw] of own.entries()) {
    const path = [...at, index];
    if (seen.has(raw.id)) continue;
    seen.add(raw.id);
    if (raw.remove === true) {
      if (inherited.has(raw.id)) drafts.delete(raw.id);
      else troubles.push({ path: [...path, "id"], message: nothingToRemove(raw.id, inherited) });
      continue;
    }
    const merged = overlay(drafts.get(raw.id)?.raw, raw);
    troubles.push(...foreignKeys(raw, kindOf(withoutHalfWindow(merged)), path));
    if (merged.title === undefined) {
      troubles.push({
        path: [...path, "id"],
        message: `The item ${quoted(raw.id)} needs a "title"${didYouMean(raw.id, inherited).replace("did", "or did")}`,
      });
    }
    drafts.set(raw.id, { raw: merged, path });
  }
  return { drafts: [...drafts.values()], troubles };
}

/**
 * A key that is given replaces; a new kind drops what only the old kind knew. The keys of a window merge one by one,
 * so that a time zone is all that the hours of a template need.
 */
function overlay(base: RawItem | undefined, own: RawItem): RawItem {
  if (base === undefined) return own;
  const kind = kindsGiven(own)[0] ?? kindOf(base);
  const kept = only(base, kind);
  const window = own.window && kept.window ? { window: { ...kept.window, ...own.window } } : {};
  return { ...kept, ...own, ...window };
}

/** Hours of a template that nobody gave a time zone: people watch the clock themselves. */
function withoutHalfWindow(raw: RawItem): RawItem {
  if (raw.window === undefined || Object.hasOwn(raw.window, "timezone")) return raw;
  const { window: _, ...rest } = raw;
  return rest;
}

function only(raw: RawItem, kind: AnyKind): RawItem {
  return Object.fromEntries(
    Object.entries(raw).filter(([key]) => !Object.hasOwn(kindShapes, key) || Object.hasOwn(kind.shape, key)),
  ) as RawItem;
}

function contradictions(raw: RawItem, path: Path): Trouble[] {
  const [first, second] = kindsGiven(raw);
  if (first?.key && second?.key) {
    const message = `An item is of one kind, and this one has "${first.key}" already: make two items`;
    return [{ path: [...path, second.key], at: "key", message }];
  }
  const others = Object.keys(raw).filter((key) => key !== "id" && key !== "remove");
  if (raw.remove === true && others.length > 0) {
    return [
      {
        path: [...path, "remove"],
        at: "key",
        message: `An item that is removed has no other keys: take ${quoted(others[0] ?? "")} out`,
      },
    ];
  }
  return [];
}

function foreignKeys(raw: RawItem, kind: AnyKind, path: Path): Trouble[] {
  if (kindsGiven(raw).length > 1) return [];
  return Object.keys(raw)
    .filter((key) => Object.hasOwn(kindShapes, key) && !Object.hasOwn(kind.shape, key))
    .map((key) => ({
      path: [...path, key],
      at: "key",
      message: `${quoted(key)} does not fit here: this item ${kind.says}`,
    }));
}

function nothingToRemove(id: string, inherited: ReadonlySet<string>): string {
  return inherited.size === 0
    ? `There is no item ${quoted(id)} to remove: "remove" takes out items of a template`
    : `No template has an item ${quoted(id)} to remove${didYouMean(id, inherited)}`;
}

export function slotOf({ check }: RawTemplateItem): string | null {
  return typeof check === "object" && "slot" in check ? check.slot : null;
}
