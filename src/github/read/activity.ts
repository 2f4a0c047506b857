import type { Read } from "../../domain/problem.ts";
import type { Arrival } from "../../domain/push.ts";
import type { Pull } from "../../domain/snapshot.ts";
import type { Octokit } from "../client.ts";
import { attempt } from "../errors.ts";
import type { RepoName } from "./account.ts";

/** Enough for the time that commands come late by. */
const newest = 30;

/** What stands for "no commit" when a branch is created or deleted. */
const nothing = /^0+$/;

/**
 * How the branch of a pull request moved, oldest first. Of a fork nothing is read: the app is not installed there.
 *
 * @see https://docs.github.com/en/rest/repos/repos#list-repository-activities
 */
export const readActivity = async (
  octokit: Octokit,
  { owner, repo }: RepoName,
  { head }: Pick<Pull, "head">,
): Promise<Read<readonly Arrival[]>> => {
  const what = "the activity of the branch";
  if (head.fork) return { ok: false, problem: { what, why: "it is in a fork" } };
  return attempt(what, async () => {
    const { data } = await octokit.rest.repos.listActivities({
      owner,
      repo,
      ref: `refs/heads/${head.ref}`,
      per_page: newest,
    });
    return data.toReversed().map(
      ({ before, after, timestamp }): Arrival => ({
        from: nothing.test(before) ? null : before,
        to: after,
        at: `${new Date(timestamp).toISOString().slice(0, 19)}Z`,
      }),
    );
  });
};
