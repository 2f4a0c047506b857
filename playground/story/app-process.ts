import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Stage } from "./stage.ts";

export interface AppProcess {
  readonly pid: number | undefined;
  readonly url: string;
  /** The newest lines of its log. */
  tail(lines: number): readonly string[];
  /** Resolves when the process has ended, whoever ended it. */
  readonly ended: Promise<void>;
  /** Ends it; resolves when it has. */
  stop(): Promise<void>;
}

/** How long the app may take until it listens, in milliseconds. */
const startDeadline = 20_000;
/** The app itself ends within ten seconds of SIGTERM. */
const stopDeadline = 12_000;

const listening = /Listening on (http:\/\/[^\s"]+)/;

/** Starts the real app against this GitHub, and tells GitHub where it listens. */
export async function startApp(stage: Stage, githubUrl: string): Promise<AppProcess> {
  // Its own empty directory: no .env file lies there.
  const directory = await mkdtemp(join(tmpdir(), "release-checklist-"));
  const main = fileURLToPath(new URL("../../src/main.ts", import.meta.url));
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", main], {
    cwd: directory,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      PATH: process.env.PATH,
      APP_ID: String(stage.app.id),
      PRIVATE_KEY: stage.app.privateKey,
      WEBHOOK_SECRET: stage.webhookSecret,
      GHE_HOST: new URL(githubUrl).host,
      GHE_PROTOCOL: "http",
      HOST: "127.0.0.1",
      PORT: "0",
      LOG_FORMAT: "pretty",
      NOTIFICATION_TARGETS: stage.targets,
    },
  });
  let log = "";
  const ended = once(child, "close").then(() => rm(directory, { recursive: true, force: true }));
  const stop = async (): Promise<void> => {
    child.kill("SIGTERM");
    const late = setTimeout(() => child.kill("SIGKILL"), stopDeadline);
    await ended;
    clearTimeout(late);
  };
  const tail = (lines: number) => log.trimEnd().split("\n").slice(-lines);
  const url = await new Promise<string>((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`The app ${why}:\n${tail(20).join("\n")}`));
    const late = setTimeout(() => fail("did not start in time"), startDeadline);
    const hear = (chunk: Buffer) => {
      log += chunk;
      const match = listening.exec(log);
      if (match?.[1] === undefined) return;
      clearTimeout(late);
      resolve(match[1]);
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.on("close", (code) => {
      clearTimeout(late);
      fail(`ended with ${code}`);
    });
  }).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  stage.app.webhookUrl = `${url}/api/github/webhooks`;
  return { pid: child.pid, url, tail, ended, stop };
}
