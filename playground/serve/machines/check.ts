import { newestStatuses } from "../../github/actions/statuses.ts";
import type { Stage } from "../../story/stage.ts";
import { conclusionOf, pipeline, type Reporting, runs, stateOf } from "./machine.ts";

/** A check run of any app, unless the item names one. */
export function runsCheck({ repo }: Stage, name: string, app: string | undefined): Reporting {
  const newest = (sha: string) =>
    repo.checkRuns(sha, name).findLast(({ record }) => app === undefined || record.app.slug === app);
  const status = (sha: string) => newestStatuses(repo.record, sha).find(({ context }) => context === name);
  return {
    what: `check ${name}`,
    can: runs,
    state: (sha) => {
      const run = newest(sha);
      return run === undefined ? ofStatus[status(sha)?.state ?? "none"] : stateOf(run.record);
    },
    report: (sha, doing) => {
      const known = newest(sha);
      if (doing !== "start" && known?.conclusion === null) {
        known.complete(conclusionOf(doing));
        return;
      }
      // Whoever reported it before reports it again.
      const by = { app: known?.record.app.slug ?? app ?? pipeline, name, sha };
      repo.checkRun(
        doing === "start" ? { ...by, status: "in_progress" } : { ...by, conclusion: conclusionOf(doing) },
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
