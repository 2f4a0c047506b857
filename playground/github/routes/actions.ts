import { addDeploymentStatus, createDeployment } from "../actions/deployments.ts";
import { notFound, unprocessable } from "../errors.ts";
import { nodeId } from "../json/account.ts";
import { runJson, workflowJson, workflowRunJson } from "../json/check.ts";
import { deploymentJson, deploymentStatusJson } from "../json/deployment.ts";
import { repoPage, repoUrl } from "../json/repo.ts";
import type { Deployment, Repo, WorkflowRun } from "../model.ts";
import { resolveCommit } from "../refs.ts";
import type { RepoCall } from "../router.ts";
import { checkFields, created, ok, page, type Routes, text } from "../routing.ts";

/** GitHub Actions, deployments and environments. */
export function actionRoutes(routes: Routes): void {
  const { world } = routes;
  const read = { needs: [["actions", "read"]] } as const;
  const runOf = (call: RepoCall): WorkflowRun => {
    const run = call.repo.workflowRuns.get(Number(call.params.id));
    if (!run) throw notFound();
    return run;
  };

  const list = (call: RepoCall, path?: string) => {
    const { query, repo } = call;
    const sha = query.get("head_sha");
    const all = sha === null ? [...repo.workflowRuns.values()] : (repo.workflowRunsBySha.get(sha) ?? []);
    const matches = (key: string, value: unknown) => query.get(key) === null || query.get(key) === value;
    const found = all
      .filter((run) => path === undefined || run.workflow.path === path)
      .filter((run) => matches("branch", run.suite.branch) && matches("event", run.event))
      .filter((run) => matches("status", run.status) || matches("status", run.conclusion))
      .filter((run) => matches("check_suite_id", String(run.suite.id)) && matches("actor", run.actor.login));
    return page(call, [...found].reverse(), (run) => workflowRunJson(world, run), "workflow_runs");
  };

  routes.repo("GET", "/actions/runs", read, (call) => list(call));
  routes.repo("GET", "/actions/runs/{id}", read, (call) => ok(workflowRunJson(world, runOf(call))));

  routes.repo("GET", "/actions/runs/{id}/jobs", read, (call) => {
    const run = runOf(call);
    const jobs = new Map(run.suite.runs.map((job) => [job.name, job]));
    return page(
      call,
      [...jobs.values()],
      (job) => ({
        ...runJson(world, job),
        run_id: run.id,
        run_attempt: run.attempt,
        workflow_name: run.workflow.name,
        check_run_url: `${repoUrl(world.urls, call.repo)}/check-runs/${job.id}`,
        steps: [],
      }),
      "jobs",
    );
  });

  routes.repo("GET", "/actions/workflows", read, (call) =>
    page(
      call,
      [...call.repo.workflows.values()],
      (workflow) => workflowJson(world, call.repo, workflow),
      "workflows",
    ),
  );

  const workflowOf = (repo: Repo, name: string) => {
    for (const workflow of repo.workflows.values()) {
      if (String(workflow.id) === name || workflow.path.endsWith(`/${name}`)) return workflow;
    }
    throw notFound();
  };

  routes.repo("GET", "/actions/workflows/{workflow}", read, (call) =>
    ok(workflowJson(world, call.repo, workflowOf(call.repo, call.params.workflow as string))),
  );

  routes.repo("GET", "/actions/workflows/{workflow}/runs", read, (call) =>
    list(call, workflowOf(call.repo, call.params.workflow as string).path),
  );
}

const STATES = ["error", "failure", "inactive", "in_progress", "queued", "pending", "success"];

export function deploymentRoutes(routes: Routes): void {
  const { world } = routes;
  const read = { needs: [["deployments", "read"]] } as const;
  const write = { needs: [["deployments", "write"]], role: "write" } as const;
  const deploymentOf = (call: RepoCall): Deployment => {
    const found = call.repo.deployments.find((one) => one.id === Number(call.params.id));
    if (!found) throw notFound();
    return found;
  };

  routes.repo("GET", "/deployments", read, (call) => {
    const matches = (key: string, value: string) => (call.query.get(key) ?? value) === value;
    const found = call.repo.deployments.filter(
      (one) =>
        matches("sha", one.sha) &&
        matches("ref", one.ref) &&
        matches("environment", one.environment) &&
        matches("task", one.task),
    );
    return page(call, [...found].reverse(), (deployment) => deploymentJson(world, deployment));
  });

  routes.repo("POST", "/deployments", write, (call) => {
    const { body } = call;
    checkFields(
      body,
      {
        ref: "string",
        task: "string",
        auto_merge: "boolean",
        required_contexts: "array",
        payload: "any",
        environment: "string",
        description: "string",
        transient_environment: "boolean",
        production_environment: "boolean",
      },
      ["ref"],
    );
    const ref = text(body, "ref") as string;
    const commit = resolveCommit(call.repo, ref);
    if (!commit) throw unprocessable(`No ref found for: ${ref}`);
    const deployment = createDeployment(
      world,
      call.repo,
      {
        sha: commit.sha,
        ref,
        environment: text(body, "environment") ?? "production",
        task: text(body, "task") ?? "deploy",
        description: text(body, "description") ?? null,
        payload: body.payload ?? {},
      },
      call.actor,
    );
    return created(deploymentJson(world, deployment));
  });

  routes.repo("GET", "/deployments/{id}", read, (call) => ok(deploymentJson(world, deploymentOf(call))));

  routes.repo("GET", "/deployments/{id}/statuses", read, (call) =>
    page(call, [...deploymentOf(call).statuses].reverse(), (status) => deploymentStatusJson(world, status)),
  );

  routes.repo("POST", "/deployments/{id}/statuses", write, (call) => {
    const deployment = deploymentOf(call);
    const { body } = call;
    checkFields(
      body,
      {
        state: "string",
        target_url: "string",
        log_url: "string",
        description: "string",
        environment: "string",
        environment_url: "string",
        auto_inactive: "boolean",
      },
      ["state"],
    );
    const state = text(body, "state") as string;
    if (!STATES.includes(state)) {
      throw unprocessable("Validation Failed", [
        { resource: "DeploymentStatus", field: "state", code: "custom" },
      ]);
    }
    const status = addDeploymentStatus(
      world,
      deployment,
      {
        state,
        description: text(body, "description") ?? "",
        targetUrl: text(body, "target_url") ?? "",
        logUrl: text(body, "log_url") ?? "",
        environment: text(body, "environment") ?? deployment.environment,
      },
      call.actor,
    );
    return created(deploymentStatusJson(world, status));
  });

  routes.repo("GET", "/environments", { needs: [["actions", "read"]] }, (call) =>
    page(
      call,
      [...call.repo.environments.values()],
      ({ id, name, createdAt }) => ({
        id,
        node_id: nodeId("Environment", id),
        name,
        url: `${repoUrl(world.urls, call.repo)}/environments/${encodeURIComponent(name)}`,
        html_url: `${repoPage(world.urls, call.repo)}/deployments/activity_log?environments_filter=${encodeURIComponent(name)}`,
        created_at: createdAt,
        updated_at: createdAt,
        protection_rules: [],
        deployment_branch_policy: null,
      }),
      "environments",
    ),
  );
}
