import * as z from "zod";
import { globProblem } from "../../glob.ts";
import type { CheckItem, CheckRef, ItemBase } from "../checklist.ts";
import { asList, login, oneOrMany, ruled } from "../schema/fields.ts";
import { strict } from "../schema/strict.ts";
import { quoted } from "../words.ts";
import type { Values } from "./kind.ts";

/** GitHub's conclusions of check runs and workflow runs. */
const conclusions = [
  "success",
  "neutral",
  "skipped",
  "cancelled",
  "failure",
  "timed_out",
  "action_required",
  "stale",
  "startup_failure",
] as const;

const name = ruled((value) => {
  if (/^Release checklist(?:: | config$)/.test(value)) {
    return `${quoted(value)} is the app's own check, which never counts for an item`;
  }
  if (value.startsWith("!")) return `The name ${quoted(value)} begins with "!": write "\\!" for a plain one`;
  const problem = globProblem(value, "name");
  return problem === null ? null : `The name ${quoted(value)} ${problem}`;
});

const workflow = ruled((value) =>
  /^(?:\.github\/workflows\/)?[^/*?[\]\\]+\.ya?ml$/.test(value)
    ? null
    : `${quoted(value)} is no workflow file: write its file name, as in "ci.yml"`,
);

const app = ruled((value) =>
  /^[a-z0-9][a-z0-9-]*$/.test(value)
    ? null
    : `${quoted(value)} is no slug of an app: write it as in the address of the app's page, such as "github-actions"`,
);

const full = strict({
  name: name.optional().describe('Name of a check run or commit status, or a glob ("*" also matches "/").'),
  workflow: workflow
    .optional()
    .describe("File name of a workflow: its whole run must be completed and accepted."),
  app: app.optional().describe("Slug of the app that must have made the run, such as `github-actions`."),
  accept: oneOrMany(z.enum(conclusions))
    .optional()
    .describe(
      "Conclusions that count as green. Default: success only; skipped and neutral count only when named.",
    ),
  by: oneOrMany(login)
    .optional()
    .describe("Logins of people whose commit statuses count as well as those of apps."),
}).check((context) => {
  const { name, workflow } = context.value;
  if (name !== undefined || workflow !== undefined || context.issues.length > 0) return;
  context.issues.push({
    code: "custom",
    message: 'A check needs a "name" or a "workflow"',
    input: context.value,
  });
});

/** `staging-e2e`, or an object with more. */
export const reference = z
  .union([name, full])
  .describe(
    "The check that decides: the name of a check run or commit status, or an object with name or workflow.",
  );

export const shape = { check: reference.optional() };

/** Decided by check runs and commit statuses of the head commit. */
export const check = {
  key: "check" as const,
  shape,
  says: 'is decided by "check"',
  resolve(base: ItemBase, raw: Values<typeof shape>): CheckItem {
    if (raw.check === undefined) throw new Error(`Item ${base.id} has no check`);
    return { ...base, kind: "check", check: checkRef(raw.check) };
  },
};

function checkRef(raw: z.infer<typeof reference>): CheckRef {
  if (typeof raw === "string") return { name: raw, accept: ["success"], by: [] };
  return {
    ...(raw.name === undefined ? {} : { name: raw.name }),
    ...(raw.workflow === undefined ? {} : { workflow: raw.workflow }),
    ...(raw.app === undefined ? {} : { app: raw.app }),
    accept: raw.accept === undefined ? ["success"] : [...new Set(asList(raw.accept))],
    by: raw.by === undefined ? [] : asList(raw.by),
  };
}
