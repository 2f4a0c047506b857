import { botOf } from "../access.ts";
import { createRun, createSuite, type RunFields } from "../actions/checks.ts";
import { createDeployment } from "../actions/deployments.ts";
import { createStatus, type StatusFields } from "../actions/statuses.ts";
import { startWorkflow } from "../actions/workflows.ts";
import type { App, CheckSuite } from "../model.ts";
import { type By, demand, resolveBy } from "./by.ts";
import { CheckRunHandle, DeploymentHandle, SuiteHandle, WorkflowRunHandle } from "./checks.ts";
import { CodeHandle } from "./code.ts";

export type CheckRunOptions = Omit<RunFields, "sha" | "suite"> & {
  /** The app that reports it; GitHub Actions when absent. An unknown slug becomes an app. */
  app?: string | App;
  /** Branch, tag or SHA. */
  sha: string;
  suite?: SuiteHandle;
};

/** What CI, deployment tools and other apps report about commits. */
export class ReportsHandle extends CodeHandle {
  /** Reports a check run, as an app does: always a new one. */
  checkRun(options: CheckRunOptions): CheckRunHandle {
    const { app, suite, sha, ...fields } = options;
    const from = this.appFor(app ?? "github-actions");
    const run = { ...fields, sha: this.commit(sha).sha, ...(suite ? { suite: suite.record } : {}) };
    return new CheckRunHandle(this.world, createRun(this.world, this.record, from, run, botOf(from)));
  }

  /** A check suite of its own, for check runs that belong together. */
  checkSuite({ app, sha }: { app?: string | App; sha: string }): SuiteHandle {
    const from = this.appFor(app ?? "github-actions");
    return new SuiteHandle(this.world, createSuite(this.world, this.record, from, this.commit(sha).sha));
  }

  /** The check runs of a commit, oldest first. */
  checkRuns(sha: string, name?: string): CheckRunHandle[] {
    const all = this.record.checkRunsBySha.get(this.commit(sha).sha) ?? [];
    return all
      .filter((run) => name === undefined || run.name === name)
      .map((run) => new CheckRunHandle(this.world, run));
  }

  checkSuites(sha: string): SuiteHandle[] {
    const all: CheckSuite[] = this.record.suitesBySha.get(this.commit(sha).sha) ?? [];
    return all.map((suite) => new SuiteHandle(this.world, suite));
  }

  /**
   * Starts a workflow of GitHub Actions. `jobs` start at once, and end at once where they name a conclusion; with a
   * `conclusion` the run ends too.
   */
  workflowRun(options: {
    path: string;
    name?: string;
    sha: string;
    event?: string;
    by?: By;
    fork?: CodeHandle;
    jobs?: Readonly<Record<string, string | null>>;
    conclusion?: string;
  }): WorkflowRunHandle {
    const actions = this.appFor("github-actions");
    const actor = options.by === undefined ? botOf(actions) : resolveBy(this.world, options.by);
    const run = startWorkflow(
      this.world,
      this.record,
      actions,
      {
        path: options.path,
        sha: this.commit(options.sha).sha,
        ...(options.name === undefined ? {} : { name: options.name }),
        ...(options.event === undefined ? {} : { event: options.event }),
        ...(options.fork ? { headRepo: options.fork.record } : {}),
      },
      actor,
    );
    const handle = new WorkflowRunHandle(this.world, run);
    for (const [name, conclusion] of Object.entries(options.jobs ?? {})) {
      if (conclusion === null) handle.job(name);
      else handle.completeJob(name, conclusion);
    }
    if (options.conclusion !== undefined) handle.complete(options.conclusion);
    return handle;
  }

  /** Reports a commit status. People need write access for it. */
  status({ by, ...fields }: StatusFields & { by: By }): void {
    const actor = resolveBy(this.world, by);
    demand(this.record, actor, "write", "report a status");
    createStatus(this.world, this.record, { ...fields, sha: this.commit(fields.sha).sha }, actor);
  }

  /** Starts a deployment of a branch, tag or SHA. */
  deploy(
    ref: string,
    { environment, by, description }: { environment: string; by: By; description?: string },
  ): DeploymentHandle {
    const actor = resolveBy(this.world, by);
    demand(this.record, actor, "write", "deploy");
    const fields = { sha: this.commit(ref).sha, ref, environment, description: description ?? null };
    return new DeploymentHandle(this.world, createDeployment(this.world, this.record, fields, actor));
  }
}
