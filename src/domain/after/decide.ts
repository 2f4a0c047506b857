import { Needs } from "../decide/circumstances.ts";
import { emptyLedger, type Ledger } from "../ledger.ts";
import type { Need, Snapshot } from "../snapshot.ts";
import { settleMerge } from "./settle-merge.ts";

export interface DecidedAfterMerge {
  readonly ledger: Ledger;
  /** Not empty: the decision does not stand before these were read. */
  readonly needs: readonly Need[];
}

/** What follows from a merge, as far as it is known by now: pure. */
export function decideAfterMerge(snapshot: Snapshot, now: number): DecidedAfterMerge {
  const needs = new Needs();
  const before = snapshot.own.ledger ?? emptyLedger(snapshot.pull.number);
  const facts = snapshot.pull.merge;
  if (facts === undefined) return { ledger: before, needs: [] };
  const merge = before.merge ?? settleMerge(facts, before, snapshot, now, needs);
  return { ledger: { ...before, merge }, needs: needs.list };
}
