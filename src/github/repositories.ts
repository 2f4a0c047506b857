import type { Octokit } from "./client.ts";
import type { RepoName } from "./read/account.ts";
import { readPages, uniqueById } from "./read/pages.ts";

export interface InstalledRepository {
  readonly id: number;
  readonly owner: string;
  readonly name: string;
  readonly defaultBranch: string;
  /** Time of the last push to any branch, ISO 8601; null when there was none. */
  readonly pushedAt: string | null;
}

/** Ids of the installations that may be used; `app` speaks as the app itself. */
export const listInstallations = async (app: Octokit): Promise<number[]> => {
  const listed = await readPages(
    (page) => app.rest.apps.listInstallations({ ...page }),
    (data) => data,
  );
  return uniqueById(listed)
    .filter((installation) => !installation.suspended_at)
    .map(({ id }) => id);
};

/** What the installation may see and what can be written to: nothing archived or disabled. */
export const listRepositories = async (octokit: Octokit): Promise<InstalledRepository[]> => {
  const listed = await readPages(
    (page) => octokit.rest.apps.listReposAccessibleToInstallation({ ...page }),
    (data) => data.repositories,
  );
  return uniqueById(listed)
    .filter(({ archived, disabled }) => !archived && !disabled)
    .map((repository) => ({
      id: repository.id,
      owner: repository.owner.login,
      name: repository.name,
      defaultBranch: repository.default_branch,
      pushedAt: repository.pushed_at ?? null,
    }));
};

/** All repositories of an organisation that the caller may see, archived ones too: they have a history. */
export const listOrganisation = async (octokit: Octokit, org: string): Promise<RepoName[]> => {
  const listed = await readPages(
    (page) => octokit.rest.repos.listForOrg({ org, type: "all", ...page }),
    (data) => data,
  );
  return uniqueById(listed).map(({ owner, name }) => ({ owner: owner.login, repo: name }));
};
