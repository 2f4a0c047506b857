import type { Checklist } from "../checklist.ts";
import type { RawChecklist } from "../schema/checklist-schema.ts";
import { asList } from "../schema/fields.ts";
import { type FreeableKey, type LockableKey, lockableKeys } from "../schema/lock.ts";

/** What a file locks for all that take it over. */
export interface Locks {
  /** As people know it: `acme/.github:.github/release.yml`. */
  readonly file: string;
  /** What the file means by itself: this holds. */
  readonly checklist: Checklist;
  /** Top-level keys. `items` is not among them: each item stands below. */
  readonly keys: ReadonlySet<Exclude<LockableKey, "items">>;
  /** Keys that the file locks in so many words, and that count where nothing else is said. */
  readonly said: ReadonlySet<Exclude<LockableKey, "items">>;
  /** By id: which keys are left free. */
  readonly items: ReadonlyMap<string, ReadonlySet<FreeableKey>>;
}

/**
 * Without these, a locked item could be dodged: a pull request that is no release has no items, everybody might
 * override them, a trial blocks nothing, and another range may hide what makes an item apply.
 */
const heldByItems = ["enforcement", "release", "range", "may"] as const;

/** Null: the file locks nothing. */
export function locksOf(raw: RawChecklist, checklist: Checklist, file: string): Locks | null {
  const { locked } = raw;
  const free = isExcept(locked) ? new Set(asList(locked.except)) : new Set<LockableKey>();
  const named: readonly LockableKey[] =
    locked === undefined ? [] : locked === true || isExcept(locked) ? lockableKeys : asList(locked);
  const keys = new Set(named.filter((key) => !free.has(key)));
  const items = new Map<string, ReadonlySet<FreeableKey>>();
  if (keys.has("items")) for (const { id } of checklist.items) items.set(id, new Set());
  for (const item of raw.items ?? []) {
    if (item.locked === undefined) continue;
    items.set(item.id, new Set(item.locked === true ? [] : asList(item.locked.except)));
  }
  const said = new Set([...keys].filter((key) => key !== "items"));
  const implied = items.size === 0 ? [] : heldByItems.filter((key) => !free.has(key));
  const all = new Set([...said, ...implied]);
  return items.size + all.size === 0 ? null : { file, checklist, keys: all, said, items };
}

const isExcept = (locked: RawChecklist["locked"]): locked is { except: LockableKey | LockableKey[] } =>
  typeof locked === "object" && !Array.isArray(locked);
