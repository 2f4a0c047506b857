import type { Logger } from "pino";
import { type ApplicationFunction, Probot, ProbotOctokit, run, Server } from "probot";
import type { AppCredentials } from "./env.ts";
import { healthHandler } from "./health.ts";
import { type Handler, largestPayload, webhookDoor } from "./webhook-door.ts";

export interface ListenOptions {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  readonly log: Logger;
}

export interface ServerOptions extends ListenOptions {
  readonly app: ApplicationFunction;
  readonly credentials: AppCredentials;
  readonly apiUrl: string;
  readonly webhookProxyUrl?: string | undefined;
  /** Takes no new work, lets what runs end, and resolves at the latest after so many milliseconds. */
  readonly drain: (milliseconds: number) => Promise<void>;
  /** Answer other requests than webhooks. */
  readonly handlers?: readonly Handler[];
  /** How long the body of a webhook may take to arrive, in milliseconds. */
  readonly bodyTimeout?: number;
}

export interface RunningServer {
  readonly host: string;
  readonly port: number;
  /**
   * Refuses new work (503, so that the delivery can be asked for again), lets what runs end, and closes. Resolves
   * within `milliseconds`: true when everything had ended.
   */
  stop(milliseconds: number): Promise<boolean>;
}

export const webhookPath = "/api/github/webhooks";

/** Starts Probot's server with the application. Rejects when the address cannot be listened on. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  let draining = false;
  const door = {
    path: webhookPath,
    maxBytes: largestPayload,
    bodyTimeout: options.bodyTimeout ?? 5_000,
    closed: () => draining,
  };
  class GuardedProbot extends Probot {
    override async getNodeMiddleware(...given: Parameters<Probot["getNodeMiddleware"]>): Promise<Handler> {
      return webhookDoor(await super.getNodeMiddleware(...given), door);
    }
  }
  const { credentials, log } = options;
  const server = new Server({
    ...listenAt(options),
    webhookPath,
    webhookProxy: options.webhookProxyUrl,
    Probot: GuardedProbot.defaults({
      appId: credentials.appId,
      privateKey: credentials.privateKey,
      secret: credentials.webhookSecret,
      baseUrl: options.apiUrl,
      Octokit: UnusedOctokit,
      log,
    }),
  });
  server.addHandler(healthHandler(() => draining));
  for (const handler of options.handlers ?? []) server.addHandler(handler);
  await server.load(options.app);
  const http = await server.start();
  return {
    host: server.host,
    port: server.port,
    async stop(milliseconds) {
      draining = true;
      const ended = await within(milliseconds, async () => {
        await options.drain(milliseconds * 0.9);
        await server.stop();
      });
      if (ended) return true;
      // What still waits for an answer sees the connection end, and GitHub's delivery log keeps it.
      http.closeAllConnections();
      await server.stop();
      return false;
    },
  };
}

/**
 * Probot makes a client for each webhook, which takes longer than most webhooks do. Nobody uses them: looks have clients
 * of their own, one for each installation. So all webhooks get one that cannot authenticate.
 */
const UnusedOctokit = ProbotOctokit.defaults({
  authStrategy: ({ octokit }: { octokit: unknown }) =>
    Object.assign(async () => octokit, { hook: () => Promise.reject(new Error("this client has no token")) }),
});

/** Starts Probot's set-up page, which registers the app on GitHub and writes its credentials to `.env`. */
export async function startSetupServer({ host, port, log }: ListenOptions): Promise<RunningServer> {
  // Without an app id in `env`, this is what Probot's own start shows.
  const server = await run(() => {}, { env: { HOST: host, PORT: String(port) }, log });
  return {
    host: server.host,
    port: server.port,
    stop: (milliseconds) => within(milliseconds, () => server.stop()),
  };
}

/** Probot takes port 0 for "not given" and falls back to 3000; the same port as text passes, and Node takes it. */
function listenAt({ host, port, log }: ListenOptions) {
  return { host, port: String(port) as unknown as number, log };
}

/** Resolves with true when `end` ended in time, else with false. */
async function within(milliseconds: number, end: () => Promise<void>): Promise<boolean> {
  const late = Promise.withResolvers<false>();
  const timer = setTimeout(() => late.resolve(false), milliseconds);
  try {
    return await Promise.race([end().then(() => true), late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
