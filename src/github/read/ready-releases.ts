import { type Read, unreadable } from "../../domain/problem.ts";
import type { Octokit } from "../client.ts";
import { attempt } from "../errors.ts";
import type { RepoName } from "./account.ts";
import { listOwnRuns } from "./own-run.ts";
import { readPages } from "./pages.ts";

/** So many releases into one branch at once are a mistake in the rules rather than a plan. */
const most = 20;

export interface ReadyWants {
  readonly appId: number;
  readonly base: string;
  /** Name of the check for this base. */
  readonly check: string;
  readonly isRelease: (pull: {
    readonly head: { readonly ref: string };
    readonly labels: readonly string[];
  }) => boolean;
}

/** Numbers of the open release pull requests into a branch whose gate stands open, oldest first. */
export const readReadyReleases = async (
  octokit: Octokit,
  name: RepoName,
  { appId, base, check, isRelease }: ReadyWants,
): Promise<Read<readonly number[]>> => {
  const what = "the releases into this branch";
  const { owner, repo } = name;
  const releases = await attempt(what, async () => {
    const open = await readPages(
      (page) => octokit.rest.pulls.list({ owner, repo, state: "open", base, ...page }),
      (data) => data,
    );
    return open.filter(({ head, labels }) => isRelease({ head, labels: labels.map((label) => label.name) }));
  });
  if (!releases.ok) return releases;
  if (releases.value.length > most) return unreadable(what, `there are more than ${most}`);
  return attempt(what, async () => {
    const ready = await Promise.all(
      releases.value.map(async ({ number, head }) => {
        const runs = await listOwnRuns(octokit, name, head.sha, appId);
        const newest = runs
          .filter((run) => run.name === check && run.pull === number)
          .toSorted((a, b) => b.id - a.id)[0];
        return newest?.successor === null && newest.conclusion === "success" ? [number] : [];
      }),
    );
    return ready.flat().sort((a, b) => a - b);
  });
};
