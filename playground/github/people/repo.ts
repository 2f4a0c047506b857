import { botOf } from "../access.ts";
import { install, personOf, removeRepository } from "../actions/accounts.ts";
import { createRun, createSuite, type RunFields } from "../actions/checks.ts";
import { createDeployment } from "../actions/deployments.ts";
import { createLabel, deleteLabel, openIssue, renameLabel } from "../actions/issues.ts";
import { setRole, setTeamRole } from "../actions/members.ts";
import { openPull } from "../actions/pulls.ts";
import { createCommit, moveRef } from "../actions/push.ts";
import { archiveRepo, createRepo, renameRepo, setDefaultBranch, transferRepo } from "../actions/repos.ts";
import { createStatus, type StatusFields } from "../actions/statuses.ts";
import { startWorkflow } from "../actions/workflows.ts";
import { Refused } from "../errors.ts";
import type { Commit } from "../git.ts";
import type { App, CheckSuite, Installation, Pull, Release, Repo, Role, Ruleset } from "../model.ts";
import { branchHead, branchRef, resolveCommit } from "../refs.ts";
import { protectionOf } from "../rules.ts";
import { fullName, type World } from "../world.ts";
import { type By, demand, resolveBy } from "./by.ts";
import { CheckRunHandle, DeploymentHandle, SuiteHandle, WorkflowRunHandle } from "./checks.ts";
import { CommentHandle, IssueHandle } from "./issue.ts";
import { PullHandle } from "./pull.ts";

export interface Push {
  files?: Readonly<Record<string, string>>;
  deletes?: readonly string[];
  message?: string;
  /** Who pushes. */
  by: By;
  /** Who wrote the commit; the pusher when absent. */
  author?: string;
  /** Replaces the branch's newest commit (or starts from `from`), as an amended commit does. */
  force?: boolean;
  /** Branch, tag or SHA to start from: needed for a new branch, else the branch itself. */
  from?: string;
  /** Further parents, for a merge commit. */
  merge?: readonly string[];
}

export interface OpenPull {
  by: By;
  title?: string;
  body?: string;
  head: string;
  base?: string;
  draft?: boolean;
  /** The repository that has the head, when it is a fork. */
  fork?: RepoHandle;
}

export interface ProtectOptions {
  requiredChecks?: ReadonlyArray<string | { name: string; appId?: number }>;
  strict?: boolean;
  enforceAdmins?: boolean;
  allowForcePushes?: boolean;
}

export interface RulesetOptions {
  name?: string;
  enforcement?: Ruleset["enforcement"];
  branches?: readonly string[];
  requiredChecks?: ProtectOptions["requiredChecks"];
  strict?: boolean;
  mergeQueue?: boolean | Ruleset["mergeQueue"];
  bypass?: readonly string[];
  source?: Ruleset["source"];
}

export type CheckRunOptions = Omit<RunFields, "sha" | "suite"> & {
  /** The app that reports it; GitHub Actions when absent. An unknown slug becomes an app. */
  app?: string | App;
  /** Branch, tag or SHA. */
  sha: string;
  suite?: SuiteHandle;
};

const requiredOf = (checks: ProtectOptions["requiredChecks"] = []) =>
  checks.map((check) =>
    typeof check === "string"
      ? { name: check, appId: null }
      : { name: check.name, appId: check.appId ?? null },
  );

/** What people and other apps do in a repository. Everything makes the events that GitHub would send. */
export class RepoHandle {
  readonly record: Repo;
  readonly #world: World;
  readonly #appFor: (app: string | App) => App;

  constructor(world: World, record: Repo, appFor: (app: string | App) => App) {
    this.#world = world;
    this.record = record;
    this.#appFor = appFor;
  }

  get fullName(): string {
    return fullName(this.record);
  }

  get owner(): string {
    return this.record.owner.login;
  }

  get name(): string {
    return this.record.name;
  }

  #commit(name: string): Commit {
    const commit = resolveCommit(this.record, name);
    if (!commit) throw new Error(`${this.fullName} has no ${name}`);
    return commit;
  }

  /** The SHA of a branch, a tag or an abbreviated SHA. */
  sha(name = this.record.defaultBranch): string {
    return this.#commit(name).sha;
  }

  /** A file's content, or nothing when there is none of that name. */
  file(path: string, ref = this.record.defaultBranch): string | undefined {
    return this.#commit(ref).tree.files.get(path)?.content;
  }

  /** Pushes one commit and returns its SHA. */
  push(branch: string, push: Push): string {
    const actor = resolveBy(this.#world, push.by);
    demand(this.record, actor, "write", "push");
    const head = branchHead(this.record, branch);
    if (push.force && head && protectionOf(this.record, branch)?.allowForcePushes === false) {
      throw new Refused(`${branch} is protected against forced pushes`);
    }
    const start = push.from
      ? this.#commit(push.from)
      : push.force
        ? head?.parents[0]
        : (head ?? this.#default());
    const merged = (push.merge ?? []).map((name) => this.#commit(name));
    const commit = createCommit(this.#world, this.record, {
      ...(push.files ? { files: push.files } : {}),
      ...(push.deletes ? { deletes: push.deletes } : {}),
      ...(push.message === undefined ? {} : { message: push.message }),
      ...(push.author === undefined ? {} : { author: personOf(this.#world, push.author) }),
      ...(push.force && head && !push.from ? { tree: head.tree.files } : {}),
      by: actor.account,
      parents: [...(start ? [start] : []), ...merged],
    });
    moveRef(this.#world, this.record, branchRef(branch), commit, actor);
    return commit.sha;
  }

  #default(): Commit | undefined {
    return branchHead(this.record, this.record.defaultBranch);
  }

  /** Lets a branch point to a commit that exists: creates it, fast-forwards it, or force-pushes it back. */
  setBranch(branch: string, to: string, { by }: { by: By }): void {
    const actor = resolveBy(this.#world, by);
    demand(this.record, actor, "write", "push");
    moveRef(this.#world, this.record, branchRef(branch), this.#commit(to), actor);
  }

  deleteBranch(branch: string, { by }: { by: By }): void {
    moveRef(this.#world, this.record, branchRef(branch), undefined, resolveBy(this.#world, by));
  }

  tag(name: string, target: string, { by }: { by: By }): void {
    moveRef(this.#world, this.record, `refs/tags/${name}`, this.#commit(target), resolveBy(this.#world, by));
  }

  /** Publishes a release; its tag is made when there is none. */
  release(
    tag: string,
    { by, ...fields }: { by: By; target?: string; body?: string; draft?: boolean; prerelease?: boolean },
  ): void {
    const actor = resolveBy(this.#world, by);
    const now = this.#world.now();
    const target = fields.target ?? this.record.defaultBranch;
    const release: Release = {
      id: this.#world.id(),
      tag,
      name: tag,
      body: fields.body ?? null,
      draft: fields.draft ?? false,
      prerelease: fields.prerelease ?? false,
      target,
      author: actor.account,
      createdAt: now,
      publishedAt: fields.draft ? null : now,
    };
    if (!release.draft && !this.record.refs.has(`refs/tags/${tag}`)) this.tag(tag, target, { by });
    this.record.releases.push(release);
  }

  openPull(options: OpenPull): PullHandle {
    const actor = resolveBy(this.#world, options.by);
    demand(this.record, actor, "read", "open a pull request");
    const { head, title, body, base, draft, fork } = options;
    if (!fork) demand(this.record, actor, "write", "open a pull request from a branch");
    const pull = openPull(
      this.#world,
      this.record,
      {
        head,
        title: title ?? head,
        base: base ?? this.record.defaultBranch,
        ...(body === undefined ? {} : { body }),
        ...(draft === undefined ? {} : { draft }),
        ...(fork ? { headRepo: fork.record } : {}),
      },
      actor,
    );
    return new PullHandle(this.#world, pull);
  }

  pull(number: number): PullHandle {
    const record = this.record.pulls.get(number);
    if (!record) throw new Error(`${this.fullName} has no pull request ${number}`);
    return new PullHandle(this.#world, record);
  }

  get pulls(): PullHandle[] {
    return [...this.record.pulls.values()].map((pull: Pull) => new PullHandle(this.#world, pull));
  }

  openIssue({ by, title, body }: { by: By; title: string; body?: string }): IssueHandle {
    const fields = { title, ...(body === undefined ? {} : { body }) };
    return new IssueHandle(
      this.#world,
      openIssue(this.#world, this.record, fields, resolveBy(this.#world, by)),
    );
  }

  issue(number: number): IssueHandle {
    const record = this.record.issues.get(number);
    if (!record) throw new Error(`${this.fullName} has no issue ${number}`);
    return new IssueHandle(this.#world, record);
  }

  comment(id: number): CommentHandle {
    const record = this.record.comments.get(id);
    if (!record) throw new Error(`${this.fullName} has no comment ${id}`);
    return new CommentHandle(this.#world, record);
  }

  createLabel(name: string, { by }: { by: By }): void {
    createLabel(this.#world, this.record, name, resolveBy(this.#world, by));
  }

  renameLabel(name: string, to: string, { by }: { by: By }): void {
    renameLabel(this.#world, this.record, name, to, resolveBy(this.#world, by));
  }

  /** Takes a label away, also from everything that carries it. */
  deleteLabel(name: string, { by }: { by: By }): void {
    deleteLabel(this.#world, this.record, name, resolveBy(this.#world, by));
  }

  /** Gives somebody a role of their own here; `none` takes it away. */
  setRole(login: string, role: Role, { by }: { by?: By } = {}): void {
    const sender = resolveBy(this.#world, by ?? this.record.owner).account;
    setRole(this.#world, this.record, personOf(this.#world, login), role, sender);
  }

  /** What a team of the owner may do here; `none` takes it away. */
  setTeamRole(slug: string, role: Role, { by }: { by?: By } = {}): void {
    const team = this.record.owner.teams.get(slug.toLowerCase());
    if (!team) throw new Error(`There is no team ${this.owner}/${slug}`);
    setTeamRole(
      this.#world,
      team,
      this.record,
      role,
      resolveBy(this.#world, by ?? this.record.owner).account,
    );
  }

  /** Installs an app on this repository, or adds this repository to its installation. */
  installApp(app: string | App, { by }: { by?: By } = {}): Installation {
    const sender = resolveBy(this.#world, by ?? this.record.owner).account;
    return install(this.#world, this.#appFor(app), this.record.owner, [this.record], sender);
  }

  /** Takes this repository out of the app's installation. */
  removeApp(app: string | App, { by }: { by?: By } = {}): void {
    const installation = this.#world.installationFor(this.#appFor(app), this.record);
    if (!installation) throw new Error(`The app is not installed on ${this.fullName}`);
    removeRepository(
      this.#world,
      installation,
      this.record,
      resolveBy(this.#world, by ?? this.record.owner).account,
    );
  }

  /** Reports a check run, as an app does: always a new one. */
  checkRun(options: CheckRunOptions): CheckRunHandle {
    const { app, suite, sha, ...fields } = options;
    const from = this.#appFor(app ?? "github-actions");
    const run = { ...fields, sha: this.#commit(sha).sha, ...(suite ? { suite: suite.record } : {}) };
    return new CheckRunHandle(this.#world, createRun(this.#world, this.record, from, run, botOf(from)));
  }

  /** A check suite of its own, for check runs that belong together. */
  checkSuite({ app, sha }: { app?: string | App; sha: string }): SuiteHandle {
    const from = this.#appFor(app ?? "github-actions");
    return new SuiteHandle(this.#world, createSuite(this.#world, this.record, from, this.#commit(sha).sha));
  }

  /** The check runs of a commit, oldest first. */
  checkRuns(sha: string, name?: string): CheckRunHandle[] {
    const all = this.record.checkRunsBySha.get(this.#commit(sha).sha) ?? [];
    return all
      .filter((run) => name === undefined || run.name === name)
      .map((run) => new CheckRunHandle(this.#world, run));
  }

  checkSuites(sha: string): SuiteHandle[] {
    const all: CheckSuite[] = this.record.suitesBySha.get(this.#commit(sha).sha) ?? [];
    return all.map((suite) => new SuiteHandle(this.#world, suite));
  }

  /**
   * Starts a workflow of GitHub Actions. `jobs` start at once, and end at once where they name a conclusion; with a
   * `conclusion` the run ends too.
   */
  workflowRun(options: {
    path: string;
    name?: string;
    sha: string;
    event?: string;
    by?: By;
    fork?: RepoHandle;
    jobs?: Readonly<Record<string, string | null>>;
    conclusion?: string;
  }): WorkflowRunHandle {
    const actions = this.#appFor("github-actions");
    const actor = options.by === undefined ? botOf(actions) : resolveBy(this.#world, options.by);
    const run = startWorkflow(
      this.#world,
      this.record,
      actions,
      {
        path: options.path,
        sha: this.#commit(options.sha).sha,
        ...(options.name === undefined ? {} : { name: options.name }),
        ...(options.event === undefined ? {} : { event: options.event }),
        ...(options.fork ? { headRepo: options.fork.record } : {}),
      },
      actor,
    );
    const handle = new WorkflowRunHandle(this.#world, run);
    for (const [name, conclusion] of Object.entries(options.jobs ?? {})) {
      if (conclusion === null) handle.job(name);
      else handle.completeJob(name, conclusion);
    }
    if (options.conclusion !== undefined) handle.complete(options.conclusion);
    return handle;
  }

  /** Reports a commit status. People need write access for it. */
  status({ by, ...fields }: StatusFields & { by: By }): void {
    const actor = resolveBy(this.#world, by);
    demand(this.record, actor, "write", "report a status");
    createStatus(this.#world, this.record, { ...fields, sha: this.#commit(fields.sha).sha }, actor);
  }

  /** Starts a deployment of a branch, tag or SHA. */
  deploy(
    ref: string,
    { environment, by, description }: { environment: string; by: By; description?: string },
  ): DeploymentHandle {
    const actor = resolveBy(this.#world, by);
    demand(this.record, actor, "write", "deploy");
    const fields = { sha: this.#commit(ref).sha, ref, environment, description: description ?? null };
    return new DeploymentHandle(this.#world, createDeployment(this.#world, this.record, fields, actor));
  }

  /** Classic branch protection. */
  protect(branch: string, options: ProtectOptions): void {
    this.record.protections.set(branch, {
      requiredChecks: requiredOf(options.requiredChecks),
      strict: options.strict ?? false,
      enforceAdmins: options.enforceAdmins ?? true,
      allowForcePushes: options.allowForcePushes ?? false,
    });
  }

  unprotect(branch: string): void {
    this.record.protections.delete(branch);
  }

  /** A ruleset for branches; with `mergeQueue` they are merged into only through the queue. */
  ruleset(options: RulesetOptions): number {
    const queue =
      options.mergeQueue === true ? { mergeMethod: "merge" as const } : options.mergeQueue || undefined;
    const ruleset: Ruleset = {
      id: this.#world.id(),
      name: options.name ?? "rules",
      source: options.source ?? "Repository",
      enforcement: options.enforcement ?? "active",
      branches: [...(options.branches ?? ["~DEFAULT_BRANCH"])],
      requiredChecks: requiredOf(options.requiredChecks),
      strict: options.strict ?? false,
      mergeQueue: queue,
      bypass: [...(options.bypass ?? [])],
      createdAt: this.#world.now(),
    };
    this.record.rulesets.push(ruleset);
    return ruleset.id;
  }

  fork({ by }: { by: By }): RepoHandle {
    const owner = resolveBy(this.#world, by).account;
    const fork = createRepo(this.#world, { owner, name: this.record.name, parent: this.record });
    return new RepoHandle(this.#world, fork, this.#appFor);
  }

  rename(name: string, { by }: { by: By }): void {
    renameRepo(this.#world, this.record, name, resolveBy(this.#world, by));
  }

  setDefaultBranch(branch: string, { by }: { by: By }): void {
    setDefaultBranch(this.#world, this.record, branch, resolveBy(this.#world, by));
  }

  archive(archived: boolean, { by }: { by: By }): void {
    archiveRepo(this.#world, this.record, archived, resolveBy(this.#world, by));
  }

  transfer(owner: string, { by }: { by: By }): void {
    transferRepo(this.#world, this.record, personOf(this.#world, owner), resolveBy(this.#world, by));
  }
}
