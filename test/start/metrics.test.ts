import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { createGitHub } from "../../playground/github/index.ts";
import { createSlack } from "../../playground/slack/index.ts";
import { variableNames } from "../../src/env.ts";
import { createMetrics } from "../../src/metrics.ts";
import { until } from "../replicas/cluster.ts";
import { manifest } from "../scenario/world.ts";
import { startApp } from "./app-process.ts";
import { brief, secret, send } from "./raw.ts";

const page = readFileSync("docs/operating.md", "utf8");
const own = /release_checklist_[a-z_]+/g;

/** Names without what a histogram appends to its own. */
const namesIn = (text: string): Set<string> =>
  new Set([...text.matchAll(own)].map(([name]) => name.replace(/_(?:bucket|sum|count)$/, "")));

const registered = async (): Promise<{ name: string; type: string; labels: string[] }[]> => {
  const { registry } = createMetrics(async () => 0);
  return registry
    .getMetricsAsArray()
    .map((metric) => ({
      name: metric.name,
      type: String(metric.type),
      // The library's types leave it out.
      labels: [...(metric as unknown as { labelNames: string[] }).labelNames].sort(),
    }))
    .filter(({ name }) => name.startsWith("release_checklist_"));
};

describe("docs/operating.md", () => {
  test("names every metric, and no other", async () => {
    expect([...namesIn(page)].sort()).toEqual((await registered()).map(({ name }) => name).sort());
  });

  test("tells the type and the labels of each", async () => {
    const rows = [...page.matchAll(/^\| `(release_checklist_\w+)`\s*\| (\w+)\s*\| ([^|]*)\|/gm)];
    const told = rows.map(([, name = "", type = "", labels = ""]) => ({
      name,
      type,
      labels: [...labels.matchAll(/`(\w+)`/g)].map(([, label = ""]) => label).sort(),
    }));
    const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);
    expect(told.sort(byName)).toEqual((await registered()).sort(byName));
  });

  test("asks in its alerts only for labels that are there", async () => {
    const known = new Map((await registered()).map(({ name, labels }) => [name, labels]));
    const asked = [...page.matchAll(/(release_checklist_\w+)\{([^}]*)\}/g)];
    expect(asked.length).toBeGreaterThan(3);
    for (const [, name = "", matchers = ""] of asked) {
      const labels = [...matchers.matchAll(/(\w+)(?:=~?|!~?=?)"/g)].map(([, label]) => label);
      const [base = ""] = namesIn(name);
      expect(known.get(base)).toEqual(expect.arrayContaining(labels));
    }
  });

  test("explains every variable of the environment, and no other", () => {
    const section = page.slice(page.indexOf("## Environment"), page.indexOf("## Health"));
    const told = [...section.matchAll(/^\| `([A-Z_]+)`/gm)].map(([, name]) => name);
    expect(told.sort()).toEqual([...variableNames].sort());
  });
});

describe("GET /metrics of the running app", () => {
  const folder = mkdtempSync(join(tmpdir(), "metrics-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  test("tells of looks, requests and writes, and of nothing secret; nor does the log", async () => {
    const github = createGitHub();
    const slack = await createSlack({ channels: ["a-secret-channel"] }).listen();
    const app = github.app({
      slug: "release-checklist",
      permissions: manifest.default_permissions,
      events: manifest.default_events,
      webhookSecret: secret,
    });
    const repo = github.repo("acme/shop", {
      files: {
        ".github/release.yml": `checklist:
  release: [{ base: main }]
  items:
    - { id: tell, title: Tell them, notify: { to: [stakeholders, gone], post: when-ready } }
`,
      },
      collaborators: { alice: "write" },
    });
    repo.installApp(app);
    repo.push("release/1", { by: "alice", files: { "a.txt": "a\n" } });
    const pull = repo.openPull({ by: "alice", head: "release/1" });
    const server = await github.listen();
    const target = slack.url("a-secret-channel");
    const hidden = "an address that is the right to post";
    const running = startApp(
      {
        APP_ID: String(app.id),
        PRIVATE_KEY: app.privateKey,
        WEBHOOK_SECRET: secret,
        GHE_HOST: new URL(server.url).host,
        GHE_PROTOCOL: "http",
        HOST: "127.0.0.1",
        PORT: "0",
        LOG_LEVEL: "trace",
        NODE_ENV: "production",
        NOTIFICATION_TARGETS: JSON.stringify({
          acme: {
            stakeholders: { type: "slack", url: target },
            gone: {
              type: "webhook",
              url: `http://127.0.0.1:1/${encodeURIComponent(hidden)}`,
              secret: "a shared secret of the target",
            },
          },
        }),
      },
      folder,
    );
    try {
      const port = Number((await running.seen(/Listening on http:\/\/[\w.]+:(\d+)/))[1]);
      const title = () =>
        repo.checkRuns(pull.headSha, "Release checklist: main").at(-1)?.record.output.title ?? "";
      await until("the announcement", () => slack.messages.length === 1 && /sent/.test(title()));
      // The description is written after the check.
      await until("the end of the look", () => running.stdout().includes('"msg":"looked"'));
      const answer = await fetch(`http://127.0.0.1:${port}/metrics`);
      expect(answer.status).toBe(200);
      expect(answer.headers.get("content-type")).toMatch(/^text\/plain; version=0\.0\.4/);
      const text = await answer.text();
      expect([...namesIn(text)].sort()).toEqual((await registered()).map(({ name }) => name).sort());
      expect(text).toContain('release_checklist_writes_total{kind="create-check"} 1');
      expect(text).toContain('release_checklist_announcements_total{outcome="failed"} 1');
      expect(text).toMatch(/^release_checklist_look_seconds_count\{outcome="done"\} [1-9]/m);
      expect(text).toMatch(
        /release_checklist_github_requests_total\{method="GET",route="\/repos\/\{owner\}\/\{repo\}\/pulls\/\{id\}",status="200"\} [1-9]/,
      );
      expect(brief(await send(port, { method: "HEAD", path: "/metrics", body: "" }))).toBe("200");
      const everything = text + running.stdout() + running.stderr();
      expect(running.stdout()).toContain('"msg":"looked"');
      const secrets = [
        target,
        new URL(target).pathname,
        "a-secret-channel",
        hidden,
        encodeURIComponent(hidden),
        "a shared secret of the target",
        secret,
        app.privateKey.split("\n")[1] ?? "",
      ];
      for (const one of secrets) expect([one, everything.includes(one)]).toEqual([one, false]);
      expect(everything).not.toMatch(/gh[ps]_\w{10}|Bearer /);
    } finally {
      running.child.kill("SIGKILL");
      await running.ended;
      await Promise.all([server.close(), slack.close()]);
    }
  }, 40_000);
});
