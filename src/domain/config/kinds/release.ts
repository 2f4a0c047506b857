import type { ItemBase, ReleaseItem } from "../checklist.ts";
import { asList, globs } from "../schema/fields.ts";
import type { Values } from "./kind.ts";

export const shape = {
  release: globs("name")
    .optional()
    .describe(
      "After the merge: a GitHub release with a tag of such a name, which holds what was merged, must be published.",
    ),
};

/** Decided by a published release of GitHub that holds what was merged. */
export const release = {
  key: "release" as const,
  shape,
  says: 'is decided by "release"',
  resolve(base: ItemBase, raw: Values<typeof shape>): ReleaseItem {
    if (raw.release === undefined) throw new Error(`Item ${base.id} has no release`);
    return { ...base, kind: "release", release: asList(raw.release) };
  },
};
