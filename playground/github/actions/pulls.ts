import { invalidField, Refused, unprocessable } from "../errors.ts";
import { commitsBetween } from "../git.ts";
import type { Actor, Issue, Json, Pull, Repo } from "../model.ts";
import { branchHead } from "../refs.ts";
import { fullName, touch, type World } from "../world.ts";
import { editText, emitIssue, newIssue } from "./issues.ts";
import { trackClosed, trackOpened } from "./tracking.ts";

/** Opening, retargeting, closing and reopening pull requests. Merging is in `merge.ts`. */

export interface PullFields {
  title: string;
  body?: string;
  head: string;
  headRepo?: Repo;
  base: string;
  draft?: boolean;
}

export function openPull(world: World, repo: Repo, fields: PullFields, by: Actor): Pull {
  const headRepo = fields.headRepo ?? repo;
  const head = branchHead(headRepo, fields.head);
  const base = branchHead(repo, fields.base);
  if (!head)
    throw unprocessable("Validation Failed", [{ resource: "PullRequest", field: "head", code: "invalid" }]);
  if (!base)
    throw unprocessable("Validation Failed", [{ resource: "PullRequest", field: "base", code: "invalid" }]);
  const same = [...(headRepo.pullsFromBranch.get(fields.head) ?? [])];
  if (same.some((pull) => pull.repo === repo && pull.baseRef === fields.base)) {
    const label = `${headRepo.owner.login}:${fields.head}`;
    throw invalidField("PullRequest", "head", `A pull request already exists for ${label}.`);
  }
  if (commitsBetween(base, head).length === 0) {
    throw invalidField("PullRequest", "head", `No commits between ${fields.base} and ${fields.head}`);
  }
  const issue: Issue = newIssue(world, repo, fields, by);
  const pull: Pull = Object.assign(issue, {
    draft: fields.draft ?? false,
    headRepo,
    headRef: fields.head,
    head,
    baseRef: fields.base,
    base,
    merged: false,
    mergedAt: null,
    mergedBy: null,
    mergeCommitSha: null,
    forcePushes: [],
    requestedReviewers: [],
    queueEntry: undefined,
  });
  pull.pull = pull;
  repo.issues.set(pull.number, pull);
  repo.pulls.set(pull.number, pull);
  trackOpened(pull);
  touch(world, repo);
  emitIssue(world, pull, "opened", by);
  return pull;
}

export interface PullEdit {
  title?: string;
  body?: string;
  base?: string;
}

/** One edit, one `edited` event with all that changed. */
export function editPull(world: World, pull: Pull, fields: PullEdit, by: Actor): void {
  let changes: Json = {};
  if (fields.base !== undefined && fields.base !== pull.baseRef) {
    const base = branchHead(pull.repo, fields.base);
    if (!base || pull.state === "closed") {
      throw unprocessable("Validation Failed", [{ resource: "PullRequest", field: "base", code: "invalid" }]);
    }
    world.leavesQueue(pull, by);
    changes = { base: { ref: { from: pull.baseRef }, sha: { from: pull.base.sha } } };
    pull.baseRef = fields.base;
    pull.base = base;
  }
  editText(world, pull, fields, by, changes);
}

export function closeIssue(world: World, issue: Issue, by: Actor): void {
  if (issue.state === "closed") return;
  const now = world.now();
  if (issue.pull) world.leavesQueue(issue.pull, by);
  issue.state = "closed";
  issue.stateReason = issue.pull ? null : "completed";
  issue.closedAt = now;
  issue.closedBy = by.account;
  issue.updatedAt = now;
  if (issue.pull) {
    trackClosed(issue.pull);
    touch(world, issue.repo);
  }
  emitIssue(world, issue, "closed", by);
}

/** A pull request whose head branch moved while it was closed comes back with the new head */
export function reopenIssue(world: World, issue: Issue, by: Actor): void {
  if (issue.state === "open") return;
  const { pull } = issue;
  if (pull) {
    if (pull.merged)
      throw invalidField("PullRequest", "state", "cannot be changed. The pull request is merged.");
    const head = branchHead(pull.headRepo, pull.headRef);
    if (!head)
      throw invalidField(
        "PullRequest",
        "state",
        `cannot be changed. The ${pull.headRef} branch has been deleted.`,
      );
    pull.head = head;
    trackOpened(pull);
    touch(world, issue.repo);
  }
  issue.state = "open";
  issue.stateReason = pull ? null : "reopened";
  issue.closedAt = null;
  issue.closedBy = null;
  issue.updatedAt = world.now();
  emitIssue(world, issue, "reopened", by);
}

export function setDraft(world: World, pull: Pull, draft: boolean, by: Actor): void {
  if (pull.draft === draft) return;
  if (pull.state === "closed") throw new Refused(`${fullName(pull.repo)}#${pull.number} is closed`);
  pull.draft = draft;
  pull.updatedAt = world.now();
  emitIssue(world, pull, draft ? "converted_to_draft" : "ready_for_review", by);
}

/** The bookkeeping of a merge; the event is the ordinary `closed`, with `merged: true`. */
export function markMerged(world: World, pull: Pull, sha: string, by: Actor): void {
  pull.merged = true;
  pull.mergedAt = world.now();
  pull.mergedBy = by.account;
  pull.mergeCommitSha = sha;
  closeIssue(world, pull, by);
}
