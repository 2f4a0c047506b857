import type { Octokit } from "../client.ts";
import { classify, PassingFault } from "../errors.ts";
import type { RepoName } from "./account.ts";

/** How far back a lost ledger is looked for. */
const pushes = 20;
const commits = 20;

const query = `query lineage($owner: String!, $repo: String!, $number: Int!) {
  repository(owner: $owner, name: $repo) {
    pullRequest(number: $number) {
      timelineItems(last: ${pushes}, itemTypes: [HEAD_REF_FORCE_PUSHED_EVENT]) {
        nodes { ... on HeadRefForcePushedEvent { beforeCommit { oid } } }
      }
      commits(last: ${commits}) { nodes { commit { oid } } }
    }
  }
}`;

interface Answer {
  readonly repository: {
    readonly pullRequest: {
      readonly timelineItems: {
        readonly nodes: readonly { readonly beforeCommit?: { readonly oid: string } | null }[];
      };
      readonly commits: { readonly nodes: readonly { readonly commit: { readonly oid: string } }[] };
    } | null;
  } | null;
}

/** Full SHAs of commits that may have been this pull request's head, newest first: those left by forced pushes, then its newest commits. */
export const readLineage = async (
  octokit: Octokit,
  { owner, repo }: RepoName,
  number: number,
): Promise<string[]> => {
  const pull = (await answer(octokit, { owner, repo, number }))?.repository?.pullRequest;
  if (!pull) return [];
  const left = pull.timelineItems.nodes.flatMap(({ beforeCommit }) =>
    beforeCommit ? [beforeCommit.oid] : [],
  );
  const newest = pull.commits.nodes.map(({ commit }) => commit.oid);
  return [...new Set([...left.toReversed(), ...newest.toReversed()])];
};

/** Where GitHub refuses the query, there is no lineage to follow; what webhooks and superseded runs tell remains. */
const answer = async (
  octokit: Octokit,
  variables: { owner: string; repo: string; number: number },
): Promise<Answer | null> => {
  try {
    return await octokit.graphql<Answer>(query, variables);
  } catch (error) {
    const meaning = classify(error);
    if (meaning instanceof PassingFault) throw meaning;
    return null;
  }
};
