import { readFileSync } from "node:fs";
import type { Logger } from "pino";
import type { ApplicationFunction } from "probot";
import type { Affected, Event } from "./affected.ts";
import { createApp, createReceiver } from "./app.ts";
import type { AppCredentials } from "./env.ts";
import { createClients } from "./github/client.ts";
import { createOpenPulls } from "./github/open-pulls.ts";
import { type Identity, readIdentity } from "./github/read/identity.ts";
import { createPeople } from "./github/read/people.ts";
import type { TransportOptions } from "./github/transport.ts";
import type { send } from "./notify/send.ts";
import type { Targets } from "./notify/targets.ts";
import { memoryQueue } from "./queue/memory.ts";
import { keyOf, type Queue } from "./queue/queue.ts";
import type { Failure } from "./queue/retry.ts";
import { systemTimers, type Timers } from "./queue/timers.ts";
import { createConfigs } from "./reconcile/configs.ts";
import { createInterest } from "./reconcile/interest.ts";
import { createLook } from "./reconcile/look.ts";
import { createMemory } from "./reconcile/memory.ts";
import { createSweep, type Sweep } from "./sweep.ts";
import { builtInTemplates } from "./templates.ts";

export interface RuntimeOptions {
  readonly credentials: AppCredentials;
  readonly apiUrl: string;
  readonly targets: Targets;
  readonly sweepIntervalMinutes: number;
  readonly log: Pick<Logger, "info" | "warn" | "error" | "debug">;
  readonly timers?: Timers;
  readonly transport?: TransportOptions;
  readonly send?: typeof send;
}

/** The app without its server: everything that turns events into looks. */
export interface Runtime {
  /** For Probot's server. */
  readonly app: ApplicationFunction;
  /** Takes one event; resolves when what follows from it is done. */
  readonly receive: ReturnType<typeof createReceiver>;
  readonly sweep: Sweep;
  readonly queue: Queue;
  /** Looks at everything now and every few minutes. */
  start(): void;
  drain(milliseconds: number): Promise<void>;
}

/** Looks at once over all pull requests. They mostly wait for GitHub. */
const concurrency = 50;

/** Puts the parts together. */
export function createRuntime(options: RuntimeOptions): Runtime {
  const { credentials, log, targets } = options;
  const timers = options.timers ?? systemTimers;
  const clients = createClients({
    appId: credentials.appId,
    privateKey: credentials.privateKey,
    baseUrl: options.apiUrl,
    userAgent: `release-checklist/${version}`,
    ...options.transport,
  });
  const identity = once(() => readIdentity(clients.app));
  const people = createPeople(() => timers.now());
  const memory = createMemory();
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
    ...(options.send === undefined ? {} : { send: options.send }),
  });
  const queue = memoryQueue({ look, timers, concurrency, onError: (failure) => tellFailure(failure, log) });
  const pulls = createOpenPulls(() => timers.now());
  const sweep = createSweep({
    clients,
    queue,
    pulls,
    configured: async (octokit, repository) =>
      (await configs.read(octokit, repository, timers.now())).kind !== "none",
    onError: (where, error) => log.warn({ where, err: error }, "the sweep could not look everywhere"),
    now: () => timers.now(),
  });
  const appOptions = {
    identity,
    clients,
    queue,
    pulls,
    sweep,
    readBeforeWriting: (
      { owner, repo, number }: { owner: string; repo: string; number: number },
      from: string,
    ): boolean => {
      const { written } = memory.of(keyOf({ installation: 0, owner, repo, number }));
      return written.at(-1)?.read === from;
    },
    matters: createInterest(memory),
    forgetPeople: () => people.forget(),
    onEvent: ({ name, payload }: Event, { kind }: Affected) => {
      const owner = payload.repository?.owner?.login ?? payload.repository?.owner?.name;
      if (kind !== "ignored" && (name === "push" || name === "repository") && owner) configs.forget(owner);
    },
    now: () => timers.now(),
  };
  let stopSweeping = (): void => {};
  const sweepAndPlan = async (): Promise<void> => {
    await sweep.all().catch((error: unknown) => log.warn({ err: error }, "the sweep failed"));
    stopSweeping = timers.after(options.sweepIntervalMinutes * 60_000, () => void sweepAndPlan());
  };
  return {
    app: createApp(appOptions),
    receive: createReceiver(appOptions),
    sweep,
    queue,
    start: () => void sweepAndPlan(),
    drain: async (milliseconds) => {
      stopSweeping();
      await queue.drain(milliseconds);
    },
  };
}

function tellFailure({ key, error, failures, next }: Failure, log: RuntimeOptions["log"]): void {
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

/** Works from `src/` and from `dist/`. */
export const version: string = (
  JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as { version: string }
).version;
