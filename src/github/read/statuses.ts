import type { CommitStatus } from "../../domain/checks/facts.ts";
import type { Octokit } from "../client.ts";
import { actorOf, type RepoName } from "./account.ts";
import { readPages, uniqueById } from "./pages.ts";

const states: readonly string[] = [
  "error",
  "failure",
  "pending",
  "success",
] satisfies CommitStatus["state"][];

/**
 * Every status ever set on the commit, newest first: the combined status would be shorter, but does not tell who set
 * them.
 */
export const listStatuses = async (
  octokit: Octokit,
  { owner, repo }: RepoName,
  sha: string,
): Promise<CommitStatus[]> => {
  const listed = await readPages(
    (page) => octokit.rest.repos.listCommitStatusesForRef({ owner, repo, ref: sha, ...page }),
    (data) => data,
  );
  return uniqueById(listed).map((status) => ({
    id: status.id,
    context: status.context,
    // A state that nobody knows yet is no success.
    state: isState(status.state) ? status.state : "error",
    creator: actorOf(status.creator),
    description: status.description ?? "",
    url: status.target_url ?? "",
  }));
};

const isState = (state: string): state is CommitStatus["state"] => states.includes(state);
