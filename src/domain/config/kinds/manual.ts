import * as z from "zod";
import type { ItemBase, ManualItem } from "../checklist.ts";
import { asList, globs, id, line } from "../schema/fields.ts";
import { signerRule, signers } from "../signers.ts";
import type { Values } from "./kind.ts";

const maxQuestions = 20;

export const shape = {
  questions: z
    .record(id, line(300))
    .check((context) => {
      const count = Object.keys(context.value).length;
      if (count > 0 && count <= maxQuestions) return;
      const message =
        count === 0
          ? "There is no question here"
          : `${count} questions are too many: at most ${maxQuestions}`;
      context.issues.push({ code: "custom", message, input: context.value });
    })
    .optional()
    .describe("Questions by id. Every one must be answered before the sign-off counts."),
  lists: z
    .literal("scope")
    .optional()
    .describe("`scope`: the check lists what is in the release, for whoever signs the item."),
  signers: signers.optional(),
  "dismiss-stale": z
    .union([z.boolean(), globs("path")])
    .optional()
    .describe(
      "When a new head ends the sign-off: `true` for any change, `false` for none, paths for a change of these. " +
        "Default: false, but true for pull requests that a bot keeps rebuilding.",
    ),
};

/** A person signs it off: the kind of an item that names no other. */
export const manual = {
  key: null,
  shape,
  says: "is signed off by people",
  resolve(base: ItemBase, raw: Values<typeof shape>): ManualItem {
    const stale = raw["dismiss-stale"];
    return {
      ...base,
      kind: "manual",
      questions: Object.entries(raw.questions ?? {}).map(([key, text]) => ({ id: key, text: text.trim() })),
      ...(raw.lists === undefined ? {} : { lists: raw.lists }),
      signers: signerRule(raw.signers),
      dismissStale: stale === undefined ? "default" : typeof stale === "boolean" ? stale : asList(stale),
    };
  },
};
