import type { CheckFacts, CheckRun, CheckSuite, CommitStatus, WorkflowRun } from "./facts.ts";
import { compare } from "./text.ts";

/** Only what is newest, ordered for look-ups. */
export interface CheckIndex {
  readonly runsByName: ReadonlyMap<string, readonly CheckRun[]>;
  readonly runsBySuite: ReadonlyMap<number, readonly CheckRun[]>;
  readonly suites: ReadonlyMap<number, CheckSuite>;
  readonly statusesByContext: ReadonlyMap<string, readonly CommitStatus[]>;
  readonly workflows: readonly WorkflowRun[];
  readonly workflowBySuite: ReadonlyMap<number, WorkflowRun>;
}

const known = new WeakMap<CheckFacts, CheckIndex>();

/** Built once for the same facts, however many items ask. */
export function indexChecks(facts: CheckFacts): CheckIndex {
  const before = known.get(facts);
  if (before) return before;
  const runs = newest(facts.runs, (run) => `${run.suite} ${run.app} ${run.name}`, newerRun);
  const workflows = newest(facts.workflows, (run) => `${run.suite} ${run.path}`, newerWorkflow);
  // Two creators may report the same context, and the later one must not hide the earlier one's failure.
  const statuses = newest(facts.statuses, statusKey, (a, b) => a.id - b.id || worse(a.state, b.state));
  const index: CheckIndex = {
    runsByName: Map.groupBy(runs, (run) => run.name),
    runsBySuite: Map.groupBy(runs, (run) => run.suite),
    suites: new Map(
      newest(facts.suites, (suite) => `${suite.id}`, newerSuite).map((suite) => [suite.id, suite]),
    ),
    statusesByContext: Map.groupBy(statuses, (status) => status.context),
    workflows,
    workflowBySuite: new Map(workflows.map((run) => [run.suite, run])),
  };
  known.set(facts, index);
  return index;
}

const statusKey = (status: CommitStatus): string =>
  `${status.creator?.kind ?? ""} ${status.creator?.login.toLowerCase() ?? ""} ${status.context}`;

/** One for each key: the one that `newer` puts last, whatever the order of the list. */
function newest<T>(list: readonly T[], key: (one: T) => string, newer: (a: T, b: T) => number): T[] {
  const best = new Map<string, T>();
  for (const one of list) {
    const its = key(one);
    const rival = best.get(its);
    if (rival === undefined || newer(one, rival) > 0) best.set(its, one);
  }
  return [...best.values()];
}

// While pages are read, runs move between them, so that one run can be seen twice in two states.
// Then the state that is further from green stands; the next look sees the settled one.

const newerRun = (a: CheckRun, b: CheckRun): number => a.id - b.id || worseEnd(a, b);

const newerWorkflow = (a: WorkflowRun, b: WorkflowRun): number =>
  a.number - b.number || a.attempt - b.attempt || a.id - b.id || worseEnd(a, b);

const newerSuite = (a: CheckSuite, b: CheckSuite): number => worseEnd(a, b);

interface Ending {
  readonly status: string;
  readonly conclusion: string | null;
}

const worseEnd = (a: Ending, b: Ending): number =>
  Number(b.status === "completed") - Number(a.status === "completed") ||
  worse(a.conclusion ?? "", b.conclusion ?? "") ||
  compare(a.status, b.status);

const worse = (a: string, b: string): number =>
  Number(b === "success") - Number(a === "success") || compare(a, b);
