import { entryOf } from "./yaml/node.ts";
import { positions } from "./yaml/position.ts";
import { parseYaml } from "./yaml/tree.ts";

/** Line of a key below `checklist`, or of `checklist` itself; 1 where neither can be found. */
export function lineOf(text: string, key: string | null): number {
  const parsed = parseYaml(text);
  const root = parsed.kind === "documents" ? parsed.documents[0] : undefined;
  if (root === undefined) return 1;
  const ours = entryOf(root, "checklist");
  const entry = (key === null ? undefined : entryOf(ours?.value, key)) ?? ours;
  return entry === undefined || entry.key.start < 0 ? 1 : positions(text)(entry.key.start).line;
}
