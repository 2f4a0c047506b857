import { teamsThatOwnAll } from "./codeowners.ts";
import { findMigrations } from "./migrations.ts";
import type { CheckFound, Repository, Shape, StagingFound } from "./shape.ts";
import { readWorkflow, type Workflow } from "./workflow.ts";

/** What can be told of a repository by what lies in it. */
export function recognise(repository: Repository): Shape {
  const workflows = [...repository.workflows]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([path, text]) => readWorkflow(path, text) ?? []);
  const { defaultBranch, codeowners, owner, organisation } = repository;
  const e2e = findCheck(workflows, endToEnd);
  const migrationCheck = findCheck(workflows, migration);
  return {
    defaultBranch,
    tool: toolOf(repository, workflows),
    releaseBase: releaseBaseOf(repository),
    ci: ciOf(workflows, repository),
    e2e,
    migrationCheck,
    migrations: findMigrations(repository.paths),
    staging: stagingOf(repository, workflows),
    owners: codeowners === null ? [] : teamsThatOwnAll(codeowners, owner),
    organisation,
  };
}

const endToEnd = /e2e|end[-_ ]?to[-_ ]?end|playwright|cypress/i;
const migration = /migrat/i;
const continuous = /^(ci|build|tests?|checks?|verify|main|pipeline|continuous[-_ ]integration)\b/i;
/** They run on pull requests and are no proof that the code works. */
const besides =
  /deploy|release|label|stale|codeql|dependabot|changeset|docs?\b|pages|welcome|triage|lint-pr|semantic/i;

function toolOf({ paths }: Repository, workflows: readonly Workflow[]): Shape["tool"] {
  const uses = (action: string) => workflows.some((workflow) => workflow.uses.includes(action));
  const has = (...files: readonly string[]) => files.some((file) => paths.includes(file));
  if (
    has("release-please-config.json", ".release-please-manifest.json", ".github/release-please.yml") ||
    uses("googleapis/release-please-action") ||
    uses("google-github-actions/release-please-action")
  )
    return "release-please";
  return has(".changeset/config.json") || uses("changesets/action") ? "changesets" : null;
}

/** Branches of their own for what is in production; in GitFlow everything that goes into `main` is a release. */
function releaseBaseOf({ branches, defaultBranch }: Repository): string | null {
  const own = ["production", "prod", "live", "stable"].find((name) => branches.includes(name));
  if (own !== undefined) return own;
  const develops = ["develop", "development"].some((name) => branches.includes(name));
  if (!develops) return null;
  const main = ["main", "master"].find((name) => branches.includes(name) || name === defaultBranch);
  return main ?? null;
}

function ciOf(workflows: readonly Workflow[], { requiredChecks }: Repository): CheckFound | null {
  const onReleases = workflows.filter((workflow) => workflow.onReleases);
  const fitting = onReleases.filter(
    ({ file, name }) => !besides.test(file) && !endToEnd.test(file) && !besides.test(name),
  );
  const required = fitting.find(({ jobs }) => jobs.some(({ check }) => requiredChecks.includes(check)));
  const found =
    required ??
    fitting.find(({ file, name }) => continuous.test(file) || continuous.test(name)) ??
    fitting[0];
  if (found !== undefined) return { workflow: found.file, where: `.github/workflows/${found.file}` };
  const [first] = requiredChecks.filter((name) => !name.startsWith("Release checklist: "));
  return first === undefined ? null : { name: first, where: "the checks that are required already" };
}

/** A workflow that is only about it, or else a job. */
function findCheck(workflows: readonly Workflow[], about: RegExp): CheckFound | null {
  const onReleases = workflows.filter((workflow) => workflow.onReleases);
  const whole = onReleases.find(({ file, name }) => about.test(file) || about.test(name));
  if (whole !== undefined) return { workflow: whole.file, where: `.github/workflows/${whole.file}` };
  for (const { file, jobs } of onReleases) {
    const job = jobs.find(({ check }) => about.test(check));
    if (job !== undefined) return { name: job.check, where: `a job of .github/workflows/${file}` };
  }
  return null;
}

const stagingNames = /^(staging|stage|stg|pre-?prod(uction)?|uat|qa|acceptance)$/i;

function stagingOf({ environments }: Repository, workflows: readonly Workflow[]): StagingFound | null {
  const deploys = (environment: string) =>
    workflows.some(
      ({ onReleases, jobs }) => onReleases && jobs.some((job) => job.environment === environment),
    );
  const named = workflows.flatMap(({ jobs }) => jobs.flatMap((job) => job.environment ?? []));
  const environment = [...environments, ...named].find((name) => stagingNames.test(name));
  return environment === undefined ? null : { environment, beforeMerge: deploys(environment) };
}
