import type { Read } from "../../domain/problem.ts";
import type { RangeCommit, ScopeFacts, ScopeIssue, ScopePull } from "../../domain/scope/facts.ts";
import type { Octokit } from "../client.ts";
import { attempt } from "../errors.ts";
import type { RepoName } from "./account.ts";

/** Commits in one query. GitHub gives up on queries that take it longer than ten seconds. */
const atOnce = 50;

interface Node<T> {
  readonly nodes: readonly (T | null)[] | null;
}

interface PullNode {
  readonly number: number;
  readonly title: string;
  readonly url: string;
  readonly merged: boolean;
  readonly repository: { readonly nameWithOwner: string };
  readonly closingIssuesReferences: Node<ScopeIssue> | null;
}

type CommitNode = { readonly associatedPullRequests?: Node<PullNode> | null } | null;

interface Answer {
  readonly repository:
    | ({
        readonly nameWithOwner: string;
        readonly pullRequest?: { readonly closingIssuesReferences: Node<ScopeIssue> | null } | null;
      } & { readonly [alias: `c${number}`]: CommitNode })
    | null;
}

const issues = "closingIssuesReferences(first: 20) { nodes { number title url } }";
const pulls = `associatedPullRequests(first: 5) { nodes { number title url merged repository { nameWithOwner } ${issues} } }`;

/** Which pull requests brought the commits, and which issues these close. */
export const readScope = (
  octokit: Octokit,
  { owner, repo }: RepoName,
  number: number,
  commits: readonly RangeCommit[],
): Promise<Read<ScopeFacts>> =>
  attempt("what is in the release", async () => {
    const chunks = Array.from({ length: Math.max(Math.ceil(commits.length / atOnce), 1) }, (_, index) =>
      commits.slice(index * atOnce, (index + 1) * atOnce),
    );
    const answers = await Promise.all(
      chunks.map((chunk) => octokit.graphql<Answer>(queryFor(chunk), { owner, repo, number })),
    );
    const broughtBy = new Map<string, readonly ScopePull[]>();
    for (const [index, chunk] of chunks.entries()) {
      const repository = answers[index]?.repository ?? null;
      for (const [at, { sha }] of chunk.entries()) {
        const found = repository?.[`c${at}`]?.associatedPullRequests?.nodes ?? [];
        broughtBy.set(
          sha,
          found.flatMap((pull) =>
            pull?.merged && pull.repository.nameWithOwner === repository?.nameWithOwner ? [pullOf(pull)] : [],
          ),
        );
      }
    }
    const own = answers[0]?.repository?.pullRequest?.closingIssuesReferences ?? null;
    return { broughtBy, issues: issuesOf(own) };
  });

/** SHAs stand in the query itself, since variables cannot be listed: they are hexadecimal digits and nothing else. */
const queryFor = (commits: readonly RangeCommit[]): string => {
  const parts = commits.map(
    ({ sha }, index) =>
      `c${index}: object(oid: "${sha.replace(/[^0-9a-f]/g, "")}") { ... on Commit { ${pulls} } }`,
  );
  return `query scope($owner: String!, $repo: String!, $number: Int!) {
  repository(owner: $owner, name: $repo) {
    nameWithOwner
    pullRequest(number: $number) { ${issues} }
    ${parts.join("\n    ")}
  }
}`;
};

const pullOf = ({ number, title, url, closingIssuesReferences }: PullNode): ScopePull => ({
  number,
  title,
  url,
  issues: issuesOf(closingIssuesReferences),
});

const issuesOf = (list: Node<ScopeIssue> | null): ScopeIssue[] =>
  (list?.nodes ?? []).flatMap((issue) =>
    issue === null ? [] : [{ number: issue.number, title: issue.title, url: issue.url }],
  );
