import type { Read } from "../../domain/problem.ts";
import type { PublishedRelease, Tag } from "../../domain/snapshot.ts";
import type { Octokit } from "../client.ts";
import { attempt } from "../errors.ts";
import type { RepoName } from "./account.ts";
import { readPages } from "./pages.ts";

/** All tags, each with the commit that it points at in the end: an annotated one names an object of its own first. */
export const readTags = (octokit: Octokit, { owner, repo }: RepoName): Promise<Read<readonly Tag[]>> =>
  attempt("the tags", async () => {
    const listed = await readPages(
      (page) => octokit.rest.repos.listTags({ owner, repo, ...page }),
      (data) => data,
    );
    return listed.map(({ name, commit }) => ({ name, sha: commit.sha }));
  });

/** Of the hundred newest releases those that are published. GitHub shows drafts to whoever may write. */
export const readPublished = (
  octokit: Octokit,
  { owner, repo }: RepoName,
): Promise<Read<readonly PublishedRelease[]>> =>
  attempt("the releases", async () => {
    const { data } = await octokit.rest.repos.listReleases({ owner, repo, per_page: 100 });
    return data.filter(({ draft }) => !draft).map(({ tag_name: tag, html_url: url }) => ({ tag, url }));
  });
