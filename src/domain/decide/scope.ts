import type { Checklist, Item } from "../config/checklist.ts";
import { type Read, read } from "../problem.ts";
import { type Contents, contentsOf } from "../scope/contents.ts";
import type { RangeFacts } from "../scope/facts.ts";
import { rangeOf } from "../scope/range.ts";
import type { FileList, Snapshot } from "../snapshot.ts";
import type { Needs } from "./circumstances.ts";

/** What is in the release, where an item asks for it; null: none does, or it is not read yet. */
export function scopeOf(
  checklist: Checklist,
  applying: readonly Item[],
  snapshot: Snapshot,
  needs: Needs,
): Read<Contents> | null {
  if (!applying.some((item) => item.kind === "manual" && item.lists === "scope")) return null;
  const range = releaseRange(checklist, snapshot, needs);
  if (range === null || !range.ok) return range;
  const { scope, pull } = snapshot;
  if (scope === null) {
    needs.add({ kind: "scope" });
    return null;
  }
  return scope.ok ? read(contentsOf(range.value, scope.value, pull)) : scope;
}

/**
 * The files that the release changes; null: not read yet. Those of the pull request are always among them: whoever
 * may push can publish a release of its head, which leaves nothing of the range.
 */
export function changedFiles(checklist: Checklist, snapshot: Snapshot, needs: Needs): Read<FileList> | null {
  if (snapshot.files === null) needs.add({ kind: "files" });
  if (rangeOf(checklist.range, snapshot.pull) === "base") return snapshot.files;
  const range = releaseRange(checklist, snapshot, needs);
  if (range === null || snapshot.files === null) return null;
  if (!range.ok) return range;
  if (!snapshot.files.ok) return snapshot.files;
  const [own, since] = [snapshot.files.value, range.value.files];
  return read({
    paths: [...new Set([...own.paths, ...since.paths])],
    complete: own.complete && since.complete,
  });
}

function releaseRange(checklist: Checklist, snapshot: Snapshot, needs: Needs): Read<RangeFacts> | null {
  const from = rangeOf(checklist.range, snapshot.pull);
  if (snapshot.range?.from === from) return snapshot.range.facts;
  needs.add({ kind: "range", from });
  return null;
}
