import type { FreeableKey } from "../schema/lock.ts";

/** Why a value is looser than the locked one: what would have to hold, as the end of a sentence. Null: it is not looser. */
export type Breach = null | {
  readonly must: string;
  /** The key below, where one of several is at fault. */
  readonly below?: string;
};

/** A value that is looser than the locked one, and was not taken. */
export interface Loosened {
  /** Id of the item; null: a top-level key. */
  readonly item: string | null;
  /** Keys from the item, or from the top, to what is at fault. */
  readonly path: readonly string[];
  readonly must: string;
}

/** Takes each value where it is no looser than the locked one, and the locked one otherwise. */
export class Held {
  readonly loosened: Loosened[] = [];
  readonly #item: string;
  readonly #free: ReadonlySet<FreeableKey>;

  constructor(item: string, free: ReadonlySet<FreeableKey>) {
    this.#item = item;
    this.#free = free;
  }

  isFree(key: FreeableKey): boolean {
    return this.#free.has(key);
  }

  keep<T>(key: FreeableKey, locked: T, own: T, breach: Breach): T {
    if (breach === null || this.isFree(key)) return own;
    this.note([key, ...(breach.below === undefined ? [] : [breach.below])], breach.must);
    return locked;
  }

  note(path: readonly string[], must: string): void {
    this.loosened.push({ item: this.#item, path, must });
  }
}
