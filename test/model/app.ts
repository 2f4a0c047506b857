import type { GitHub } from "../../playground/github/index.ts";
import type { send } from "../../src/notify/send.ts";
import { parseTargets } from "../../src/notify/targets.ts";
import { systemTimers } from "../../src/queue/timers.ts";
import { createRuntime, type Runtime } from "../../src/runtime.ts";
import type { Clock } from "./clock.ts";

export interface AppOptions {
  readonly github: GitHub;
  readonly app: { readonly id: number; readonly privateKey: string };
  readonly clock: Clock;
  readonly send: typeof send;
}

/** One process of the app: the real runtime on the GitHub in memory. It can end at any moment. */
export interface Process {
  readonly runtime: Runtime;
  /** Rejects when the process ends. */
  readonly ended: Promise<never>;
  readonly alive: () => boolean;
  /** Nothing that it has begun ever goes on. */
  end(): void;
  /** Nothing is under way. */
  idle(): Promise<boolean>;
  /** A look failed and is tried again when its time has come; nothing else is under way. */
  waits(): boolean;
}

const targets = parseTargets(
  '{"acme": {"stakeholders": {"type": "slack", "url": "https://hooks.example.com/1"}}}',
);
if (!targets.ok) throw new Error(targets.message);
const known = targets.value;

const silence = (): void => {};
/** A back-off is somewhat random; the stories' clock is not. */
const wholeSeconds = (milliseconds: number): number => 1_000 * Math.ceil(milliseconds / 1_000);
const never = (): Promise<never> => new Promise(() => {});

export function startApp({ github, app, clock, send }: AppOptions): Process {
  let alive = true;
  let soon = 0;
  let requests = 0;
  let failed = false;
  const noteFailure = (_: unknown, message?: string): void => {
    failed ||= message === "could not look; trying again";
  };
  const { promise: ended, reject } = Promise.withResolvers<never>();
  ended.catch(() => {});
  const runtime = createRuntime({
    credentials: { appId: app.id, privateKey: app.privateKey, webhookSecret: "secret" },
    apiUrl: "https://api.github.test",
    targets: known,
    sweepIntervalMinutes: 5,
    log: { debug: noteFailure, info: silence, warn: noteFailure, error: silence } as never,
    timers: {
      now: clock.now,
      after: (milliseconds, call) => {
        if (milliseconds > 0) return clock.at(wholeSeconds(milliseconds), () => alive && call());
        soon += 1;
        return systemTimers.after(0, () => {
          soon -= 1;
          if (alive) call();
        });
      },
    },
    transport: {
      fetch: async (input, init) => {
        // Clients share what they await of a token with those of every other process here, so it always comes.
        if (String(input).endsWith("/access_tokens")) return github.fetch(input, init);
        if (!alive) throw new TypeError("the process ended");
        requests += 1;
        failed = false;
        try {
          const response = await github.fetch(input, init);
          if (!alive) throw new TypeError("the process ended");
          return response;
        } finally {
          requests -= 1;
        }
      },
      limits: { concurrent: 100, pointsPerMinute: 1e9, creationsPerMinute: 1e9 },
    },
    send: async (...message) => (alive ? send(...message) : never()),
  });
  return {
    runtime,
    ended,
    alive: () => alive,
    end: () => {
      alive = false;
      reject(new Error("the process ended"));
    },
    waits: () => alive && failed && soon === 0 && requests === 0,
    idle: async () => soon === 0 && requests === 0 && (!alive || (await runtime.queue.depth()) === 0),
  };
}
