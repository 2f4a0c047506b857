import type { Logger } from "pino";
import type { ApplicationFunction } from "probot";
import type { Affected, Event, WrittenText } from "./affected.ts";
import { createApp, createReceiver } from "./app.ts";
import type { MergeGroup } from "./domain/merge-group.ts";
import type { ConfigState, Repo } from "./domain/snapshot.ts";
import type { AppCredentials } from "./env.ts";
import { createClients } from "./github/client.ts";
import { redeliverFailed } from "./github/deliveries.ts";
import { inWords } from "./github/errors.ts";
import { createFollowUps } from "./github/follow-ups.ts";
import { createLate } from "./github/late.ts";
import { createOpenPulls } from "./github/open-pulls.ts";
import type { RepoName } from "./github/read/account.ts";
import { type Identity, readIdentity } from "./github/read/identity.ts";
import { createMemo } from "./github/read/memo.ts";
import { createPeople } from "./github/read/people.ts";
import type { TransportOptions } from "./github/transport.ts";
import { createMetrics, type Metrics } from "./metrics.ts";
import type { send } from "./notify/send.ts";
import type { Targets } from "./notify/targets.ts";
import type { BullQueue } from "./queue/bullmq.ts";
import type { Held } from "./queue/lock.ts";
import { memoryQueue } from "./queue/memory.ts";
import { keyOf, type Look, type PullKey, type Queue, work } from "./queue/queue.ts";
import type { Failure } from "./queue/retry.ts";
import { systemTimers, type Timers } from "./queue/timers.ts";
import { createConfigs } from "./reconcile/config/configs.ts";
import { createLook } from "./reconcile/look.ts";
import { awaitsDeployment, createInterest } from "./reconcile/memory/interest.ts";
import { createMemory } from "./reconcile/memory/memory.ts";
import { createUnchanged } from "./reconcile/memory/unchanged.ts";
import { answerMergeGroup } from "./reconcile/merge-group.ts";
import { deskName } from "./reconcile/merged/desk.ts";
import { createSeldom } from "./reconcile/seldom.ts";
import { createSigner } from "./record/sign.ts";
import { createSweep, type Sweep } from "./sweep.ts";
import { builtInTemplates } from "./templates.ts";
import { version } from "./version.ts";

export interface RuntimeOptions {
  readonly credentials: AppCredentials;
  readonly apiUrl: string;
  readonly targets: Targets;
  readonly sweepIntervalMinutes: number;
  readonly log: Pick<Logger, "info" | "warn" | "error" | "debug">;
  readonly timers?: Timers;
  readonly transport?: TransportOptions;
  readonly send?: typeof send;
  /** The queue of several replicas; without it this process is the only one, and has its own in memory. */
  readonly shared?: SharedQueue;
}

/** A queue that other replicas work on as well. */
export type SharedQueue = Queue & Pick<BullQueue, "pendingKeys" | "lock">;

/** The app without its server: everything that turns events into looks. */
export interface Runtime {
  /** For Probot's server. */
  readonly app: ApplicationFunction;
  /** Takes one event; resolves when what follows from it is done. */
  readonly receive: ReturnType<typeof createReceiver>;
  readonly sweep: Sweep;
  readonly queue: Queue;
  readonly look: Look;
  readonly metrics: Metrics;
  /** Looks at everything now and every few minutes. */
  start(): void;
  drain(milliseconds: number): Promise<void>;
}

/** For a look that another replica may do: seven seconds in all, since a webhook is to be answered in eight. */
const waitsForLook = [250, 750, 2_000, 4_000];
/** A delivery is listed when it has ended, by the time at which it began: GitHub gives up after ten seconds. */
const underWay = 15_000;
/** Looks at once over all pull requests. They mostly wait for GitHub. */
export const concurrency = 50;

/** Puts the parts together. */
export function createRuntime(options: RuntimeOptions): Runtime {
  const { credentials, log, targets } = options;
  const timers = options.timers ?? systemTimers;
  const tolerate = (what: string) => (error: unknown) => log.warn({ err: error }, what);
  const metrics = createMetrics(() => queue.depth());
  const clients = createClients({
    appId: credentials.appId,
    privateKey: credentials.privateKey,
    baseUrl: options.apiUrl,
    userAgent: `release-checklist/${version}`,
    ...options.transport,
    onRequest: (...request) => {
      metrics.request(...request);
      options.transport?.onRequest?.(...request);
    },
    onInstallationQuota: (installation, quota) => metrics.quota(String(installation), quota),
  });
  const identity = once(() => readIdentity(clients.app));
  const people = createPeople(() => timers.now());
  const memory = createMemory();
  const followUps = createFollowUps(() => timers.now());
  const configs = createConfigs(builtInTemplates(), () => timers.now());
  const look = createLook({
    client: (installation) => clients.installation(installation),
    identity,
    version,
    configs,
    targets,
    now: () => timers.now(),
    log,
    people,
    memory,
    followUps,
    metrics,
    lock: options.shared?.lock ?? null,
    sign: createSigner(credentials.privateKey),
    ...(options.send === undefined ? {} : { send: options.send }),
    onFreeze: (key) => void lookAtOthers(key).catch(tolerate("could not look at what waits for a release")),
  });
  const queue =
    options.shared ??
    memoryQueue({ look, timers, concurrency, onError: (failure) => tellFailure(failure, log) });
  const pulls = createOpenPulls(() => timers.now());
  const late = createLate(followUps, () => timers.now());
  const isTime = createSeldom(() => timers.now());
  const unchanged = createUnchanged(memory, () => timers.now());
  /** By repository: the configuration as the sweep just read it. */
  const swept = createMemo<ConfigState>(2_000);
  /** A gate that stands open is not left to itself when the list of pull requests cannot be read. */
  const lookAtOpen = (concerns: (key: PullKey) => boolean): void => {
    for (const key of memory.open().filter(concerns))
      queue.add(key, work("sweep", timers.now())).catch(tolerate("could not look at an open gate"));
  };
  /** Those that wait for this release, or do no longer. */
  const lookAtOthers = async (key: PullKey): Promise<void> => {
    const numbers = await pulls.open(clients.installation(key.installation), key);
    const others = numbers.filter((number) => number !== key.number);
    await Promise.all(others.map((number) => queue.add({ ...key, number }, work("freeze", timers.now()))));
  };
  const sweep = createSweep({
    clients,
    queue,
    pulls,
    configured: async (octokit, repository, since) => {
      const config = await configs.read(octokit, repository, since);
      swept.set(`${repository.owner}/${repository.name}`, config);
      return config.kind !== "none";
    },
    late: async (octokit, repo) => late(octokit, repo, (await identity()).slug),
    unchanged: (key, { updatedAt }) => {
      const config = swept.get(`${key.owner}/${key.repo}`);
      return config !== undefined && unchanged(key, updatedAt, config);
    },
    onError: (where, error, concerns) => {
      const err = inWords(error);
      if (isTime(`${where} ${String(err)}`)) log.warn({ where, err }, "the sweep could not look everywhere");
      lookAtOpen(concerns);
    },
    now: () => timers.now(),
  });
  const appOptions = {
    identity,
    clients,
    queue,
    pulls,
    followUps,
    learnFollowUps: async (installation: number, repo: RepoName): Promise<void> => {
      if (options.shared === undefined) return;
      await followUps.recent(clients.installation(installation), repo, (await identity()).slug);
    },
    sweep,
    readBeforeWriting: (
      { owner, repo, number }: { owner: string; repo: string; number: number },
      from: string,
      text: WrittenText,
    ): boolean => {
      const name = keyOf({ installation: 0, owner, repo, number });
      const key = text === "follow-up" ? deskName(name) : name;
      const isEcho = memory.of(key).written.at(-1)?.read === from;
      // No look follows that would note it, and it orders what else was done in its second.
      if (isEcho) memory.noteEcho(key);
      return isEcho;
    },
    restingOn: (repo: RepoName, paths: readonly string[] | null) => configs.restingOn(repo, paths),
    interest: createInterest(memory, options.shared === undefined),
    awaits: async (
      installation: number,
      repo: Pick<Repo, "owner" | "name" | "defaultBranch">,
      environment: string,
    ) => awaitsDeployment(await configs.lastKnown(clients.installation(installation), repo), environment),
    answerGroup: async (installation: number, name: RepoName, group: MergeGroup) =>
      answerMergeGroup(
        {
          octokit: clients.installation(installation),
          name,
          app: await identity(),
          look: (number) => queue.add({ installation, ...name, number }, work("merge_group", timers.now())),
          waits: options.shared === undefined ? [] : waitsForLook,
          sleep: (milliseconds) => new Promise((resolve) => timers.after(milliseconds, resolve)),
        },
        group,
      ),
    forgetPeople: () => people.forget(),
    onEvent: ({ name, payload }: Event, { kind }: Affected) => {
      metrics.event(name, kind === "ignored" ? "ignored" : "looked at");
      const owner = payload.repository?.owner?.login ?? payload.repository?.owner?.name;
      if (kind !== "ignored" && (name === "push" || name === "repository") && owner) configs.forget(owner);
    },
    now: () => timers.now(),
  };
  const interval = options.sweepIntervalMinutes * 60_000;
  /** Up to when failed deliveries were asked for again, in milliseconds; null asks for all that GitHub keeps. */
  let redelivered: number | null = null;
  const redeliver = async (): Promise<void> => {
    const now = timers.now();
    const since = redelivered === null ? null : new Date(redelivered - underWay).toISOString();
    const count = await redeliverFailed(clients.app, since);
    redelivered = now;
    if (count > 0) log.info({ count }, "asked GitHub for failed deliveries again");
  };
  const takeUp = async (): Promise<void> => {
    const keys = (await options.shared?.pendingKeys()) ?? [];
    await Promise.all(keys.map((key) => queue.add(key, work("sweep", timers.now()))));
  };
  /** Of several replicas one sweeps, until it ends. Null: another one does. */
  let sweeping: Held | null = null;
  const isOurs = async (): Promise<boolean> => {
    if (options.shared === undefined) return true;
    sweeping ??= await options.shared.lock.take("sweep");
    return sweeping !== null;
  };
  let stopSweeping = (): void => {};
  /** The next one does not wait for this one, which waits for looks that may fail for long. */
  const sweepAndPlan = async (isStart: boolean): Promise<void> => {
    stopSweeping = timers.after(interval, () => void sweepAndPlan(false));
    const ours = await isOurs().catch(() => true);
    // The one that sweeps did so at most an interval ago.
    if (!ours && !isStart) redelivered = timers.now() - interval;
    await Promise.all([
      takeUp().catch(tolerate("waiting work could not be taken up")),
      ...(ours || isStart
        ? [
            redeliver().catch(tolerate("failed deliveries could not be asked for again")),
            sweep.all().catch(tolerate("the sweep failed")),
          ]
        : []),
    ]);
  };
  return {
    app: createApp(appOptions),
    receive: createReceiver(appOptions),
    sweep,
    queue,
    look,
    metrics,
    start: () => void sweepAndPlan(true),
    drain: async (milliseconds) => {
      stopSweeping();
      await sweeping?.release();
      await queue.drain(milliseconds);
    },
  };
}

/** For the log: a look that failed is tried again by the queue. */
export function tellFailure({ key, error, failures, next }: Failure, log: RuntimeOptions["log"]): void {
  const pull = keyOf(key);
  // A fault that lasts is told once, not at every attempt.
  const level = failures === 1 || next === null ? "warn" : "debug";
  log[level](
    { pull, err: error, failures, next },
    next === null ? "gave up looking" : "could not look; trying again",
  );
}

/** Asks until an answer came, then never again. */
function once(read: () => Promise<Identity>): () => Promise<Identity> {
  let known: Promise<Identity> | null = null;
  return () => {
    known ??= read().catch((error: unknown) => {
      known = null;
      throw error;
    });
    return known;
  };
}
