import type { Outcome } from "../checks/outcome.ts";
import { oneLine } from "../checks/text.ts";
import type { WaitItem } from "../config/checklist.ts";
import type { Needs } from "../decide/circumstances.ts";
import { commitsToCompare, decideDeployment } from "../deployments/decide.ts";
import { namesEnvironment } from "../deployments/environment.ts";
import { type DeploymentWanted, deploymentsKey, type Snapshot } from "../snapshot.ts";

export interface Waiting {
  readonly outcome: Outcome;
  /** Milliseconds until it is over; null: it has not begun, or is over. */
  readonly again: number | null;
}

/** Whether the release has run for long enough. Where several environments are meant, the last one counts. */
export function waitOutcome(wait: WaitItem["wait"], snapshot: Snapshot, now: number, needs: Needs): Waiting {
  const { follow } = snapshot;
  const base = { diagnosis: "", caution: null, evidence: [] };
  if (follow === undefined)
    return { outcome: { ...base, state: "unknown", summary: "begins after the merge" }, again: null };
  const meant = watchedBy(wait, follow.watched);
  const running = runningSince(meant, snapshot, needs);
  const { deploy } = follow.running;
  if (meant.length === 0 && follow.deploys && deploy === undefined) {
    const summary = "begins when the deployment is done";
    const diagnosis = "The time begins when the items of the deployment are done.";
    return { outcome: { ...base, state: "waiting", summary, diagnosis }, again: null };
  }
  const missing = meant.find((one) => running[deploymentsKey(one)] === undefined);
  if (missing !== undefined) {
    const name = oneLine(missing.environment);
    const summary = `begins when ${name} runs it`;
    const diagnosis = `The time begins with the deployment to ${name}.`;
    return { outcome: { ...base, state: "waiting", summary, diagnosis }, again: null };
  }
  const since =
    meant
      .map((one) => running[deploymentsKey(one)] ?? "")
      .sort()
      .at(-1) ??
    deploy ??
    follow.mergedAt;
  const end = Date.parse(since) + wait.milliseconds;
  if (now >= end)
    return { outcome: { ...base, state: "green", summary: `over since ${moment(end)}` }, again: null };
  const summary = `until ${moment(end)}`;
  const diagnosis = `It has run since ${moment(Date.parse(since))}; the time is over at ${moment(end)}.`;
  return { outcome: { ...base, state: "waiting", summary, diagnosis }, again: end - now };
}

function watchedBy(
  { environment }: WaitItem["wait"],
  watched: readonly DeploymentWanted[],
): readonly DeploymentWanted[] {
  if (environment === null) return watched;
  const named = watched.filter(
    (one) => one.environment === environment || namesEnvironment(environment, one.environment),
  );
  return named.length > 0 ? named : [{ environment, by: [] }];
}

/**
 * Since when the release runs where it is watched. A later deployment that contains it leaves the time as it is; one
 * of something else ends it.
 */
export function runningSince(
  watched: readonly DeploymentWanted[],
  snapshot: Snapshot,
  needs: Needs,
): Readonly<Record<string, string>> {
  const { follow, deployments, comparisons, pull } = snapshot;
  const running: Record<string, string> = { ...follow?.running };
  for (const one of watched) {
    const key = deploymentsKey(one);
    const facts = deployments.get(key);
    if (facts === undefined) needs.add({ kind: "deployments", ...one });
    if (facts?.ok !== true) continue;
    const headSha = pull.head.sha;
    for (const sha of commitsToCompare(facts.value, headSha))
      if (!comparisons.has(sha)) needs.add({ kind: "comparison", sha });
    const { state } = decideDeployment({ ...one, ignore: [] }, facts.value, {
      headSha,
      comparisons,
      orLater: true,
    });
    const newest = facts.value.map((environment) => environment.newest).filter((found) => found !== null);
    const since = newest
      .map(({ at, reportedAt }) => reportedAt ?? at)
      .sort()
      .at(-1);
    if (state === "green" && since !== undefined) running[key] ??= since;
    else if (newest.some((found) => found.state === "success")) delete running[key];
  }
  return running;
}

/** `2026-03-02 10:30 UTC`. */
export const moment = (time: number): string =>
  `${new Date(time).toISOString().slice(0, 16).replace("T", " ")} UTC`;
