import { readGroupRef } from "../domain/merge-group.ts";
import type { Payload } from "./payload.ts";
import { repoOf } from "./repo.ts";
import { type Affected, hint, ignored } from "./result.ts";

/** A group that was destroyed needs no answer. */
export const onMergeGroup = ({ action, repository, merge_group: group }: Payload, why: string): Affected => {
  if (action !== "checks_requested") return ignored("changes-nothing");
  const named = group ? readGroupRef(group.head_ref) : null;
  if (!repository || !group || named === null) return ignored("incomplete");
  return {
    kind: "group",
    repo: repoOf(repository),
    group: { head: group.head_sha, onto: group.base_sha, pull: named.pull, base: named.base },
    hint: hint(why),
  };
};
