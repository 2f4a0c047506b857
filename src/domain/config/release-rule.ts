import type { ReleaseRule } from "./checklist.ts";
import type { RawChecklist } from "./schema/checklist-schema.ts";
import { asList } from "./schema/fields.ts";

type RawRule = NonNullable<RawChecklist["release"]>[number];

/** One rule as it was written, with every pattern in a list. */
export const releaseRuleOf = ({ base, head, labels }: RawRule): ReleaseRule => ({
  ...(base === undefined ? {} : { base: asList(base) }),
  ...(head === undefined ? {} : { head: asList(head) }),
  ...(labels === undefined ? {} : { labels: asList(labels) }),
});
