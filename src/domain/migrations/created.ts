/**
 * What a migration itself has created so far. Nobody uses it yet, so that locks and rewrites do no harm.
 * `surely`: it did not exist before. `perhaps`: it may have (`IF NOT EXISTS`, a condition): what takes data away
 * from it still counts.
 */
export type Certainty = "surely" | "perhaps";

/** Tables, views, sequences and indexes share their names in PostgreSQL, and so they do here. */
export type CreatedKind = "relation" | "column" | "type" | "function" | "schema" | "other";

export class Created {
  readonly #known = new Map<string, Certainty>();

  add(kind: CreatedKind, name: readonly string[], certainty: Certainty): void {
    if (name.length > 0) this.#known.set(keyOf(kind, name), certainty);
  }

  certainty(kind: CreatedKind, name: readonly string[]): Certainty | undefined {
    return this.#known.get(keyOf(kind, name));
  }

  /** Certainly or perhaps created here. */
  has(kind: CreatedKind, name: readonly string[]): boolean {
    return this.certainty(kind, name) !== undefined;
  }

  /** Created here, and certainly not there before. */
  surely(kind: CreatedKind, name: readonly string[]): boolean {
    return this.certainty(kind, name) === "surely";
  }

  remove(kind: CreatedKind, name: readonly string[]): void {
    this.#known.delete(keyOf(kind, name));
  }

  /** Names mean something else from here on: another database, search path, or nothing happened at all. */
  clear(): void {
    this.#known.clear();
  }
}

/** `users` and `public.users` are taken for the same. */
const keyOf = (kind: CreatedKind, name: readonly string[]): string =>
  [kind, ...(name[0] === "public" && name.length > 1 ? name.slice(1) : name)].join("\0");
