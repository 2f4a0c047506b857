import type { Octokit } from "./client.ts";
import type { RepoName } from "./read/account.ts";
import { createMemo } from "./read/memo.ts";
import { readPages } from "./read/pages.ts";

/**
 * Which open pull requests a repository has, and which heads they have had. Checks of forks name no pull request, so
 * they are found by commit. What is remembered is only ever added to between two listings: a closed pull request or
 * an old head costs a look, while one that is not known yet is told by its own event.
 */
export interface OpenPulls {
  /** Asks GitHub. */
  list(octokit: Octokit, repo: RepoName): Promise<readonly OpenPull[]>;
  /** Asks GitHub only when the repository was not listed for a while. */
  withHead(octokit: Octokit, repo: RepoName, sha: string): Promise<number[]>;
  /** All of them; asks GitHub only when the repository was not listed for a while. */
  open(octokit: Octokit, repo: RepoName): Promise<number[]>;
  /** An event showed this pull request with this head. */
  learn(repo: RepoName, number: number, head: string): void;
}

export interface OpenPull {
  readonly number: number;
  /** ISO 8601. */
  readonly updatedAt: string;
}

const longest = 10 * 60_000;
const keptRepositories = 2_000;

interface Entry {
  readonly at: number;
  readonly listed: Promise<readonly ListedPull[]>;
  readonly heads: Promise<Map<number, Set<string>>>;
}

export const createOpenPulls = (now: () => number = () => performance.now()): OpenPulls => {
  const memo = createMemo<Entry>(keptRepositories);
  const keyOf = ({ owner, repo }: RepoName) => `${owner}/${repo}`.toLowerCase();

  const ask = (octokit: Octokit, name: RepoName): Entry => {
    const key = keyOf(name);
    const listed = readOpenPulls(octokit, name);
    const heads = listed.then((pulls) => new Map(pulls.map(({ number, head }) => [number, new Set([head])])));
    const entry = { at: now(), listed, heads };
    memo.set(key, entry);
    // A listing that failed is not remembered; whoever waits for it hears of it.
    entry.heads.catch(() => {
      if (memo.get(key) === entry) memo.delete(key);
    });
    return entry;
  };

  const recent = (octokit: Octokit, name: RepoName): Entry => {
    const known = memo.get(keyOf(name));
    return known && now() - known.at < longest ? known : ask(octokit, name);
  };

  return {
    async list(octokit, name) {
      return ask(octokit, name).listed;
    },
    async withHead(octokit, name, sha) {
      const { heads } = recent(octokit, name);
      return [...(await heads)].filter(([, heads]) => heads.has(sha)).map(([number]) => number);
    },
    async open(octokit, name) {
      return [...(await recent(octokit, name).heads).keys()];
    },
    learn(name, number, head) {
      const add = (pulls: Map<number, Set<string>>) => {
        pulls.set(number, (pulls.get(number) ?? new Set()).add(head));
      };
      memo.get(keyOf(name))?.heads.then(add, () => {});
    },
  };
};

interface ListedPull extends OpenPull {
  readonly head: string;
}

const readOpenPulls = async (octokit: Octokit, { owner, repo }: RepoName): Promise<ListedPull[]> => {
  const listed = await readPages(
    (page) => octokit.rest.pulls.list({ owner, repo, state: "open", ...page }),
    (data) => data,
  );
  return listed.map(({ number, head, updated_at: updatedAt }) => ({ number, head: head.sha, updatedAt }));
};
