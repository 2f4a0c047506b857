import { association } from "../access.ts";
import type { Comment, Issue, Json, Label, Reaction, Repo } from "../model.ts";
import type { World } from "../world.ts";
import { appJson, nodeId, userJson } from "./account.ts";
import { repoPage, repoUrl } from "./repo.ts";

export const labelJson = (world: World, repo: Repo, label: Label): Json => ({
  id: label.id,
  node_id: nodeId("Label", label.id),
  url: `${repoUrl(world.urls, repo)}/labels/${encodeURIComponent(label.name)}`,
  name: label.name,
  color: label.color,
  default: label.default,
  description: label.description,
});

const contents = ["+1", "-1", "laugh", "hooray", "confused", "heart", "rocket", "eyes"];

function rollup(url: string, reactions: readonly Reaction[]): Json {
  const json: Json = { url: `${url}/reactions`, total_count: reactions.length };
  for (const content of contents) json[content] = reactions.filter((one) => one.content === content).length;
  return json;
}

export const reactionJson = (world: World, reaction: Reaction): Json => ({
  id: reaction.id,
  node_id: nodeId("Reaction", reaction.id),
  user: userJson(world.urls, reaction.user),
  content: reaction.content,
  created_at: reaction.createdAt,
});

export const issueUrl = (world: World, issue: Issue): string =>
  `${repoUrl(world.urls, issue.repo)}/issues/${issue.number}`;

export const issuePage = (world: World, issue: Issue): string =>
  `${repoPage(world.urls, issue.repo)}/${issue.pull ? "pull" : "issues"}/${issue.number}`;

export function issueJson(world: World, issue: Issue): Json {
  const { urls } = world;
  const url = issueUrl(world, issue);
  const page = issuePage(world, issue);
  const { pull } = issue;
  return {
    url,
    repository_url: repoUrl(urls, issue.repo),
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: page,
    id: issue.id,
    node_id: nodeId("Issue", issue.id),
    number: issue.number,
    title: issue.title,
    user: userJson(urls, issue.user),
    labels: issue.labels.map((label) => labelJson(world, issue.repo, label)),
    state: issue.state,
    locked: issue.locked,
    assignee: issue.assignees[0] ? userJson(urls, issue.assignees[0]) : null,
    assignees: issue.assignees.map((account) => userJson(urls, account)),
    milestone: null,
    comments: issue.comments.length,
    created_at: issue.createdAt,
    updated_at: issue.updatedAt,
    closed_at: issue.closedAt,
    closed_by: issue.closedBy ? userJson(urls, issue.closedBy) : null,
    author_association: association(issue.repo, issue.user),
    active_lock_reason: null,
    body: issue.body === "" ? null : issue.body,
    reactions: rollup(url, issue.reactions),
    timeline_url: `${url}/timeline`,
    performed_via_github_app: issue.app ? appJson(urls, issue.app) : null,
    state_reason: issue.stateReason,
    draft: pull?.draft ?? false,
    ...(pull
      ? {
          pull_request: {
            url: `${repoUrl(urls, issue.repo)}/pulls/${issue.number}`,
            html_url: page,
            diff_url: `${page}.diff`,
            patch_url: `${page}.patch`,
            merged_at: pull.mergedAt,
          },
        }
      : {}),
  };
}

export function commentJson(world: World, comment: Comment): Json {
  const { issue } = comment;
  const url = `${repoUrl(world.urls, issue.repo)}/issues/comments/${comment.id}`;
  return {
    url,
    html_url: `${issuePage(world, issue)}#issuecomment-${comment.id}`,
    issue_url: issueUrl(world, issue),
    id: comment.id,
    node_id: nodeId("IssueComment", comment.id),
    user: userJson(world.urls, comment.user),
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    author_association: association(issue.repo, comment.user),
    body: comment.body,
    reactions: rollup(url, comment.reactions),
    performed_via_github_app: comment.app ? appJson(world.urls, comment.app) : null,
  };
}
