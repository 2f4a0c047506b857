import type { PlacedEdit } from "./timeline.ts";

/** How what the seconds leave open is to be read. */
export interface Supposed {
  /** Edits that stand nowhere between the two texts: older than the first one, or erased by our own writes. */
  readonly past: ReadonlySet<PlacedEdit>;
  readonly seconds: ReadonlyMap<string, WithinSecond>;
}

export interface WithinSecond {
  /** Its edits, where their order is not known. */
  readonly order?: readonly PlacedEdit[];
  /** Index of the first of our writes that came after its edits, where nothing tells. */
  readonly before?: number;
}
