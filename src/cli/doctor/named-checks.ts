import { nearNames } from "../../domain/checks/near.ts";
import { isNameGlob, workflowPath } from "../../domain/checks/select.ts";
import type { CheckItem, Checklist, DeploymentItem } from "../../domain/config/checklist.ts";
import { namesEnvironment } from "../../domain/deployments/environment.ts";
import { matcher } from "../../domain/glob.ts";
import { attempt, orAbsent } from "../../github/errors.ts";
import { readPages } from "../../github/read/pages.ts";
import { type Diagnosis, fine, problem, unseen, warning } from "./diagnosis.ts";
import type { Patient } from "./patient.ts";

/** Whether the checks, workflows and environments that items name are there. */
export async function diagnoseNamedChecks(patient: Patient, { items }: Checklist): Promise<Diagnosis[]> {
  const checks = items.filter((item): item is CheckItem => item.kind === "check");
  const deployments = items.filter((item): item is DeploymentItem => item.kind === "deployment");
  const [workflows, environments] = await Promise.all([
    checks.some(({ check }) => check.workflow !== undefined) ? readWorkflows(patient) : [],
    deployments.length > 0 ? readEnvironments(patient) : [],
  ]);
  const found = [
    ...checks.flatMap((item) => [...diagnoseWorkflow(item, workflows), ...diagnoseName(item, patient)]),
    ...deployments.flatMap((item) => diagnoseEnvironment(item, environments)),
  ];
  if (found.length > 0 || checks.length + deployments.length === 0) return found;
  return [fine("checks", "Every check, workflow and environment that the items name is there.")];
}

/** Paths; a text says why they cannot be read. */
async function readWorkflows({ octokit, owner, repo }: Patient): Promise<readonly string[] | string> {
  const path = ".github/workflows";
  const reading = await attempt("the workflows", () =>
    orAbsent(() => octokit.rest.repos.getContent({ owner, repo, path })),
  );
  if (!reading.ok) return reading.problem.why;
  const listed = reading.value?.data;
  return Array.isArray(listed) ? listed.map((entry) => entry.path) : [];
}

async function readEnvironments({ octokit, owner, repo }: Patient): Promise<readonly string[] | string> {
  const reading = await attempt("the environments", () =>
    readPages(
      (page) => octokit.rest.repos.getAllEnvironments({ owner, repo, ...page }),
      (data) => data.environments ?? [],
    ),
  );
  return reading.ok ? reading.value.map(({ name }) => name) : reading.problem.why;
}

function diagnoseWorkflow({ id, check }: CheckItem, workflows: readonly string[] | string): Diagnosis[] {
  if (check.workflow === undefined) return [];
  if (typeof workflows === "string")
    return [
      unseen(
        "checks",
        `The workflow ${check.workflow} of the item ${id} cannot be looked for: ${workflows}.`,
      ),
    ];
  const path = workflowPath(check.workflow);
  if (workflows.includes(path)) return [];
  const files = workflows.map((file) => file.replace(/^.*\//, ""));
  return [
    problem(
      "checks",
      `The item ${id} waits for the workflow ${check.workflow}, and the default branch has none of that name.`,
      files.length === 0
        ? "There are no workflows: add it, or change the item."
        : `There are: ${files.join(", ")}.`,
    ),
  ];
}

function diagnoseName({ id, check }: CheckItem, { recent }: Patient): Diagnosis[] {
  const { name } = check;
  if (name === undefined) return [];
  if (recent.problem !== null)
    return [
      unseen("checks", `The check "${name}" of the item ${id} cannot be looked for: ${recent.problem}.`),
    ];
  const names = [...recent.names];
  if (recent.names.has(name) || (isNameGlob(name) && names.some(matcher([name], "name")))) return [];
  const near = nearNames(name, names);
  const where = `on the default branch${recentInWords(recent.pulls.length)}`;
  return [
    warning(
      "checks",
      `The item ${id} waits for the check "${name}", which was never seen ${where}.`,
      near.length === 0
        ? "A run of GitHub Actions is named after its job, not after its workflow."
        : `Seen were: ${near.map((one) => `"${one}"`).join(", ")}.`,
    ),
  ];
}

const recentInWords = (pulls: number): string =>
  pulls === 0
    ? ", and there is no pull request yet"
    : pulls === 1
      ? " or on the only pull request"
      : ` or on the heads of the last ${pulls} pull requests`;

function diagnoseEnvironment(
  { id, deployment }: DeploymentItem,
  environments: readonly string[] | string,
): Diagnosis[] {
  const wanted = deployment.environment;
  if (typeof environments === "string")
    return [
      unseen("checks", `The environment ${wanted} of the item ${id} cannot be looked for: ${environments}.`),
    ];
  if (environments.some((name) => namesEnvironment(wanted, name))) return [];
  return [
    warning(
      "checks",
      `The item ${id} waits for a deployment to ${wanted}, and the repository has no such environment.`,
      environments.length === 0
        ? "It has none yet. An environment appears with the first deployment to it."
        : `There are: ${environments.join(", ")}. Another one appears with the first deployment to it.`,
    ),
  ];
}
