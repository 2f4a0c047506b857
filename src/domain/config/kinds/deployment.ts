import { globProblem } from "../../glob.ts";
import type { DeploymentItem, ItemBase } from "../checklist.ts";
import { asList, globs, login, oneOrMany, ruled } from "../schema/fields.ts";
import { strict } from "../schema/strict.ts";
import { quoted } from "../words.ts";
import type { Values } from "./kind.ts";

export const environment = ruled((value) => {
  if (value.trim() === "") return "This text is empty";
  // GitHub's own limit for the name of an environment.
  if (value.length > 255) return `This text has ${value.length} characters: at most 255 are allowed`;
  if (value.startsWith("!")) return `The name ${quoted(value)} begins with "!": write "\\!" for a plain one`;
  const problem = globProblem(value, "name");
  return problem === null ? null : `The name ${quoted(value)} ${problem}`;
});

export const shape = {
  deployment: strict({
    environment: environment.describe('Name of an environment, or a glob ("*" also matches "/").'),
    ignore: globs("path")
      .optional()
      .describe("Paths in which the deployed commit may differ from this one. Default: none."),
    by: oneOrMany(login)
      .optional()
      .describe("Logins of people whose deployments count as well as those of apps."),
  })
    .optional()
    .describe("The environment that must run this commit, by its newest deployment."),
};

/** Decided by the newest deployment to an environment. */
export const deployment = {
  key: "deployment" as const,
  shape,
  says: 'is decided by "deployment"',
  resolve(base: ItemBase, raw: Values<typeof shape>): DeploymentItem {
    const { deployment } = raw;
    if (deployment === undefined) throw new Error(`Item ${base.id} has no environment`);
    return {
      ...base,
      kind: "deployment",
      deployment: {
        environment: deployment.environment,
        ignore: deployment.ignore === undefined ? [] : asList(deployment.ignore),
        by: deployment.by === undefined ? [] : asList(deployment.by),
      },
    };
  },
};
