import { atLeast, roleOf } from "../access.ts";
import { compareCommits } from "../diff.ts";
import { Refused } from "../errors.ts";
import { type Commit, diffTrees, isAncestor, mergeBase } from "../git.ts";
import type { Actor, Pull } from "../model.ts";
import { branchHead, branchRef } from "../refs.ts";
import { mergeQueueOf, missingChecks, protectionOf } from "../rules.ts";
import type { World } from "../world.ts";
import { markMerged } from "./pulls.ts";
import { createCommit, moveRef } from "./push.ts";

export type MergeMethod = "merge" | "squash" | "rebase";

/** Files that both sides changed, and changed differently. */
export function conflicts(base: Commit, head: Commit): string[] {
  const start = mergeBase(base, head)?.tree;
  const ours = new Set(diffTrees(start, base.tree).flatMap(({ filename, previous }) => [filename, previous]));
  return diffTrees(start, head.tree)
    .map(({ filename }) => filename)
    .filter((name) => ours.has(name) && base.tree.files.get(name)?.sha !== head.tree.files.get(name)?.sha);
}

/** Why GitHub would not merge this now, in the order of the page; empty when it would. */
export function mergeBlockers(pull: Pull, by?: Actor): string[] {
  const { repo } = pull;
  if (pull.merged) return ["The pull request is already merged."];
  if (pull.state === "closed") return ["The pull request is closed."];
  const reasons: string[] = [];
  if (pull.draft) reasons.push("The pull request is a draft.");
  if (by && !by.app && !atLeast(roleOf(repo, by.account), "write")) {
    reasons.push(`${by.account.login} has no write access.`);
  }
  const base = branchHead(repo, pull.baseRef);
  if (!base) return [...reasons, `The base branch ${pull.baseRef} does not exist.`];
  if (conflicts(base, pull.head).length > 0) reasons.push("There are merge conflicts.");
  const protection = protectionOf(repo, pull.baseRef);
  const admin = by !== undefined && roleOf(repo, by.account) === "admin";
  if (protection && !protection.enforceAdmins && admin) return reasons;
  reasons.push(...missingChecks(repo, pull.baseRef, pull.head.sha, by?.account));
  if (protection?.strict && !isAncestor(base, pull.head)) {
    reasons.push("The head branch is not up to date with the base branch.");
  }
  return reasons;
}

/** The words of `mergeable_state`. */
export function mergeableState(pull: Pull): string {
  if (pull.state === "closed") return "unknown";
  const base = branchHead(pull.repo, pull.baseRef);
  if (!base || conflicts(base, pull.head).length > 0) return "dirty";
  if (pull.draft) return "draft";
  const protection = protectionOf(pull.repo, pull.baseRef);
  if (protection?.strict && !isAncestor(base, pull.head)) return "behind";
  return missingChecks(pull.repo, pull.baseRef, pull.head.sha).length > 0 ? "blocked" : "clean";
}

const messageOf = (pull: Pull, method: MergeMethod, title?: string): string => {
  if (title !== undefined) return title;
  if (method !== "merge") return `${pull.title} (#${pull.number})`;
  return `Merge pull request #${pull.number} from ${pull.headRepo.owner.login}/${pull.headRef}\n\n${pull.title}`;
};

/** The commit that merging makes, on top of any commit: the base's head, or a group that is queued ahead. */
export function mergeCommit(
  world: World,
  pull: Pull,
  onto: Commit,
  method: MergeMethod,
  by: Actor,
  title?: string,
) {
  const files = new Map(onto.tree.files);
  for (const change of compareCommits(onto, pull.head).files) {
    if (change.previous !== undefined) files.delete(change.previous);
    const blob = pull.head.tree.files.get(change.filename);
    if (blob) files.set(change.filename, blob);
    else files.delete(change.filename);
  }
  return createCommit(world, pull.repo, {
    tree: files,
    parents: method === "merge" ? [onto, pull.head] : [onto],
    message: messageOf(pull, method, title),
    author: method === "merge" ? by.account : pull.user,
    by: by.account,
  });
}

/** Moves the base and closes the pull request. Whether that is allowed has been asked before. */
export function land(world: World, pull: Pull, commit: Commit, by: Actor): void {
  markMerged(world, pull, commit.sha, by);
  moveRef(world, pull.repo, branchRef(pull.baseRef), commit, by);
}

export function mergePull(world: World, pull: Pull, method: MergeMethod, by: Actor, title?: string): Commit {
  const reasons = mergeBlockers(pull, by);
  if (mergeQueueOf(pull.repo, pull.baseRef) && pull.state === "open") {
    reasons.push("Changes must be made through the merge queue.");
  }
  if (reasons.length > 0) throw new Refused("GitHub refuses to merge", reasons);
  const base = branchHead(pull.repo, pull.baseRef) as Commit;
  const commit = mergeCommit(world, pull, base, method, by, title);
  land(world, pull, commit, by);
  return commit;
}
