import { createHash } from "node:crypto";
import { Objects } from "./git.ts";
import type { Account, Actor, App, Installation, Json, Pull, Repo } from "./model.ts";

export interface EventDraft {
  event: string;
  action?: string | undefined;
  /** Absent for events about an installation or an organisation. */
  repo?: Repo | undefined;
  /** The organisation, for events that are about no single repository. */
  org?: Account | undefined;
  sender: Account;
  /** Everything but action, repository, organization, sender and installation. Called only when somebody listens. */
  payload: () => Json;
  /** Only this app hears of it. */
  only?: App | undefined;
  installation?: Installation | undefined;
}

export interface Urls {
  api: string;
  html: string;
}

/** All state, and what everything needs to change it: the clock, the next id, the next SHA, the event bus. */
export class World {
  readonly accounts = new Map<string, Account>();
  readonly apps = new Map<string, App>();
  readonly installations = new Map<number, Installation>();
  readonly repos = new Map<string, Repo>();
  readonly reposById = new Map<number, Repo>();
  /** Former full names of renamed and transferred repositories. */
  readonly formerNames = new Map<string, Repo>();
  readonly seed: string;
  urls: Urls;
  emit: (draft: EventDraft) => void = () => {};
  /** Called when a check run or status of a commit got a result; the merge queue listens. */
  checksChanged: (repo: Repo, sha: string) => void = () => {};
  /** Called before a pull request changes so that it cannot stay in the merge queue. */
  leavesQueue: (pull: Pull, by: Actor) => void = () => {};
  /** Called when a branch got another head; groups in its merge queue may have to be made anew. */
  baseMoved: (repo: Repo, branch: string) => void = () => {};
  readonly #clock: () => Date;
  #lastId = 1000;

  #second = Number.NaN;
  #time = "";

  constructor(options: { clock: () => Date; seed: string; urls: Urls }) {
    this.#clock = options.clock;
    this.seed = options.seed;
    this.urls = options.urls;
  }

  /** GitHub tells seconds, no more. */
  now(): string {
    const second = Math.floor(this.#clock().getTime() / 1000);
    if (second !== this.#second) {
      this.#second = second;
      this.#time = `${new Date(second * 1000).toISOString().slice(0, 19)}Z`;
    }
    return this.#time;
  }

  milliseconds(): number {
    return this.#clock().getTime();
  }

  id(): number {
    return ++this.#lastId;
  }

  /** Text that looks random and is the same in every run with this seed. */
  digest(purpose: string, key: string | number): string {
    return createHash("sha1").update(`${this.seed} ${purpose} ${key}`).digest("hex");
  }

  objects(): Objects {
    return new Objects(`${this.seed} ${this.id()}`);
  }

  account(login: string): Account | undefined {
    return this.accounts.get(login.toLowerCase());
  }

  repo(fullName: string): Repo | undefined {
    const key = fullName.toLowerCase();
    return this.repos.get(key) ?? this.formerNames.get(key);
  }

  /** The installation of an app that covers a repository. */
  installationFor(app: App, repo: Repo): Installation | undefined {
    for (const installation of this.installations.values()) {
      if (installation.app === app && covers(installation, repo)) return installation;
    }
    return undefined;
  }
}

export const fullName = (repo: Repo): string => `${repo.owner.login}/${repo.name}`;

export const covers = (installation: Installation, repo: Repo): boolean =>
  installation.account === repo.owner &&
  (installation.selection === "all" || installation.repositoryIds.has(repo.id));

/** Marks a repository as changed. */
export function touch(world: World, repo: Repo): void {
  repo.updatedAt = world.now();
  repo.json = undefined;
}
