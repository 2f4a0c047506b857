import type { ItemBase, TagItem } from "../checklist.ts";
import { asList, globs } from "../schema/fields.ts";
import type { Values } from "./kind.ts";

export const shape = {
  tag: globs("name")
    .optional()
    .describe("After the merge: a tag of such a name must point at the merge commit, or contain it."),
};

/** Decided by a tag that holds what was merged. */
export const tag = {
  key: "tag" as const,
  shape,
  says: 'is decided by "tag"',
  resolve(base: ItemBase, raw: Values<typeof shape>): TagItem {
    if (raw.tag === undefined) throw new Error(`Item ${base.id} has no tag`);
    return { ...base, kind: "tag", tag: asList(raw.tag) };
  },
};
