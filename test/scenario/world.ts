import { readFileSync } from "node:fs";
import { expect } from "@jest/globals";
import { load } from "js-yaml";
import { createGitHub } from "../../playground/github/index.ts";
import { answerMark, BEGIN, END, itemMark } from "../../src/domain/block/markers.ts";
import { readBlock } from "../../src/domain/block/read.ts";
import { send } from "../../src/notify/send.ts";
import { parseTargets } from "../../src/notify/targets.ts";
import { systemTimers, type Timers } from "../../src/queue/timers.ts";
import { createRuntime, type Runtime } from "../../src/runtime.ts";
import { signing } from "./signing.ts";

export type GitHub = ReturnType<typeof createGitHub>;
export type Repo = ReturnType<GitHub["repo"]>;
export type Pull = ReturnType<Repo["openPull"]>;
export type Issue = ReturnType<Repo["issue"]>;
export type Send = typeof send;
export type FaultStatus = Parameters<GitHub["faults"]["add"]>[0]["status"];

export interface WorldOptions {
  /** `.github/release.yml` on the default branch; null: there is none. */
  readonly config?: string | null;
  readonly files?: Record<string, string>;
  /** `NOTIFICATION_TARGETS`. */
  readonly targets?: string;
  readonly send?: Send;
  /** Others than those of `app.yml`; `none` takes one away. */
  readonly permissions?: Readonly<Record<string, "read" | "write" | "none">>;
  readonly github?: Parameters<typeof createGitHub>[0];
  /** Milliseconds until a request to GitHub is given up. */
  readonly timeout?: number;
}

export interface Opening {
  readonly by?: string;
  readonly head?: string;
  readonly base?: string;
  readonly title?: string;
  readonly body?: string;
  readonly files?: Record<string, string>;
}

export interface Check {
  readonly conclusion: string | null;
  readonly title: string;
  readonly summary: string;
  readonly text: string;
}

export interface LogLine {
  readonly level: string;
  readonly data: Record<string, unknown>;
  readonly message: string;
}

export interface World {
  readonly github: GitHub;
  readonly repo: Repo;
  readonly app: ReturnType<GitHub["app"]>;
  /** The process that runs now. */
  readonly runtime: Runtime;
  readonly logs: LogLine[];
  /** Resolves when every webhook was handled and every look that follows has ended or waits for its next attempt. */
  settle(): Promise<void>;
  /** Lets somebody do something a second later, and settles. */
  act<T>(doing: () => T): Promise<T>;
  /** Pushes a branch and opens a pull request for it. */
  open(opening?: Opening): Promise<Pull>;
  /** As people tick and untick in the web page; throws where the description has no such box. */
  tick(pull: Pull | Issue, by: string, ...items: string[]): Promise<void>;
  untick(pull: Pull | Issue, by: string, ...items: string[]): Promise<void>;
  /** Writes behind a question; what stood there goes. */
  answer(pull: Pull | Issue, by: string, item: string, question: string, text: string): Promise<void>;
  comment(pull: Pull | Issue, by: string, body: string): Promise<void>;
  push(pull: Pull, by: string, files: Record<string, string>): Promise<string>;
  /** A check run, completed where it has a conclusion. */
  report(pull: Pull, name: string, conclusion: string | null, app?: string): Promise<void>;
  /** The app's check on the pull request's head. */
  check(pull: Pull, base?: string): Check;
  /** Only the clock goes on, as it does during a request. */
  pass(milliseconds: number): void;
  /** Advances the clock of GitHub and app. */
  advance(milliseconds: number): Promise<void>;
  /** Looks at everything, as the app does at its start and every few minutes. */
  sweep(): Promise<void>;
  /** The owner of the repository gives the app other permissions than `app.yml` asks for. */
  grant(changes: NonNullable<WorldOptions["permissions"]>): void;
  /** Ends the process as a crash does, at once: whatever it was about to do never happens. */
  kill(): void;
  /** Starts a process that remembers nothing, and lets it look at everything. */
  restart(): Promise<void>;
  /** What was asked of GitHub since, to change something: `POST /repos/{owner}/{repo}/check-runs`. */
  writesSince(doing: () => Promise<unknown>): Promise<string[]>;
  /** The end of every story: looking again, by this process or by a new one, writes nothing. */
  finish(): Promise<void>;
}

/** As the app is registered. */
export const manifest = load(readFileSync(new URL("../../app.yml", import.meta.url), "utf8")) as {
  readonly default_permissions: Readonly<Record<string, "read" | "write">>;
  readonly default_events: readonly string[];
};

type Access = "read" | "write";
const granted = (changes: WorldOptions["permissions"] = {}): Record<string, Access> =>
  Object.fromEntries(
    Object.entries({ ...manifest.default_permissions, ...changes }).flatMap(([name, access]) =>
      access === "none" ? [] : [[name, access]],
    ),
  );

interface Planned {
  readonly at: number;
  readonly call: () => void;
  /** A look that failed waits for its next attempt. */
  retry: boolean;
}

/** A story that does not come to rest within so many milliseconds never will. */
const patience = 5_000;

/** A world with one configured repository, and the app in it: real clients, real requests, no sockets. */
export function createWorld(options: WorldOptions = {}): World {
  let now = Date.parse("2026-03-02T10:00:00Z");
  const logs: LogLine[] = [];
  const github = createGitHub({ ...options.github, clock: () => new Date(now), sink: async () => 200 });
  github.org("acme", { members: ["alice", "bob", "bea", "carol"] });
  github.team("acme/sre", ["bea", "sam"]);
  const app = github.app({
    slug: "release-checklist",
    permissions: granted(options.permissions),
    events: manifest.default_events,
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
  const installation = repo.installApp(app);
  const targets = parseTargets(options.targets);
  if (!targets.ok) throw new Error(targets.message);

  const startProcess = () => {
    let alive = true;
    let soon = 0;
    let underWay = 0;
    const planned = new Set<Planned>();
    let newest: Planned | null = null;
    const never = new Promise<never>(() => {});
    /** Of a process that was killed nothing is heard any more. */
    const whileAlive = async <T>(doing: () => Promise<T>): Promise<T> => {
      if (!alive) return never;
      underWay++;
      try {
        const result = await doing();
        return alive ? result : await never;
      } catch (error) {
        if (alive) throw error;
        return await never;
      } finally {
        underWay--;
      }
    };
    const timers: Timers = {
      now: () => now,
      after(milliseconds, call) {
        if (milliseconds <= 0) {
          soon++;
          return systemTimers.after(0, () => {
            soon--;
            if (alive) call();
          });
        }
        const plan = { at: now + milliseconds, call, retry: false };
        planned.add(plan);
        newest = plan;
        return () => void planned.delete(plan);
      },
    };
    const log = (level: string) => (data: Record<string, unknown>, message: string) => {
      if (!alive) return;
      if (newest !== null && message === "could not look; trying again") newest.retry = true;
      logs.push({ level, data, message });
    };
    const runtime = createRuntime({
      credentials: { appId: app.id, privateKey: app.privateKey, webhookSecret: "secret" },
      apiUrl: "https://api.github.test",
      targets: targets.value,
      sweepIntervalMinutes: 5,
      log: { debug: log("debug"), info: log("info"), warn: log("warn"), error: log("error") } as never,
      timers,
      transport: {
        fetch: (input, init) => whileAlive(() => github.fetch(input, init)),
        limits: { concurrent: 100, pointsPerMinute: 1e9, creationsPerMinute: 1e9 },
        clock: { now: () => performance.now(), sleep: async () => {} },
        ...(options.timeout === undefined ? {} : { timeout: options.timeout }),
      },
      send: (target, message, given) => whileAlive(() => (options.send ?? send)(target, message, given)),
    });
    let receiving = 0;
    return {
      runtime,
      planned,
      kill: () => {
        alive = false;
        planned.clear();
      },
      receive(event: Parameters<Runtime["receive"]>[0]): void {
        if (!alive) return;
        receiving++;
        runtime.receive(event).then(
          () => receiving--,
          () => receiving--,
        );
      },
      describe: async () =>
        `alive ${alive}, soon ${soon}, requests ${underWay}, events ${receiving}, looks ${await runtime.queue.depth()}`,
      /** Nothing goes on but waiting for another attempt. */
      async isQuiet(): Promise<boolean> {
        if (!alive) return true;
        const waiting = [...planned].filter(({ retry }) => retry).length;
        if (soon + underWay + signing.count > 0 || (await runtime.queue.depth()) > waiting) return false;
        return waiting > 0 || receiving === 0;
      },
    };
  };

  let process = startProcess();
  github.webhooks.sink = async (delivery) => {
    process.receive({ id: delivery.guid, name: delivery.event, payload: delivery.payload } as never);
    return 200;
  };

  const settle = async (): Promise<void> => {
    const started = performance.now();
    for (let quiet = 0; quiet < 5; ) {
      if (performance.now() - started > patience)
        throw new Error(
          `nothing settles: ${await process.describe()}, log: ${JSON.stringify(logs.slice(-3))}`,
        );
      await github.webhooks.idle();
      await new Promise((resolve) => setImmediate(resolve));
      quiet = (await process.isQuiet()) ? quiet + 1 : 0;
    }
  };

  const world: World = {
    github,
    repo,
    app,
    get runtime() {
      return process.runtime;
    },
    logs,
    settle,
    async act(doing) {
      await world.advance(1_000);
      const result = doing();
      await settle();
      return result;
    },
    async open({ by = "alice", head = "release/1", base = "main", title, body, files } = {}) {
      repo.push(head, { files: files ?? { "a.txt": "a\n" }, by });
      return world.act(() =>
        repo.openPull({
          by,
          head,
          base,
          title: title ?? "Release 1.0",
          ...(body === undefined ? {} : { body }),
        }),
      );
    },
    async tick(pull, by, ...items) {
      await world.act(() =>
        pull.edit({ by, body: items.reduce((body, item) => box(body, item, true), pull.body) }),
      );
    },
    async untick(pull, by, ...items) {
      await world.act(() =>
        pull.edit({ by, body: items.reduce((body, item) => box(body, item, false), pull.body) }),
      );
    },
    async answer(pull, by, item, question, text) {
      await world.act(() => pull.edit({ by, body: answered(pull.body, item, question, text) }));
    },
    async comment(pull, by, body) {
      await world.act(() => pull.comment({ by, body }));
    },
    async push(pull, by, files) {
      return world.act(() => repo.push(pull.head, { by, files }));
    },
    async report(pull, name, conclusion, reporter) {
      await world.act(() =>
        repo.checkRun({
          name,
          sha: pull.headSha,
          ...(reporter === undefined ? {} : { app: reporter }),
          ...(conclusion === null ? { status: "in_progress" } : { conclusion }),
        }),
      );
    },
    check(pull, base = "main") {
      const run = repo.checkRuns(pull.headSha, `Release checklist: ${base}`).at(-1);
      if (run === undefined) throw new Error("the app has written no check");
      const { title, summary, text } = run.record.output;
      return { conclusion: run.conclusion, title: title ?? "", summary: summary ?? "", text: text ?? "" };
    },
    pass(milliseconds) {
      now += milliseconds;
    },
    async advance(milliseconds) {
      world.pass(milliseconds);
      for (const plan of [...process.planned]) {
        if (plan.at > now) continue;
        process.planned.delete(plan);
        plan.call();
      }
      await settle();
    },
    async sweep() {
      // Looks that fail go on trying, and a sweep waits for them: so the story does not wait for the sweep.
      void process.runtime.sweep.all().catch(() => {});
      await settle();
    },
    grant(changes) {
      github.grant(installation, granted(changes));
    },
    kill: () => process.kill(),
    async restart() {
      process.kill();
      process = startProcess();
      await world.sweep();
    },
    async writesSince(doing) {
      const before = github.requests.list.length;
      await doing();
      return github.requests.list
        .slice(before)
        .filter(({ method, route }) => method !== "GET" && !/graphql|access_tokens/.test(route))
        .map(({ method, route }) => `${method} ${route}`);
    },
    async finish() {
      const before = standing(repo);
      for (const again of [world.sweep, world.restart]) {
        const writes = await world.writesSince(again);
        // What changed says more than that something was written.
        expect(standing(repo)).toEqual(before);
        expect(writes).toEqual([]);
      }
      expect(github.server.unknownRoutes).toEqual([]);
      process.kill();
    },
  };
  return world;
}

/** Everything that the app writes, as it stands. */
const standing = (repo: Repo): unknown => ({
  issues: repo.issues.map(({ title, body, state, comments }) => ({
    title,
    body,
    state,
    comments: comments.map((comment) => comment.body),
  })),
  pulls: repo.pulls.map((pull) => ({
    body: pull.body,
    comments: pull.comments.map(({ body }) => body),
    checks: repo
      .checkRuns(pull.headSha)
      .filter(({ record }) => record.app.slug === "release-checklist")
      .map(({ conclusion, record: { name, output } }) => ({ name, conclusion, ...output })),
  })),
});

const box = (body: string, item: string, checked: boolean): string => {
  const lines = body.split("\n");
  const at = lines.findIndex(
    (line) => line.includes(itemMark(item, null)) || line.includes(`<!-- item:${item}@`),
  );
  const line = lines[at];
  if (line === undefined) throw new Error(`the description has no box for ${item}`);
  lines[at] = line.replace(/^- \[[ x]\]/, `- [${checked ? "x" : " "}]`);
  return lines.join("\n");
};

const answered = (body: string, item: string, question: string, text: string): string => {
  const lines = body.split("\n");
  const start = lines.findIndex((line) => line.includes(`<!-- item:${item}`));
  const at = lines.findIndex((line, index) => index > start && line.includes(answerMark(question)));
  const line = lines[at];
  if (start < 0 || line === undefined) throw new Error(`the description does not ask ${item}/${question}`);
  const end = line.endsWith("\r") ? "\r" : "";
  const before = line.slice(0, line.indexOf(answerMark(question)) + answerMark(question).length);
  lines[at] = `${before} ${text.replaceAll("\n", `${end}\n    `)}${end}`;
  return lines.join("\n");
};

/** What a person reads of the check, besides its record. */
export const seen = ({ conclusion, title, summary }: Check): string =>
  `${conclusion}: ${title}\n\n${summary.replace(/<sub>.*<\/sub>/s, "").trimEnd()}`;

/** The block in the description; empty where there is none. */
export const blockOf = (pull: Pull): string => {
  const body = pull.body.replaceAll("\r", "");
  const start = body.lastIndexOf(BEGIN);
  const end = body.indexOf(END, start);
  return start < 0 || end < 0 ? "" : body.slice(start, end + END.length);
};

/** One item of the block, with the lines below it. */
export const itemOf = (pull: Pull, item: string): string => {
  const lines = blockOf(pull).split("\n");
  const start = lines.findIndex((line) => line.includes(`<!-- item:${item}`));
  if (start < 0) return "";
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => line.startsWith("- [") || line === "");
  return [lines[start], ...rest.slice(0, end < 0 ? undefined : end)].join("\n");
};

export const isTicked = (pull: Pull, item: string): boolean | undefined =>
  readBlock(pull.body, () => false).boxes.get(item)?.checked;

/** What the app wrote as comments, without their hidden marks. */
export const repliesOn = (pull: Pull): string[] =>
  pull.comments
    .filter(({ author }) => author === "release-checklist[bot]")
    .map(({ body }) => body.replace(/\s*<!--.*?-->\s*$/s, ""));
