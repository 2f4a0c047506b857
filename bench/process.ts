import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Usage } from "./probe.ts";

/** A program under measurement, in its own process. */
export interface Measured {
  readonly pid: number;
  /** Where it takes webhooks. */
  readonly webhookUrl: string;
  /** What it has used since its start. */
  usage(): Promise<Usage>;
  /** The same after a full garbage collection. */
  heap(): Promise<Usage>;
  /** SIGKILL: resolves when it is gone. */
  kill(): Promise<void>;
  /** SIGTERM, and SIGKILL when that takes too long. */
  stop(): Promise<void>;
  /** The newest lines of its log. */
  tail(lines: number): readonly string[];
}

export interface Program {
  /** Path of the module to run. */
  readonly entry: string;
  readonly env: Readonly<Record<string, string>>;
  /** For Node itself: `--cpu-prof`. */
  readonly nodeOptions?: readonly string[];
}

const startDeadline = 30_000;
const stopDeadline = 12_000;
const answerDeadline = 30_000;
const keptLog = 64_000;
const listening = /Listening on (http:\/\/[^\s"]+)/;
const probe = new URL("./probe.ts", import.meta.url).href;

/** Starts a program and resolves when it listens. */
export async function startProgram({ entry, env, nodeOptions = [] }: Program): Promise<Measured> {
  // Its own empty directory: no .env file lies there.
  const directory = await mkdtemp(join(tmpdir(), "release-checklist-bench-"));
  const flags = ["--disable-warning=ExperimentalWarning", "--expose-gc", "--import", probe, ...nodeOptions];
  const child = spawn(process.execPath, [...flags, entry], {
    cwd: directory,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    env: { PATH: process.env.PATH, ...env },
  });
  let log = "";
  const ended = once(child, "close").then(() => rm(directory, { recursive: true, force: true }));
  const tail = (lines: number) => log.trimEnd().split("\n").slice(-lines);
  const end = async (signal: "SIGTERM" | "SIGKILL"): Promise<void> => {
    child.kill(signal);
    const late = setTimeout(() => child.kill("SIGKILL"), stopDeadline);
    await ended;
    clearTimeout(late);
  };
  const url = await new Promise<string>((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`${entry} ${why}:\n${tail(20).join("\n")}`));
    const late = setTimeout(() => fail("did not start in time"), startDeadline);
    let found = false;
    const hear = (chunk: Buffer) => {
      log = (log + chunk).slice(-keptLog);
      const match = found ? null : listening.exec(log);
      if (match?.[1] === undefined) return;
      found = true;
      clearTimeout(late);
      resolve(match[1]);
    };
    child.stdout?.on("data", hear);
    child.stderr?.on("data", hear);
    child.on("close", (code) => {
      clearTimeout(late);
      fail(`ended with ${code}`);
    });
  }).catch(async (error: unknown) => {
    await end("SIGKILL");
    throw error;
  });
  return {
    pid: child.pid as number,
    webhookUrl: `${url}/api/github/webhooks`,
    usage: () => ask(child, "usage"),
    heap: () => ask(child, "heap"),
    kill: () => end("SIGKILL"),
    stop: () => end("SIGTERM"),
    tail,
  };
}

async function ask(child: ChildProcess, question: "usage" | "heap"): Promise<Usage> {
  const answer = once(child, "message", { signal: AbortSignal.timeout(answerDeadline) });
  child.send(question);
  const [usage] = await answer;
  return usage as Usage;
}

/** One process, or all replicas together. */
export type Contender = Pick<Measured, "usage" | "heap">;
