import type { ReleaseRule } from "../checklist.ts";
import type { Layer } from "../layers.ts";
import { slotOf } from "../merge.ts";
import type { RawChecklist } from "../schema/checklist-schema.ts";
import type { Path, Trouble } from "../trouble.ts";
import { quoted } from "../words.ts";
import type { Loosened } from "./breach.ts";
import { ruleText } from "./hold.ts";
import type { Locks } from "./locks.ts";

/** Says what a file loosens, where it does. What nobody wrote, such as a default, gives way without a word. */
export function looseningTroubles(
  loosened: readonly Loosened[],
  { file }: Locks,
  raw: RawChecklist,
  below: readonly Layer[],
  at: Path,
): Trouble[] {
  return loosened.flatMap((one): Trouble[] => {
    const message = sentence(one, file);
    const path = placeOf(one, raw, below, at);
    if (path !== null) return [{ path, at: "key", message }];
    // What is extended may say so for others, where nothing is locked.
    if (raw.extends === undefined || !isSaidBelow(one, below)) return [];
    return [{ path: [...at, "extends"], at: "key", severity: "warning", message: aside(one, file) }];
  });
}

function sentence({ item, path, must }: Loosened, file: string): string {
  if (item === null) return `This loosens ${quoted(path.join("."))}, locked by ${file}: ${must}`;
  const [key = ""] = path;
  if (key === "remove") return `This removes the item ${quoted(item)}, locked by ${file}: ${must}`;
  const verb = key === "title" || key === "help" ? "changes" : "loosens";
  return `This ${verb} ${quoted(path.join("."))} of the item ${quoted(item)}, locked by ${file}: ${must}`;
}

function aside({ item, path }: Loosened, file: string): string {
  const what =
    item === null ? quoted(path.join(".")) : `${quoted(path.join("."))} of the item ${quoted(item)}`;
  return `What is extended here says otherwise of ${what}, locked by ${file}: the locked form counts`;
}

/** Where the file says so itself; null: nowhere. */
function placeOf(
  { item, path }: Loosened,
  raw: RawChecklist,
  below: readonly Layer[],
  at: Path,
): Path | null {
  const [key = ""] = path;
  if (item === null) return isWritten(raw, path) ? [...at, ...path] : null;
  const index = (raw.items ?? []).findIndex(({ id }) => id === item);
  const own = raw.items?.[index];
  if (own !== undefined && Object.hasOwn(own, key)) return [...at, "items", index, ...path];
  const slot = key === "check" ? slotOfItem(item, below) : null;
  if (slot !== null && Object.hasOwn(raw.checks ?? {}, slot))
    return [...at, "checks", slot, ...path.slice(1)];
  return null;
}

const isSaidBelow = ({ item, path }: Loosened, below: readonly Layer[]): boolean =>
  below.some((layer) =>
    item === null ? layer.kind === "file" && isWritten(layer.raw, path) : speaksOf(layer, item),
  );

/** Whether the value stands there: who may waive follows from who may override where only that is written. */
const isWritten = (value: object, [key = "", ...rest]: readonly string[]): boolean => {
  const below: unknown = Object.getOwnPropertyDescriptor(value, key)?.value;
  if (rest.length === 0) return below !== undefined;
  return typeof below === "object" && below !== null && isWritten(below, rest);
};

const speaksOf = (layer: Layer, item: string): boolean =>
  (layer.kind === "template" ? layer.template.items : (layer.raw.items ?? [])).some(({ id }) => id === item);

const slotOfItem = (item: string, below: readonly Layer[]): string | null => {
  for (const layer of below) {
    const found = layer.kind === "template" ? layer.template.items.find(({ id }) => id === item) : undefined;
    if (found !== undefined) return slotOf(found);
  }
  return null;
};

/** Whoever writes rules may believe that they replace the locked ones. */
export function ruleTroubles(
  { file, keys, checklist }: Locks,
  raw: RawChecklist,
  own: readonly ReleaseRule[],
  at: Path,
): Trouble[] {
  if (!keys.has("release") || raw.release === undefined) return [];
  const written = new Set(own.map(ruleText));
  if (checklist.release.every((rule) => written.has(ruleText(rule)))) return [];
  const message = `These rules come beside those that ${file} locks, and replace none of them`;
  return [{ path: [...at, "release"], at: "key", severity: "warning", message }];
}
