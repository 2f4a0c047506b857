import { createGitHub } from "../../playground/github/index.ts";
import { parseTargets } from "../../src/notify/targets.ts";
import { systemTimers } from "../../src/queue/timers.ts";
import { createRuntime, type Runtime } from "../../src/runtime.ts";

export type GitHub = ReturnType<typeof createGitHub>;
export type Repo = ReturnType<GitHub["repo"]>;
export type Pull = ReturnType<Repo["openPull"]>;

export interface WorldOptions {
  readonly config?: string | null;
  readonly files?: Record<string, string>;
  readonly targets?: string;
  readonly send?: Parameters<typeof createRuntime>[0]["send"];
  readonly permissions?: Record<string, string>;
  readonly github?: Parameters<typeof createGitHub>[0];
}

export interface World {
  readonly github: GitHub;
  readonly repo: Repo;
  readonly app: ReturnType<GitHub["app"]>;
  readonly runtime: Runtime;
  readonly logs: { level: string; data: Record<string, unknown>; message: string }[];
  /** Resolves when every webhook was handled and every look that follows has ended. */
  settle(): Promise<void>;
  /** The app's check on the pull request's head. */
  check(
    pull: Pull,
    base?: string,
  ): { conclusion: string | null; title: string; summary: string; text: string };
  /** Advances the clock of GitHub and app. */
  advance(milliseconds: number): Promise<void>;
}

const permissions = {
  checks: "write",
  pull_requests: "write",
  issues: "write",
  contents: "read",
  statuses: "read",
  actions: "read",
  deployments: "read",
  members: "read",
  metadata: "read",
} as const;

export const events = [
  "pull_request",
  "check_run",
  "check_suite",
  "status",
  "workflow_run",
  "issue_comment",
  "push",
  "label",
  "member",
  "team",
  "repository",
  "deployment_status",
];

const silent = { debug() {}, info() {}, warn() {}, error() {} };

/** A world with one configured repository, and the app in it: real clients, real requests, no sockets. */
export function createWorld(options: WorldOptions = {}): World {
  let now = Date.parse("2026-03-02T10:00:00Z");
  const logs: World["logs"] = [];
  const github = createGitHub({ ...options.github, clock: () => new Date(now), sink: async () => 200 });
  github.org("acme", { members: ["alice", "bob", "bea", "carol"] });
  github.team("acme/sre", ["bea", "sam"]);
  const app = github.app({
    slug: "release-checklist",
    permissions: { ...permissions, ...options.permissions },
    events,
    webhookSecret: "secret",
  });
  const config = options.config === undefined ? "checklist: {}\n" : options.config;
  const repo = github.repo("acme/shop", {
    files: {
      ...(config === null ? {} : { ".github/release.yml": config }),
      "README.md": "# Shop\n",
      ...options.files,
    },
    collaborators: {
      alice: "write",
      bob: "write",
      bea: "write",
      sam: "maintain",
      root: "admin",
      eve: "read",
    },
  });
  repo.installApp(app);
  const targets = parseTargets(options.targets);
  if (!targets.ok) throw new Error(targets.message);
  let soon = 0;
  const planned = new Set<{ at: number; call: () => void }>();
  const log = Object.fromEntries(
    Object.keys(silent).map((level) => [
      level,
      (data: Record<string, unknown>, message: string) => void logs.push({ level, data, message }),
    ]),
  ) as unknown as typeof silent;
  const runtime = createRuntime({
    credentials: { appId: app.id, privateKey: app.privateKey, webhookSecret: "secret" },
    apiUrl: "https://api.github.test",
    targets: targets.value,
    sweepIntervalMinutes: 5,
    log: log as never,
    timers: {
      now: () => now,
      after: (milliseconds, call) => {
        if (milliseconds <= 0) {
          soon++;
          return systemTimers.after(0, () => {
            soon--;
            call();
          });
        }
        const plan = { at: now + milliseconds, call };
        planned.add(plan);
        return () => void planned.delete(plan);
      },
    },
    transport: {
      fetch: github.fetch,
      limits: { concurrent: 100, pointsPerMinute: 1e9, creationsPerMinute: 1e9 },
    },
    ...(options.send === undefined ? {} : { send: options.send }),
  });
  github.webhooks.sink = async (delivery) => {
    await runtime.receive({ id: delivery.guid, name: delivery.event, payload: delivery.payload } as never);
    return 200;
  };
  const settle = async (): Promise<void> => {
    for (let quiet = 0; quiet < 3; ) {
      await github.webhooks.idle();
      await new Promise((resolve) => setImmediate(resolve));
      quiet = soon === 0 && (await runtime.queue.depth()) === 0 ? quiet + 1 : 0;
    }
  };
  return {
    github,
    repo,
    app,
    runtime,
    logs,
    settle,
    check(pull, base = "main") {
      const runs = repo.checkRuns(pull.headSha, `Release checklist: ${base}`);
      const run = runs.at(-1);
      if (run === undefined) throw new Error("the app has written no check");
      const { title, summary, text } = run.record.output;
      return { conclusion: run.conclusion, title: title ?? "", summary: summary ?? "", text: text ?? "" };
    },
    async advance(milliseconds) {
      now += milliseconds;
      for (const plan of [...planned]) {
        if (plan.at > now) continue;
        planned.delete(plan);
        plan.call();
      }
      await settle();
    },
  };
}
