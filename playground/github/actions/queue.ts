import { Refused } from "../errors.ts";
import type { Commit } from "../git.ts";
import { headCommitJson } from "../json/commit.ts";
import type { Actor, Pull, QueueEntry, Repo } from "../model.ts";
import { branchHead, branchRef } from "../refs.ts";
import { checkState, mergeQueueOf, requiredChecks } from "../rules.ts";
import type { World } from "../world.ts";
import { emitIssue } from "./issues.ts";
import { land, mergeBlockers, mergeCommit } from "./merge.ts";
import { moveRef } from "./push.ts";

/** The merge queue: every entry has a group branch with the changes of all entries ahead and its own. */

const queueOf = (repo: Repo, branch: string): QueueEntry[] => {
  const known = repo.queues.get(branch);
  if (known) return known;
  const queue: QueueEntry[] = [];
  repo.queues.set(branch, queue);
  return queue;
};

const githubActor = (world: World): Actor => {
  const account = world.account("github-merge-queue[bot]");
  if (!account) throw new Error("The merge queue has no account");
  return { account };
};

function emitGroup(world: World, entry: QueueEntry, action: string, by: Actor, reason?: string): void {
  const { group, pull } = entry;
  if (!group) return;
  world.emit({
    event: "merge_group",
    action,
    repo: pull.repo,
    sender: by.account,
    payload: () => ({
      ...(reason === undefined ? {} : { reason }),
      merge_group: {
        head_sha: group.head.sha,
        head_ref: group.ref,
        base_sha: group.base.sha,
        base_ref: branchRef(entry.baseRef),
        head_commit: headCommitJson(group.head),
      },
    }),
  });
}

/** Makes the group of an entry on top of what is queued ahead, and asks for its checks. */
function form(world: World, entry: QueueEntry, onto: Commit, by: Actor): void {
  const { pull, baseRef } = entry;
  const method = mergeQueueOf(pull.repo, baseRef)?.mergeMethod ?? "merge";
  const head = mergeCommit(world, pull, onto, method, by);
  const ref = `refs/heads/gh-readonly-queue/${baseRef}/pr-${pull.number}-${onto.sha}`;
  entry.group = { head, ref, base: onto };
  moveRef(world, pull.repo, ref, head, by);
  emitGroup(world, entry, "checks_requested", by);
}

function dissolve(
  world: World,
  entry: QueueEntry,
  reason: "merged" | "invalidated" | "dequeued",
  by: Actor,
): void {
  if (!entry.group) return;
  emitGroup(world, entry, "destroyed", by, reason);
  moveRef(world, entry.pull.repo, entry.group.ref, undefined, by);
  entry.group = undefined;
}

export function enqueue(world: World, pull: Pull, by: Actor): QueueEntry {
  const { repo, baseRef } = pull;
  if (!mergeQueueOf(repo, baseRef)) throw new Refused(`${baseRef} has no merge queue`);
  if (pull.queueEntry) throw new Refused("The pull request is already in the merge queue");
  const reasons = mergeBlockers(pull, by);
  if (reasons.length > 0) throw new Refused("GitHub refuses to queue", reasons);
  const queue = queueOf(repo, baseRef);
  const ahead = queue.at(-1)?.group?.head ?? (branchHead(repo, baseRef) as Commit);
  const entry: QueueEntry = {
    id: world.id(),
    pull,
    baseRef,
    by: by.account,
    enqueuedAt: world.now(),
    group: undefined,
  };
  queue.push(entry);
  pull.queueEntry = entry;
  emitIssue(world, pull, "enqueued", by);
  form(world, entry, ahead, githubActor(world));
  settle(world, repo, baseRef);
  return entry;
}

/** Takes an entry out; the groups behind it held its changes, so they are made anew. */
export function dequeue(world: World, entry: QueueEntry, reason: string, by: Actor): void {
  const { pull, baseRef } = entry;
  const queue = queueOf(pull.repo, baseRef);
  const index = queue.indexOf(entry);
  if (index < 0) return;
  const behind = queue.slice(index + 1);
  queue.splice(index, 1);
  dissolve(world, entry, "dequeued", githubActor(world));
  pull.queueEntry = undefined;
  emitIssue(world, pull, "dequeued", by, () => ({ reason }));
  formAnew(world, pull.repo, baseRef, behind);
}

function formAnew(world: World, repo: Repo, baseRef: string, entries: readonly QueueEntry[]): void {
  const queue = queueOf(repo, baseRef);
  const bot = githubActor(world);
  for (const entry of entries) dissolve(world, entry, "invalidated", bot);
  for (const entry of entries) {
    const ahead = queue[queue.indexOf(entry) - 1]?.group?.head ?? (branchHead(repo, baseRef) as Commit);
    form(world, entry, ahead, bot);
  }
}

/** For `world.baseMoved`: somebody pushed past the queue, so its groups no longer stand on the base. */
export function rebuild(world: World, repo: Repo, baseRef: string): void {
  const queue = repo.queues.get(baseRef);
  const first = queue?.[0];
  if (queue && first?.group && first.group.base.sha !== branchHead(repo, baseRef)?.sha) {
    formAnew(world, repo, baseRef, [...queue]);
  }
}

/** Lands what is ready at the front of the queue, and throws out what failed. */
export function settle(world: World, repo: Repo, baseRef: string): void {
  const queue = queueOf(repo, baseRef);
  const bot = githubActor(world);
  for (let entry = queue[0]; entry?.group; entry = queue[0]) {
    const { head } = entry.group;
    const states = requiredChecks(repo, baseRef).map((required) => checkState(repo, head.sha, required));
    if (states.includes("failed")) {
      dequeue(world, entry, "CI_FAILURE", bot);
    } else if (states.every((state) => state === "satisfied")) {
      queue.shift();
      entry.pull.queueEntry = undefined;
      land(world, entry.pull, head, { account: entry.by });
      dissolve(world, entry, "merged", bot);
    } else return;
  }
}

/** For `world.checksChanged`: a result on a group's head may land it. */
export function settleFor(world: World, repo: Repo, sha: string): void {
  for (const [baseRef, queue] of repo.queues) {
    if (queue.some((entry) => entry.group?.head.sha === sha)) settle(world, repo, baseRef);
  }
}
