import { type Blob, type Commit, commitsBetween, EMPTY_SHA, isAncestor, type Signature } from "../git.ts";
import { pushedCommitJson } from "../json/commit.ts";
import { pullJson } from "../json/pull.ts";
import { repoPage } from "../json/repo.ts";
import type { Account, Actor, Pull, Repo } from "../model.ts";
import { branchHead, branchRef, pointRef } from "../refs.ts";
import { touch, type World } from "../world.ts";
import { requestSuites } from "./checks.ts";
import { closeIssue, markMerged } from "./pulls.ts";
import { trackHead } from "./tracking.ts";

/** What moves refs, and what follows from it: `push`, `synchronize`, check suites, closed pull requests. */

export const signature = (world: World, account: Account): Signature => ({
  name: account.name ?? account.login,
  email: `${account.id}+${account.login}@users.noreply.github.com`,
  date: world.now(),
  login: account.login,
});

export interface CommitFields {
  files?: Readonly<Record<string, string>>;
  deletes?: readonly string[];
  message?: string;
  author?: Account;
  by: Account;
  parents: readonly Commit[];
  /** Starts from this tree instead of the first parent's. */
  tree?: ReadonlyMap<string, Blob>;
}

export function createCommit(world: World, repo: Repo, fields: CommitFields): Commit {
  const { objects } = repo;
  const from = fields.tree ? objects.tree(fields.tree) : fields.parents[0]?.tree;
  return objects.commit({
    tree: objects.change(from, fields.files ?? {}, fields.deletes ?? []),
    parents: fields.parents,
    message: fields.message ?? `Change ${Object.keys(fields.files ?? {}).join(", ") || "nothing"}`,
    author: signature(world, fields.author ?? fields.by),
    committer: signature(world, fields.by),
  });
}

function synchronize(
  world: World,
  pull: Pull,
  before: Commit,
  after: Commit,
  by: Actor,
  forced: boolean,
): void {
  world.leavesQueue(pull, by);
  trackHead(pull, before.sha, after.sha);
  pull.head = after;
  pull.base = branchHead(pull.repo, pull.baseRef) ?? pull.base;
  pull.updatedAt = world.now();
  if (forced) pull.forcePushes.push({ before, after, actor: by.account, createdAt: world.now() });
  world.emit({
    event: "pull_request",
    action: "synchronize",
    repo: pull.repo,
    sender: by.account,
    payload: () => ({
      number: pull.number,
      pull_request: pullJson(world, pull),
      before: before.sha,
      after: after.sha,
    }),
  });
}

function emitPush(
  world: World,
  repo: Repo,
  ref: string,
  before: Commit | undefined,
  after: Commit | undefined,
  by: Actor,
) {
  const forced = before !== undefined && after !== undefined && !isAncestor(before, after);
  const email = `${by.account.login}@users.noreply.github.com`;
  world.emit({
    event: "push",
    repo,
    sender: by.account,
    payload: () => {
      const base =
        before ?? (ref === branchRef(repo.defaultBranch) ? undefined : branchHead(repo, repo.defaultBranch));
      const commits = after ? (base ? commitsBetween(base, after) : [after]) : [];
      return {
        ref,
        before: before?.sha ?? EMPTY_SHA,
        after: after?.sha ?? EMPTY_SHA,
        created: before === undefined,
        deleted: after === undefined,
        forced,
        base_ref: null,
        compare: `${repoPage(world.urls, repo)}/compare/${before?.sha.slice(0, 12) ?? ref}...${after?.sha.slice(0, 12) ?? ref}`,
        commits: commits.slice(-2048).map((commit) => pushedCommitJson(world, repo, commit)),
        head_commit: after ? pushedCommitJson(world, repo, after) : null,
        pusher: { name: by.account.login, email },
      };
    },
  });
}

/** A pull request whose head came into its base by other ways counts as merged. */
function landedBy(world: World, repo: Repo, branch: string, before: Commit, after: Commit, by: Actor): void {
  if (repo.openPulls.size === 0) return;
  for (const commit of commitsBetween(before, after)) {
    for (const pull of [...(repo.openPullsBySha.get(commit.sha) ?? [])]) {
      if (pull.baseRef === branch) markMerged(world, pull, after.sha, by);
    }
  }
}

/** What a branch was to pull requests: the head of some, which follow it or close, and the base of others. */
function followBranch(
  world: World,
  repo: Repo,
  branch: string,
  before: Commit,
  after: Commit | undefined,
  by: Actor,
) {
  const from = [...(repo.pullsFromBranch.get(branch) ?? [])];
  if (!after) {
    const into = branch.startsWith(QUEUE_BRANCHES)
      ? []
      : [...repo.openPulls.values()].filter((one) => one.baseRef === branch);
    for (const pull of [...from, ...into]) closeIssue(world, pull, by);
    return;
  }
  const forced = !isAncestor(before, after);
  for (const pull of from) synchronize(world, pull, before, after, by, forced);
  landedBy(world, repo, branch, before, after, by);
  world.baseMoved(repo, branch);
}

const QUEUE_BRANCHES = "gh-readonly-queue/";

const NO_COMMIT = "0".repeat(40);

/** Of tags the list of activities does not tell. */
function noteActivity(
  world: World,
  repo: Repo,
  ref: string,
  before: Commit | undefined,
  after: Commit | undefined,
  by: Actor,
): void {
  if (!ref.startsWith("refs/heads/")) return;
  const moved = before && after && (isAncestor(before, after) ? "push" : "force_push");
  repo.activities.push({
    id: repo.activities.length + 1,
    type: moved ?? (after ? "branch_creation" : "branch_deletion"),
    ref,
    before: before?.sha ?? NO_COMMIT,
    after: after?.sha ?? NO_COMMIT,
    actor: by.account,
    at: world.now(),
  });
}

/** Lets a branch or tag point to a commit, or to nothing. */
export function moveRef(world: World, repo: Repo, ref: string, after: Commit | undefined, by: Actor): void {
  const sha = repo.refs.get(ref);
  if (sha === after?.sha) return;
  const before = sha === undefined ? undefined : repo.objects.commits.get(sha);
  pointRef(repo, ref, after?.sha);
  repo.pushedAt = world.now();
  touch(world, repo);
  emitPush(world, repo, ref, before, after, by);
  noteActivity(world, repo, ref, before, after, by);
  const branch = ref.startsWith("refs/heads/") ? ref.slice("refs/heads/".length) : undefined;
  if (!before || !after) {
    world.emit({
      event: after ? "create" : "delete",
      repo,
      sender: by.account,
      payload: () => ({
        ref: branch ?? ref.slice("refs/tags/".length),
        ref_type: branch === undefined ? "tag" : "branch",
        ...(after ? { master_branch: repo.defaultBranch, description: repo.description } : {}),
        pusher_type: "user",
      }),
    });
  }
  if (branch === undefined) return;
  if (before) followBranch(world, repo, branch, before, after, by);
  if (after) requestSuites(world, repo, after, branch, before, by);
}
