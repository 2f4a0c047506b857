import type { Read } from "../../domain/problem.ts";
import type { Octokit } from "../client.ts";
import { attempt } from "../errors.ts";
import type { RepoName } from "./account.ts";

const query = `
  query ($owner: String!, $repo: String!, $branch: String!, $after: String) {
    repository(owner: $owner, name: $repo) {
      mergeQueue(branch: $branch) {
        entries(first: 100, after: $after) {
          nodes { position pullRequest { number } }
          pageInfo { hasNextPage endCursor }
        }
      }
    }
  }`;

interface Answer {
  readonly repository: {
    readonly mergeQueue: {
      readonly entries: {
        readonly nodes: readonly ({
          readonly position: number;
          readonly pullRequest: { readonly number: number } | null;
        } | null)[];
        readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
      };
    } | null;
  } | null;
}

/** Numbers of the pull requests in the merge queue of a branch, the next one to be merged first. */
export const readMergeQueue = (
  octokit: Octokit,
  { owner, repo }: RepoName,
  branch: string,
): Promise<Read<readonly number[]>> =>
  attempt("the merge queue", async () => {
    const entries: { position: number; number: number }[] = [];
    let after: string | null = null;
    do {
      const answer: Answer = await octokit.graphql<Answer>(query, { owner, repo, branch, after });
      const page = answer.repository?.mergeQueue?.entries;
      for (const node of page?.nodes ?? [])
        if (node?.pullRequest) entries.push({ position: node.position, number: node.pullRequest.number });
      after = page?.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after !== null);
    return entries.sort((a, b) => a.position - b.position).map(({ number }) => number);
  });
