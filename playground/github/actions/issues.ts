import { invalidField, unprocessable } from "../errors.ts";
import { userJson } from "../json/account.ts";
import { issueJson } from "../json/issue.ts";
import { pullJson } from "../json/pull.ts";
import type { Account, Actor, Issue, Json, Repo, Revision } from "../model.ts";
import type { World } from "../world.ts";

/** What issues and pull requests have in common: text with its history, and assignees. */

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
