import type { Octokit } from "./client.ts";
import type { FollowUps } from "./follow-ups.ts";
import type { RepoName } from "./read/account.ts";
import { createMemo } from "./read/memo.ts";

/** At the start so far back, in milliseconds: GitHub keeps failed deliveries as long. */
const lookBack = 3 * 86_400_000;
/** GitHub's clock and ours differ, and a sweep takes a while. */
const overlap = 2 * 60_000;
/** In one look back; more would cost more than it finds. */
const most = 100;

/**
 * Merged pull requests that a sweep has to look at: those with an open follow-up, and those that changed since the last
 * sweep, such as one that was merged while the app was down.
 */
export type Late = (octokit: Octokit, repo: RepoName, slug: string) => Promise<readonly number[]>;

/** @param now Milliseconds since the epoch. */
export const createLate = (followUps: FollowUps, now: () => number): Late => {
  const visited = createMemo<number>(2_000);
  return async (octokit, { owner, repo }, slug) => {
    const key = `${owner}/${repo}`.toLowerCase();
    const began = now();
    const since = (visited.get(key) ?? began - lookBack) - overlap;
    const [following, { data: closed }] = await Promise.all([
      followUps.list(octokit, { owner, repo }, slug),
      octokit.rest.pulls.list({
        owner,
        repo,
        state: "closed",
        sort: "updated",
        direction: "desc",
        per_page: most,
      }),
    ]);
    visited.set(key, began);
    const changed = closed.filter(
      ({ merged_at: merged, updated_at: at }) => merged !== null && Date.parse(at) >= since,
    );
    return [...new Set([...following, ...changed.map(({ number }) => number)])];
  };
};
