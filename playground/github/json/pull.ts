import { association } from "../access.ts";
import { pullDifference } from "../diff.ts";
import type { Json, Pull, Repo } from "../model.ts";
import { fullName, type World } from "../world.ts";
import { nodeId, userJson } from "./account.ts";
import { issuePage, issueUrl, labelJson } from "./issue.ts";
import { repoInPull, repoUrl } from "./repo.ts";

const side = (world: World, repo: Repo, ref: string, sha: string): Json => ({
  label: `${repo.owner.login}:${ref}`,
  ref,
  sha,
  user: userJson(world.urls, repo.owner),
  repo: repoInPull(world.urls, repo),
});

/** A pull request as the lists show it. */
export function pullSummary(world: World, pull: Pull): Json {
  const { urls } = world;
  const url = `${repoUrl(urls, pull.repo)}/pulls/${pull.number}`;
  const page = issuePage(world, pull);
  const issue = issueUrl(world, pull);
  const statuses = `${repoUrl(urls, pull.repo)}/statuses/${pull.head.sha}`;
  const reviewComment = `${repoUrl(urls, pull.repo)}/pulls/comments{/number}`;
  return {
    url,
    id: pull.id,
    node_id: nodeId("PullRequest", pull.id),
    html_url: page,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    issue_url: issue,
    number: pull.number,
    state: pull.state,
    locked: pull.locked,
    title: pull.title,
    user: userJson(urls, pull.user),
    body: pull.body === "" ? null : pull.body,
    created_at: pull.createdAt,
    updated_at: pull.updatedAt,
    closed_at: pull.closedAt,
    merged_at: pull.mergedAt,
    merge_commit_sha: pull.mergeCommitSha,
    assignee: pull.assignees[0] ? userJson(urls, pull.assignees[0]) : null,
    assignees: pull.assignees.map((account) => userJson(urls, account)),
    requested_reviewers: pull.requestedReviewers.map((account) => userJson(urls, account)),
    requested_teams: [],
    labels: pull.labels.map((label) => labelJson(world, pull.repo, label)),
    milestone: null,
    draft: pull.draft,
    commits_url: `${url}/commits`,
    review_comments_url: `${url}/comments`,
    review_comment_url: reviewComment,
    comments_url: `${issue}/comments`,
    statuses_url: statuses,
    head: side(world, pull.headRepo, pull.headRef, pull.head.sha),
    base: side(world, pull.repo, pull.baseRef, pull.base.sha),
    _links: {
      self: { href: url },
      html: { href: page },
      issue: { href: issue },
      comments: { href: `${issue}/comments` },
      review_comments: { href: `${url}/comments` },
      review_comment: { href: reviewComment },
      commits: { href: `${url}/commits` },
      statuses: { href: statuses },
    },
    author_association: association(pull.repo, pull.user),
    auto_merge: null,
    active_lock_reason: null,
  };
}

/** A pull request as events and `GET /pulls/{number}` show it. `mergeable_state` comes from the merge rules. */
export function pullJson(world: World, pull: Pull, mergeableState = "unknown"): Json {
  const difference = pullDifference(pull);
  return {
    ...pullSummary(world, pull),
    merged: pull.merged,
    mergeable: mergeableState === "unknown" ? null : mergeableState !== "dirty",
    rebaseable: mergeableState === "unknown" ? null : mergeableState !== "dirty",
    mergeable_state: mergeableState,
    merged_by: pull.mergedBy ? userJson(world.urls, pull.mergedBy) : null,
    comments: pull.comments.length,
    review_comments: 0,
    maintainer_can_modify: false,
    commits: difference.commits.length,
    additions: difference.additions,
    deletions: difference.deletions,
    changed_files: difference.files.length,
  };
}

/** A pull request as check runs, suites and workflow runs name it. */
export function pullReference(world: World, pull: Pull): Json {
  const url = repoUrl(world.urls, pull.repo);
  const repo = { id: pull.repo.id, url, name: pull.repo.name };
  return {
    url: `${url}/pulls/${pull.number}`,
    id: pull.id,
    number: pull.number,
    head: { ref: pull.headRef, sha: pull.head.sha, repo },
    base: { ref: pull.baseRef, sha: pull.base.sha, repo },
  };
}

/** The open pull requests that GitHub names in check data: never those that come from a fork. */
export function pullReferences(world: World, repo: Repo, sha: string): Json[] {
  const found: Json[] = [];
  for (const pull of repo.openPullsBySha.get(sha) ?? []) {
    if (pull.headRepo === repo) found.push(pullReference(world, pull));
  }
  return found;
}

export const pullName = (pull: Pull): string => `${fullName(pull.repo)}#${pull.number}`;
