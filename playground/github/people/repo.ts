import { install, personOf, removeRepository } from "../actions/accounts.ts";
import { createEnvironment } from "../actions/deployments.ts";
import { openIssue } from "../actions/issues.ts";
import { createLabel, deleteLabel, renameLabel } from "../actions/labels.ts";
import { setRole, setTeamRole } from "../actions/members.ts";
import { openPull } from "../actions/pulls.ts";
import { archiveRepo, createRepo, renameRepo, setDefaultBranch, transferRepo } from "../actions/repos.ts";
import type { App, Installation, Pull, Role, Ruleset } from "../model.ts";
import { type By, demand, resolveBy } from "./by.ts";
import { CommentHandle } from "./comment.ts";
import { IssueHandle } from "./issue.ts";
import { PullHandle } from "./pull.ts";
import { ReportsHandle } from "./reports.ts";

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
  /** Changes come by pull request only. */
  pullRequests?: boolean;
  /** Logins, `@org/team`, `role:admin`, `owners` (of the organisation). */
  bypass?: readonly string[];
  source?: Ruleset["source"];
}

const requiredOf = (checks: ProtectOptions["requiredChecks"] = []) =>
  checks.map((check) =>
    typeof check === "string"
      ? { name: check, appId: null }
      : { name: check.name, appId: check.appId ?? null },
  );

/** What people and other apps do in a repository. Everything makes the events that GitHub would send. */
export class RepoHandle extends ReportsHandle {
  openPull(options: OpenPull): PullHandle {
    const actor = resolveBy(this.world, options.by);
    demand(this.record, actor, "read", "open a pull request");
    const { head, title, body, base, draft, fork } = options;
    if (!fork) demand(this.record, actor, "write", "open a pull request from a branch");
    const pull = openPull(
      this.world,
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
    return new PullHandle(this.world, pull);
  }

  pull(number: number): PullHandle {
    const record = this.record.pulls.get(number);
    if (!record) throw new Error(`${this.fullName} has no pull request ${number}`);
    return new PullHandle(this.world, record);
  }

  get pulls(): PullHandle[] {
    return [...this.record.pulls.values()].map((pull: Pull) => new PullHandle(this.world, pull));
  }

  openIssue({ by, title, body }: { by: By; title: string; body?: string }): IssueHandle {
    const fields = { title, ...(body === undefined ? {} : { body }) };
    return new IssueHandle(this.world, openIssue(this.world, this.record, fields, resolveBy(this.world, by)));
  }

  /** Oldest first; pull requests are not among them. */
  get issues(): IssueHandle[] {
    return [...this.record.issues.values()]
      .filter((issue) => !issue.pull)
      .map((issue) => new IssueHandle(this.world, issue));
  }

  issue(number: number): IssueHandle {
    const record = this.record.issues.get(number);
    if (!record) throw new Error(`${this.fullName} has no issue ${number}`);
    return new IssueHandle(this.world, record);
  }

  comment(id: number): CommentHandle {
    const record = this.record.comments.get(id);
    if (!record) throw new Error(`${this.fullName} has no comment ${id}`);
    return new CommentHandle(this.world, record);
  }

  createLabel(name: string, { by }: { by: By }): void {
    createLabel(this.world, this.record, name, resolveBy(this.world, by));
  }

  renameLabel(name: string, to: string, { by }: { by: By }): void {
    renameLabel(this.world, this.record, name, to, resolveBy(this.world, by));
  }

  /** Takes a label away, also from everything that carries it. */
  deleteLabel(name: string, { by }: { by: By }): void {
    deleteLabel(this.world, this.record, name, resolveBy(this.world, by));
  }

  /** Gives somebody a role of their own here; `none` takes it away. */
  setRole(login: string, role: Role, { by }: { by?: By } = {}): void {
    const sender = resolveBy(this.world, by ?? this.record.owner).account;
    setRole(this.world, this.record, personOf(this.world, login), role, sender);
  }

  /** What a team of the owner may do here; `none` takes it away. */
  setTeamRole(slug: string, role: Role, { by }: { by?: By } = {}): void {
    const team = this.record.owner.teams.get(slug.toLowerCase());
    if (!team) throw new Error(`There is no team ${this.owner}/${slug}`);
    setTeamRole(this.world, team, this.record, role, resolveBy(this.world, by ?? this.record.owner).account);
  }

  /** Installs an app on this repository, or adds this repository to its installation. */
  installApp(app: string | App, { by }: { by?: By } = {}): Installation {
    const sender = resolveBy(this.world, by ?? this.record.owner).account;
    return install(this.world, this.appFor(app), this.record.owner, [this.record], sender);
  }

  /** Takes this repository out of the app's installation. */
  removeApp(app: string | App, { by }: { by?: By } = {}): void {
    const installation = this.world.installationFor(this.appFor(app), this.record);
    if (!installation) throw new Error(`The app is not installed on ${this.fullName}`);
    removeRepository(
      this.world,
      installation,
      this.record,
      resolveBy(this.world, by ?? this.record.owner).account,
    );
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
      id: this.world.id(),
      name: options.name ?? "rules",
      source: options.source ?? "Repository",
      enforcement: options.enforcement ?? "active",
      branches: [...(options.branches ?? ["~DEFAULT_BRANCH"])],
      requiredChecks: requiredOf(options.requiredChecks),
      strict: options.strict ?? false,
      mergeQueue: queue,
      pullRequests: options.pullRequests ?? false,
      bypass: [...(options.bypass ?? [])],
      createdAt: this.world.now(),
    };
    this.record.rulesets.push(ruleset);
    return ruleset.id;
  }

  /** An environment without a deployment. */
  environment(name: string): void {
    createEnvironment(this.world, this.record, name);
  }

  fork({ by }: { by: By }): RepoHandle {
    const owner = resolveBy(this.world, by).account;
    const fork = createRepo(this.world, { owner, name: this.record.name, parent: this.record });
    return new RepoHandle(this.world, fork, this.appFor);
  }

  rename(name: string, { by }: { by: By }): void {
    renameRepo(this.world, this.record, name, resolveBy(this.world, by));
  }

  setDefaultBranch(branch: string, { by }: { by: By }): void {
    setDefaultBranch(this.world, this.record, branch, resolveBy(this.world, by));
  }

  archive(archived: boolean, { by }: { by: By }): void {
    archiveRepo(this.world, this.record, archived, resolveBy(this.world, by));
  }

  transfer(owner: string, { by }: { by: By }): void {
    transferRepo(this.world, this.record, personOf(this.world, owner), resolveBy(this.world, by));
  }
}
