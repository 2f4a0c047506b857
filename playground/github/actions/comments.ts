import { invalidField, unprocessable } from "../errors.ts";
import { commentJson, issueJson } from "../json/issue.ts";
import type { Account, Actor, Comment, Issue, Json, Reaction } from "../model.ts";
import type { World } from "../world.ts";
import { checkBody, recordRevision } from "./issues.ts";

/** Comments on issues and pull requests, and reactions to both. */

const emitComment = (world: World, comment: Comment, action: string, by: Actor, more: Json = {}): void =>
  world.emit({
    event: "issue_comment",
    action,
    repo: comment.issue.repo,
    sender: by.account,
    payload: () => ({
      ...more,
      issue: issueJson(world, comment.issue),
      comment: commentJson(world, comment),
    }),
  });

export function addComment(world: World, issue: Issue, body: string, by: Actor): Comment {
  if (body === "")
    throw unprocessable("Validation Failed", [
      { resource: "IssueComment", field: "body", code: "missing_field" },
    ]);
  checkBody("IssueComment", body);
  const now = world.now();
  const comment: Comment = {
    id: world.id(),
    issue,
    user: by.account,
    app: by.app,
    body,
    revisions: [],
    reactions: [],
    createdAt: now,
    updatedAt: now,
  };
  issue.comments.push(comment);
  issue.updatedAt = now;
  issue.repo.comments.set(comment.id, comment);
  emitComment(world, comment, "created", by);
  return comment;
}

export function editComment(world: World, comment: Comment, body: string, by: Actor): void {
  if (body === comment.body) return;
  checkBody("IssueComment", body);
  const from = comment.body;
  recordRevision(world, comment, body, by.account);
  comment.updatedAt = world.now();
  emitComment(world, comment, "edited", by, { changes: { body: { from } } });
}

export function deleteComment(world: World, comment: Comment, by: Actor): void {
  const { issue } = comment;
  issue.comments = issue.comments.filter((one) => one !== comment);
  issue.repo.comments.delete(comment.id);
  emitComment(world, comment, "deleted", by);
}

const CONTENTS = new Set(["+1", "-1", "laugh", "confused", "heart", "hooray", "rocket", "eyes"]);

/** The same reaction of the same person is there only once. Reactions make no event. */
export function react(
  world: World,
  to: { reactions: Reaction[] },
  content: string,
  user: Account,
): [Reaction, boolean] {
  if (!CONTENTS.has(content)) throw invalidField("Reaction", "content", "is not included in the list");
  const known = to.reactions.find((one) => one.user === user && one.content === content);
  if (known) return [known, false];
  const reaction = { id: world.id(), user, content, createdAt: world.now() };
  to.reactions.push(reaction);
  return [reaction, true];
}
