import { WorkflowRunHandle } from "../../github/index.ts";
import type { WorkflowRun } from "../../github/model.ts";
import type { Stage } from "../../story/stage.ts";
import { conclusionOf, type Reporting, runs, stateOf } from "./machine.ts";

const jobs = ["build", "test"] as const;

/** A workflow of GitHub Actions with two jobs. On the same commit it is run again, as the button on GitHub's page does. */
export function runsWorkflow({ github, repo }: Stage, path: string): Reporting {
  const newest = (sha: string): WorkflowRun | undefined =>
    repo.record.workflowRunsBySha.get(sha)?.findLast(({ workflow }) => workflow.path === path);
  const start = (sha: string): WorkflowRunHandle => {
    const known = newest(sha);
    if (known === undefined) return repo.workflowRun({ path, sha, jobs: { build: null, test: null } });
    const again = new WorkflowRunHandle(github.world, known).rerun({ by: "github-actions[bot]" });
    for (const job of jobs) again.job(job);
    return again;
  };
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
      const run = doing === "start" ? start(sha) : unfinished(sha);
      if (doing === "start") return;
      for (const job of jobs) run.completeJob(job, conclusionOf(doing));
      run.complete(conclusionOf(doing));
    },
  };
}
