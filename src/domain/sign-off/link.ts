import type { Edit } from "../edit.ts";
import { hash } from "../hash.ts";

/** An edit from one text to another, by their hashes. */
export interface Link {
  /** Login; null: not known. */
  readonly by: string | null;
  readonly from: string;
  readonly to: string;
}

export const linkOf = ({ by, from, to }: Edit): Link => ({
  by: by?.login ?? null,
  from: hash(from),
  to: hash(to),
});

/** Whether edits are known by now that lead from one side of the gap to the other. */
export function isFilled(key: string, links: readonly Link[]): boolean {
  const [start = "", end = ""] = key.split(">");
  const reached = new Set([start]);
  for (let size = 0; size < reached.size; ) {
    size = reached.size;
    for (const link of links) if (reached.has(link.from)) reached.add(link.to);
  }
  return reached.has(end);
}
