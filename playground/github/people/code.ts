import { personOf } from "../actions/accounts.ts";
import { createCommit, moveRef } from "../actions/push.ts";
import { Refused } from "../errors.ts";
import type { Commit } from "../git.ts";
import { releaseJson } from "../json/deployment.ts";
import type { Actor, App, Release, Repo } from "../model.ts";
import { branchHead, branchRef, resolveCommit } from "../refs.ts";
import { protectionOf } from "../rules.ts";
import { fullName, type World } from "../world.ts";
import { type By, demand, resolveBy } from "./by.ts";

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

/** What is done with the code of a repository: commits, branches, tags, releases. */
export class CodeHandle {
  readonly record: Repo;
  protected readonly world: World;
  protected readonly appFor: (app: string | App) => App;

  constructor(world: World, record: Repo, appFor: (app: string | App) => App) {
    this.world = world;
    this.record = record;
    this.appFor = appFor;
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

  protected commit(name: string): Commit {
    const commit = resolveCommit(this.record, name);
    if (!commit) throw new Error(`${this.fullName} has no ${name}`);
    return commit;
  }

  /** The SHA of a branch, a tag or an abbreviated SHA. */
  sha(name = this.record.defaultBranch): string {
    return this.commit(name).sha;
  }

  /** A file's content, or nothing when there is none of that name. */
  file(path: string, ref = this.record.defaultBranch): string | undefined {
    return this.commit(ref).tree.files.get(path)?.content;
  }

  /** Pushes one commit and returns its SHA. */
  push(branch: string, push: Push): string {
    const actor = resolveBy(this.world, push.by);
    demand(this.record, actor, "write", "push");
    const head = branchHead(this.record, branch);
    if (push.force && head && protectionOf(this.record, branch)?.allowForcePushes === false) {
      throw new Refused(`${branch} is protected against forced pushes`);
    }
    const start = push.from
      ? this.commit(push.from)
      : push.force
        ? head?.parents[0]
        : (head ?? this.#default());
    const merged = (push.merge ?? []).map((name) => this.commit(name));
    const commit = createCommit(this.world, this.record, {
      ...(push.files ? { files: push.files } : {}),
      ...(push.deletes ? { deletes: push.deletes } : {}),
      ...(push.message === undefined ? {} : { message: push.message }),
      ...(push.author === undefined ? {} : { author: personOf(this.world, push.author) }),
      ...(push.force && head && !push.from ? { tree: head.tree.files } : {}),
      by: actor.account,
      parents: [...(start ? [start] : []), ...merged],
    });
    moveRef(this.world, this.record, branchRef(branch), commit, actor);
    return commit.sha;
  }

  #default(): Commit | undefined {
    return branchHead(this.record, this.record.defaultBranch);
  }

  /** Lets a branch point to a commit that exists: creates it, fast-forwards it, or force-pushes it back. */
  setBranch(branch: string, to: string, { by }: { by: By }): void {
    const actor = resolveBy(this.world, by);
    demand(this.record, actor, "write", "push");
    moveRef(this.world, this.record, branchRef(branch), this.commit(to), actor);
  }

  deleteBranch(branch: string, { by }: { by: By }): void {
    moveRef(this.world, this.record, branchRef(branch), undefined, resolveBy(this.world, by));
  }

  tag(name: string, target: string, { by }: { by: By }): void {
    moveRef(this.world, this.record, `refs/tags/${name}`, this.commit(target), resolveBy(this.world, by));
  }

  /** Publishes a release; its tag is made when there is none. */
  release(
    tag: string,
    { by, ...fields }: { by: By; target?: string; body?: string; draft?: boolean; prerelease?: boolean },
  ): void {
    const actor = resolveBy(this.world, by);
    const now = this.world.now();
    const target = fields.target ?? this.record.defaultBranch;
    const release: Release = {
      id: this.world.id(),
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
    if (!release.draft) this.#tellRelease(release, actor);
  }

  /** Of a draft nobody is told before it is published. */
  #tellRelease(release: Release, actor: Actor): void {
    for (const action of ["created", "published", "released"])
      this.world.emit({
        event: "release",
        action,
        repo: this.record,
        sender: actor.account,
        payload: () => ({ release: releaseJson(this.world, this.record, release) }),
      });
  }
}
