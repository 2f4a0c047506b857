import type { BlockReading } from "../block/reading.ts";
import { hash } from "../hash.ts";
import type { LastChange, Operation } from "./operation.ts";
import type { PlacedEdit } from "./timeline.ts";

export interface Told {
  /** In the order of the edits. */
  readonly operations: readonly Operation[];
  /** By item: the newest change of what its box shows, by whatever means. */
  readonly lastChanges: ReadonlyMap<string, LastChange>;
}

/**
 * What the edits did. Only a box or answer that stood there before and after an edit was changed by it: a box that
 * comes with its tick was ticked by nobody, and one that a rewrite took away was unticked by nobody.
 */
export function operationsOf(edits: readonly PlacedEdit[], read: ReadBlock): Told {
  const operations: Operation[] = [];
  const lastChanges = new Map<string, LastChange>();
  for (const edit of edits) {
    const from = read(edit.from);
    const to = read(edit.to);
    operations.push(...between(edit, from, to));
    for (const item of new Set([...from.boxes.keys(), ...to.boxes.keys()])) {
      const checked = to.boxes.get(item)?.checked ?? null;
      if ((from.boxes.get(item)?.checked ?? null) === checked) continue;
      lastChanges.set(item, { by: edit.by, at: edit.at, checked });
    }
  }
  return { operations, lastChanges };
}

export type ReadBlock = (body: string) => BlockReading;

/** Reads every text once. */
export function remembering(readBlock: ReadBlock): ReadBlock {
  const readings = new Map<string, BlockReading>();
  return (body) => {
    const known = readings.get(body);
    if (known !== undefined) return known;
    const fresh = readBlock(body);
    readings.set(body, fresh);
    return fresh;
  };
}

function between(edit: PlacedEdit, from: BlockReading, to: BlockReading): Operation[] {
  const base = { by: edit.by, at: edit.at, head: edit.head, tied: edit.tied, since: edit.since ?? false };
  const found: Operation[] = [];
  for (const [item, box] of to.boxes) {
    const before = from.boxes.get(item);
    if (before === undefined || before.checked === box.checked) continue;
    found.push({ ...base, kind: box.checked ? "tick" : "untick", item, sha: box.sha, via: "box" });
  }
  for (const [key, text] of to.answers) {
    const before = from.answers.get(key);
    if (before === undefined || before === text) continue;
    const [item = "", question = ""] = key.split("/");
    found.push({ ...base, kind: "answer", item, question, text, was: hash(before), via: "box" });
  }
  return found;
}
