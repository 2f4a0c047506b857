import type { Read } from "../../domain/problem.ts";
import type { Pull } from "../../domain/snapshot.ts";
import type { Octokit } from "../client.ts";
import { attempt } from "../errors.ts";
import type { RepoName } from "./account.ts";
import { readPages } from "./pages.ts";

/** GitHub lists no more commits of a pull request than these. */
const cut = 250;

interface ListedCommit {
  readonly commit: { readonly message: string };
  readonly author: { readonly login?: string } | null;
  readonly committer: { readonly login?: string } | null;
}

/**
 * Logins of everyone who wrote a commit of the pull request: authors, committers, and co-authors named with GitHub's
 * own no-reply address. An address that belongs to no account cannot be told apart from anybody's.
 */
export const readContributors = (
  octokit: Octokit,
  name: RepoName,
  pull: Pick<Pull, "number" | "base" | "head">,
): Promise<Read<readonly string[]>> =>
  attempt("the authors of the commits", async () => {
    const commits = await listCommits(octokit, name, pull);
    const logins = commits.flatMap(({ author, committer, commit }) => [
      ...(author?.login ? [author.login] : []),
      ...(committer?.login ? [committer.login] : []),
      ...coAuthorsOf(commit.message),
    ]);
    // `web-flow` is GitHub itself, committing for whoever clicked.
    return [...new Set(logins)].filter((login) => login !== "web-flow");
  });

const listCommits = async (
  octokit: Octokit,
  { owner, repo }: RepoName,
  { number, base, head }: Pick<Pull, "number" | "base" | "head">,
): Promise<readonly ListedCommit[]> => {
  const listed = await readPages(
    (page) => octokit.rest.pulls.listCommits({ owner, repo, pull_number: number, ...page }),
    (data) => data,
  );
  if (listed.length < cut) return listed;
  // A comparison lists them all, page by page.
  return readPages(
    (page) =>
      octokit.rest.repos.compareCommitsWithBasehead({
        owner,
        repo,
        basehead: `${base.sha}...${head.sha}`,
        ...page,
      }),
    (data) => data.commits,
  );
};

const coAuthorsOf = (message: string): string[] =>
  [
    ...message.matchAll(
      /^co-authored-by:.*<(?:\d+\+)?([\w-]+(?:\[bot\])?)@users\.noreply\.github\.com>\s*$/gim,
    ),
  ].map(([, login]) => login as string);
