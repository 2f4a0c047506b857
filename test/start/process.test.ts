import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, test } from "@jest/globals";
import { createGitHub, testPrivateKey } from "../../playground/github/index.ts";
import { type AppProcess, startApp } from "./app-process.ts";
import { brief, secret, send } from "./raw.ts";

const folder = mkdtempSync(join(tmpdir(), "start-"));
const keyPath = join(folder, "app.pem");
writeFileSync(keyPath, testPrivateKey());

const github = createGitHub();
const appId = github.app({ slug: "release-checklist", permissions: { metadata: "read" } }).id;
const gitHubServer = await github.listen();
afterAll(async () => {
  await gitHubServer.close();
  rmSync(folder, { recursive: true });
});

const registered = {
  APP_ID: String(appId),
  PRIVATE_KEY_PATH: keyPath,
  WEBHOOK_SECRET: secret,
  GHE_HOST: new URL(gitHubServer.url).host,
  GHE_PROTOCOL: "http",
  HOST: "127.0.0.1",
  PORT: "0",
};

const running = new Set<AppProcess>();
const run = (env: Record<string, string>, cwd = folder) => {
  const app = startApp(env, cwd);
  running.add(app);
  return app;
};
afterEach(() => {
  for (const app of running) app.child.kill("SIGKILL");
  running.clear();
});

const listening = /Listening on http:\/\/[\w.]+:(\d+)/;

describe("a mistake in the environment ends the start with 1 and one line", () => {
  test.each([
    [
      { ...registered, APP_ID: "x" },
      "APP_ID must be the App ID from the app's settings page, a number such as 123456",
    ],
    [
      { ...registered, NODE_ENV: "production", WEBHOOK_SECRET: "" },
      "WEBHOOK_SECRET is missing: in production it must be the webhook secret from the app's settings page",
    ],
    [
      { NODE_ENV: "production" },
      "APP_ID is missing: in production it must be the App ID from the app's settings page",
    ],
  ])("%#", async (env: Record<string, string>, message) => {
    const app = run(env);
    expect(await app.ended).toBe(1);
    expect(app.stdout()).toBe("");
    expect(app.stderr()).toBe(`release-checklist cannot start: ${message}\n`);
  });

  test("a port that is taken", async () => {
    const other = createServer();
    const port = await listen(other);
    const app = run({ ...registered, PORT: String(port) });
    const code = await app.ended;
    other.close();
    expect(code).toBe(1);
    expect(app.stderr()).toBe(
      `release-checklist cannot start: Port ${port} is already in use. You can define the PORT environment variable to use a different port.\n`,
    );
  });
});

describe("started", () => {
  test.each(["SIGTERM", "SIGINT"] as const)("takes webhooks until %s, then ends with 0", async (signal) => {
    const app = run({ ...registered, NODE_ENV: "production" });
    const port = Number((await app.seen(listening))[1]);
    expect(brief(await send(port, { method: "GET", path: "/healthz", body: "" }))).toBe("200 ok");
    expect(brief(await send(port, {}))).toBe("200 ok");
    app.child.kill(signal);
    expect(await app.ended).toBe(0);
    expect(app.stderr()).toBe("");
    for (const line of app.stdout().trim().split("\n")) expect(JSON.parse(line)).toHaveProperty("msg");
  });

  test("reads .env from the working directory", async () => {
    const home = mkdtempSync(join(folder, "home-"));
    const { PORT: _, ...rest } = registered;
    writeFileSync(
      join(home, ".env"),
      Object.entries({ ...rest, LOG_FORMAT: "json", PORT: "70000" })
        .map(([name, value]) => `${name}=${value}`)
        .join("\n"),
    );
    const app = run({ PORT: "0" }, home);
    await app.seen(listening);
    expect(() => JSON.parse(app.stdout().split("\n")[0] ?? "")).not.toThrow();
  });
});

test("without APP_ID outside production Probot's set-up page appears", async () => {
  const probe = createServer();
  const port = await listen(probe);
  await new Promise((closed) => probe.close(closed));
  const home = mkdtempSync(join(folder, "set-up-"));
  for (const file of ["app.yml", "package.json"]) copyFileSync(file, join(home, file));
  const app = run({ HOST: "127.0.0.1", PORT: String(port), NO_SMEE_SETUP: "true" }, home);
  await app.seen(listening);
  const page = await (await fetch(`http://127.0.0.1:${port}/probot`)).text();
  expect(page).toContain("Register GitHub App");
  const manifest = JSON.parse(/name="manifest"[^>]* value='([^']*)'/.exec(page)?.[1] ?? "null");
  expect(manifest).toMatchObject({
    name: "Release Checklist",
    default_permissions: { checks: "write" },
    hook_attributes: { url: `http://127.0.0.1:${port}/` },
  });
  app.child.kill("SIGTERM");
  expect(await app.ended).toBe(0);
});

function listen(server: ReturnType<typeof createServer>): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : 0);
    });
  });
}
