import { readFollowUpMarker } from "../domain/after/marker.ts";
import type { Octokit } from "./client.ts";
import type { RepoName } from "./read/account.ts";
import { listFollowUps } from "./read/issues.ts";
import { createMemo } from "./read/memo.ts";

/**
 * The open follow-ups of each repository: which pull request each belongs to, and what was merged. Known are those
 * that this process opened or looked at, and what the last listing told; a sweep lists them.
 */
export interface FollowUps {
  /** Asks GitHub. Numbers of the pull requests. */
  list(octokit: Octokit, repo: RepoName, slug: string): Promise<readonly number[]>;
  /** Asks GitHub only when the repository was not listed for a while: other replicas open and list them as well. */
  recent(octokit: Octokit, repo: RepoName, slug: string): Promise<void>;
  withCommit(repo: RepoName, sha: string): readonly number[];
  withIssue(repo: RepoName, issue: number): readonly number[];
  open(repo: RepoName): readonly number[];
  /** A look saw the follow-up of this pull request; null: there is none, or it is closed. */
  learn(repo: RepoName, pull: number, found: FollowUpKey | null): void;
}

export interface FollowUpKey {
  /** Null: it is not opened yet, or there is none to be. */
  readonly issue: number | null;
  /** The merge commit. */
  readonly sha: string;
}

const keptRepositories = 2_000;
/** So long a listing holds, in milliseconds. */
const longest = 10 * 60_000;

/** @param now Milliseconds since the epoch. */
export const createFollowUps = (now: () => number): FollowUps => {
  const listedAt = createMemo<number>(keptRepositories);
  const memo = createMemo<ReadonlyMap<number, FollowUpKey>>(keptRepositories);
  const keyOf = ({ owner, repo }: RepoName): string => `${owner}/${repo}`.toLowerCase();
  const of = (name: RepoName): readonly (readonly [number, FollowUpKey])[] => [
    ...(memo.get(keyOf(name)) ?? new Map()),
  ];
  const list: FollowUps["list"] = async (octokit, name, slug) => {
    const began = now();
    const listed = await listFollowUps(octokit, name, slug);
    const found = listed.flatMap(({ number, body }) => {
      const mark = readFollowUpMarker(body);
      // Where somebody took the mark out, what this process knows must do.
      const known = of(name).find(([, { issue }]) => issue === number);
      if (mark !== null) return [[mark.pull, { issue: number, sha: mark.sha }] as const];
      return known === undefined ? [] : [known];
    });
    memo.set(keyOf(name), new Map(found));
    listedAt.set(keyOf(name), began);
    return found.map(([pull]) => pull);
  };
  return {
    list,
    async recent(octokit, name, slug) {
      if (now() - (listedAt.get(keyOf(name)) ?? Number.NEGATIVE_INFINITY) >= longest)
        await list(octokit, name, slug);
    },
    withCommit: (name, sha) => of(name).flatMap(([pull, known]) => (known.sha === sha ? [pull] : [])),
    withIssue: (name, issue) => of(name).flatMap(([pull, known]) => (known.issue === issue ? [pull] : [])),
    open: (name) => of(name).map(([pull]) => pull),
    learn(name, pull, found) {
      const others = of(name).filter(([number]) => number !== pull);
      memo.set(keyOf(name), new Map(found === null ? others : [...others, [pull, found]]));
    },
  };
};
