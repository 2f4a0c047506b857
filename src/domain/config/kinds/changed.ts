import type { ChangedItem, ItemBase } from "../checklist.ts";
import { asList, globs } from "../schema/fields.ts";
import type { Values } from "./kind.ts";

export const shape = {
  changed: globs("path").optional().describe("Paths of which the pull request must change at least one."),
};

/** Decided by the files that the pull request changes. */
export const changed = {
  key: "changed" as const,
  shape,
  says: 'is decided by "changed"',
  resolve(base: ItemBase, raw: Values<typeof shape>): ChangedItem {
    if (raw.changed === undefined) throw new Error(`Item ${base.id} has no paths`);
    return { ...base, kind: "changed", changed: asList(raw.changed) };
  },
};
