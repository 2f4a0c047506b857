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
  /** `users` and `public.users` are taken for the same until the file says where it looks. */
  #looksInPublic = true;

  add(kind: CreatedKind, name: readonly string[], certainty: Certainty): void {
    if (name.length > 0) this.#known.set(this.#keyOf(kind, name), certainty);
  }

  certainty(kind: CreatedKind, name: readonly string[]): Certainty | undefined {
    return (this.#temporary(kind, name) ? "surely" : undefined) ?? this.#known.get(this.#keyOf(kind, name));
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
    this.#known.delete(this.#keyOf(kind, this.#temporary(kind, name) ? ["pg_temp", ...name] : name));
  }

  /** Nothing of it happened, or names mean another database from here on. */
  clear(): void {
    this.#known.clear();
  }

  /** The file sets `search_path`: what has no schema is somewhere else from here on. */
  lookElsewhere(): void {
    this.clear();
    this.#looksInPublic = false;
  }

  /** A temporary table hides whatever has the same name and no schema. */
  #temporary(kind: CreatedKind, name: readonly string[]): boolean {
    return name.length === 1 && this.#known.has(this.#keyOf(kind, ["pg_temp", ...name]));
  }

  #keyOf(kind: CreatedKind, name: readonly string[]): string {
    const isPublic = this.#looksInPublic && name.length > 1 && name[0] === "public";
    return [kind, ...(isPublic ? name.slice(1) : name)].join("\0");
  }
}
