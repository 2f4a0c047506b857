import { ownLines } from "../block/identity.ts";
import { readBlock } from "../block/read.ts";
import type { Release } from "../decision.ts";
import type { Snapshot } from "../snapshot.ts";

/** What was decided, as it is true as long as the description is not written: the boxes are as they stand there. */
export function unwritten(release: Release, { pull, own }: Snapshot): Release {
  const before = own.ledger?.items;
  const { boxes } = readBlock(pull.body, ownLines(own.ledger?.lines ?? []));
  const items = Object.entries(release.ledger.items).map(([id, entry]) => {
    const box = boxes.get(id)?.checked ?? before?.[id]?.box ?? null;
    return [id, { ...entry, box }];
  });
  return { ...release, ledger: { ...release.ledger, items: Object.fromEntries(items) } };
}
