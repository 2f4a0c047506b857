import { sameName } from "../../domain/actor.ts";
import { incidentLabel, mentioned } from "../../domain/after/incidents.ts";
import { followUpLabel } from "../../domain/after/marker.ts";
import type { Incident } from "../../domain/after/merge.ts";
import type { IssueFacts } from "../../domain/after/snapshot.ts";
import type { Read } from "../../domain/problem.ts";
import type { Octokit } from "../client.ts";
import { attempt, orAbsent } from "../errors.ts";
import type { RepoName } from "./account.ts";
import { readPages } from "./pages.ts";

interface Listed {
  readonly number: number;
  readonly html_url: string;
  readonly body?: string | null | undefined;
  readonly state: string;
  readonly created_at: string;
  readonly updated_at: string;
  readonly assignees?: readonly { readonly login: string }[] | null;
}

const factsOf = (issue: Listed): IssueFacts => ({
  number: issue.number,
  url: issue.html_url,
  body: issue.body ?? "",
  state: issue.state === "closed" ? "closed" : "open",
  createdAt: issue.created_at,
  updatedAt: issue.updated_at,
  assignees: (issue.assignees ?? []).map(({ login }) => login),
});

/** Null: it was deleted, or moved to another repository, which GitHub answers with a redirection or 410. */
export const readIssue = async (
  octokit: Octokit,
  { owner, repo }: RepoName,
  number: number,
): Promise<IssueFacts | null> => {
  const found = await orAbsent(() => octokit.rest.issues.get({ owner, repo, issue_number: number }));
  // Followed to another repository, it is no longer ours to write.
  const isHere = found?.data.repository_url.toLowerCase().endsWith(`/${owner}/${repo}`.toLowerCase());
  return found === null || !isHere ? null : factsOf(found.data);
};

/**
 * The app's own issue that holds a marker, the oldest first: a second one would be a mistake. Whose it is, is looked at
 * here: where a server is asked for the issues of an app's account, not every edition of GitHub finds them.
 */
export const findIssue = async (
  octokit: Octokit,
  { owner, repo }: RepoName,
  slug: string,
  { marker, since }: { readonly marker: string; readonly since: string },
): Promise<IssueFacts | null> => {
  const listed = await readPages(
    (page) => octokit.rest.issues.listForRepo({ owner, repo, state: "all", since, ...page }),
    (data) => data,
  );
  const ours = listed.filter(
    (issue) => isOurs(issue, slug) && issue.created_at >= since && (issue.body ?? "").includes(marker),
  );
  const [oldest] = ours.toSorted((a, b) => a.number - b.number);
  return oldest === undefined ? null : factsOf(oldest);
};

/** The open follow-ups of the repository: the label keeps the list short. */
export const listFollowUps = async (
  octokit: Octokit,
  { owner, repo }: RepoName,
  slug: string,
): Promise<readonly IssueFacts[]> => {
  const listed = await readPages(
    (page) => octokit.rest.issues.listForRepo({ owner, repo, labels: followUpLabel, state: "open", ...page }),
    (data) => data,
  );
  return listed.filter((issue) => isOurs(issue, slug)).map(factsOf);
};

interface Opened {
  readonly user: { readonly login: string } | null;
  readonly pull_request?: unknown;
}

const isOurs = ({ user, pull_request: pull }: Opened, slug: string): boolean =>
  pull === undefined && user !== null && sameName(user.login, `${slug}[bot]`);

/** Issues with the label `incident` that name the pull request, or its follow-up. */
export const readIncidents = (
  octokit: Octokit,
  name: RepoName,
  wants: { readonly since: string; readonly numbers: readonly number[] },
): Promise<Read<readonly Incident[]>> =>
  attempt("the incidents", async () => {
    const { owner, repo } = name;
    const { data } = await octokit.rest.issues.listForRepo({
      owner,
      repo,
      labels: incidentLabel,
      state: "all",
      since: wants.since,
      per_page: 100,
    });
    const where = { owner, name: repo };
    return data.flatMap(({ title, body, number, html_url: link, user, created_at: at }) =>
      !wants.numbers.includes(number) &&
      mentioned(`${title}\n${body ?? ""}`, where).some((found) => wants.numbers.includes(found))
        ? [{ link, by: user?.login ?? "ghost", at }]
        : [],
    );
  });
