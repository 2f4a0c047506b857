import type { Clients, Octokit } from "./github/client.ts";
import type { OpenPull, OpenPulls } from "./github/open-pulls.ts";
import type { RepoName } from "./github/read/account.ts";
import { createMemo } from "./github/read/memo.ts";
import { type InstalledRepository, listInstallations, listRepositories } from "./github/repositories.ts";
import { type PullKey, type Queue, type Work, work } from "./queue/queue.ts";

export interface SweepOptions {
  readonly clients: Clients;
  readonly queue: Pick<Queue, "add">;
  readonly pulls: OpenPulls;
  /**
   * Whether a checklist stands for this repository; a broken or unreadable one counts.
   *
   * @param since Nothing older counts, in milliseconds since the epoch: one reading of an owner's file serves a whole sweep.
   */
  readonly configured: (octokit: Octokit, repository: InstalledRepository, since: number) => Promise<boolean>;
  /** Numbers of merged pull requests that have something left to be done. */
  readonly late?: (octokit: Octokit, repo: RepoName) => Promise<readonly number[]>;
  /** Whether looking at this one again would tell nothing new. */
  readonly unchanged?: (key: PullKey, pull: OpenPull) => boolean;
  /**
   * Something could not be looked at: `acme/app`, `installation 7`. The sweep goes on with the rest. `concerns` tells
   * which pull requests were left out by it.
   */
  readonly onError: (where: string, error: unknown, concerns: (key: PullKey) => boolean) => void;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
}

/** Asks for a look at many pull requests; each resolves when all of these looks have ended or are stored. */
export interface Sweep {
  /** Every open pull request of every configured repository. */
  all(): Promise<void>;
  /** Every open pull request of the installation's configured repositories. */
  installation(id: number, reason: Partial<Work> & Pick<Work, "why">): Promise<void>;
  /** Every open pull request of these repositories, configured or not. */
  repositories(
    id: number,
    repos: readonly RepoName[],
    reason: Partial<Work> & Pick<Work, "why">,
  ): Promise<void>;
}

const atOnce = 8;
/** The owner's `.github` repository may be public, so that we can read it and see no push to it; hence the limit. */
const unconfiguredFor = 60 * 60_000;

interface Known {
  readonly configured: boolean;
  /** Changes with the default branch, and with every push to the repository or to the owner's `.github`. */
  readonly version: string;
  readonly at: number;
}

/**
 * Finds what webhooks missed. What is remembered of repositories without a configuration keeps the cost at that of
 * the configured ones; it is void after any push, and after an hour anyway.
 */
export const createSweep = (options: SweepOptions): Sweep => {
  const { clients, queue, pulls, configured, onError } = options;
  const now = options.now ?? Date.now;
  const known = createMemo<Known>(50_000);

  const guarded = async (
    where: string,
    concerns: (key: PullKey) => boolean,
    run: () => Promise<void>,
  ): Promise<void> => {
    try {
      await run();
    } catch (error) {
      onError(where, error, concerns);
    }
  };

  /** The looks that were asked for. */
  const lookAtAll = async (
    id: number,
    repo: RepoName,
    given: Partial<Work>,
  ): Promise<readonly Promise<void>[]> => {
    const why = given.why?.[0] ?? "sweep";
    const octokit = clients.installation(id);
    const [open, late] = await Promise.all([
      pulls.list(octokit, repo),
      why === "sweep" ? (options.late?.(octokit, repo) ?? []) : [],
    ]);
    const ask = (number: number) => queue.add({ installation: id, ...repo, number }, work(why, now(), given));
    const looks = open.flatMap((pull) => {
      const key = { installation: id, ...repo, number: pull.number };
      if (why === "sweep" && options.unchanged?.(key, pull)) return [];
      return [ask(pull.number)];
    });
    return [...looks, ...late.map(ask)];
  };

  const visit = async (
    id: number,
    repository: InstalledRepository,
    shared: string,
    since: number,
    given: Partial<Work>,
  ): Promise<readonly Promise<void>[]> => {
    const key = String(repository.id);
    const version = `${repository.defaultBranch}@${repository.pushedAt} ${shared}`;
    const before = known.get(key);
    if (
      !given.fresh &&
      before &&
      !before.configured &&
      before.version === version &&
      now() - before.at < unconfiguredFor
    )
      return [];
    const is = await configured(clients.installation(id), repository, since);
    known.set(key, { configured: is, version, at: now() });
    // One that has just lost its configuration is looked at once more: what was blocked must not stay so.
    if (!is && !before?.configured) return [];
    return lookAtAll(id, { owner: repository.owner, repo: repository.name }, given);
  };

  /** Looks that fail are tried again for long, and hold up neither the other repositories nor the other installations. */
  const start = async (id: number, given: Partial<Work>, looks: Promise<void>[]): Promise<void> => {
    const since = now();
    const repositories = await listRepositories(clients.installation(id));
    const shared = repositories.find(({ name }) => name === ".github")?.pushedAt ?? "";
    await inTurns(repositories, atOnce, (repository) => {
      const where = `${repository.owner}/${repository.name}`;
      const concerns = ({ owner, repo }: PullKey) => owner === repository.owner && repo === repository.name;
      return guarded(where, concerns, async () => {
        for (const look of await visit(id, repository, shared, since, given))
          looks.push(look.catch((error: unknown) => onError(where, error, () => false)));
      });
    });
  };

  return {
    async all() {
      const looks: Promise<void>[] = [];
      const anywhere = () => true;
      await guarded("everywhere", anywhere, async () => {
        const ids = await listInstallations(clients.app);
        await inTurns(ids, atOnce, (id) =>
          guarded(
            `installation ${id}`,
            (key) => key.installation === id,
            () => start(id, { why: ["sweep"] }, looks),
          ),
        );
      });
      await Promise.all(looks);
    },
    async installation(id, reason) {
      const looks: Promise<void>[] = [];
      await start(id, reason, looks);
      await Promise.all(looks);
    },
    async repositories(id, repos, reason) {
      await Promise.all(
        repos.map(async (repo) => {
          await Promise.all(await lookAtAll(id, repo, reason));
        }),
      );
    },
  };
};

/** Runs at most so many at once. */
const inTurns = async <T>(
  list: readonly T[],
  count: number,
  run: (one: T) => Promise<void>,
): Promise<void> => {
  const rest = list.values();
  const worker = async () => {
    for (const one of rest) await run(one);
  };
  await Promise.all(Array.from({ length: count }, worker));
};
