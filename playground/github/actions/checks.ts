import type { Commit } from "../git.ts";
import { runEventJson, suiteJson } from "../json/check.ts";
import type { Actor, Annotation, App, CheckRun, CheckSuite, Repo } from "../model.ts";
import { allows } from "../permissions.ts";
import { branchesAt } from "../refs.ts";
import { covers, type World } from "../world.ts";

/** Check suites and runs, and how the state of a suite follows from its runs. */

export function addTo<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

/** The branch that GitHub names for a commit: none when it came from a fork. */
function branchOf(repo: Repo, sha: string): string | null {
  for (const pull of repo.openPullsBySha.get(sha) ?? []) if (pull.headRepo === repo) return pull.headRef;
  return branchesAt(repo, sha)[0] ?? null;
}

export function createSuite(
  world: World,
  repo: Repo,
  app: App,
  sha: string,
  branch?: string,
  before?: string,
) {
  const now = world.now();
  const suite: CheckSuite = {
    id: world.id(),
    repo,
    app,
    sha,
    branch: branch ?? branchOf(repo, sha),
    before: before ?? repo.objects.commits.get(sha)?.parents[0]?.sha ?? null,
    status: "queued",
    conclusion: null,
    runs: [],
    createdAt: now,
    updatedAt: now,
  };
  repo.suites.set(suite.id, suite);
  addTo(repo.suitesBySha, sha, suite);
  return suite;
}

export const emitSuite = (world: World, suite: CheckSuite, action: string, by: Actor): void =>
  world.emit({
    event: "check_suite",
    action,
    repo: suite.repo,
    sender: by.account,
    only: action === "completed" ? undefined : suite.app,
    payload: () => ({ check_suite: suiteJson(world, suite) }),
  });

/** A pushed head gets a suite of every app that writes checks; only that app is told. */
export function requestSuites(
  world: World,
  repo: Repo,
  head: Commit,
  branch: string,
  before: Commit | undefined,
  by: Actor,
) {
  for (const installation of world.installations.values()) {
    const { app } = installation;
    if (!app.autoSuites || !covers(installation, repo)) continue;
    if (!allows(installation.permissions, "checks", "write")) continue;
    if (repo.suitesBySha.get(head.sha)?.some((suite) => suite.app === app)) continue;
    emitSuite(world, createSuite(world, repo, app, head.sha, branch, before?.sha), "requested", by);
  }
}

/** The newest-created run of each name. */
export function newestRuns(runs: readonly CheckRun[]): CheckRun[] {
  const newest = new Map<string, CheckRun>();
  for (const run of runs) {
    const key = `${run.app.id} ${run.suite.id} ${run.name}`;
    const known = newest.get(key);
    if (!known || known.id < run.id) newest.set(key, run);
  }
  return [...newest.values()];
}

const severity = [
  "failure",
  "timed_out",
  "cancelled",
  "action_required",
  "stale",
  "neutral",
  "success",
  "skipped",
];

export function worst(conclusions: ReadonlyArray<string | null>): string | null {
  const found = severity.find((one) => conclusions.includes(one)) ?? null;
  return found === "neutral" && conclusions.includes("success") ? "success" : found;
}

/** Follows the runs; a suite of GitHub Actions follows its workflow run instead, whose later jobs have no run yet. */
export function refreshSuite(world: World, suite: CheckSuite, by: Actor): void {
  const runs = newestRuns(suite.runs);
  const done = runs.length > 0 && runs.every((run) => run.status === "completed");
  const { workflowRun } = suite;
  const was = suite.status;
  if (workflowRun) suite.status = workflowRun.status;
  else
    suite.status = done
      ? "completed"
      : runs.some((run) => run.status !== "queued")
        ? "in_progress"
        : "queued";
  const conclusion = workflowRun ? workflowRun.conclusion : worst(runs.map((run) => run.conclusion));
  suite.conclusion = suite.status === "completed" ? conclusion : null;
  suite.updatedAt = world.now();
  if (suite.status === "completed" && was !== "completed") emitSuite(world, suite, "completed", by);
}

export interface RunFields {
  name: string;
  sha: string;
  status?: string;
  conclusion?: string | undefined;
  externalId?: string;
  detailsUrl?: string;
  startedAt?: string;
  completedAt?: string | undefined;
  output?: {
    title?: string | null;
    summary?: string | null;
    text?: string | null;
    annotations?: Annotation[];
  };
  actions?: CheckRun["actions"];
  suite?: CheckSuite;
}

const MOST_RUNS_OF_A_NAME = 1000;

/** Past a thousand runs of a name in a suite, GitHub deletes the oldest. */
function forgetOldest(repo: Repo, suite: CheckSuite, name: string): void {
  if (suite.runs.length <= MOST_RUNS_OF_A_NAME) return;
  const same = suite.runs.filter((run) => run.name === name);
  for (const run of same.slice(0, Math.max(same.length - MOST_RUNS_OF_A_NAME, 0))) {
    suite.runs = suite.runs.filter((one) => one !== run);
    repo.checkRuns.delete(run.id);
    repo.checkRunsBySha.set(
      run.sha,
      (repo.checkRunsBySha.get(run.sha) ?? []).filter((one) => one !== run),
    );
  }
}

const emitRun = (world: World, run: CheckRun, action: string, by: Actor, identifier?: string): void =>
  world.emit({
    event: "check_run",
    action,
    repo: run.repo,
    sender: by.account,
    only: action === "created" || action === "completed" ? undefined : run.app,
    payload: () => ({
      check_run: runEventJson(world, run),
      ...(identifier === undefined ? {} : { requested_action: { identifier } }),
    }),
  });

/** Always a new run, even with a name, SHA and external id that are taken: GitHub does the same. */
export function createRun(world: World, repo: Repo, app: App, fields: RunFields, by: Actor): CheckRun {
  const now = world.now();
  const status = fields.conclusion === undefined ? (fields.status ?? "queued") : "completed";
  const own = repo.suitesBySha.get(fields.sha)?.find((suite) => suite.app === app && !suite.workflowRun);
  const suite = fields.suite ?? own ?? createSuite(world, repo, app, fields.sha);
  const run: CheckRun = {
    id: world.id(),
    repo,
    app,
    suite,
    name: fields.name,
    sha: fields.sha,
    externalId: fields.externalId ?? "",
    detailsUrl: fields.detailsUrl ?? null,
    status,
    conclusion: fields.conclusion ?? null,
    startedAt: fields.startedAt ?? now,
    completedAt: status === "completed" ? (fields.completedAt ?? now) : null,
    output: {
      title: fields.output?.title ?? null,
      summary: fields.output?.summary ?? null,
      text: fields.output?.text ?? null,
    },
    annotations: [...(fields.output?.annotations ?? [])],
    actions: fields.actions ?? [],
  };
  repo.checkRuns.set(run.id, run);
  addTo(repo.checkRunsBySha, run.sha, run);
  suite.runs.push(run);
  forgetOldest(repo, suite, run.name);
  emitRun(world, run, "created", by);
  if (status === "completed") emitRun(world, run, "completed", by);
  refreshSuite(world, suite, by);
  world.checksChanged(repo, run.sha);
  return run;
}

/** A conclusion changes in place. A completed run stays completed, whatever status is sent without one. */
export function updateRun(world: World, run: CheckRun, fields: Partial<RunFields>, by: Actor): void {
  if (fields.name !== undefined) run.name = fields.name;
  if (fields.detailsUrl !== undefined) run.detailsUrl = fields.detailsUrl;
  if (fields.externalId !== undefined) run.externalId = fields.externalId;
  if (fields.startedAt !== undefined) run.startedAt = fields.startedAt;
  if (fields.actions) run.actions = fields.actions;
  if (fields.output) {
    const { annotations, ...texts } = fields.output;
    run.output = { ...run.output, ...texts };
    run.annotations.push(...(annotations ?? []));
  }
  const concluded = fields.conclusion !== undefined;
  if (fields.conclusion !== undefined) {
    run.status = "completed";
    run.conclusion = fields.conclusion;
    run.completedAt = fields.completedAt ?? world.now();
  } else if (fields.status !== undefined && run.status !== "completed") {
    run.status = fields.status;
  }
  if (concluded) emitRun(world, run, "completed", by);
  refreshSuite(world, run.suite, by);
  if (concluded) world.checksChanged(run.repo, run.sha);
}

/** Somebody pressed a button that the app put beside its check. */
export const requestAction = (world: World, run: CheckRun, identifier: string, by: Actor): void =>
  emitRun(world, run, "requested_action", by, identifier);

export const rerequestRun = (world: World, run: CheckRun, by: Actor): void =>
  emitRun(world, run, "rerequested", by);

export const rerequestSuite = (world: World, suite: CheckSuite, by: Actor): void =>
  emitSuite(world, suite, "rerequested", by);
