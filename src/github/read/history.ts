import type { Actor } from "../../domain/actor.ts";
import type { Edit } from "../../domain/edit.ts";
import type { Read } from "../../domain/problem.ts";
import type { History } from "../../domain/snapshot.ts";
import type { Octokit } from "../client.ts";
import { attempt } from "../errors.ts";
import type { RepoName } from "./account.ts";

/** Each revision is a whole description, so pages are small and their number is bounded: a thousand revisions. */
const perPage = 50;
const mostPages = 20;

/** Whose text it is: a pull request's description, or an issue's. */
export type TextOf = "pullRequest" | "issue";

const queryFor = (
  of: TextOf,
): string => `query history($owner: String!, $repo: String!, $number: Int!, $after: String) {
  repository(owner: $owner, name: $repo) {
    text: ${of}(number: $number) {
      userContentEdits(first: ${perPage}, after: $after) {
        pageInfo { hasNextPage endCursor }
        nodes { editedAt editor { __typename login } diff }
      }
    }
  }
}`;

interface Revision {
  readonly editedAt: string;
  readonly editor: { readonly __typename: string; readonly login: string } | null;
  /** The whole text after the edit, in spite of the name; null once somebody deleted the revision. */
  readonly diff: string | null;
}

interface Answer {
  readonly repository: {
    readonly text: {
      readonly userContentEdits: {
        readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
        readonly nodes: readonly (Revision | null)[];
      } | null;
    } | null;
  } | null;
}

/**
 * The edits of the description, oldest first, told by GitHub's edit history. The oldest revision is the opening text
 * and no edit. With `since` (ISO 8601) reading stops at the first revision before it, which then is the start.
 */
export const readHistory = (
  octokit: Octokit,
  name: RepoName,
  number: number,
  of: TextOf = "pullRequest",
  since: string | null = null,
): Promise<Read<History>> =>
  attempt("the edit history of the description", async () => {
    const { revisions, complete } = await readRevisions(octokit, name, number, of, since);
    const oldestFirst = revisions.toReversed();
    const edits = oldestFirst.flatMap((revision, index) => {
      const before = oldestFirst[index - 1];
      return before ? editOf(before, revision) : [];
    });
    return { edits, complete: complete && revisions.every((revision) => revision?.diff != null) };
  });

const readRevisions = async (
  octokit: Octokit,
  { owner, repo }: RepoName,
  number: number,
  of: TextOf,
  since: string | null,
): Promise<{ revisions: (Revision | null)[]; complete: boolean }> => {
  const revisions: (Revision | null)[] = [];
  let after: string | null = null;
  for (let page = 0; page < mostPages; page += 1) {
    const answer: Answer = await octokit.graphql<Answer>(queryFor(of), { owner, repo, number, after });
    const list = answer.repository?.text?.userContentEdits;
    if (!list) return { revisions, complete: true };
    revisions.push(...list.nodes);
    const oldest = revisions.at(-1);
    if (since !== null && oldest && oldest.editedAt < since) return { revisions, complete: true };
    if (!list.pageInfo.hasNextPage) return { revisions, complete: true };
    after = list.pageInfo.endCursor;
  }
  return { revisions, complete: false };
};

const editOf = (before: Revision | null, revision: Revision | null): Edit[] =>
  before?.diff == null || revision?.diff == null
    ? []
    : [
        {
          at: revision.editedAt,
          by: editorOf(revision),
          from: before.diff,
          to: revision.diff,
          head: null,
          source: "history",
        },
      ];

/** GraphQL names a bot without the `[bot]` that REST and webhooks put behind it. */
const editorOf = ({ editor }: Revision): Actor | null => {
  if (!editor) return null;
  const bot = editor.__typename === "Bot";
  const login = bot && !editor.login.endsWith("[bot]") ? `${editor.login}[bot]` : editor.login;
  return { login, kind: bot ? "bot" : "person" };
};
