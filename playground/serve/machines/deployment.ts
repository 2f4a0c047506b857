import type { Stage } from "../../story/stage.ts";
import { conclusionOf, pipeline, type Reporting, runs } from "./machine.ts";

export function deploys({ repo }: Stage, environment: string): Reporting {
  const newest = (sha: string) =>
    repo.record.deployments.findLast((one) => one.environment === environment && one.sha === sha);
  return {
    what: `deployment to ${environment}`,
    can: runs,
    state: (sha) => {
      const state = newest(sha)?.statuses.at(-1)?.state;
      if (state === "success") return "success";
      if (state === "failure") return "failure";
      return newest(sha) === undefined ? "never" : "running";
    },
    report: (sha, doing) => {
      const state = doing === "start" ? "in_progress" : conclusionOf(doing);
      repo.deploy(sha, { environment, by: `${pipeline}[bot]` }).status(state);
    },
  };
}
