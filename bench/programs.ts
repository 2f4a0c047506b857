import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Program } from "./process.ts";
import type { Stage } from "./stage.ts";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The app as it is deployed: the build, unless the sources are newer. */
export function appEntry(): string {
  const built = here("../dist/main.js");
  const source = here("../src");
  return existsSync(built) && statSync(built).mtimeMs > newest(source) ? built : join(source, "main.ts");
}

function newest(directory: string): number {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => statSync(join(parentPath, name)).mtimeMs)
    .reduce((a, b) => Math.max(a, b), 0);
}

export const contestants = ["app", "replicas", "naive", "naive-throttled"] as const;
/** The app, two of it with Redis, and the plain reference app without and with Probot's default throttle. */
export type Contestant = (typeof contestants)[number];

export interface ProgramOptions {
  readonly nodeOptions?: readonly string[];
  /** Minutes between two sweeps. By default there is only the one at the start, which is not part of a life. */
  readonly sweepMinutes?: number;
  readonly redisUrl?: string;
}

export function programOf(
  contestant: Contestant,
  stage: Stage,
  { nodeOptions = [], sweepMinutes = 1440, redisUrl }: ProgramOptions = {},
): Program {
  const env = {
    APP_ID: String(stage.app.id),
    PRIVATE_KEY: stage.app.privateKey,
    WEBHOOK_SECRET: stage.webhookSecret,
    GHE_HOST: new URL(stage.url).host,
    GHE_PROTOCOL: "http",
    HOST: "127.0.0.1",
    PORT: "0",
    LOG_FORMAT: "json",
    NODE_ENV: "production",
    NOTIFICATION_TARGETS: stage.targets,
    SWEEP_INTERVAL_MINUTES: String(sweepMinutes),
    ...(redisUrl === undefined ? {} : { REDIS_URL: redisUrl }),
  };
  if (contestant === "app" || contestant === "replicas") return { entry: appEntry(), env, nodeOptions };
  return {
    entry: here("./reference.ts"),
    env: { ...env, THROTTLE: contestant === "naive" ? "off" : "on" },
    nodeOptions,
  };
}
