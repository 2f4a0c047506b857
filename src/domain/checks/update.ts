import type { CheckFacts, CheckRun, CheckSuite, CommitStatus, WorkflowRun } from "./facts.ts";

/** What one event tells of a commit's checks. */
export type CheckUpdate =
  | { readonly kind: "run"; readonly run: CheckRun; readonly suite: CheckSuite }
  | { readonly kind: "suite"; readonly suite: CheckSuite }
  | { readonly kind: "status"; readonly status: CommitStatus }
  | { readonly kind: "workflow"; readonly workflow: WorkflowRun };

/** An update of one commit's checks. */
export interface Told {
  /** Full SHA of the commit. */
  readonly sha: string;
  readonly update: CheckUpdate;
}

/**
 * The facts with what an event tells. Events come late, twice and out of order, and most states only ever advance:
 * an event that says less than what is known changes nothing. Null when event and memory contradict each other, so
 * that only reading can tell.
 */
export function withUpdate(facts: CheckFacts, update: CheckUpdate): CheckFacts | null {
  switch (update.kind) {
    case "run": {
      const runs = replace(facts.runs, update.run, (known) => compareRuns(known, update.run));
      if (runs === null) return null;
      const known = facts.suites.find((suite) => suite.id === update.suite.id);
      // The suite in a run's event is a sketch of it; its own events tell when it ends.
      return known !== undefined && known.runs > 0
        ? { ...facts, runs }
        : { ...facts, runs, suites: [...facts.suites.filter((suite) => suite !== known), update.suite] };
    }
    case "suite": {
      const known = facts.suites.find((suite) => suite.id === update.suite.id);
      if (known !== undefined && known.status === "completed" && !sameSuite(known, update.suite)) return null;
      const suites = [...facts.suites.filter((suite) => suite !== known), update.suite];
      return { ...facts, suites };
    }
    case "status": {
      const { status } = update;
      return facts.statuses.some((known) => known.id === status.id)
        ? facts
        : { ...facts, statuses: [...facts.statuses, status] };
    }
    case "workflow": {
      const workflows = replace(facts.workflows, update.workflow, (known) =>
        compareWorkflows(known, update.workflow),
      );
      return workflows === null ? null : { ...facts, workflows };
    }
  }
}

type Comparison = "newer" | "known" | "contradiction";

function replace<T extends { readonly id: number }>(
  list: readonly T[],
  told: T,
  compare: (known: T) => Comparison,
): readonly T[] | null {
  const index = list.findIndex(({ id }) => id === told.id);
  const known = list[index];
  if (known === undefined) return [...list, told];
  const comparison = compare(known);
  if (comparison === "contradiction") return null;
  return comparison === "known" ? list : list.with(index, told);
}

function compareRuns(known: CheckRun, told: CheckRun): Comparison {
  if (known.status === "completed" && told.status === "completed")
    return known.conclusion === told.conclusion ? "known" : "contradiction";
  return rank(told.status) > rank(known.status) ? "newer" : "known";
}

function compareWorkflows(known: WorkflowRun, told: WorkflowRun): Comparison {
  if (told.attempt !== known.attempt) return told.attempt > known.attempt ? "newer" : "known";
  if (known.status === "completed" && told.status === "completed")
    return known.conclusion === told.conclusion ? "known" : "contradiction";
  return rank(told.status) > rank(known.status) ? "newer" : "known";
}

const sameSuite = (a: CheckSuite, b: CheckSuite): boolean =>
  a.status === b.status && a.conclusion === b.conclusion;

const rank = (status: string): number => (status === "completed" ? 2 : status === "in_progress" ? 1 : 0);
