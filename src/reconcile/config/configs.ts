import { sameName } from "../../domain/actor.ts";
import { keyOfFile } from "../../domain/config/extension.ts";
import type { ReadConfig } from "../../domain/config/read.ts";
import type { ConfigState, Repo } from "../../domain/snapshot.ts";
import type { Octokit } from "../../github/client.ts";
import type { RepoName } from "../../github/read/account.ts";
import {
  type ConfigReading,
  type OrganisationReading,
  readConfig,
  readOrganisationOf,
  sharedState,
  standingOf,
} from "../../github/read/config.ts";
import { createFileMemory, type FileMemory } from "../../github/read/file-memory.ts";
import { createFiles } from "../../github/read/files-of-config.ts";
import { createMemo } from "../../github/read/memo.ts";
import { sharedRepo } from "../../github/read/organisation.ts";
import type { SourceFile } from "../../github/read/source.ts";

/** A text may come back by another commit: then a push tells it, or this ends it. */
const memoryLongest = 60 * 60_000;
/** Pushes that change a configuration are told by events; where one was lost, this is how long it goes unnoticed. */
const longest = 5 * 60_000;
const kept = 2_000;

type RepoPlace = Pick<Repo, "owner" | "name" | "defaultBranch">;

/** Configurations by repository, remembered for a few minutes. Before a gate opens they are read afresh. */
export interface Configs {
  /** @param since Nothing older counts, in milliseconds since the epoch. Null: a few minutes old will do. */
  read(octokit: Octokit, repo: RepoPlace, since: number | null): Promise<ConfigState>;
  /** As it was read last, however long ago: for what costs only a look when it is wrong. Read where it never was. */
  lastKnown(octokit: Octokit, repo: RepoPlace): Promise<ConfigState>;
  /** What a file would mean in this repository, wherever its text was read. */
  interpret(octokit: Octokit, repo: Pick<Repo, "owner" | "name">, source: SourceFile): Promise<ReadConfig>;
  /** What the owner's `.github` repository says to those without a configuration of their own. */
  shared(octokit: Octokit, owner: string): Promise<ConfigState>;
  /** A push has changed a configuration of this owner. */
  forget(owner: string): void;
  /**
   * The owner's repositories whose configuration rests on one of these files of a repository, as far as was seen: those
   * of other owners have an installation of their own.
   *
   * @param paths Null: any file of it.
   */
  restingOn(repo: RepoName, paths: readonly string[] | null): RepoName[];
}

interface Entry extends ConfigReading {
  readonly owner: string;
  readonly at: number;
}

interface Shared {
  readonly at: number;
  readonly reading: Promise<OrganisationReading>;
}

interface Remembered {
  readonly since: number;
  readonly files: FileMemory;
}

interface Resting {
  readonly owner: string;
  readonly repo: string;
  readonly files: ReadonlySet<string>;
}

/** @param now Milliseconds since the epoch. */
export const createConfigs = (templates: ReadonlyMap<string, string>, now: () => number): Configs => {
  const memo = createMemo<Entry>(kept);
  /** By owner: one reading serves all of its repositories. */
  const organisations = createMemo<Shared>(kept);
  /** By owner, since each is read with the token of its own installation. */
  const memories = createMemo<Remembered>(kept);
  /** Outlives a push: the next one may come before anybody has looked again. */
  const resting = createMemo<Resting>(kept);
  /** By owner: counted up when a push came, so that what was read before it is not remembered after it. */
  const pushes = createMemo<number>(kept);
  const nameOf = (repo: RepoPlace) => `${repo.owner}/${repo.name}`.toLowerCase();
  const keyOf = (repo: RepoPlace) => nameOf(repo).concat(`@${repo.defaultBranch}`);

  const memoryOf = (owner: string): FileMemory => {
    const known = memories.get(owner);
    if (known !== undefined && now() - known.since < memoryLongest) return known.files;
    const files = createFileMemory();
    memories.set(owner, { since: now(), files });
    return files;
  };
  const organisation = (octokit: Octokit, owner: string, since: number): Promise<OrganisationReading> => {
    const key = owner.toLowerCase();
    const known = organisations.get(key);
    if (known !== undefined && known.at >= since) return known.reading;
    const reading = readOrganisationOf(octokit, owner, { templates, memory: memoryOf(key) });
    const shared = { at: now(), reading };
    organisations.set(key, shared);
    // What has failed is not remembered.
    reading.catch(() => organisations.get(key) === shared && organisations.delete(key));
    return reading;
  };

  const configs: Configs = {
    async read(octokit, repo, since) {
      const owner = repo.owner.toLowerCase();
      const key = keyOf(repo);
      const entry = memo.get(key);
      const push = pushes.get(owner) ?? 0;
      const oldest = since ?? now() - longest;
      if (entry !== undefined && entry.at >= oldest) return entry.state;
      const at = now();
      const { state, files } = await readConfig(octokit, repo, {
        templates,
        memory: memoryOf(owner),
        organisation: () => organisation(octokit, repo.owner, oldest),
      });
      resting.set(nameOf(repo), { owner: repo.owner, repo: repo.name, files });
      if ((pushes.get(owner) ?? 0) === push) memo.set(key, { owner, at, state, files });
      return state;
    },
    async lastKnown(octokit, repo) {
      return memo.get(keyOf(repo))?.state ?? configs.read(octokit, repo, null);
    },
    interpret(octokit, repo, source) {
      const memory = memoryOf(repo.owner.toLowerCase());
      const standing = async () => standingOf(await organisation(octokit, repo.owner, now() - longest));
      const files = createFiles({
        octokit,
        templates,
        memory,
        tolerant: true,
        ...(repo.name.toLowerCase() === sharedRepo ? {} : { organisation: standing }),
      });
      return files.interpret(source.text, source.file);
    },
    async shared(octokit, owner) {
      return sharedState(await organisation(octokit, owner, now() - longest));
    },
    forget(name) {
      const owner = name.toLowerCase();
      pushes.set(owner, (pushes.get(owner) ?? 0) + 1);
      memo.deleteWhere((entry) => entry.owner === owner);
      organisations.delete(owner);
      // A text may come back by another commit.
      memories.delete(owner);
    },
    restingOn({ owner, repo }, paths) {
      const ofRepo = keyOfFile({ owner, repo, path: "" });
      const concerns = (file: string): boolean =>
        paths === null ? file.startsWith(ofRepo) : paths.some((path) => file === `${ofRepo}${path}`);
      return resting
        .values()
        .filter((one) => sameName(one.owner, owner) && [...one.files].some(concerns))
        .map((one) => ({ owner: one.owner, repo: one.repo }));
    },
  };
  return configs;
};
