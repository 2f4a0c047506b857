import { ownLines } from "../block/identity.ts";
import { readBlock } from "../block/read.ts";
import type { BlockReading } from "../block/reading.ts";
import type { Checklist, Item } from "../config/checklist.ts";
import type { ItemState } from "../decision.ts";
import type { ItemEntry, Ledger } from "../ledger.ts";
import { linkOf } from "../sign-off/link.ts";
import { remembering } from "../sign-off/operations.ts";
import type { Snapshot } from "../snapshot.ts";
import { isNotify } from "./announcements.ts";
import { type Answers, answersToShow } from "./answers.ts";
import { type AutomatedContext, isAutomated, stateAutomatedItem } from "./automated-item.ts";
import type { Needs } from "./circumstances.ts";
import type { Commanded } from "./commands/commanded.ts";
import { handleComments } from "./commands/handle.ts";
import type { Stage } from "./commands/hearing.ts";
import { restoreErased } from "./description.ts";
import { knownEdits, tellOperations } from "./known-edits.ts";
import { recordPersonItem, type SignedItem, statePersonItem } from "./person-item.ts";
import { holds, notNeeded, waived, waiverOf, withWaivers } from "./release-item.ts";
import type { Shown } from "./unexplained.ts";

/** What people did to a checklist, in its text and by comment. */
export interface Heard {
  readonly reading: BlockReading;
  readonly commanded: Commanded;
  /** What the text shall say outside the block, with what our writes erased put back. */
  readonly description: string;
  /** With the sign-offs, answers, waivers and handled comments as they now stand. */
  readonly ledger: Ledger;
  /** What the text shall say behind the questions. */
  readonly answers: Answers;
  /** By item that people sign. */
  readonly records: ReadonlyMap<string, SignedItem>;
}

/** Takes in edits and comments: the same for the description of a pull request and for a follow-up issue. */
export function hear(
  checklist: Checklist,
  before: Ledger,
  snapshot: Snapshot,
  needs: Needs,
  stage: Stage,
): Heard {
  const isOurs = ownLines(before.lines);
  const read = remembering((body) => readBlock(body, isOurs));
  const reading = read(snapshot.pull.body);
  askForMore(before, reading, snapshot, needs);
  const items = snapshot.explained?.items ?? before.items;
  const edits = knownEdits(snapshot, items, read);
  const told = tellOperations(edits, items, read, snapshot, needs);
  const commanded = handleComments(checklist, before, snapshot, needs, stage);
  const restored = restoreErased(before, edits.placed, snapshot, isOurs, needs);
  let ledger = withWaivers(
    { ...before, echoes: restored.echoes, comments: commanded.comments },
    commanded.waivers,
  );
  // Made once for all items, since the texts may be long.
  const links = [...snapshot.links, ...snapshot.edits.map(linkOf)];
  const records = new Map<string, SignedItem>();
  for (const item of checklist.items) {
    if (!signedByPeople(item)) continue;
    const record = recordPersonItem({
      item,
      ledger,
      shown: shownOf(item, reading),
      told,
      commanded: commanded.operations.get(item.id) ?? [],
      snapshot,
      links,
      needs,
      whole: edits.whole,
    });
    records.set(item.id, record);
    ledger = withEntry(ledger, item.id, record.entry);
  }
  const answers = answersToShow(ledger, reading, edits.placed, read, snapshot, needs);
  return { reading, commanded, description: restored.description, ledger, answers, records };
}

/** How the items stand, but for announcements. */
export function statesOf(
  items: readonly Item[],
  { ledger, records }: Pick<Heard, "ledger" | "records">,
  applies: (item: Item) => boolean,
  context: AutomatedContext,
): readonly ItemState[] {
  const { snapshot, needs } = context;
  return items
    .filter((item) => !isNotify(item))
    .map((item): ItemState => {
      if (!applies(item)) return notNeeded(item);
      const record = records.get(item.id);
      const state =
        record !== undefined && item.kind === "manual"
          ? statePersonItem(item, record, snapshot, needs)
          : isAutomated(item)
            ? stateAutomatedItem(item, context)
            : notNeeded(item);
      const waiver = waiverOf(ledger, item);
      return waiver !== null && holds(waiver, snapshot) ? waived(state, waiver) : state;
    });
}

/** A block that asks for nothing was there before any record: it says why there is none. */
export const asks = (reading: BlockReading): boolean => reading.found !== "none" && reading.boxes.size > 0;

/** Whatever somebody has to tick; `when-ready` announcements are the app's own act. */
const signedByPeople = (item: Item) => item.kind === "manual" || item.kind === "notify";

function askForMore(before: Ledger, reading: BlockReading, snapshot: Snapshot, needs: Needs): void {
  const { createdAt, updatedAt } = snapshot.pull;
  const worthAsking = snapshot.own.ledger !== null || reading.found !== "none" || createdAt !== updatedAt;
  const lostOrForeign = snapshot.own.ledger === null && asks(reading);
  // What was said before the loss was found must not be taken for an answer to it later.
  if (snapshot.comments === null && (snapshot.ask.comments || lostOrForeign)) needs.add({ kind: "comments" });
  if (snapshot.history === null && ((snapshot.ask.history && worthAsking) || lostOrForeign || before.lost))
    needs.add({ kind: "history" });
}

function shownOf(item: Item, reading: BlockReading): Shown {
  const prefix = `${item.id}/`;
  const answers = [...reading.answers].filter(([key]) => key.startsWith(prefix));
  return {
    box: reading.boxes.get(item.id)?.checked ?? null,
    answers: new Map(answers.map(([key, text]) => [key.slice(prefix.length), text])),
  };
}

const withEntry = (ledger: Ledger, id: string, entry: ItemEntry): Ledger => ({
  ...ledger,
  items: { ...ledger.items, [id]: entry },
});
