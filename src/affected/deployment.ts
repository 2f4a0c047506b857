import type { Payload } from "./payload.ts";
import { repoOf } from "./repo.ts";
import { type Affected, hint, ignored } from "./result.ts";

/**
 * What runs in an environment concerns whoever waits for it, whichever commit it is: a new deployment takes the place
 * of the one that was looked at. A status may tell another environment than its deployment did.
 */
export const onDeployment = (
  { deployment, deployment_status: status, repository }: Payload,
  why: string,
): Affected => {
  const environment = status?.environment ?? deployment?.environment;
  if (!repository?.default_branch || !environment) return ignored("incomplete");
  return {
    kind: "environment",
    repo: repoOf(repository),
    defaultBranch: repository.default_branch,
    environment,
    hint: hint(why, { deployedTo: environment }),
  };
};
