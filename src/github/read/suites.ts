import type { CheckSuite } from "../../domain/checks/facts.ts";
import type { Octokit } from "../client.ts";
import type { RepoName } from "./account.ts";
import { readPages, uniqueById } from "./pages.ts";

export const listSuites = async (
  octokit: Octokit,
  { owner, repo }: RepoName,
  sha: string,
): Promise<CheckSuite[]> => {
  const listed = await readPages(
    (page) => octokit.rest.checks.listSuitesForRef({ owner, repo, ref: sha, ...page }),
    (data) => data.check_suites,
  );
  return uniqueById(listed).map((suite) => ({
    id: suite.id,
    app: suite.app?.slug ?? "",
    status: suite.status ?? "queued",
    conclusion: suite.conclusion,
    runs: suite.latest_check_runs_count,
  }));
};
