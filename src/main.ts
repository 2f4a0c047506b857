import { fillFromDotEnv } from "./dot-env.ts";
import { readEnv } from "./env.ts";
import { createLog } from "./log.ts";
import { secretsOf } from "./secrets.ts";
import { startServer, startSetupServer } from "./server.ts";
import { stopOnSignals } from "./stop.ts";

async function main(): Promise<void> {
  const file = fillFromDotEnv(process.env, ".env");
  if (!file.ok) return refuse(file.message);
  const reading = readEnv(process.env, (text) => ({ ok: true, value: text }));
  if (!reading.ok) return refuse(reading.message);
  const env = reading.value;
  const log = createLog({ level: env.logLevel, format: env.logFormat, secrets: secretsOf(env) });
  try {
    const server =
      env.app === undefined
        ? await startSetupServer({ host: env.host, port: env.port, log })
        : await startServer({
            app: () => {},
            credentials: env.app,
            host: env.host,
            port: env.port,
            apiUrl: env.apiUrl,
            webhookProxyUrl: env.webhookProxyUrl,
            log,
            drain: async () => {},
          });
    stopOnSignals(server.stop, log);
  } catch (error) {
    refuse(error instanceof Error ? error.message : String(error));
  }
}

/** Says on one line what is wrong, and ends with 1. */
function refuse(message: string): void {
  process.stderr.write(`release-checklist cannot start: ${message}\n`);
  process.exit(1);
}

await main();
