import type { CheckFacts, CheckRun, CommitStatus, WorkflowRun } from "./facts.ts";

/** Only what is newest, ordered for look-ups. */
export interface CheckIndex {
  readonly runsByName: ReadonlyMap<string, readonly CheckRun[]>;
  readonly runsBySuite: ReadonlyMap<number, readonly CheckRun[]>;
  /** By suite: whether no more runs can come. */
  readonly suiteCompleted: ReadonlyMap<number, boolean>;
  readonly statusesByContext: ReadonlyMap<string, readonly CommitStatus[]>;
  readonly workflows: readonly WorkflowRun[];
  readonly workflowBySuite: ReadonlyMap<number, WorkflowRun>;
}

const known = new WeakMap<CheckFacts, CheckIndex>();

/** Built once for the same facts, however many items ask. */
export function indexChecks(facts: CheckFacts): CheckIndex {
  const before = known.get(facts);
  if (before) return before;
  const runs = newest(facts.runs, (run) => `${run.suite} ${run.app} ${run.name}`, byId, endOf);
  const workflows = newest(facts.workflows, (run) => `${run.suite} ${run.path}`, byAttempt, endOf);
  // Two creators may report the same context, and the later one must not hide the earlier one's failure.
  const statuses = newest(facts.statuses, reporter, byId, (status) => status.state);
  const suites = Map.groupBy(facts.suites, (suite) => suite.id);
  const index: CheckIndex = {
    runsByName: Map.groupBy(runs, (run) => run.name),
    runsBySuite: Map.groupBy(runs, (run) => run.suite),
    suiteCompleted: new Map(
      [...suites].map(([id, seen]) => [id, seen.every(({ status }) => status === "completed")]),
    ),
    statusesByContext: Map.groupBy(statuses, (status) => status.context),
    workflows,
    workflowBySuite: new Map(workflows.map((run) => [run.suite, run])),
  };
  known.set(facts, index);
  return index;
}

const reporter = ({ creator, context }: CommitStatus): string =>
  `${creator?.kind} ${creator?.login.toLowerCase()} ${context}`;

const byId = (a: { readonly id: number }, b: { readonly id: number }): number => a.id - b.id;

const byAttempt = (a: WorkflowRun, b: WorkflowRun): number =>
  a.number - b.number || a.attempt - b.attempt || byId(a, b);

const endOf = (run: CheckRun | WorkflowRun): string => `${run.status} ${run.conclusion}`;

/**
 * Those of each key that are newest. While pages are read, lists move under them, so that one run can be seen twice,
 * and in two states: then both are given, and both must be good. The next look sees the settled one.
 */
function newest<T>(
  list: readonly T[],
  key: (one: T) => string,
  age: (a: T, b: T) => number,
  state: (one: T) => string,
): T[] {
  const best = new Map<string, T[]>();
  for (const one of list) {
    const its = key(one);
    const [rival, ...twins] = best.get(its) ?? [];
    const newer = rival === undefined ? 1 : age(one, rival);
    if (newer > 0) best.set(its, [one]);
    else if (newer === 0 && ![rival, ...twins].some((twin) => twin && state(twin) === state(one))) {
      best.get(its)?.push(one);
    }
  }
  return [...best.values()].flat();
}
