import { WorkflowRunHandle } from "../../github/index.ts";
import type { WorkflowRun } from "../../github/model.ts";
import type { Stage } from "../../story/stage.ts";
import { conclusionOf, type Reporting, runs, stateOf } from "./machine.ts";

const jobs = ["build", "test"] as const;

/** A workflow of GitHub Actions with two jobs. */
export function runsWorkflow({ github, repo }: Stage, path: string): Reporting {
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
    can: runs,
    state: (sha) => stateOf(newest(sha)),
    report: (sha, doing) => {
      if (doing === "start") {
        start(sha);
        return;
      }
      const run = unfinished(sha);
      for (const job of jobs) run.completeJob(job, conclusionOf(doing));
      run.complete(conclusionOf(doing));
    },
  };
}
