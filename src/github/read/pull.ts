import type { RestEndpointMethodTypes } from "@octokit/rest";
import type { Actor } from "../../domain/actor.ts";
import type { FileList, Pull, Repo } from "../../domain/snapshot.ts";
import type { Octokit } from "../client.ts";
import { actorOf, ghost, type RepoName } from "./account.ts";
import { isConfigPath } from "./config.ts";
import { pathsOf } from "./files.ts";
import { createMemo, type Memo } from "./memo.ts";

/** What never changes about a commit, so that it is read once. */
export interface CommitFacts {
  readonly tree: string;
  readonly committer: Actor | null;
  /** What the head changes against a base; null: the answer did not tell. */
  readonly changes: Changes | null;
}

interface Changes {
  readonly base: { readonly ref: string; readonly sha: string };
  readonly paths: readonly string[];
  /** Of files: a renamed one has two paths. */
  readonly count: number;
}

export const createCommitMemo = (): Memo<CommitFacts> => createMemo(5_000);

export interface PullFacts {
  readonly pull: Pull;
  readonly repo: Repo;
  /** False: nobody has written one. */
  readonly hasComments: boolean;
  /** Files of the configuration that it changes; null: what was read anyway does not tell. */
  readonly configFiles: readonly string[] | null;
  /** All files that it changes; null as well where what was read anyway does not tell. */
  readonly files: FileList | null;
}

/**
 * The pull request with its head's tree. The tree comes from the commit, which a second request reads once for each
 * head; `expectedHead` lets both go side by side when the head is probably known.
 *
 * @param onPull Told of head and description before the commit is read: what else they lead to can be asked meanwhile.
 */
export const readPull = async (
  octokit: Octokit,
  { owner, repo }: RepoName,
  number: number,
  commits: Memo<CommitFacts>,
  expectedHead: string | null = null,
  onPull: (read: { readonly head: string; readonly body: string }) => void = () => {},
): Promise<PullFacts> => {
  const [{ data }] = await Promise.all([
    octokit.rest.pulls.get({ owner, repo, pull_number: number }),
    expectedHead ? readCommit(octokit, { owner, repo }, expectedHead, commits) : null,
  ]);
  onPull({ head: data.head.sha, body: data.body ?? "" });
  const commit = await readHead(octokit, { owner, repo }, data, commits);
  return {
    hasComments: data.comments !== 0,
    configFiles:
      commit.changes?.base.ref === data.base.ref ? commit.changes.paths.filter(isConfigPath) : null,
    files: filesOf(commit, data),
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
      ...(data.merged && data.merged_at
        ? {
            merge: {
              by: actorOf(data.merged_by),
              at: data.merged_at,
              sha: data.merge_commit_sha ?? data.head.sha,
              repository: data.base.repo.id,
            },
          }
        : {}),
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

/** As long as the base is the same commit, and GitHub counts as many. */
const filesOf = ({ changes }: CommitFacts, { base, changed_files: count }: Got): FileList | null =>
  changes !== null &&
  changes.base.ref === base.ref &&
  changes.base.sha === base.sha &&
  changes.count === count
    ? { paths: [...changes.paths], complete: true }
    : null;

type Got = RestEndpointMethodTypes["pulls"]["get"]["response"]["data"];
type Committed = Pick<
  RestEndpointMethodTypes["repos"]["getCommit"]["response"]["data"],
  "author" | "commit" | "committer"
>;

/** What a commit or a comparison lists at once; what may be longer is left to those who need it. */
const atOnce = 100;

/**
 * The head commit, by the request that also tells whether the configuration is changed: the commit itself where it is
 * the only one, else the comparison with the base, whose last commit it is.
 */
const readHead = async (
  octokit: Octokit,
  name: RepoName,
  { head, base, commits: count, changed_files: files }: Got,
  memo: Memo<CommitFacts>,
): Promise<CommitFacts> => {
  const key = keyOf(name, head.sha);
  const known = memo.get(key);
  if (known) return known;
  const compared =
    count > 1 && count <= atOnce && files < atOnce
      ? await readCompared(octokit, name, base, head.sha).catch(() => null)
      : null;
  if (compared === null) return readCommit(octokit, name, head.sha, memo, count === 1 ? base : null);
  memo.set(key, compared);
  return compared;
};

/** Null, or a fault, when it does not tell of the head: then the commit itself is asked. */
const readCompared = async (
  octokit: Octokit,
  name: RepoName,
  base: Got["base"],
  head: string,
): Promise<CommitFacts | null> => {
  const { data } = await octokit.rest.repos.compareCommitsWithBasehead({
    ...name,
    basehead: `${base.sha}...${head}`,
    per_page: atOnce,
  });
  const commit = data.commits.find(({ sha }) => sha === head);
  if (commit === undefined || data.files === undefined) return null;
  return factsOf(commit, changesOf(base, data.files));
};

/**
 * The committer stands for who pushed: GitHub's API tells no pusher, only webhooks do.
 *
 * @param onlyOf The base to which this commit is all that its pull request adds; null: there may be more.
 */
export const readCommit = async (
  octokit: Octokit,
  { owner, repo }: RepoName,
  sha: string,
  memo: Memo<CommitFacts>,
  onlyOf: Got["base"] | null = null,
): Promise<CommitFacts> => {
  const key = keyOf({ owner, repo }, sha);
  const known = memo.get(key);
  if (known) return known;
  // `per_page` limits the files of the commit.
  const { data } = await octokit.rest.repos.getCommit({
    owner,
    repo,
    ref: sha,
    per_page: onlyOf === null ? 1 : atOnce,
  });
  const files = data.files ?? [];
  const whole = onlyOf !== null && data.parents.length === 1 && files.length < atOnce;
  const facts = factsOf(data, whole ? changesOf(onlyOf, files) : null);
  memo.set(key, facts);
  return facts;
};

const keyOf = ({ owner, repo }: RepoName, sha: string): string => `${owner}/${repo}@${sha}`.toLowerCase();

const changesOf = ({ ref, sha }: Got["base"], files: Parameters<typeof pathsOf>[0]): Changes => ({
  base: { ref, sha },
  paths: pathsOf(files),
  count: files.length,
});

const factsOf = ({ commit, committer: by, author }: Committed, changes: Changes | null): CommitFacts => {
  const committer = accountOf(by);
  return {
    tree: commit.tree.sha,
    // Commits made in the web page or by merging are committed by GitHub itself: then the author is who did it.
    committer: committer && committer.login !== "web-flow" ? committer : accountOf(author),
    changes,
  };
};

/** GitHub sends an empty object for accounts that it does not know. */
const accountOf = (account: { login?: string; type?: string } | null): Actor | null =>
  account?.login ? actorOf({ login: account.login, ...(account.type ? { type: account.type } : {}) }) : null;
