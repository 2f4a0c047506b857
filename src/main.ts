import type { Logger } from "pino";
import { fillFromDotEnv } from "./dot-env.ts";
import { type Environment, readEnv } from "./env.ts";
import { createLog } from "./log.ts";
import { parseTargets, type Targets } from "./notify/targets.ts";
import { createRuntime } from "./runtime.ts";
import { secretsOf } from "./secrets.ts";
import { type RunningServer, startServer, startSetupServer } from "./server.ts";
import { stopOnSignals } from "./stop.ts";

async function main(): Promise<void> {
  const file = fillFromDotEnv(process.env, ".env");
  if (!file.ok) return refuse(file.message);
  const reading = readEnv(process.env, parseTargets);
  if (!reading.ok) return refuse(reading.message);
  const env = reading.value;
  const log = createLog({ level: env.logLevel, format: env.logFormat, secrets: secretsOf(env) });
  try {
    const server = await start(env, log);
    stopOnSignals(server.stop, log);
  } catch (error) {
    refuse(error instanceof Error ? error.message : String(error));
  }
}

/** The app, or Probot's set-up page as long as there is no app. */
async function start(env: Environment<Targets>, log: Logger): Promise<RunningServer> {
  const { app: credentials, host, port } = env;
  if (credentials === undefined) return startSetupServer({ host, port, log });
  const { apiUrl, targets, sweepIntervalMinutes } = env;
  const runtime = createRuntime({ credentials, apiUrl, targets, sweepIntervalMinutes, log });
  const server = await startServer({
    app: runtime.app,
    credentials,
    host,
    port,
    apiUrl,
    webhookProxyUrl: env.webhookProxyUrl,
    log,
    drain: (milliseconds) => runtime.drain(milliseconds),
  });
  runtime.start();
  return server;
}

/** Says on one line what is wrong, and ends with 1. */
function refuse(message: string): void {
  process.stderr.write(`release-checklist cannot start: ${message}\n`);
  process.exit(1);
}

await main();
