import type { WorkflowRun } from "../../domain/checks/facts.ts";
import type { Octokit } from "../client.ts";
import type { RepoName } from "./account.ts";
import { readPages, uniqueById } from "./pages.ts";

export const listWorkflowRuns = async (
  octokit: Octokit,
  { owner, repo }: RepoName,
  sha: string,
): Promise<WorkflowRun[]> => {
  const listed = await readPages(
    (page) => octokit.rest.actions.listWorkflowRunsForRepo({ owner, repo, head_sha: sha, ...page }),
    (data) => data.workflow_runs,
  );
  return uniqueById(listed).map((run) => ({
    id: run.id,
    // A reusable or required workflow's path ends with `@<ref>`.
    path: run.path.replace(/@.*$/, ""),
    name: run.name ?? "",
    suite: run.check_suite_id ?? 0,
    status: run.status ?? "queued",
    conclusion: run.conclusion,
    attempt: run.run_attempt ?? 1,
    number: run.run_number,
    url: run.html_url,
  }));
};
