import { invalidField, unprocessable } from "../errors.ts";
import { userJson } from "../json/account.ts";
import { commentJson, issueJson, labelJson } from "../json/issue.ts";
import { pullJson } from "../json/pull.ts";
import type { Account, Actor, Comment, Issue, Json, Label, Reaction, Repo, Revision } from "../model.ts";
import type { World } from "../world.ts";

/** What issues and pull requests have in common: text with its history, labels, assignees, comments, reactions. */

const MOST_CHARACTERS = 65_536;

/** GitHub counts characters, not UTF-16 units. */
export function checkBody(resource: string, body: string): void {
  if (body.length <= MOST_CHARACTERS || [...body].length <= MOST_CHARACTERS) return;
  throw invalidField(resource, "body", `is too long (maximum is ${MOST_CHARACTERS} characters)`);
}

export function checkTitle(resource: string, title: string): void {
  if (title.trim() === "")
    throw unprocessable("Validation Failed", [{ resource, field: "title", code: "missing_field" }]);
  if (title.length > 256) throw invalidField(resource, "title", "is too long (maximum is 256 characters)");
}

/** Emits the event of an issue, or the one of the same name of a pull request. */
export function emitIssue(
  world: World,
  issue: Issue,
  action: string,
  by: Actor,
  more: () => Json = () => ({}),
) {
  const { pull } = issue;
  world.emit({
    event: pull ? "pull_request" : "issues",
    action,
    repo: issue.repo,
    sender: by.account,
    payload: () => ({
      ...(pull
        ? { number: pull.number, pull_request: pullJson(world, pull) }
        : { issue: issueJson(world, issue) }),
      ...more(),
    }),
  });
}

interface Text {
  body: string;
  revisions: Revision[];
  user: Account;
  createdAt: string;
}

/** The first edit also writes down the text as it was created, which is then the oldest version. */
export function recordRevision(world: World, text: Text, body: string, editor: Account): void {
  if (text.revisions.length === 0) {
    text.revisions.push({ body: text.body, editor: text.user, editedAt: text.createdAt, deletedAt: null });
  }
  text.revisions.push({ body, editor, editedAt: world.now(), deletedAt: null });
  text.body = body;
}

export interface IssueFields {
  title: string;
  body?: string;
}

/** What a new issue and a new pull request start with; takes the next number. */
export function newIssue(world: World, repo: Repo, fields: IssueFields, by: Actor): Issue {
  const now = world.now();
  checkTitle("Issue", fields.title);
  checkBody("Issue", fields.body ?? "");
  return {
    id: world.id(),
    number: repo.nextNumber++,
    repo,
    user: by.account,
    app: by.app,
    title: fields.title,
    body: fields.body ?? "",
    revisions: [],
    state: "open",
    stateReason: null,
    locked: false,
    labels: [],
    assignees: [],
    comments: [],
    reactions: [],
    createdAt: now,
    updatedAt: now,
    closedAt: null,
    closedBy: null,
  };
}

export function openIssue(world: World, repo: Repo, fields: IssueFields, by: Actor): Issue {
  const issue = newIssue(world, repo, fields, by);
  repo.issues.set(issue.number, issue);
  emitIssue(world, issue, "opened", by);
  return issue;
}

/** Title and body in one edit, with one event. An edit that changes nothing makes none. */
export function editText(
  world: World,
  issue: Issue,
  fields: { title?: string; body?: string },
  by: Actor,
  changes: Json = {},
) {
  const resource = issue.pull ? "PullRequest" : "Issue";
  const changed: Json = { ...changes };
  if (fields.title !== undefined && fields.title !== issue.title) {
    checkTitle(resource, fields.title);
    changed.title = { from: issue.title };
  }
  if (fields.body !== undefined && fields.body !== issue.body) {
    checkBody(resource, fields.body);
    changed.body = { from: issue.body };
    recordRevision(world, issue, fields.body, by.account);
  }
  if (changed.title) issue.title = fields.title as string;
  if (Object.keys(changed).length === 0) return;
  issue.updatedAt = world.now();
  emitIssue(world, issue, "edited", by, () => ({ changes: changed }));
}

export function createLabel(
  world: World,
  repo: Repo,
  name: string,
  by: Actor,
  color = "ededed",
  description?: string,
): Label {
  const label = { id: world.id(), name, color, description: description ?? null, default: false };
  repo.labels.set(name.toLowerCase(), label);
  world.emit({
    event: "label",
    action: "created",
    repo,
    sender: by.account,
    payload: () => ({ label: labelJson(world, repo, label) }),
  });
  return label;
}

function labelOf(repo: Repo, name: string): Label {
  const label = repo.labels.get(name.toLowerCase());
  if (!label) throw new Error(`There is no label ${name}`);
  return label;
}

export function renameLabel(world: World, repo: Repo, name: string, to: string, by: Actor): void {
  const label = labelOf(repo, name);
  repo.labels.delete(name.toLowerCase());
  repo.labels.set(to.toLowerCase(), label);
  label.name = to;
  world.emit({
    event: "label",
    action: "edited",
    repo,
    sender: by.account,
    payload: () => ({ label: labelJson(world, repo, label), changes: { name: { from: name } } }),
  });
}

/** What carried the label loses it without an event of its own. */
export function deleteLabel(world: World, repo: Repo, name: string, by: Actor): void {
  const label = labelOf(repo, name);
  repo.labels.delete(name.toLowerCase());
  for (const issue of repo.issues.values()) issue.labels = issue.labels.filter((one) => one !== label);
  world.emit({
    event: "label",
    action: "deleted",
    repo,
    sender: by.account,
    payload: () => ({ label: labelJson(world, repo, label) }),
  });
}

export function addLabels(world: World, issue: Issue, names: readonly string[], by: Actor): void {
  for (const name of names) {
    if (issue.labels.some((label) => label.name.toLowerCase() === name.toLowerCase())) continue;
    const label = issue.repo.labels.get(name.toLowerCase()) ?? createLabel(world, issue.repo, name, by);
    issue.labels = [...issue.labels, label];
    issue.updatedAt = world.now();
    emitIssue(world, issue, "labeled", by, () => ({ label: labelJson(world, issue.repo, label) }));
  }
}

export function removeLabel(world: World, issue: Issue, name: string, by: Actor): boolean {
  const label = issue.labels.find((one) => one.name.toLowerCase() === name.toLowerCase());
  if (!label) return false;
  issue.labels = issue.labels.filter((one) => one !== label);
  issue.updatedAt = world.now();
  emitIssue(world, issue, "unlabeled", by, () => ({ label: labelJson(world, issue.repo, label) }));
  return true;
}

export function assign(world: World, issue: Issue, accounts: readonly Account[], by: Actor): void {
  for (const account of accounts) {
    if (issue.assignees.includes(account)) continue;
    issue.assignees = [...issue.assignees, account];
    issue.updatedAt = world.now();
    emitIssue(world, issue, "assigned", by, () => ({ assignee: userJson(world.urls, account) }));
  }
}

export function unassign(world: World, issue: Issue, accounts: readonly Account[], by: Actor): void {
  for (const account of accounts) {
    if (!issue.assignees.includes(account)) continue;
    issue.assignees = issue.assignees.filter((one) => one !== account);
    issue.updatedAt = world.now();
    emitIssue(world, issue, "unassigned", by, () => ({ assignee: userJson(world.urls, account) }));
  }
}

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
