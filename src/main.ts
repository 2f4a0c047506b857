import type { Logger } from "pino";
import { fillFromDotEnv } from "./dot-env.ts";
import { type Environment, readEnv } from "./env.ts";
import { createLog } from "./log.ts";
import { metricsHandler } from "./metrics.ts";
import { parseTargets, type Targets } from "./notify/targets.ts";
import { bullQueue } from "./queue/bullmq.ts";
import { redactor } from "./redact.ts";
import { concurrency, createRuntime, type Runtime, type SharedQueue, tellFailure } from "./runtime.ts";
import { secretsOf } from "./secrets.ts";
import { type RunningServer, startServer, startSetupServer } from "./server.ts";
import { endOnCrash, stopOnSignals } from "./stop.ts";
import { publicKeysHandler } from "./well-known.ts";

async function main(): Promise<void> {
  const file = fillFromDotEnv(process.env, ".env");
  if (!file.ok) return refuse(file.message);
  const reading = readEnv(process.env, parseTargets);
  if (!reading.ok) return refuse(reading.message);
  const env = reading.value;
  const secrets = secretsOf(env);
  const log = createLog({ level: env.logLevel, format: env.logFormat, secrets });
  endOnCrash(log);
  try {
    const server = await start(env, log);
    stopOnSignals(server.stop, log);
  } catch (error) {
    refuse(redactor(secrets)(error instanceof Error ? error.message : String(error)));
  }
}

/** The app, or Probot's set-up page as long as there is no app. */
async function start(env: Environment<Targets>, log: Logger): Promise<RunningServer> {
  const { app: credentials, host, port } = env;
  if (credentials === undefined) return startSetupServer({ host, port, log });
  const { apiUrl, targets, sweepIntervalMinutes } = env;
  const ready = Promise.withResolvers<Runtime>();
  const shared = env.redisUrl === undefined ? undefined : await sharedQueue(env.redisUrl, ready.promise, log);
  const runtime = createRuntime({
    credentials,
    apiUrl,
    targets,
    sweepIntervalMinutes,
    log,
    ...(shared === undefined ? {} : { shared }),
  });
  ready.resolve(runtime);
  const server = await startServer({
    app: runtime.app,
    credentials,
    host,
    port,
    apiUrl,
    webhookProxyUrl: env.webhookProxyUrl,
    log,
    drain: (milliseconds) => runtime.drain(milliseconds),
    handlers: [metricsHandler(runtime.metrics.registry), publicKeysHandler(credentials.privateKey)],
  });
  runtime.start();
  return server;
}

/** The queue on Redis begins to work at once, also on what an earlier process left: its looks wait for the rest of the app. */
const sharedQueue = (url: string, runtime: Promise<Runtime>, log: Logger): Promise<SharedQueue> =>
  bullQueue({
    url,
    concurrency,
    look: async (...given) => (await runtime).look(...given),
    onError: (failure) => tellFailure(failure, log),
    onTrouble: (error) => log.warn({ err: error }, "trouble with Redis"),
  });

/** Says on one line what is wrong, and ends with 1. */
function refuse(message: string): void {
  process.stderr.write(`release-checklist cannot start: ${message.replace(/\s+/g, " ")}\n`);
  process.exit(1);
}

await main();
