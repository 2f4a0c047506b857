import type { Problem, Read } from "../problem.ts";
import type { Snapshot } from "../snapshot.ts";

/** What could not be read for this decision for a reason that stays. */
export function problemsOf(snapshot: Snapshot): readonly Problem[] {
  const {
    config,
    own,
    checks,
    files,
    history,
    comments,
    contributors,
    comparisons,
    deployments,
    range,
    scope,
    readyReleases,
    people,
  } = snapshot;
  const readings: (Read<unknown> | null)[] = [
    checks,
    files,
    history,
    comments,
    contributors,
    ...comparisons.values(),
    ...deployments.values(),
    range?.facts ?? null,
    scope,
    readyReleases,
    ...[...people.values()].flatMap(({ role, teams }) => [role, ...teams.values()]),
  ];
  return [
    ...(config.kind === "unreadable" ? [config.problem] : []),
    ...(own.unreadable === undefined ? [] : [own.unreadable]),
    ...(own.damaged === null ? [] : [own.damaged]),
    ...readings.flatMap((reading) => (reading === null || reading.ok ? [] : [reading.problem])),
  ];
}
