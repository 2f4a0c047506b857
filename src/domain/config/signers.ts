import * as z from "zod";
import type { SignerRule } from "./checklist.ts";
import { party as parseAccepted } from "./party.ts";
import { asList, oneOrMany, party } from "./schema/fields.ts";
import { strict } from "./schema/strict.ts";

export const signers = strict({
  from: oneOrMany(party)
    .optional()
    .describe(
      'Who may sign: logins, "@org/team", "role:admin", "role:maintain", "role:write". Default: "role:write".',
    ),
  not: oneOrMany(z.enum(["author", "contributors"]))
    .optional()
    .describe(
      "Who may not sign although `from` names them: `author` of the pull request, `contributors` (all commit authors).",
    ),
  count: z.int().min(1).max(100).optional().describe("How many different people must sign. Default: 1."),
}).describe("Who may sign the item off.");

export function signerRule(raw: z.infer<typeof signers> | undefined): SignerRule {
  return {
    from: raw?.from === undefined ? [{ type: "role", role: "write" }] : asList(raw.from).map(parseAccepted),
    not: raw?.not === undefined ? [] : [...new Set(asList(raw.not))],
    count: raw?.count ?? 1,
  };
}
