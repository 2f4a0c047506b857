import type { Diagnosis } from "./diagnosis.ts";

/** What the doctor looked at, and what was found. */
export interface Examined {
  /** The app that was looked for; null: it could not be told which one. */
  readonly app: { readonly id: number; readonly slug: string } | null;
  /** About the app in a whole organisation; null when only a repository was asked for. */
  readonly account: Section | null;
  readonly repositories: readonly Section[];
}

export interface Section {
  /** `acme/shop`, or `acme`. */
  readonly name: string;
  readonly diagnoses: readonly Diagnosis[];
}
