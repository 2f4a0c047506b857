import { readExternalId } from "../../domain/external-id.ts";
import type { OwnRun } from "../../domain/snapshot.ts";
import type { Octokit } from "../client.ts";
import type { RepoName } from "./account.ts";
import { readPages, uniqueById } from "./pages.ts";

/** One of our runs, with where its ledger went. */
export interface OwnRunFacts extends OwnRun {
  /** Full SHA of the commit whose run took over; null while this one is in force. */
  readonly successor: string | null;
  readonly externalId: string;
}

/** What GitHub tells of a check run, as far as it matters for one of ours. */
interface Listed {
  readonly id: number;
  readonly name: string;
  readonly head_sha: string;
  readonly external_id: string | null;
  readonly conclusion: string | null;
  readonly output: {
    readonly title: string | null;
    readonly summary: string | null;
    readonly text: string | null;
  };
}

/** GitHub does not tell the buttons of a run again: `actions` is empty. */
export const ownRunOf = (run: Listed): OwnRunFacts => {
  const external = readExternalId(run.external_id);
  return {
    id: run.id,
    pull: external?.pull ?? null,
    successor: external?.successor ?? null,
    externalId: run.external_id ?? "",
    sha: run.head_sha,
    name: run.name,
    conclusion: run.conclusion,
    title: run.output.title ?? "",
    summary: run.output.summary ?? "",
    text: run.output.text ?? "",
    actions: [],
  };
};

/**
 * The app's own runs on a commit. All of them: `latest` goes by the time of completion, while the newest-created run
 * of a name is the one that a required check looks at.
 */
export const listOwnRuns = async (
  octokit: Octokit,
  { owner, repo }: RepoName,
  sha: string,
  appId: number,
): Promise<OwnRunFacts[]> => {
  const listed = await readPages(
    (page) =>
      octokit.rest.checks.listForRef({ owner, repo, ref: sha, app_id: appId, filter: "all", ...page }),
    (data) => data.check_runs,
  );
  return uniqueById(listed).map(ownRunOf);
};
