import type { Actor } from "../../domain/actor.ts";
import type { Pull, Repo } from "../../domain/snapshot.ts";
import type { Octokit } from "../client.ts";
import { actorOf, ghost, type RepoName } from "./account.ts";
import { createMemo, type Memo } from "./memo.ts";

/** What never changes about a commit, so that it is read once. */
export interface CommitFacts {
  readonly tree: string;
  readonly committer: Actor | null;
}

export const createCommitMemo = (): Memo<CommitFacts> => createMemo(5_000);

export interface PullFacts {
  readonly pull: Pull;
  readonly repo: Repo;
  /** False: nobody has written one. */
  readonly hasComments: boolean;
}

/**
 * The pull request with its head's tree. The tree comes from the commit, which a second request reads once for each
 * head; `expectedHead` lets both go side by side when the head is probably known.
 *
 * @param onHead Told of the head before its commit is read: what else it leads to can be asked meanwhile.
 */
export const readPull = async (
  octokit: Octokit,
  { owner, repo }: RepoName,
  number: number,
  commits: Memo<CommitFacts>,
  expectedHead: string | null = null,
  onHead: (sha: string) => void = () => {},
): Promise<PullFacts> => {
  const [{ data }] = await Promise.all([
    octokit.rest.pulls.get({ owner, repo, pull_number: number }),
    expectedHead ? readCommit(octokit, { owner, repo }, expectedHead, commits) : null,
  ]);
  onHead(data.head.sha);
  const commit = await readCommit(octokit, { owner, repo }, data.head.sha, commits);
  return {
    hasComments: data.comments !== 0,
    repo: {
      owner: data.base.repo.owner.login,
      name: data.base.repo.name,
      defaultBranch: data.base.repo.default_branch,
    },
    pull: {
      number: data.number,
      url: data.html_url,
      title: data.title,
      body: data.body ?? "",
      author: actorOf(data.user) ?? ghost,
      state: data.state,
      merged: data.merged,
      draft: data.draft ?? false,
      createdAt: data.created_at,
      updatedAt: data.updated_at,
      base: { ref: data.base.ref, sha: data.base.sha },
      // A deleted fork has no repository any more.
      head: { ref: data.head.ref, sha: data.head.sha, fork: data.head.repo?.id !== data.base.repo.id },
      tree: commit.tree,
      pusher: commit.committer,
      labels: data.labels.map(({ name }) => name),
      assignees: (data.assignees ?? []).map(({ login }) => login),
    },
  };
};

/** The committer stands for who pushed: GitHub's API tells no pusher, only webhooks do. */
export const readCommit = async (
  octokit: Octokit,
  { owner, repo }: RepoName,
  sha: string,
  memo: Memo<CommitFacts>,
): Promise<CommitFacts> => {
  const key = `${owner}/${repo}@${sha}`.toLowerCase();
  const known = memo.get(key);
  if (known) return known;
  // `per_page` limits the files of the commit, which nobody needs here.
  const { data } = await octokit.rest.repos.getCommit({ owner, repo, ref: sha, per_page: 1 });
  const committer = accountOf(data.committer);
  const facts: CommitFacts = {
    tree: data.commit.tree.sha,
    // Commits made in the web page or by merging are committed by GitHub itself: then the author is who did it.
    committer: committer && committer.login !== "web-flow" ? committer : accountOf(data.author),
  };
  memo.set(key, facts);
  return facts;
};

/** GitHub sends an empty object for accounts that it does not know. */
const accountOf = (account: { login?: string; type?: string } | null): Actor | null =>
  account?.login ? actorOf({ login: account.login, ...(account.type ? { type: account.type } : {}) }) : null;
