import { workflowJson, workflowRunJson } from "../json/check.ts";
import type { Actor, App, CheckRun, Repo, Workflow, WorkflowRun } from "../model.ts";
import type { World } from "../world.ts";
import { addTo, createRun, createSuite, refreshSuite, updateRun, worst } from "./checks.ts";

/** Runs of GitHub Actions: each has a suite of its own, and one check run for each job that has started. */

function workflowOf(world: World, repo: Repo, path: string, name: string): Workflow {
  const known = repo.workflows.get(path);
  if (known) return known;
  const workflow = { id: world.id(), name, path, createdAt: world.now() };
  repo.workflows.set(path, workflow);
  return workflow;
}

const emitWorkflow = (world: World, run: WorkflowRun, action: string, by: Actor): void =>
  world.emit({
    event: "workflow_run",
    action,
    repo: run.repo,
    sender: by.account,
    payload: () => ({
      workflow_run: workflowRunJson(world, run),
      workflow: workflowJson(world, run.repo, run.workflow),
    }),
  });

export interface WorkflowRunFields {
  path: string;
  name?: string;
  sha: string;
  branch?: string;
  event?: string;
  headRepo?: Repo;
}

export function startWorkflow(
  world: World,
  repo: Repo,
  actions: App,
  fields: WorkflowRunFields,
  by: Actor,
): WorkflowRun {
  const now = world.now();
  const name = fields.name ?? fields.path.replace(/^.*\//, "").replace(/\.ya?ml$/, "");
  const suite = createSuite(world, repo, actions, fields.sha, fields.branch);
  if (fields.headRepo && fields.headRepo !== repo) suite.branch = fields.branch ?? null;
  const run: WorkflowRun = {
    id: world.id(),
    repo,
    workflow: workflowOf(world, repo, fields.path, name),
    suite,
    number: repo.workflowRuns.size + 1,
    attempt: 1,
    event: fields.event ?? "pull_request",
    status: "queued",
    conclusion: null,
    actor: by.account,
    headRepo: fields.headRepo ?? repo,
    createdAt: now,
    startedAt: now,
    updatedAt: now,
  };
  suite.workflowRun = run;
  repo.workflowRuns.set(run.id, run);
  addTo(repo.workflowRunsBySha, fields.sha, run);
  emitWorkflow(world, run, "requested", by);
  return run;
}

function begin(world: World, run: WorkflowRun, by: Actor): void {
  if (run.status === "in_progress") return;
  run.status = "in_progress";
  run.updatedAt = world.now();
  refreshSuite(world, run.suite, by);
  emitWorkflow(world, run, "in_progress", by);
}

/** A job appears as a check run of its own name when it is queued, and not before. */
export function startJob(
  world: World,
  run: WorkflowRun,
  name: string,
  by: Actor,
  status = "in_progress",
): CheckRun {
  if (status === "in_progress") begin(world, run, by);
  return createRun(
    world,
    run.repo,
    run.suite.app,
    { name, sha: run.suite.sha, suite: run.suite, status },
    by,
  );
}

export function completeJob(
  world: World,
  run: WorkflowRun,
  job: CheckRun,
  conclusion: string,
  by: Actor,
): void {
  begin(world, run, by);
  updateRun(world, job, { conclusion }, by);
}

/** Ends the run; without a conclusion, the jobs of this attempt decide. */
export function completeWorkflow(
  world: World,
  run: WorkflowRun,
  conclusion: string | undefined,
  by: Actor,
): void {
  const jobs = new Map(run.suite.runs.map((job) => [job.name, job]));
  run.status = "completed";
  run.conclusion = conclusion ?? worst([...jobs.values()].map((job) => job.conclusion)) ?? "success";
  run.updatedAt = world.now();
  refreshSuite(world, run.suite, by);
  emitWorkflow(world, run, "completed", by);
}

/** The same run and suite again, one attempt later; its jobs are new check runs. */
export function rerunWorkflow(world: World, run: WorkflowRun, by: Actor): void {
  run.attempt += 1;
  run.status = "queued";
  run.conclusion = null;
  run.startedAt = world.now();
  run.updatedAt = run.startedAt;
  run.actor = by.account;
  refreshSuite(world, run.suite, by);
  emitWorkflow(world, run, "requested", by);
}
