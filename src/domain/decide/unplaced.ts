import { sameName } from "../actor.ts";
import type { ItemEntry, Ledger, Unplaced } from "../ledger.ts";
import type { Operation } from "../sign-off/operation.ts";
import { headless } from "../sign-off/tick.ts";
import type { Snapshot } from "../snapshot.ts";
import { actorOf, type Needs, type PersonItem } from "./circumstances.ts";
import { headAt, headThen } from "./head.ts";
import { onItsHead } from "./stale.ts";

/** How many an item remembers. */
const kept = 5;

/** What comments ask for now. */
export interface Commanding {
  readonly item: PersonItem;
  readonly commanded: readonly Operation[];
  readonly ledger: Pick<Ledger, "heads">;
  readonly snapshot: Snapshot;
  readonly needs: Needs;
}

/** What comments asked for. */
export interface Placed {
  readonly placed: readonly Operation[];
  /** Sign-offs that wait until it is known for which commit they were meant. */
  readonly unplaced: readonly Unplaced[];
}

/** By the head of their time, those that were written before and waited for it included. */
export function placeCommanded(
  { commanded, item, ledger, snapshot, needs }: Commanding,
  waiting: readonly Unplaced[],
): Placed {
  const placed: Operation[] = [];
  const unplaced: Unplaced[] = [];
  const place = (operation: Operation, then: (at: string) => string | null): void => {
    const { by, at } = operation;
    const onHead = onItsHead(item, operation, snapshot, then);
    if (onHead !== null) placed.push(onHead);
    else if (by !== null) unplaced.push({ by: by.login, at });
  };
  const { sha } = snapshot.pull.head;
  for (const { by, at } of waiting)
    place(
      { kind: "tick", item: item.id, by: actorOf(by), at, head: sha, sha, tied: false, via: "comment" },
      // Events may have told meanwhile; GitHub was asked when it was written.
      (time) => headThen(time, ledger.heads, snapshot),
    );
  for (const operation of commanded) place(operation, (at) => headAt(at, ledger.heads, snapshot, needs));
  return { placed, unplaced };
}

/** The newest of them is told below the item, as long as nobody signed. */
export function keepUnplaced(entry: ItemEntry, unplaced: readonly Unplaced[]): ItemEntry {
  const { signs, cleared, refusal } = entry;
  const waiting = unplaced
    .filter(
      ({ by, at }) => at > (cleared ?? "") && !signs.some((sign) => sameName(sign.by, by) && sign.at >= at),
    )
    .slice(-kept);
  const last = waiting.at(-1);
  const isTold = signs.length > 0 || last === undefined || (refusal !== null && refusal.at > last.at);
  return {
    ...entry,
    unplaced: waiting,
    refusal: isTold ? refusal : { by: last.by, at: last.at, why: headless },
  };
}
