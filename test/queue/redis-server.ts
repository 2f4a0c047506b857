import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const redisIsInstalled = (): boolean => spawnSync("redis-server", ["--version"]).status === 0;

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("No port was given");
  return address.port;
};

/** A Redis of the test's own, on a free port, that writes every command to disk at once. */
export class RedisServer {
  readonly #port: number;
  readonly #directory: string;
  #process: ChildProcess;

  private constructor(port: number, directory: string, process: ChildProcess) {
    this.#port = port;
    this.#directory = directory;
    this.#process = process;
  }

  static async start(): Promise<RedisServer> {
    const port = await freePort();
    const directory = await mkdtemp(join(tmpdir(), "redis-"));
    return new RedisServer(port, directory, await launch(port, directory));
  }

  get url(): string {
    return `redis://127.0.0.1:${this.#port}`;
  }

  /** Pulls the plug. */
  async kill(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const gone = once(this.#process, "exit");
    this.#process.kill("SIGKILL");
    await gone;
  }

  /** Comes back with what was written to disk. */
  async restart(): Promise<void> {
    this.#process = await launch(this.#port, this.#directory);
  }

  async remove(): Promise<void> {
    await this.kill();
    await rm(this.#directory, { recursive: true, force: true });
  }
}

const launch = async (port: number, directory: string): Promise<ChildProcess> => {
  const options = {
    port,
    bind: "127.0.0.1",
    dir: directory,
    save: "",
    appendonly: "yes",
    appendfsync: "always",
  };
  const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, `${value}`]);
  const server = spawn("redis-server", args, { stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.once("exit", (code) => reject(new Error(`redis-server ended with ${code}:\n${said}`)));
    server.stdout.on("data", (data: Buffer) => {
      said += data;
      if (said.includes("Ready to accept connections")) resolve();
    });
  });
  server.removeAllListeners("exit");
  return server;
};
