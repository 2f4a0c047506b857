import { copyFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "@jest/globals";
import { createGitHub } from "../../playground/github/index.ts";
import { type AppProcess, startApp } from "./app-process.ts";

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

const listening = /Listening on http:\/\/[\w.]+:(\d+)/;

function started(env: Record<string, string>, home: string): AppProcess {
  const app = startApp(env, home);
  ends.push(() => app.child.kill("SIGKILL"));
  return app;
}

/** The set-up page tells its own address to GitHub, so the port is known beforehand. */
async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const address = probe.address();
  await new Promise((closed) => probe.close(closed));
  return typeof address === "object" && address !== null ? address.port : 0;
}

async function until<T>(look: () => T | undefined): Promise<T> {
  const deadline = performance.now() + 20_000;
  for (;;) {
    const found = look();
    if (found !== undefined) return found;
    if (performance.now() > deadline) throw new Error("it did not come");
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

test("from a start without credentials over the set-up page to the first gated pull request", async () => {
  const github = createGitHub();
  const { url, close } = await github.listen();
  ends.push(close);
  const repo = github.repo("acme/shop", {
    files: {
      ".github/release.yml": "checklist: { items: [{ id: plan, title: Rollback plan confirmed }] }\n",
    },
    collaborators: { alice: "write", root: "admin" },
  });
  const home = mkdtempSync(join(tmpdir(), "register-"));
  ends.push(() => rmSync(home, { recursive: true }));
  for (const file of ["app.yml", "package.json"]) copyFileSync(file, join(home, file));
  const port = String(await freePort());
  const env = { GHE_HOST: new URL(url).host, GHE_PROTOCOL: "http", HOST: "127.0.0.1", PORT: port };
  const here = `http://127.0.0.1:${port}`;

  // The page hands the manifest to GitHub, where an administrator creates the app.
  const setUp = started({ ...env, NO_SMEE_SETUP: "true" }, home);
  await setUp.seen(listening);
  const page = await (await fetch(`${here}/probot`)).text();
  expect(/action="([^"]*)"/.exec(page)?.[1]).toContain(`${url}/settings/apps/new`);
  const manifest = JSON.parse(/name="manifest"[^>]* value='([^']*)'/.exec(page)?.[1] ?? "null");
  const code = github.submitManifest(manifest, { by: "root" });
  const back = await fetch(`${manifest.redirect_url}?code=${code}`, { redirect: "manual" });
  expect(back.headers.get("location")).toBe(`${url}/apps/release-checklist/installations/new`);
  setUp.child.kill("SIGTERM");
  expect(await setUp.ended).toBe(0);
  expect(readFileSync(join(home, ".env"), "utf8")).toMatch(/^APP_ID=\d+\nPRIVATE_KEY="/m);

  // The next start reads `.env`; the app is installed, and the check required and pinned.
  const app = github.world.apps.get("release-checklist");
  if (app === undefined) throw new Error("no app was registered");
  const running = started(env, home);
  await running.seen(listening);
  repo.installApp(app);
  repo.protect("main", { requiredChecks: [{ name: "Release checklist: main", appId: app.id }] });

  repo.push("release/1", { files: { "a.txt": "a\n" }, by: "alice" });
  const pull = repo.openPull({ by: "alice", head: "release/1", title: "Release 1" });
  await until(() => (pull.body.includes("- [ ] Rollback plan confirmed") ? true : undefined));
  const check = await until(() => repo.checkRuns(pull.headSha, "Release checklist: main").at(-1));
  expect(check.conclusion).toBe("action_required");
  expect(pull.blockers("alice")).toEqual(['Required status check "Release checklist: main" is failing.']);

  pull.edit({ by: "alice", body: pull.body.replace("- [ ]", "- [x]"), viaWeb: true });
  await until(() => (pull.blockers("alice").length === 0 ? true : undefined));
  expect(github.unknownRoutes).toEqual([]);
  running.child.kill("SIGTERM");
  expect(await running.ended).toBe(0);
}, 60_000);
