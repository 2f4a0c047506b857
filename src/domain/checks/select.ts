import { sameName } from "../actor.ts";
import type { CheckRef } from "../config/checklist.ts";
import { isGlob, matcher } from "../glob.ts";
import type { CheckRun, CommitStatus, WorkflowRun } from "./facts.ts";
import type { CheckIndex } from "./facts-index.ts";

/** What of a commit's checks a reference speaks of. */
export interface Selection {
  /** Newest runs of the named workflow, one for each of its check suites. */
  readonly workflows: readonly WorkflowRun[];
  /** Check runs that count. With a workflow and no name: all of its jobs. */
  readonly runs: readonly CheckRun[];
  /** Commit statuses that count. */
  readonly statuses: readonly CommitStatus[];
  /** Runs of the name that do not count, because another app made them. */
  readonly foreign: readonly CheckRun[];
  /** Statuses of the name that do not count, because of who set them. */
  readonly discounted: readonly CommitStatus[];
}

/** The app that runs workflows; its slug is the same on every GitHub. */
export const actionsApp = "github-actions";

/** Without one of these characters a name is only a name, so `unit (a+b)` needs no escapes. */
export const isNameGlob = (name: string): boolean => /[*?[\]!]/.test(name) && isGlob(name, "name");

export function select(ref: CheckRef, index: CheckIndex, ownApp: string): Selection {
  const workflows = workflowsOf(ref, index);
  const named = ref.workflow === undefined ? byName(ref, index.runsByName) : jobsOf(ref, workflows, index);
  const others = named.filter((run) => !sameName(run.app, ownApp));
  const [runs, foreign] = split(others, (run) => ref.app === undefined || sameName(run.app, ref.app));
  const reported = ref.workflow === undefined ? byName(ref, index.statusesByContext) : [];
  const [statuses, discounted] = split(
    reported.filter((status) => !sameName(status.creator?.login ?? "", botOf(ownApp))),
    (status) => counts(ref, status),
  );
  return { workflows, runs, statuses, foreign, discounted };
}

export const botOf = (app: string): string => `${app}[bot]`;

/** Where a workflow written as `ci.yml` or as a path is found in GitHub's answers. */
export const workflowPath = (workflow: string): string =>
  workflow.includes("/") ? workflow : `.github/workflows/${workflow}`;

function workflowsOf(ref: CheckRef, index: CheckIndex): readonly WorkflowRun[] {
  if (ref.workflow === undefined || (ref.app !== undefined && !sameName(ref.app, actionsApp))) return [];
  const path = workflowPath(ref.workflow);
  return index.workflows.filter((run) => run.path === path);
}

function jobsOf(ref: CheckRef, workflows: readonly WorkflowRun[], index: CheckIndex): readonly CheckRun[] {
  const jobs = workflows.flatMap((run) => index.runsBySuite.get(run.suite) ?? []);
  if (ref.name === undefined) return jobs;
  const matches = nameTest(ref.name);
  return jobs.filter((run) => matches(run.name));
}

function byName<T>(ref: CheckRef, all: ReadonlyMap<string, readonly T[]>): readonly T[] {
  if (ref.name === undefined) return [];
  if (!isNameGlob(ref.name)) return all.get(ref.name) ?? [];
  const matches = nameTest(ref.name);
  return [...all].flatMap(([name, found]) => (matches(name) ? found : []));
}

/**
 * A run named exactly like the glob belongs to its matches, and takes no other match away:
 * else a job of that name, which the head may define, would stand for all the rest.
 */
function nameTest(name: string): (candidate: string) => boolean {
  if (!isNameGlob(name)) return (candidate) => candidate === name;
  const matches = matcher([name], "name");
  return (candidate) => candidate === name || matches(candidate);
}

/** Anybody with write access can set a status, so it counts only from an app or a creator whom the configuration names. */
function counts(ref: CheckRef, status: CommitStatus): boolean {
  const { creator } = status;
  if (creator === null) return false;
  if (ref.by.some((login) => sameName(login, creator.login))) return true;
  if (creator.kind !== "bot") return false;
  return ref.app === undefined || sameName(creator.login, botOf(ref.app));
}

function split<T>(all: readonly T[], test: (one: T) => boolean): [T[], T[]] {
  const [yes, no]: [T[], T[]] = [[], []];
  for (const one of all) (test(one) ? yes : no).push(one);
  return [yes, no];
}
