import { botOf } from "../access.ts";
import { type RunFields, requestAction, rerequestRun, rerequestSuite, updateRun } from "../actions/checks.ts";
import { addDeploymentStatus, type DeploymentStatusFields } from "../actions/deployments.ts";
import { completeJob, completeWorkflow, rerunWorkflow, startJob } from "../actions/workflows.ts";
import { Refused } from "../errors.ts";
import type { CheckRun, CheckSuite, Deployment, WorkflowRun } from "../model.ts";
import type { World } from "../world.ts";
import { type By, demand, resolveBy } from "./by.ts";

/** A check run, as the app that made it and the people before it handle it. */
export class CheckRunHandle {
  readonly record: CheckRun;
  readonly #world: World;

  constructor(world: World, record: CheckRun) {
    this.#world = world;
    this.record = record;
  }

  get id(): number {
    return this.record.id;
  }

  get status(): string {
    return this.record.status;
  }

  get conclusion(): string | null {
    return this.record.conclusion;
  }

  start(): this {
    return this.update({ status: "in_progress" });
  }

  complete(conclusion: string): this {
    return this.update({ conclusion });
  }

  update(fields: Partial<RunFields>): this {
    updateRun(this.#world, this.record, fields, botOf(this.record.app));
    return this;
  }

  /** Presses one of the buttons that the app put beside its check. Takes write access. */
  requestAction(identifier: string, { by }: { by: By }): void {
    const actor = resolveBy(this.#world, by);
    demand(this.record.repo, actor, "write", "press a button of a check");
    if (!this.record.actions.some((action) => action.identifier === identifier)) {
      throw new Refused(`The check ${this.record.name} has no button ${identifier}`);
    }
    requestAction(this.#world, this.record, identifier, actor);
  }

  /** Presses "Re-run". Takes write access. */
  rerequest({ by }: { by: By }): void {
    const actor = resolveBy(this.#world, by);
    demand(this.record.repo, actor, "write", "run a check again");
    rerequestRun(this.#world, this.record, actor);
  }

  get suite(): CheckSuite {
    return this.record.suite;
  }
}

export class SuiteHandle {
  readonly record: CheckSuite;
  readonly #world: World;

  constructor(world: World, record: CheckSuite) {
    this.#world = world;
    this.record = record;
  }

  get id(): number {
    return this.record.id;
  }

  get status(): string {
    return this.record.status;
  }

  get conclusion(): string | null {
    return this.record.conclusion;
  }

  rerequest({ by }: { by: By }): void {
    const actor = resolveBy(this.#world, by);
    demand(this.record.repo, actor, "write", "run checks again");
    rerequestSuite(this.#world, this.record, actor);
  }
}

/** A run of a GitHub Actions workflow. */
export class WorkflowRunHandle {
  readonly record: WorkflowRun;
  readonly #world: World;

  constructor(world: World, record: WorkflowRun) {
    this.#world = world;
    this.record = record;
  }

  get id(): number {
    return this.record.id;
  }

  get status(): string {
    return this.record.status;
  }

  get conclusion(): string | null {
    return this.record.conclusion;
  }

  #bot() {
    return botOf(this.record.suite.app);
  }

  /** Starts a job, which gives it a check run of this name. */
  job(name: string, status: "queued" | "in_progress" = "in_progress"): CheckRunHandle {
    return new CheckRunHandle(this.#world, startJob(this.#world, this.record, name, this.#bot(), status));
  }

  /** Ends a job; one that has not started yet starts first, unless it was skipped. */
  completeJob(name: string, conclusion: string): CheckRunHandle {
    const known = this.record.suite.runs.findLast((run) => run.name === name && run.status !== "completed");
    const run = known ?? startJob(this.#world, this.record, name, this.#bot());
    completeJob(this.#world, this.record, run, conclusion, this.#bot());
    return new CheckRunHandle(this.#world, run);
  }

  /** Ends the run; without a conclusion, its jobs decide. */
  complete(conclusion?: string): this {
    completeWorkflow(this.#world, this.record, conclusion, this.#bot());
    return this;
  }

  /** Another attempt of the same run. */
  rerun({ by }: { by: By }): this {
    rerunWorkflow(this.#world, this.record, resolveBy(this.#world, by));
    return this;
  }
}

export class DeploymentHandle {
  readonly record: Deployment;
  readonly #world: World;

  constructor(world: World, record: Deployment) {
    this.#world = world;
    this.record = record;
  }

  get id(): number {
    return this.record.id;
  }

  status(state: string, fields: Omit<DeploymentStatusFields, "state"> & { by?: By } = {}): this {
    const { by, ...more } = fields;
    const { app, creator } = this.record;
    addDeploymentStatus(
      this.#world,
      this.record,
      { state, ...more },
      resolveBy(this.#world, by ?? app ?? creator),
    );
    return this;
  }
}
