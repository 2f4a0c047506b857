import type { Item } from "../../src/domain/config/checklist.ts";
import { readConfig } from "../../src/domain/config/read.ts";
import { builtInTemplates } from "../../src/templates.ts";
import { newestStatuses } from "../github/actions/statuses.ts";
import { WorkflowRunHandle } from "../github/index.ts";
import type { CheckRun, WorkflowRun } from "../github/model.ts";
import type { Stage } from "../story/stage.ts";
import type { MachineView } from "./view.ts";

export const configurationFile = ".github/release.yml";

export type Doing = "start" | "pass" | "fail";

interface Machine {
  readonly id: string;
  readonly title: string;
  readonly what: string;
  state(sha: string): MachineView["state"];
  /** Reports about this commit, as the real one would. */
  report(sha: string, doing: Doing): void;
}

/** The slug of the app that stands for every pipeline that the configuration leaves open. */
const pipeline = "pipeline";

/** One for each item of the repository's checklist that something beside the app decides. */
export function machinesOf(stage: Stage): Machine[] {
  const text = stage.repo.file(configurationFile) ?? "";
  const config = readConfig(text, configurationFile, builtInTemplates());
  if (config.kind !== "valid") return [];
  return config.checklist.items.flatMap((item) => machineOf(item, stage) ?? []);
}

export const machinesView = (machines: readonly Machine[], sha: string): MachineView[] =>
  machines.map(({ id, title, what, state }) => ({ id, title, what, state: state(sha) }));

function machineOf(item: Item, stage: Stage): Machine | null {
  const { id, title } = item;
  if (item.kind === "deployment") return { id, title, ...deploys(stage, aName(item.deployment.environment)) };
  if (item.kind !== "check") return null;
  const { workflow, name, app } = item.check;
  if (workflow !== undefined) return { id, title, ...runsWorkflow(stage, pathOf(workflow)) };
  return { id, title, ...runsCheck(stage, aName(name ?? id), app) };
}

type Reporting = Pick<Machine, "what" | "state" | "report">;

/** A name that a glob matches. */
const aName = (glob: string): string => glob.replaceAll(/\*+/g, "1");

const pathOf = (workflow: string): string =>
  workflow.includes("/") ? workflow : `.github/workflows/${aName(workflow)}`;

const conclusions = { pass: "success", fail: "failure" } as const;

function runsCheck({ repo }: Stage, name: string, app: string | undefined): Reporting {
  const newest = (sha: string) =>
    repo.checkRuns(sha, name).findLast(({ record }) => app === undefined || record.app.slug === app);
  const status = (sha: string) => newestStatuses(repo.record, sha).find(({ context }) => context === name);
  return {
    what: `check ${name}`,
    state: (sha) => {
      const run = newest(sha);
      return run === undefined ? ofStatus[status(sha)?.state ?? "none"] : stateOf(run.record);
    },
    report: (sha, doing) => {
      const known = newest(sha);
      if (doing !== "start" && known?.conclusion === null) {
        known.complete(conclusions[doing]);
        return;
      }
      // Whoever reported it before reports it again.
      const by = { app: known?.record.app.slug ?? app ?? pipeline, name, sha };
      repo.checkRun(
        doing === "start" ? { ...by, status: "in_progress" } : { ...by, conclusion: conclusions[doing] },
      );
    },
  };
}

const ofStatus = {
  none: "never",
  pending: "running",
  success: "success",
  failure: "failure",
  error: "failure",
} as const;

const jobs = ["build", "test"] as const;

function runsWorkflow({ github, repo }: Stage, path: string): Reporting {
  const newest = (sha: string): WorkflowRun | undefined =>
    repo.record.workflowRunsBySha.get(sha)?.findLast(({ workflow }) => workflow.path === path);
  const start = (sha: string) => repo.workflowRun({ path, sha, jobs: { build: null, test: null } });
  const unfinished = (sha: string): WorkflowRunHandle => {
    const known = newest(sha);
    return known !== undefined && known.status !== "completed"
      ? new WorkflowRunHandle(github.world, known)
      : start(sha);
  };
  return {
    what: `workflow ${path.split("/").at(-1)}`,
    state: (sha) => stateOf(newest(sha)),
    report: (sha, doing) => {
      if (doing === "start") {
        start(sha);
        return;
      }
      const run = unfinished(sha);
      for (const job of jobs) run.completeJob(job, conclusions[doing]);
      run.complete(conclusions[doing]);
    },
  };
}

function deploys({ repo }: Stage, environment: string): Reporting {
  const newest = (sha: string) =>
    repo.record.deployments.findLast((one) => one.environment === environment && one.sha === sha);
  return {
    what: `deployment to ${environment}`,
    state: (sha) => {
      const state = newest(sha)?.statuses.at(-1)?.state;
      if (state === "success") return "success";
      if (state === "failure") return "failure";
      return newest(sha) === undefined ? "never" : "running";
    },
    report: (sha, doing) => {
      const state = doing === "start" ? "in_progress" : conclusions[doing];
      repo.deploy(sha, { environment, by: `${pipeline}[bot]` }).status(state);
    },
  };
}

function stateOf(
  run: Pick<CheckRun | WorkflowRun, "status" | "conclusion"> | undefined,
): MachineView["state"] {
  if (run === undefined) return "never";
  if (run.status !== "completed") return "running";
  return run.conclusion === "success" ? "success" : "failure";
}
