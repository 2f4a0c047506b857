import type { RestEndpointMethodTypes } from "@octokit/rest";
import type { Seal } from "../../domain/ledger.ts";
import { readLedger } from "../../domain/ledger-text.ts";
import type { Octokit } from "../client.ts";
import { orAbsent } from "../errors.ts";
import type { RepoName } from "./account.ts";
import { listComments } from "./comments.ts";
import type { Identity } from "./identity.ts";
import { listOwnRuns } from "./own-run.ts";
import { readPages, uniqueById } from "./pages.ts";

/** A comment that holds a marker, with what GitHub tells of who wrote it. */
export interface MarkedComment {
  readonly id: number;
  readonly pull: number;
  readonly url: string;
  readonly body: string;
  /** Id of the app that wrote it, if that may be ours; null: somebody else. */
  readonly app: number | null;
  readonly author: string;
}

type Listed = RestEndpointMethodTypes["issues"]["listComments"]["response"]["data"][number];

const markedOf =
  (marker: string, app: Identity) =>
  (comment: Listed): MarkedComment[] =>
    comment.body?.includes(marker)
      ? [
          {
            id: comment.id,
            pull: Number(comment.issue_url.split("/").at(-1)),
            url: comment.html_url,
            body: comment.body,
            // GitHub does not always name the app, but nobody else can have the account of its bot. What people write
            // through an app bears its name too, but not that account.
            app:
              comment.user?.login === `${app.slug}[bot]`
                ? (comment.performed_via_github_app?.id ?? app.id)
                : null,
            author: comment.user?.login ?? "ghost",
          },
        ]
      : [];

/** Those of one pull request, oldest first. */
export const readMarkedComments = async (
  octokit: Octokit,
  name: RepoName,
  pull: number,
  marker: string,
  app: Identity,
): Promise<readonly MarkedComment[]> =>
  (await listComments(octokit, name, pull, null)).flatMap(markedOf(marker, app));

/** Those of a whole repository that were written or changed at or after `since` (ISO 8601), oldest first. */
export const readMarkedCommentsSince = async (
  octokit: Octokit,
  { owner, repo }: RepoName,
  since: string,
  marker: string,
  app: Identity,
): Promise<readonly MarkedComment[]> =>
  uniqueById(
    await readPages(
      (page) => octokit.rest.issues.listCommentsForRepo({ owner, repo, since, ...page }),
      (data) => data,
    ),
  )
    .toSorted((a, b) => a.id - b.id)
    .flatMap(markedOf(marker, app));

const query = `query editors($owner: String!, $repo: String!, $number: Int!, $after: String) {
  repository(owner: $owner, name: $repo) {
    pullRequest(number: $number) {
      comments(first: 100, after: $after) {
        pageInfo { hasNextPage endCursor }
        nodes { databaseId editor { __typename login } }
      }
    }
  }
}`;

interface Editors {
  readonly repository: {
    readonly pullRequest: {
      readonly comments: {
        readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
        readonly nodes: readonly ({
          readonly databaseId: number;
          readonly editor: { readonly __typename: string; readonly login: string } | null;
        } | null)[];
      };
    } | null;
  } | null;
}

/**
 * Who edited each comment last, by its id; the REST API does not tell, and its times have seconds only, so that an edit
 * right after the writing does not show. Comments that nobody edited are absent.
 */
export async function readEditors(
  octokit: Octokit,
  { owner, repo }: RepoName,
  number: number,
): Promise<ReadonlyMap<number, string>> {
  const editors = new Map<number, string>();
  for (let after: string | null = null, more = true; more; ) {
    const answer: Editors = await octokit.graphql<Editors>(query, { owner, repo, number, after });
    const comments = answer.repository?.pullRequest?.comments;
    for (const node of comments?.nodes ?? [])
      if (node?.editor) editors.set(node.databaseId, loginOf(node.editor));
    after = comments?.pageInfo.endCursor ?? null;
    more = comments?.pageInfo.hasNextPage === true;
  }
  return editors;
}

/** GraphQL leaves out the `[bot]` that REST shows. */
const loginOf = ({ __typename, login }: { readonly __typename: string; readonly login: string }): string =>
  __typename === "Bot" ? `${login.replace(/\[bot\]$/, "")}[bot]` : login;

export interface MergedPull {
  readonly repository: number;
  readonly number: number;
  readonly head: string;
  readonly merged: boolean;
}

/** Null: there is no such pull request, or it may not be seen. */
export async function readMergedPull(
  octokit: Octokit,
  { owner, repo }: RepoName,
  number: number,
): Promise<MergedPull | null> {
  const answer = await orAbsent(() => octokit.rest.pulls.get({ owner, repo, pull_number: number }));
  return (
    answer && {
      repository: answer.data.base.repo.id,
      number,
      head: answer.data.head.sha,
      merged: answer.data.merged,
    }
  );
}

/** What our check on the merged commit tells of the newest record. Null: the check is gone, or tells of none. */
export async function readSeal(
  octokit: Octokit,
  name: RepoName,
  { number, head }: MergedPull,
  app: number,
): Promise<Seal | null> {
  const runs = await listOwnRuns(octokit, name, head, app);
  const ledgers = runs
    .filter((run) => run.pull === number)
    .map((run) => readLedger(run.text))
    .filter((ledger) => ledger !== null && ledger !== "damaged");
  return ledgers.toSorted((a, b) => b.revision - a.revision)[0]?.record ?? null;
}
