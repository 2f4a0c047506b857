import type { BlockReading } from "../block/reading.ts";
import type { LastAnswer, LastChange, Operation } from "./operation.ts";
import type { PlacedEdit } from "./timeline.ts";

export interface Told {
  /** In the order of the edits. */
  readonly operations: readonly Operation[];
  /** By item. */
  readonly lastChanges: ReadonlyMap<string, LastChange>;
  /** By `item/question`: who changed an answer last, by whatever means. */
  readonly lastAnswers: ReadonlyMap<string, LastAnswer>;
}

/**
 * What the edits did. Only a box or answer that stood there before and after an edit was changed by it: a box that
 * comes with its tick was ticked by nobody, and one that a rewrite took away was unticked by nobody.
 */
export function operationsOf(edits: readonly PlacedEdit[], readBlock: (body: string) => BlockReading): Told {
  const readings = new Map<string, BlockReading>();
  const reading = (body: string): BlockReading => {
    const known = readings.get(body);
    if (known !== undefined) return known;
    const fresh = readBlock(body);
    readings.set(body, fresh);
    return fresh;
  };
  const operations: Operation[] = [];
  const lastChanges = new Map<string, LastChange>();
  const lastAnswers = new Map<string, LastAnswer>();
  for (const edit of edits) {
    const from = reading(edit.from);
    const to = reading(edit.to);
    operations.push(...between(edit, from, to));
    for (const item of new Set([...from.boxes.keys(), ...to.boxes.keys()])) {
      const checked = to.boxes.get(item)?.checked ?? null;
      if ((from.boxes.get(item)?.checked ?? null) === checked) continue;
      lastChanges.set(item, { by: edit.by, at: edit.at, checked });
    }
    for (const key of new Set([...from.answers.keys(), ...to.answers.keys()])) {
      const text = to.answers.get(key) ?? null;
      if ((from.answers.get(key) ?? null) !== text) lastAnswers.set(key, { by: edit.by, text });
    }
  }
  return { operations, lastChanges, lastAnswers };
}

function between(edit: PlacedEdit, from: BlockReading, to: BlockReading): Operation[] {
  const base = { by: edit.by, at: edit.at, head: edit.head, tied: edit.tied };
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
    found.push({ ...base, kind: "answer", item, question, text });
  }
  return found;
}
