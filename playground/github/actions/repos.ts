import { userJson } from "../json/account.ts";
import type { Account, Actor, Repo } from "../model.ts";
import { branchRef, pointRef } from "../refs.ts";
import { fullName, touch, type World } from "../world.ts";

export interface RepoFields {
  owner: Account;
  name: string;
  private?: boolean;
  defaultBranch?: string;
  parent?: Repo;
}

export function createRepo(world: World, fields: RepoFields): Repo {
  const now = world.now();
  const repo: Repo = {
    id: world.id(),
    name: fields.name,
    owner: fields.owner,
    private: fields.private ?? false,
    archived: false,
    parent: fields.parent,
    defaultBranch: fields.defaultBranch ?? fields.parent?.defaultBranch ?? "main",
    description: null,
    objects: fields.parent?.objects ?? world.objects(),
    refs: new Map(),
    refsBySha: new Map(),
    activities: [],
    collaborators: new Map(),
    nextNumber: 1,
    issues: new Map(),
    pulls: new Map(),
    openPulls: new Map(),
    openPullsBySha: new Map(),
    pullsFromBranch: new Map(),
    labels: new Map(),
    comments: new Map(),
    checkRuns: new Map(),
    checkRunsBySha: new Map(),
    suites: new Map(),
    suitesBySha: new Map(),
    workflows: new Map(),
    workflowRuns: new Map(),
    workflowRunsBySha: new Map(),
    statusesBySha: new Map(),
    deployments: [],
    environments: new Map(),
    releases: [],
    protections: new Map(),
    rulesets: [],
    queues: new Map(),
    squashMergeAllowed: true,
    createdAt: now,
    updatedAt: now,
    pushedAt: now,
    json: undefined,
  };
  for (const [ref, sha] of fields.parent?.refs ?? []) pointRef(repo, ref, sha);
  if (world.repo(fullName(repo))) throw new Error(`${fullName(repo)} exists already`);
  world.repos.set(fullName(repo).toLowerCase(), repo);
  world.reposById.set(repo.id, repo);
  world.emit({ event: "repository", action: "created", repo, sender: repo.owner, payload: () => ({}) });
  return repo;
}

function moveTo(world: World, repo: Repo, change: () => void): void {
  const former = fullName(repo).toLowerCase();
  change();
  world.repos.delete(former);
  world.formerNames.set(former, repo);
  world.formerNames.delete(fullName(repo).toLowerCase());
  world.repos.set(fullName(repo).toLowerCase(), repo);
  touch(world, repo);
}

export function renameRepo(world: World, repo: Repo, name: string, by: Actor): void {
  const from = repo.name;
  moveTo(world, repo, () => {
    repo.name = name;
  });
  world.emit({
    event: "repository",
    action: "renamed",
    repo,
    sender: by.account,
    payload: () => ({ changes: { repository: { name: { from } } } }),
  });
}

/** The installations of the former owner no longer cover the repository; those of the new one hear of it. */
export function transferRepo(world: World, repo: Repo, owner: Account, by: Actor): void {
  const from = repo.owner;
  for (const installation of world.installations.values()) {
    if (installation.account === from) installation.repositoryIds.delete(repo.id);
  }
  moveTo(world, repo, () => {
    repo.owner = owner;
  });
  const kind = from.type === "Organization" ? "organization" : "user";
  world.emit({
    event: "repository",
    action: "transferred",
    repo,
    sender: by.account,
    payload: () => ({ changes: { owner: { from: { [kind]: userJson(world.urls, from) } } } }),
  });
}

/** What names the default branch: configuration is read there, and rulesets may mean it. */
export function setDefaultBranch(world: World, repo: Repo, branch: string, by: Actor): void {
  if (!repo.refs.has(branchRef(branch))) throw new Error(`${fullName(repo)} has no branch ${branch}`);
  const from = repo.defaultBranch;
  repo.defaultBranch = branch;
  touch(world, repo);
  world.emit({
    event: "repository",
    action: "edited",
    repo,
    sender: by.account,
    payload: () => ({ changes: { default_branch: { from } } }),
  });
}

/** An archived repository can be read, and nothing in it changed. */
export function archiveRepo(world: World, repo: Repo, archived: boolean, by: Actor): void {
  repo.archived = archived;
  touch(world, repo);
  const action = archived ? "archived" : "unarchived";
  world.emit({ event: "repository", action, repo, sender: by.account, payload: () => ({}) });
}
