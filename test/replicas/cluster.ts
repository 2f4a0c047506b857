import { createHmac } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createGitHub, type Delivery } from "../../playground/github/index.ts";
import { createSlack, type Slack } from "../../playground/slack/index.ts";
import { manifest } from "../scenario/world.ts";
import { type AppProcess, startApp } from "../start/app-process.ts";

export type GitHub = ReturnType<typeof createGitHub>;
export type Repo = ReturnType<GitHub["repo"]>;
export type Pull = ReturnType<Repo["openPull"]>;

export interface Replica extends AppProcess {
  readonly port: number;
}

export interface Cluster {
  readonly github: GitHub;
  readonly slack: Slack;
  readonly repo: Repo;
  /** Starts one more process; the balancer sends webhooks to those that live, in turns. */
  start(): Promise<Replica>;
  kill(replica: Replica): Promise<void>;
  /** SIGTERM; resolves with the exit code. */
  stop(replica: Replica): Promise<number | NodeJS.Signals>;
  /** Title of the app's check; null: there is none. */
  title(pull: Pull): string | null;
  summary(pull: Pull): string;
  /** Everything that all processes printed. */
  printed(): string;
  close(): Promise<void>;
}

export interface ClusterOptions {
  readonly config: string;
  readonly redisUrl?: string;
  /** Minutes between sweeps. */
  readonly sweep?: number;
}

/** As GitHub's secret and token of a Slack webhook are: nothing of it may be printed. */
export const webhookSecret = "a secret that nobody prints";

/** GitHub and Slack over HTTP, and real processes of the app behind something that balances webhooks. */
export async function createCluster({ config, redisUrl, sweep = 1440 }: ClusterOptions): Promise<Cluster> {
  const folder = mkdtempSync(join(tmpdir(), "replicas-"));
  const alive = new Set<Replica>();
  const started: AppProcess[] = [];
  let turn = 0;
  const sink = async (delivery: Delivery): Promise<number> => {
    const replicas = [...alive];
    turn += 1;
    const replica = replicas[turn % replicas.length];
    if (replica === undefined) throw new Error("nobody listens");
    return post(replica.port, delivery);
  };
  const github = createGitHub({ sink });
  github.org("acme", { members: ["alice", "bob"] });
  const app = github.app({
    slug: "release-checklist",
    permissions: manifest.default_permissions,
    events: manifest.default_events,
    webhookSecret,
  });
  const repo = github.repo("acme/shop", {
    files: { ".github/release.yml": config },
    collaborators: { alice: "write", bob: "write" },
  });
  repo.installApp(app);
  await github.webhooks.idle();
  const slack = await createSlack({ channels: ["releases"] }).listen();
  const { url, close } = await github.listen();
  const run = (pull: Pull) => repo.checkRuns(pull.headSha, "Release checklist: main").at(-1)?.record.output;
  return {
    github,
    slack,
    repo,
    async start() {
      const process = startApp(
        {
          APP_ID: String(app.id),
          PRIVATE_KEY: app.privateKey,
          WEBHOOK_SECRET: webhookSecret,
          GHE_HOST: new URL(url).host,
          GHE_PROTOCOL: "http",
          HOST: "127.0.0.1",
          PORT: "0",
          NODE_ENV: "production",
          SWEEP_INTERVAL_MINUTES: String(sweep),
          NOTIFICATION_TARGETS: JSON.stringify({
            acme: { stakeholders: { type: "slack", url: slack.url("releases") } },
          }),
          ...(redisUrl === undefined ? {} : { REDIS_URL: redisUrl }),
        },
        folder,
      );
      started.push(process);
      const port = Number((await process.seen(/Listening on http:\/\/[\w.]+:(\d+)/))[1]);
      const replica = { ...process, port };
      alive.add(replica);
      process.ended.then(() => alive.delete(replica));
      return replica;
    },
    async kill(replica) {
      replica.child.kill("SIGKILL");
      await replica.ended;
    },
    stop(replica) {
      replica.child.kill("SIGTERM");
      return replica.ended;
    },
    title: (pull) => run(pull)?.title ?? null,
    summary: (pull) => run(pull)?.summary ?? "",
    printed: () => started.map((process) => process.stdout() + process.stderr()).join(""),
    async close() {
      for (const process of started) process.child.kill("SIGKILL");
      await Promise.all(started.map(({ ended }) => ended));
      await Promise.all([close(), slack.close()]);
      rmSync(folder, { recursive: true });
    },
  };
}

/** As GitHub posts it; rejects when there was no answer. */
const post = (port: number, { guid, event, payload }: Delivery): Promise<number> => {
  const body = JSON.stringify(payload);
  const signature = createHmac("sha256", webhookSecret).update(body).digest("hex");
  const headers = {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(body),
    "x-github-delivery": guid,
    "x-github-event": event,
    "x-hub-signature-256": `sha256=${signature}`,
  };
  return new Promise((resolve, reject) => {
    const sent = request(
      { host: "127.0.0.1", port, path: "/api/github/webhooks", method: "POST", headers, agent: false },
      (answer) => {
        answer.resume().on("end", () => resolve(answer.statusCode ?? 0));
      },
    );
    sent.on("error", reject).end(body);
  });
};

/** Looks again and again until it holds. */
export async function until(what: string, holds: () => boolean, seconds = 60): Promise<void> {
  const deadline = Date.now() + seconds * 1_000;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error(`There was no sign of ${what} for ${seconds} seconds`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** Ticks the box of an item, as the web page does. */
export function tick(pull: Pull, by: string, item: string): void {
  const lines = pull.body.split("\n");
  const at = lines.findIndex((line) => line.includes(`<!-- item:${item} -->`));
  if (at < 0) throw new Error(`the description has no box for ${item}`);
  lines[at] = (lines[at] ?? "").replace("- [ ]", "- [x]");
  pull.edit({ by, body: lines.join("\n") });
}
