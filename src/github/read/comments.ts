import type { Read } from "../../domain/problem.ts";
import type { Comment } from "../../domain/snapshot.ts";
import type { Octokit } from "../client.ts";
import { attempt } from "../errors.ts";
import { actorOf, ghost, type RepoName } from "./account.ts";
import { readPages, uniqueById } from "./pages.ts";

/** The comments of the pull request that were written or changed at or after `since` (ISO 8601), oldest first. */
export const readComments = (
  octokit: Octokit,
  name: RepoName,
  number: number,
  since: string | null,
): Promise<Read<readonly Comment[]>> =>
  attempt("the comments of the pull request", async () =>
    (await listComments(octokit, name, number, since)).map((comment) => ({
      id: comment.id,
      author: actorOf(comment.user) ?? ghost,
      body: comment.body ?? "",
      at: comment.created_at,
      // People with write access can edit what others wrote: an edited comment proves nothing.
      edited: comment.updated_at !== comment.created_at,
      url: comment.html_url,
      ...(comment.reactions === undefined
        ? {}
        : { reactions: { "+1": comment.reactions["+1"], confused: comment.reactions.confused } }),
    })),
  );

export const listComments = async (
  octokit: Octokit,
  { owner, repo }: RepoName,
  number: number,
  since: string | null,
) =>
  uniqueById(
    await readPages(
      (page) =>
        octokit.rest.issues.listComments({
          owner,
          repo,
          issue_number: number,
          ...(since ? { since } : {}),
          ...page,
        }),
      (data) => data,
    ),
  ).toSorted((a, b) => a.id - b.id);
