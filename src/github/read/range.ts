import type { RestEndpointMethodTypes } from "@octokit/rest";
import { type Read, unreadable } from "../../domain/problem.ts";
import {
  mostCommits,
  type RangeCommit,
  type RangeFacts,
  type RangeFrom,
  type RangeStart,
} from "../../domain/scope/facts.ts";
import { highestVersion, lastRelease } from "../../domain/scope/last-release.ts";
import { componentOf } from "../../domain/scope/range.ts";
import type { Pull } from "../../domain/snapshot.ts";
import type { Octokit } from "../client.ts";
import { attempt } from "../errors.ts";
import type { RepoName } from "./account.ts";
import { pathsOf } from "./files.ts";

/** GitHub cuts the files of a comparison here, silently. */
const mostFiles = 300;
const perPage = 100;

type Compared = RestEndpointMethodTypes["repos"]["compareCommitsWithBasehead"]["response"]["data"];

interface Start {
  readonly start: RangeStart;
  readonly sha: string;
}

/** What the release brings: from the base, or from the last release. */
export const readRange = async (
  octokit: Octokit,
  name: RepoName,
  pull: Pick<Pull, "base" | "head" | "merge">,
  from: RangeFrom,
): Promise<Read<RangeFacts>> => {
  const base: Start = { start: { kind: "base" }, sha: pull.base.sha };
  const found =
    from === "base"
      ? { ok: true as const, value: base }
      : await attempt("the last release", async () => readLastRelease(octokit, name, pull));
  if (!found.ok) return found;
  const { start, sha } = found.value ?? { start: { kind: "no-release" }, sha: pull.base.sha };
  const what = start.kind === "release" ? `what came since ${start.tag}` : "what the release brings";
  const range = await attempt(what, () => compare(octokit, name, start, sha, pull.head.sha));
  return range.ok && range.value === null
    ? unreadable(what, "GitHub's answer is not whole")
    : (range as Read<RangeFacts>);
};

/** Null: nothing was released yet. After the merge this release itself is none of the earlier ones. */
const readLastRelease = async (
  octokit: Octokit,
  { owner, repo }: RepoName,
  pull: Pick<Pull, "head" | "merge">,
): Promise<Start | null> => {
  const component = componentOf(pull);
  const { data: releases } = await octokit.rest.repos.listReleases({ owner, repo, per_page: perPage });
  const tag =
    lastRelease(
      releases.flatMap(({ tag_name: tag, draft, prerelease, published_at: at }) =>
        draft || prerelease || !at || (pull.merge !== undefined && at > pull.merge.at)
          ? []
          : [{ tag, publishedAt: at }],
      ),
      component,
    ) ?? (await readHighestTag(octokit, { owner, repo }, component, [pull.head.sha, pull.merge?.sha]));
  if (tag === null) return null;
  // In full, since a branch may have the same name, and anybody who may push can make one.
  const { data } = await octokit.rest.repos.getCommit({ owner, repo, ref: `tags/${tag}`, per_page: 1 });
  return { start: { kind: "release", tag }, sha: data.sha };
};

const readHighestTag = async (
  octokit: Octokit,
  { owner, repo }: RepoName,
  component: string | null,
  own: readonly (string | undefined)[],
): Promise<string | null> => {
  const { data } = await octokit.rest.repos.listTags({ owner, repo, per_page: perPage });
  return highestVersion(
    data.filter((tag) => !own.includes(tag.commit.sha)).map((tag) => tag.name),
    component,
  );
};

/** The newest commits stand on the last pages; all files stand on the first. */
const compare = async (
  octokit: Octokit,
  { owner, repo }: RepoName,
  start: RangeStart,
  from: string,
  to: string,
): Promise<RangeFacts | null> => {
  const basehead = `${from}...${to}`;
  const page = async (number: number): Promise<Compared> =>
    (
      await octokit.rest.repos.compareCommitsWithBasehead({
        owner,
        repo,
        basehead,
        per_page: perPage,
        page: number,
      })
    ).data;
  const first = await page(1);
  const total = first.total_commits;
  const last = Math.max(Math.ceil(total / perPage), 1);
  const firstNeeded = Math.max(Math.floor((total - mostCommits) / perPage) + 1, 1);
  const numbers = Array.from({ length: last - firstNeeded + 1 }, (_, index) => firstNeeded + index);
  const pages = await Promise.all(numbers.map((number) => (number === 1 ? first : page(number))));
  const commits = pages.flatMap((one) => one.commits.map(commitOf)).slice(-mostCommits);
  if (commits.length !== Math.min(total, mostCommits)) return null;
  const files = first.files ?? [];
  return {
    start,
    commits,
    total,
    files: { paths: pathsOf(files), complete: files.length < mostFiles },
  };
};

const commitOf = ({ sha, commit, parents, author }: Compared["commits"][number]): RangeCommit => ({
  sha,
  headline: commit.message.split("\n", 1)[0] ?? "",
  author: author?.login ?? null,
  at: commit.author?.date ?? commit.committer?.date ?? null,
  merge: parents.length > 1,
});
