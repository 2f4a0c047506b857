import type { Certainty, Created } from "./created.ts";

/** What one statement can do to a production database. */
export interface Concern {
  readonly severity: "destructive" | "risky";
  readonly why: string;
  readonly whatInstead: string;
  /** For an `ALTER TABLE` with several actions: which one, from 0. */
  readonly action?: number;
}

export const destructive = (why: string, whatInstead: string): Concern => ({
  severity: "destructive",
  why,
  whatInstead,
});
export const risky = (why: string, whatInstead: string): Concern => ({ severity: "risky", why, whatInstead });

export type ConstraintKind = "key" | "check" | "foreign";

/** What is known while the statements of a file are read in order. */
export interface Scene {
  readonly created: Created;
  /** Constraints that the file adds, by table and name, and the transaction in which it does. */
  readonly constraints: Map<string, { readonly kind: ConstraintKind; readonly transaction: number }>;
  /** Triggers, policies and constraints that the file creates anywhere: dropping them makes room for the new. */
  readonly remade: ReadonlySet<string>;
  /** Statements with the same number hold their locks together, until its end. */
  transaction: number;
  /** What is created now certainly did not exist before, or may have. */
  certainty: Certainty;
}

/** `users` and `public.users` are taken for the same. */
export const partOf = (table: readonly string[], name: string): string =>
  [...(table[0] === "public" && table.length > 1 ? table.slice(1) : table), name].join("\0");
