import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

export interface AppProcess {
  readonly child: ChildProcess;
  /** What it printed so far. */
  stdout(): string;
  stderr(): string;
  /** Resolves with the first match in what it prints; rejects when it ends without one. */
  seen(pattern: RegExp): Promise<RegExpExecArray>;
  /** Resolves with its exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>;
}

/** Starts a TypeScript file as a process of its own, with no other variables than these. */
export function start(
  file: string,
  env: Record<string, string>,
  cwd: string,
  args: readonly string[] = [],
): AppProcess {
  const path = fileURLToPath(new URL(file, import.meta.url));
  const child = spawn(process.execPath, [path, ...args], { cwd, env: { PATH: process.env.PATH, ...env } });
  let stdout = "";
  let stderr = "";
  const wake = new Set<() => void>();
  const note = () => {
    for (const check of wake) check();
  };
  child.stdout.on("data", (chunk) => {
    stdout += chunk;
    note();
  });
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
    note();
  });
  const ended = once(child, "close").then(([code, signal]): number | NodeJS.Signals => code ?? signal);
  return {
    child,
    stdout: () => stdout,
    stderr: () => stderr,
    ended,
    seen: (pattern) =>
      new Promise((resolve, reject) => {
        const check = () => {
          const match = pattern.exec(stdout + stderr);
          if (match === null) return;
          wake.delete(check);
          resolve(match);
        };
        wake.add(check);
        check();
        ended.then(
          (code) => reject(new Error(`ended with ${code} before ${pattern}:\n${stdout}${stderr}`)),
          reject,
        );
      }),
  };
}

export const startApp = (env: Record<string, string>, cwd: string): AppProcess =>
  start("../../src/main.ts", env, cwd);
