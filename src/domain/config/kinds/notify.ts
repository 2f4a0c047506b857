import * as z from "zod";
import type { ItemBase, NotifyItem, Recipient } from "../checklist.ts";
import { asList, oneOrMany, ruled } from "../schema/fields.ts";
import { strict } from "../schema/strict.ts";
import { signerRule, signers } from "../signers.ts";
import { quoted } from "../words.ts";
import type { Values } from "./kind.ts";

const mention = /^@[a-z\d][a-z\d_-]*(?:\/[a-z\d][a-z\d_-]*)?$/i;
const target = /^[a-z\d][a-z\d._-]{0,99}$/i;

const recipient = ruled((value) =>
  mention.test(value) || target.test(value)
    ? null
    : `${quoted(value)} is no recipient: write the name of a target that the server knows, "@org/team" or "@login"`,
);

export const shape = {
  notify: strict({
    to: oneOrMany(recipient)
      .optional()
      .describe("Names of targets that the server knows, or mentions. Without it: a plain comment."),
    post: z
      .enum(["on-tick", "when-ready"])
      .optional()
      .describe(
        "`on-tick` (default): when a signer has read the preview and ticks. `when-ready`: when all other items are done.",
      ),
  })
    .optional()
    .describe("Announces the release, and is done when it was sent."),
  signers: signers.optional(),
};

/** Done when the announcement was sent. */
export const notify = {
  key: "notify" as const,
  shape,
  says: 'announces with "notify"',
  resolve(base: ItemBase, raw: Values<typeof shape>): NotifyItem {
    const to = raw.notify?.to;
    return {
      ...base,
      kind: "notify",
      to: to === undefined ? [{ type: "comment" }] : [...new Set(asList(to))].map(recipientOf),
      post: raw.notify?.post ?? "on-tick",
      signers: signerRule(raw.signers),
    };
  },
};

/** A mention keeps its `@`: `@acme/support`. */
function recipientOf(text: string): Recipient {
  return text.startsWith("@") ? { type: "mention", name: text } : { type: "target", name: text };
}
