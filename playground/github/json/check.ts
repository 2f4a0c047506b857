import type { CheckRun, CheckSuite, Json, Status, Workflow, WorkflowRun } from "../model.ts";
import { branchesAt } from "../refs.ts";
import type { World } from "../world.ts";
import { appJson, nodeId, userJson } from "./account.ts";
import { commitJson, headCommitJson } from "./commit.ts";
import { pullReferences } from "./pull.ts";
import { repoJson, repoPage, repoStub, repoUrl } from "./repo.ts";

function suiteCore(world: World, suite: CheckSuite): Json {
  return {
    id: suite.id,
    node_id: nodeId("CheckSuite", suite.id),
    head_branch: suite.branch,
    head_sha: suite.sha,
    status: suite.status,
    conclusion: suite.conclusion,
    url: `${repoUrl(world.urls, suite.repo)}/check-suites/${suite.id}`,
    before: suite.before,
    after: suite.sha,
    pull_requests: pullReferences(world, suite.repo, suite.sha),
    app: appJson(world.urls, suite.app),
    created_at: suite.createdAt,
    updated_at: suite.updatedAt,
  };
}

export function suiteJson(world: World, suite: CheckSuite): Json {
  const commit = suite.repo.objects.commits.get(suite.sha);
  return {
    ...suiteCore(world, suite),
    rerequestable: true,
    runs_rerequestable: true,
    latest_check_runs_count: new Set(suite.runs.map((run) => run.name)).size,
    check_runs_url: `${repoUrl(world.urls, suite.repo)}/check-suites/${suite.id}/check-runs`,
    head_commit: commit ? headCommitJson(commit) : null,
  };
}

function runCore(world: World, run: CheckRun): Json {
  const url = `${repoUrl(world.urls, run.repo)}/check-runs/${run.id}`;
  const page = `${repoPage(world.urls, run.repo)}/runs/${run.id}`;
  return {
    id: run.id,
    name: run.name,
    node_id: nodeId("CheckRun", run.id),
    head_sha: run.sha,
    external_id: run.externalId,
    url,
    html_url: page,
    details_url: run.detailsUrl ?? page,
    status: run.status,
    conclusion: run.conclusion,
    started_at: run.startedAt,
    completed_at: run.completedAt,
    output: {
      ...run.output,
      annotations_count: run.annotations.length,
      annotations_url: `${url}/annotations`,
    },
    app: appJson(world.urls, run.app),
    pull_requests: pullReferences(world, run.repo, run.sha),
  };
}

/** A check run as REST answers it. */
export const runJson = (world: World, run: CheckRun): Json => ({
  ...runCore(world, run),
  check_suite: { id: run.suite.id },
});

/** A check run as its events carry it, with the suite spelled out. */
export const runEventJson = (world: World, run: CheckRun): Json => ({
  ...runCore(world, run),
  check_suite: suiteCore(world, run.suite),
});

export function workflowJson(world: World, run: WorkflowRun["repo"], workflow: Workflow): Json {
  const page = repoPage(world.urls, run);
  return {
    id: workflow.id,
    node_id: nodeId("Workflow", workflow.id),
    name: workflow.name,
    path: workflow.path,
    state: "active",
    created_at: workflow.createdAt,
    updated_at: workflow.createdAt,
    url: `${repoUrl(world.urls, run)}/actions/workflows/${workflow.id}`,
    html_url: `${page}/blob/${run.defaultBranch}/${workflow.path}`,
    badge_url: `${page}/workflows/${encodeURIComponent(workflow.name)}/badge.svg`,
  };
}

export function workflowRunJson(world: World, run: WorkflowRun): Json {
  const repository = repoUrl(world.urls, run.repo);
  const url = `${repository}/actions/runs/${run.id}`;
  const { suite, workflow } = run;
  const commit = run.repo.objects.commits.get(suite.sha);
  return {
    id: run.id,
    name: workflow.name,
    node_id: nodeId("WorkflowRun", run.id),
    head_branch: suite.branch,
    head_sha: suite.sha,
    path: workflow.path,
    display_title: commit?.message.split("\n")[0] ?? "",
    run_number: run.number,
    event: run.event,
    status: run.status,
    conclusion: run.conclusion,
    workflow_id: workflow.id,
    check_suite_id: suite.id,
    check_suite_node_id: nodeId("CheckSuite", suite.id),
    url,
    html_url: `${repoPage(world.urls, run.repo)}/actions/runs/${run.id}`,
    pull_requests: pullReferences(world, run.repo, suite.sha),
    created_at: run.createdAt,
    updated_at: run.updatedAt,
    actor: userJson(world.urls, run.actor),
    run_attempt: run.attempt,
    referenced_workflows: [],
    run_started_at: run.startedAt,
    triggering_actor: userJson(world.urls, run.actor),
    jobs_url: `${url}/jobs`,
    logs_url: `${url}/logs`,
    check_suite_url: `${repository}/check-suites/${suite.id}`,
    artifacts_url: `${url}/artifacts`,
    cancel_url: `${url}/cancel`,
    rerun_url: `${url}/rerun`,
    previous_attempt_url: run.attempt > 1 ? `${url}/attempts/${run.attempt - 1}` : null,
    workflow_url: `${repository}/actions/workflows/${workflow.id}`,
    head_commit: commit ? headCommitJson(commit) : null,
    repository: repoJson(world.urls, run.repo),
    head_repository: repoJson(world.urls, run.headRepo),
  };
}

/** A commit status as `GET /commits/{ref}/statuses` lists it. */
export const statusJson = (world: World, status: Status): Json => ({
  url: `${repoUrl(world.urls, status.repo)}/statuses/${status.sha}`,
  avatar_url: `${world.urls.html}/avatars/u/${status.creator.id}?v=4`,
  id: status.id,
  node_id: nodeId("Status", status.id),
  state: status.state,
  description: status.description,
  target_url: status.targetUrl,
  context: status.context,
  created_at: status.createdAt,
  updated_at: status.updatedAt,
  creator: userJson(world.urls, status.creator),
});

/** What the `status` event carries beside repository and sender. */
export function statusEventJson(world: World, status: Status): Json {
  const { repo, sha } = status;
  const commit = repo.objects.commits.get(sha);
  return {
    id: status.id,
    sha,
    name: repoStub(repo).full_name,
    avatar_url: `${world.urls.html}/avatars/u/${status.creator.id}?v=4`,
    target_url: status.targetUrl,
    context: status.context,
    description: status.description,
    state: status.state,
    commit: commit ? commitJson(world, repo, commit) : null,
    branches: branchesAt(repo, sha).map((name) => ({
      name,
      commit: { sha, url: `${repoUrl(world.urls, repo)}/commits/${sha}` },
      protected: false,
    })),
    created_at: status.createdAt,
    updated_at: status.updatedAt,
  };
}
