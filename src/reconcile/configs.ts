import { readConfig as interpretConfig, type ReadConfig } from "../domain/config/read.ts";
import type { ConfigState, Repo } from "../domain/snapshot.ts";
import type { Octokit } from "../github/client.ts";
import {
  type CommitOfFile,
  createCommitOfFile,
  readConfig,
  readSharedConfig,
} from "../github/read/config.ts";
import { createMemo } from "../github/read/memo.ts";
import type { SourceFile } from "../github/read/source.ts";

/** The same text may come back by another commit, which only a lost push hides. */
const commitsLongest = 60 * 60_000;
/** Pushes that change a configuration are told by events; where one was lost, this is how long it goes unnoticed. */
const longest = 5 * 60_000;
const kept = 2_000;

/** Configurations by repository, remembered for a few minutes. Before a gate opens they are read afresh. */
export interface Configs {
  /** @param since Nothing older counts, in milliseconds since the epoch. Null: a few minutes old will do. */
  read(
    octokit: Octokit,
    repo: Pick<Repo, "owner" | "name" | "defaultBranch">,
    since: number | null,
  ): Promise<ConfigState>;
  /** As it was read last, however long ago: for what costs only a look when it is wrong. Read where it never was. */
  lastKnown(octokit: Octokit, repo: Pick<Repo, "owner" | "name" | "defaultBranch">): Promise<ConfigState>;
  /** What a file would mean in this repository, wherever its text was read. */
  interpret(octokit: Octokit, repo: Pick<Repo, "owner" | "name">, source: SourceFile): Promise<ReadConfig>;
  /** What the owner's `.github` repository says to those without a configuration of their own. */
  shared(octokit: Octokit, owner: string): Promise<ConfigState>;
  /** A push has changed a configuration of this owner. */
  forget(owner: string): void;
}

interface Entry {
  readonly owner: string;
  readonly at: number;
  readonly state: ConfigState;
  /** Which commits brought the files. */
  readonly commits: CommitOfFile;
  readonly commitsSince: number;
}

/** @param now Milliseconds since the epoch. */
export const createConfigs = (templates: ReadonlyMap<string, string>, now: () => number): Configs => {
  const memo = createMemo<Entry>(kept);
  /** By owner: counted up when a push came, so that what was read before it is not remembered after it. */
  const pushes = createMemo<number>(kept);
  const keyOf = (repo: Pick<Repo, "owner" | "name" | "defaultBranch">) =>
    `${repo.owner}/${repo.name}`.toLowerCase().concat(`@${repo.defaultBranch}`);
  const configs: Configs = {
    async read(octokit, repo, since) {
      const owner = repo.owner.toLowerCase();
      const key = keyOf(repo);
      const entry = memo.get(key);
      const push = pushes.get(owner) ?? 0;
      if (entry !== undefined && entry.at >= (since ?? now() - longest)) return entry.state;
      const at = now();
      const aged = entry === undefined || at - entry.commitsSince >= commitsLongest;
      const { commits, commitsSince } = aged ? { commits: createCommitOfFile(), commitsSince: at } : entry;
      const state = await readConfig(
        octokit,
        repo,
        (source) => configs.interpret(octokit, repo, source),
        commits,
      );
      if ((pushes.get(owner) ?? 0) === push) memo.set(key, { owner, at, state, commits, commitsSince });
      return state;
    },
    async lastKnown(octokit, repo) {
      return memo.get(keyOf(repo))?.state ?? configs.read(octokit, repo, null);
    },
    interpret: async (_octokit, _repo, { text, file }) => interpretConfig(text, file, templates),
    shared: (octokit, owner) =>
      readSharedConfig(octokit, owner, (source) =>
        configs.interpret(octokit, { owner, name: ".github" }, source),
      ),
    forget(name) {
      const owner = name.toLowerCase();
      pushes.set(owner, (pushes.get(owner) ?? 0) + 1);
      memo.deleteWhere((entry) => entry.owner === owner);
    },
  };
  return configs;
};
