import * as z from "zod";
import { parseExtension } from "../extension.ts";
import { reference } from "../kinds/check.ts";
import { kindShapes } from "../kinds/index.ts";
import { templateWindow } from "../kinds/window.ts";
import { globs, id, line, oneOrMany, paragraph, party, ruled } from "./fields.ts";
import { itemLock, keyLock } from "./lock.ts";
import { strict } from "./strict.ts";

export const maxItems = 100;

const extension = ruled((value) => {
  const parsed = parseExtension(value);
  return typeof parsed === "string" ? parsed : null;
});

const phase = z
  .enum(["before-merge", "deploy", "after-deploy"])
  .optional()
  .describe(
    "When the item is due: `before-merge` (default) holds up the merge; `deploy` and `after-deploy` go into a follow-up issue at the merge.",
  );

const condition = strict({
  paths: globs("path").optional().describe("One of these paths is changed by the release."),
  labels: globs("label").optional().describe("The pull request carries one of these labels."),
  base: globs("branch").optional().describe("The pull request goes into one of these branches."),
  migrations: z
    .enum(["risky", "destructive"])
    .optional()
    .describe(
      "The SQL that the release adds is risky (blocks, rewrites, breaks what still runs, or nobody could look), or destructive (data is gone).",
    ),
})
  .check((context) => {
    if (Object.keys(context.value).length > 0 || context.issues.length > 0) return;
    const message =
      'A condition needs "paths", "labels", "base" or "migrations"; without one leave "when" out';
    context.issues.push({ code: "custom", message, input: context.value });
  })
  .meta({ minProperties: 1 })
  .describe("When the item applies. All that are given must match. Without it: always.");

const itemShape = {
  id: id.describe("Known by this in commands and hidden marks: lower-case letters, digits and `-`."),
  title: line(200).optional().describe("What people read. Required, but for changes of a template's item."),
  help: paragraph(2000).optional().describe("More words for those who do it."),
  group: line(200).optional().describe("Title of the group that it stands under."),
  when: condition.optional(),
  required: z.boolean().optional().describe("`false`: shown, but does not block. Default: true."),
  phase,
  remove: z
    .literal(true)
    .optional()
    .describe("Takes the item of this id out, which a template or another file has."),
  locked: itemLock.optional(),
  ...kindShapes,
};

const item = strict(itemShape);

/** Only files are locked: the built-in templates belong to nobody. */
const { locked: _, ...templateItemShape } = itemShape;

const releaseRule = strict({
  base: globs("branch").optional().describe("Branches that it goes into. Default: the default branch."),
  head: globs("branch").optional().describe("Branches that it comes from. The author chooses their names."),
  labels: globs("label")
    .optional()
    .describe("Labels of which it carries one. The author may take them off in time."),
})
  .check((context) => {
    if (Object.keys(context.value).length > 0 || context.issues.length > 0) return;
    const message = 'A rule needs "base", "head" or "labels"';
    context.issues.push({ code: "custom", message, input: context.value });
  })
  .meta({ minProperties: 1 });

const group = strict({
  title: line(200).describe("The heading."),
  expects: line(500).optional().describe("What the group should lead to."),
});

/** What stands under the key `checklist`. */
export const checklistSchema = strict({
  enforcement: z
    .enum(["active", "evaluate"])
    .optional()
    .describe('`active` (default): blocks. `evaluate`: passes and says "Would block: …", for a trial.'),
  locked: keyLock.optional(),
  extends: oneOrMany(extension)
    .optional()
    .describe(
      "Built-in templates and files (`owner/repo:path`) to start from. Items merge by id. Without `extends` and `items`: `default`.",
    ),
  checks: z
    .record(z.string(), reference)
    .optional()
    .describe("Fills a template's named slots. A slot left open becomes a manual item."),
  release: z
    .array(releaseRule)
    .min(1)
    .max(50)
    .optional()
    .describe("A pull request is a release when any rule matches; in a rule all keys must match."),
  range: z
    .enum(["base", "last-release", "auto"])
    .optional()
    .describe("What the release brings: from the base, from the last release, or `auto` (default)."),
  may: strict({
    override: oneOrMany(party).optional().describe('Who may open the whole gate. Default: "role:admin".'),
    waive: oneOrMany(party).optional().describe("Who may set an item aside. Default: as `override`."),
  })
    .optional()
    .describe("Rights beyond signing."),
  "request-signers": z
    .boolean()
    .optional()
    .describe("Ask once, in one comment, those who still owe a signature. Default: false."),
  "freeze-base": z
    .boolean()
    .optional()
    .describe(
      "Block other pull requests into the base while a ready release into it is open. Default: false.",
    ),
  groups: z.array(group).min(1).max(50).optional().describe("Headings, in order."),
  items: z.array(item).min(1).max(maxItems).optional().describe("The items, in order."),
});

/** A template: a checklist whose checks may be slots that each repository fills, and whose windows await a time zone. */
export const templateSchema = strict({
  description: line(300).describe("What it is for."),
  slots: z.record(id, line(300)).optional().describe("Slots that `checks` fills, with what belongs there."),
  groups: z.array(group).min(1).max(50).optional(),
  items: z
    .array(
      strict({
        ...templateItemShape,
        check: z.union([strict({ slot: id }), reference]).optional(),
        window: templateWindow.optional(),
      }),
    )
    .min(1)
    .max(maxItems),
});

export type RawChecklist = z.infer<typeof checklistSchema>;
export type RawItem = z.infer<typeof item>;
export type RawGroup = z.infer<typeof group>;
export type RawTemplate = z.infer<typeof templateSchema>;
export type RawTemplateItem = RawTemplate["items"][number];
export type RawCheck = z.infer<typeof reference>;
