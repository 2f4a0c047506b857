import { matchesAny } from "../checks/decide.ts";
import { indexChecks } from "../checks/facts-index.ts";
import { select } from "../checks/select.ts";
import type { CheckRef, Item } from "../config/checklist.ts";
import type { Ledger } from "../ledger.ts";
import type { Snapshot } from "../snapshot.ts";
import { shortSha } from "./circumstances.ts";

/** By this name the ledger knows a check: an item may later ask for another one. */
const keyOf = ({ name, workflow }: CheckRef): string =>
  [workflow, name].filter((part) => part !== undefined).join(": ");

/**
 * Where each check of these items was seen last, so that a check which a new head lacks is told from one that never ran,
 * without asking for the checks of older commits.
 */
export function ranAfter(
  before: Ledger["ran"],
  items: readonly Item[],
  { checks, pull, app }: Snapshot,
): Ledger["ran"] {
  const refs = items.flatMap((item) => (item.kind === "check" ? [item.check] : []));
  const seen = (ref: CheckRef): boolean =>
    checks?.ok === true && matchesAny(ref, select(ref, indexChecks(checks.value), app.slug));
  return Object.fromEntries(
    refs.flatMap((ref): [string, string][] => {
      const sha = seen(ref) ? shortSha(pull.head.sha) : before[keyOf(ref)];
      return sha === undefined ? [] : [[keyOf(ref), sha]];
    }),
  );
}

/** Short SHA of the other commit that this check was seen on last; undefined: none is known. */
export function ranOn(ref: CheckRef, { own, pull }: Snapshot): string | undefined {
  const sha = own.ledger?.ran[keyOf(ref)];
  return sha === shortSha(pull.head.sha) ? undefined : sha;
}
