/** Keys and indices from the top of the file to a value. */
export type Path = readonly (string | number)[];

/** A mistake that still speaks of keys; the file's text gives it line and column. */
export interface Trouble {
  readonly path: Path;
  /** Point at the key instead of its value. */
  readonly at?: "key" | "value";
  /** Where it stands when the path does not tell, such as the second of two equal keys. */
  readonly offset?: number;
  readonly severity?: "error" | "warning";
  readonly message: string;
}
