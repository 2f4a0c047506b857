import type { Pull } from "../../domain/snapshot.ts";

/** What is known of the one holds for the other: the same head is to go into the same branch. */
export const isSameCommit = (a: Pull, b: Pull): boolean =>
  a.head.sha === b.head.sha && a.base.ref === b.base.ref;
