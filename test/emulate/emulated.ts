import { setTimeout as sleep } from "node:timers/promises";
import { createEmulator } from "emulate";
import { testPrivateKey } from "../../playground/github/index.ts";
import { createLog } from "../../src/log.ts";
import { createRuntime } from "../../src/runtime.ts";
import { startServer, webhookPath } from "../../src/server.ts";
import { substitute } from "./substitute.ts";

const appId = 4711;
const webhookSecret = "the secret of this test";
/** The app's requests go to this host, and from there to wherever emulate listens. */
const apiUrl = "http://github.test";

const people = ["root", "alice", "bob"] as const;
type Person = (typeof people)[number];

const tokenOf = (who: string): string => `token-of-${who}`;

export interface Emulated {
  /** A request of a person, or of somebody's program; gives GitHub's answer. */
  request(who: Person, method: string, path: string, body?: object): Promise<Answer>;
  /** What the app does every few minutes. */
  sweep(): Promise<void>;
  close(): Promise<void>;
}

export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look at whatever emulate answers
  readonly data: any;
}

/**
 * The real runtime behind the real server, with the emulated GitHub of the package `emulate`: requests and signed
 * webhooks go over HTTP. alice and bob may write to acme/shop, and root administers it.
 */
export async function emulated(options: { readonly fill: boolean }): Promise<Emulated> {
  const log = createLog({ level: "fatal", format: "json", secrets: [] });
  const credentials = { appId, privateKey: testPrivateKey(), webhookSecret };
  let url = "";
  const toEmulate: typeof fetch = (input, init) => fetch(String(input).replace(apiUrl, url), init);
  const runtime = createRuntime({
    credentials,
    apiUrl,
    targets: new Map(),
    sweepIntervalMinutes: 1_440,
    log,
    transport: {
      fetch: options.fill ? substitute(toEmulate, { id: appId, slug: "release-checklist" }) : toEmulate,
    },
  });
  const server = await startServer({
    app: runtime.app,
    credentials,
    host: "127.0.0.1",
    port: 0,
    apiUrl,
    log,
    drain: (milliseconds) => runtime.drain(milliseconds),
  });
  const emulator = await createEmulator({
    service: "github",
    port: 0,
    seed: {
      tokens: Object.fromEntries(people.map((login) => [tokenOf(login), { login, scopes: ["repo"] }])),
      github: seed(`http://127.0.0.1:${server.port}${webhookPath}`),
    },
  });
  url = emulator.url.replace("localhost", "127.0.0.1");
  const request: Emulated["request"] = async (who, method, path, body) => {
    const response = await fetch(url + path, {
      method,
      headers: { authorization: `token ${tokenOf(who)}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, data: text === "" ? null : JSON.parse(text) };
  };
  for (const login of ["alice", "bob"])
    await request("root", "PUT", `/repos/acme/shop/collaborators/${login}`, { permission: "push" });
  return {
    request,
    sweep: () => runtime.sweep.all(),
    close: async () => {
      await server.stop(1_000);
      await emulator.close();
    },
  };
}

const seed = (webhookUrl: string) => ({
  users: people.map((login) => ({ login })),
  orgs: [{ login: "acme", members: [{ login: "root", role: "admin" }] }],
  repos: [{ owner: "acme", name: "shop", auto_init: true }],
  apps: [
    {
      app_id: appId,
      slug: "release-checklist",
      name: "Release Checklist",
      private_key: testPrivateKey(),
      permissions: {
        actions: "read",
        checks: "write",
        contents: "read",
        issues: "write",
        metadata: "read",
        pull_requests: "write",
        statuses: "read",
      },
      events: ["check_run", "check_suite", "issue_comment", "pull_request", "push"],
      webhook_url: webhookUrl,
      webhook_secret: webhookSecret,
      installations: [{ installation_id: 100, account: "acme", repository_selection: "all" }],
    },
  ],
});

/** Reads until it passes; gives what was read, or throws with the last thing read. */
export async function eventually<T>(
  read: () => Promise<T>,
  passes: (value: T) => boolean,
  deadline = 8_000,
): Promise<T> {
  const end = performance.now() + deadline;
  for (;;) {
    const value = await read();
    if (passes(value)) return value;
    if (performance.now() > end)
      throw new Error(`Not within ${deadline} ms:\n${JSON.stringify(value, null, 2)}`);
    await sleep(20);
  }
}
