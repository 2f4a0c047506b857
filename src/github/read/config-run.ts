import type { Octokit } from "../client.ts";
import type { RepoName } from "./account.ts";
import { readPages } from "./pages.ts";

/** The app's run on a change of the configuration. */
export interface ConfigRun {
  readonly id: number;
  readonly sha: string;
  readonly externalId: string;
  /** How many annotations it has. */
  readonly annotations: number;
}

export interface ConfigRunWants {
  /** Full SHA of the head. */
  readonly sha: string;
  readonly appId: number;
  /** Name of the check. */
  readonly check: string;
  /** How the `external_id` of the pull request's run begins. */
  readonly id: string;
}

/** The newest-created one of this pull request on this commit; null: there is none. */
export const findConfigRun = async (
  octokit: Octokit,
  { owner, repo }: RepoName,
  { sha, appId, check, id }: ConfigRunWants,
): Promise<ConfigRun | null> => {
  const listed = await readPages(
    (page) =>
      octokit.rest.checks.listForRef({
        owner,
        repo,
        ref: sha,
        app_id: appId,
        check_name: check,
        filter: "all",
        ...page,
      }),
    (data) => data.check_runs,
  );
  const [newest] = listed.filter((run) => run.external_id?.startsWith(id)).toSorted((a, b) => b.id - a.id);
  return newest === undefined
    ? null
    : {
        id: newest.id,
        sha: newest.head_sha,
        externalId: newest.external_id ?? "",
        annotations: newest.output.annotations_count,
      };
};
