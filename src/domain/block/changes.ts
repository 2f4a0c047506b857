import { readBlock } from "./read.ts";
import type { IsOurs } from "./region.ts";

/** What an edit did to one box or answer. */
export type BoxChange =
  | {
      readonly kind: "ticked" | "unticked";
      readonly item: string;
      /** The short SHA that the box stood for, or null. */
      readonly sha: string | null;
    }
  | { readonly kind: "answered"; readonly item: string; readonly question: string; readonly text: string };

/**
 * Boxes and answers that differ between two descriptions, in the order of the second. Only what stood in both
 * counts. When a copy of the block came or went, nobody can tell which box stood there before: then nothing does.
 */
export function changedBoxes(from: string, to: string, isOurs: IsOurs): BoxChange[] {
  const [before, after] = [readBlock(from, isOurs), readBlock(to, isOurs)];
  if (before.copies !== after.copies) return [];
  const changes: BoxChange[] = [];
  for (const [item, { checked, sha }] of after.boxes) {
    const old = before.boxes.get(item);
    if (old !== undefined && old.checked !== checked) {
      changes.push({ kind: checked ? "ticked" : "unticked", item, sha });
    }
  }
  for (const [key, text] of after.answers) {
    const [item = "", question = ""] = key.split("/");
    const old = before.answers.get(key);
    if (old !== undefined && old !== text) changes.push({ kind: "answered", item, question, text });
  }
  return changes;
}
