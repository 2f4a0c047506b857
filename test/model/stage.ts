import { generateKeyPairSync } from "node:crypto";
import { type Call, createGitHub, type GitHub, type PullHandle } from "../../playground/github/index.ts";
import { readLedger } from "../../src/domain/ledger-text.ts";
import type { Sending } from "../../src/notify/sending.ts";
import { type Process, startApp } from "./app.ts";
import { config, type ItemId, items, self, team } from "./cast.ts";
import { type Clock, createClock } from "./clock.ts";
import { boxOf } from "./description.ts";
import type { Fact } from "./facts.ts";
import { branch, perform, type Scene } from "./perform.ts";
import type { Point, Step, Story, Timed } from "./story.ts";

export const checkName = "Release checklist: main";

/** A short key signs faster. */
const { privateKey } = generateKeyPairSync("rsa", {
  modulusLength: 1024,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});

let installations = 0;

/** Turns of the event loop without a request after which nothing but a timer can go on. */
const untilSkipped = 20;

/** What was rare enough to be counted. */
export const nothingCounted = {
  acts: 0,
  ticks: 0,
  rewrites: 0,
  exceptions: 0,
  lost: 0,
  between: 0,
  crashes: 0,
  greens: 0,
};
export type Counts = typeof nothingCounted;

export interface Opening {
  /** How many facts there were when that look began, and when it wrote. */
  readonly since: number;
  readonly until: number;
  /** GUIDs of what the app had looked at by then, and of what had reached it. */
  readonly told: ReadonlySet<string>;
  readonly reached: ReadonlySet<string>;
}

/** One story on its way: GitHub, the app in it, what has happened, and the words for it. */
export class Stage implements Scene {
  readonly story: Story;
  readonly clock: Clock = createClock();
  readonly github: GitHub;
  readonly repo: ReturnType<GitHub["repo"]>;
  readonly pull: PullHandle;
  readonly firstHead: string;
  readonly opening: string;
  readonly facts: Fact[] = [];
  /** GUIDs of webhooks that reached an app which lived until it had looked, and how many facts there were then. */
  readonly told = new Map<string, number>();
  readonly words: string[] = [];
  /** Every time that the gate was opened. */
  readonly openings: Opening[] = [];
  /** By SHA: when the app first wrote a check of it while that was the head. */
  readonly lookedAt = new Map<string, string>();
  /** Titles of the announcements that arrived. */
  readonly received: string[] = [];
  readonly counts: Counts = { ...nothingCounted };
  /**
   * GitHub refuses the edit history, and a process that knew the description ended before it was told of all edits:
   * what changed since then is nobody's, until the event comes.
   */
  forgot = false;
  /**
   * Items of which the description did not show what the record said when a process ended: it may have ended before it
   * wrote the description, or somebody may have edited it. Without the edit history, nobody can tell.
   */
  readonly halfway = new Set<ItemId>();
  /**
   * GUIDs of edits made after a start, before that process had read the description: if one of them is lost, nobody
   * knows what it led from.
   */
  readonly unseen = new Set<string>();
  /** A comment's command has a second of its own: nothing tells its order among the edits of one. */
  alone = false;
  marks = 0;
  process: Process;
  readonly #app: ReturnType<GitHub["app"]>;
  #armed: Extract<Step, { step: "meanwhile" }>[] = [];
  #lookBegan = 0;
  #since = 0;
  #hasRead = false;
  #crashWhenSending: boolean;

  constructor(story: Story) {
    this.story = story;
    this.#crashWhenSending = story.sending === "crash";
    this.github = createGitHub({
      clock: () => new Date(this.clock.now()),
      sink: (delivery) => this.#take(delivery),
      forbidEditHistory: !story.history,
    });
    this.github.webhooks.mode = "hold";
    if (!story.history)
      this.github.faults.add({ match: { route: "/repos/{owner}/{repo}/activity" }, status: 403 });
    this.github.org("acme", { members: ["alice", "bob", ...team] });
    this.github.team("acme/sre", team);
    this.#app = this.github.app({
      slug: "release-checklist",
      privateKey,
      permissions: {
        checks: "write",
        pull_requests: "write",
        issues: "write",
        contents: "read",
        members: "read",
        metadata: "read",
      },
      events: ["pull_request", "issue_comment"],
    });
    const write = ["alice", "bob", ...team, "release-please[bot]", "helper[bot]"];
    this.repo = this.github.repo("acme/shop", {
      files: { ".github/release.yml": config, "db/schema.sql": "0\n", "docs/notes.md": "0\n" },
      collaborators: Object.fromEntries(write.map((login) => [login, "write" as const])),
    });
    // Clients share what they await of a token with all others in this process that speak for the same number.
    installations += 1;
    for (let ids = 0; ids < installations % 500; ids += 1) this.github.world.id();
    this.repo.installApp(this.#app);
    this.repo.push(branch, { by: "alice", files: { "src/main.ts": "1\n" } });
    this.opening = openingText(story);
    this.github.onRequest((call) => this.#before(call));
    this.github.onResponse((call) => this.#after(call));
    this.process = this.#start();
    this.pull = this.repo.openPull({
      by: story.author,
      head: branch,
      title: "Release 1",
      body: this.opening,
    });
    this.firstHead = this.pull.headSha;
    this.say(`${story.author} opens the pull request`);
  }

  get second(): string {
    return `${new Date(this.clock.now()).toISOString().slice(0, 19)}Z`;
  }

  say(words: string): void {
    this.words.push(`${this.second.slice(11, 19)} ${words}`);
  }

  /** A new mark for a piece of prose or an answer. */
  mark(letter: "L" | "A"): string {
    this.marks += 1;
    return `${letter}${this.marks}`;
  }

  act({ act, after }: Timed): void {
    const alone = act.do === "command" || act.do === "except";
    this.clock.advance(this.alone || alone ? Math.max(after, 1) : after);
    this.alone = alone;
    const { headSha } = this.pull;
    perform(this, act);
    // One that comes back is to be looked at again.
    if (this.pull.headSha !== headSha) this.lookedAt.delete(this.pull.headSha);
  }

  async step(step: Step): Promise<void> {
    switch (step.step) {
      case "act":
        return this.act(step);
      case "meanwhile":
        this.#armed.push(step);
        return;
      case "hear":
        return this.hear(step.which);
      case "lose":
        return this.#lose(step.which);
      case "double": {
        const delivery = at(this.github.webhooks.pending(), step.which);
        if (delivery === undefined) return;
        this.say(`GitHub sends ${nameOf(delivery)} twice`);
        this.github.webhooks.duplicate(delivery.id);
        return;
      }
      case "sweep":
        return this.sweep();
      case "restart":
        this.restart();
        return;
      case "wait":
        this.clock.advance(step.seconds);
        return this.settle();
    }
  }

  /** From here on the app is left alone. */
  calm(): void {
    this.#armed = [];
  }

  async hear(which: "all" | "reversed" | number): Promise<void> {
    this.#send(which);
    await this.settle();
  }

  #send(which: "all" | "reversed" | number): void {
    const pending = this.github.webhooks.pending();
    const chosen = typeof which === "number" ? [at(pending, which)] : pending;
    for (const delivery of which === "reversed" ? chosen.toReversed() : chosen) {
      if (delivery === undefined) continue;
      this.say(`the app is told of ${nameOf(delivery)}`);
      this.github.webhooks.deliver(delivery.id).catch(() => {});
    }
  }

  #lose(which: "all" | number): void {
    const pending = this.github.webhooks.pending();
    for (const delivery of which === "all" ? pending : [at(pending, which)]) {
      if (delivery === undefined) continue;
      this.counts.lost += 1;
      this.say(`GitHub loses ${nameOf(delivery)}`);
      this.github.webhooks.drop(delivery.id);
    }
  }

  async sweep(): Promise<void> {
    this.say("the app looks at everything");
    const { runtime, ended } = this.process;
    await Promise.race([runtime.sweep.all(), ended]).catch(() => {});
    await this.settle();
  }

  restart(): void {
    this.say("the app ends, and starts again");
    const edited = (fact: Fact): boolean =>
      fact.kind === "edit" && fact.by !== self && !this.told.has(fact.guid);
    this.forgot ||= !this.story.history && this.facts.some(edited);
    this.#noteHalfway();
    this.process.end();
    this.process = this.#start();
    this.#hasRead = false;
  }

  #noteHalfway(): void {
    const ledger = readLedger(
      this.repo.checkRuns(this.pull.headSha, checkName).at(-1)?.record.output.text ?? "",
    );
    if (ledger === null || ledger === "damaged") return;
    for (const item of items)
      if (ledger.items[item]?.box !== boxOf(this.pull.body, item)?.checked) this.halfway.add(item);
  }

  /** Ends when nothing moves any more; what the app put off is waited for. */
  async settle(): Promise<void> {
    const patience = performance.now() + 60_000;
    let still = 0;
    for (let quiet = 0; quiet < 3; ) {
      await new Promise((resolve) => setImmediate(resolve));
      still = this.process.waits() ? still + 1 : 0;
      if (still % untilSkipped === untilSkipped - 1) this.clock.skip();
      if (this.#flying === 0 && (await this.process.idle())) quiet += 1;
      else quiet = 0;
      if (performance.now() > patience) throw new Error(`nothing comes to rest:\n${this.words.join("\n")}`);
    }
  }

  #flying = 0;
  readonly #reached = new Set<string>();

  async #take(delivery: { guid: string; event: string; payload: unknown }): Promise<number> {
    const { runtime, ended } = this.process;
    this.#flying += 1;
    this.#reached.add(delivery.guid);
    try {
      const event = { id: delivery.guid, name: delivery.event, payload: delivery.payload };
      await Promise.race([runtime.receive(event as never), ended]);
      if (!this.told.has(delivery.guid)) this.told.set(delivery.guid, this.facts.length);
      return 200;
    } finally {
      this.#flying -= 1;
    }
  }

  #start(): Process {
    return startApp({
      github: this.github,
      app: this.#app,
      clock: this.clock,
      send: async (_, message): Promise<Sending> => {
        this.received.push(message.title);
        this.say("the announcement arrives");
        if (this.#crashWhenSending) {
          this.#crashWhenSending = false;
          this.restart();
          return new Promise<never>(() => {});
        }
        return this.story.sending === "unclear"
          ? { outcome: "unclear", detail: "no answer" }
          : { outcome: "sent", detail: "ok" };
      },
    });
  }

  #before(call: Call): void {
    if (isDescription(call, "GET")) {
      this.#lookBegan = this.facts.length;
      // What the process before had sent may have arrived since it ended.
      if (!this.#hasRead && this.lookedAt.size > 0) this.#noteHalfway();
      this.#hasRead = true;
    }
    if (call.route === "/graphql" && String(call.body.query).includes("userContentEdits"))
      this.#come("before-history");
    if (isCheck(call)) {
      // The description may be read again while the check is under way.
      this.#since = this.#lookBegan;
      this.#wasOpen = this.#runOf(call)?.conclusion === "success";
      this.#come("before-check");
    }
    if (!isDescription(call, "PATCH")) return;
    this.#come("before-write");
    this.#from = this.pull.body;
  }

  /** The run that a call writes, of whatever head: somebody may have pushed since it was read. */
  #runOf({ path, body }: Call): ReturnType<typeof this.repo.checkRuns>[number] | undefined {
    const left = this.facts.flatMap((fact) => (fact.kind === "push" ? [fact.before] : []));
    const runs = [this.pull.headSha, ...left].flatMap((sha) => this.repo.checkRuns(sha, checkName));
    const id = Number(/\/check-runs\/(\d+)$/.exec(path)?.[1]);
    return Number.isNaN(id)
      ? runs.findLast(({ record }) => record.sha === body.head_sha)
      : runs.find((run) => run.id === id);
  }

  #from = "";
  #wasOpen = false;

  #after(call: Call): void {
    if (isDescription(call, "GET")) this.#come("read");
    if (isCheck(call)) {
      const { conclusion, output } = call.body as { conclusion?: string; output?: { title?: string } };
      this.say(`the app writes the check: ${output?.title}`);
      const { headSha } = this.pull;
      if (this.#runOf(call)?.record.sha === headSha)
        this.lookedAt.set(headSha, this.lookedAt.get(headSha) ?? this.second);
      if (conclusion === "success" && !this.#wasOpen) {
        this.counts.greens += 1;
        this.openings.push({
          since: this.#since,
          until: this.facts.length,
          told: new Set(this.told.keys()),
          reached: new Set(this.#reached),
        });
      }
      this.#come("after-check");
    }
    if (isDescription(call, "PATCH") && this.pull.body !== this.#from) {
      this.say("the app writes the description");
      this.edited(self, this.#from);
    }
  }

  /** Writes down an edit that was just made. */
  edited(by: string, from: string): void {
    const guid = this.github.webhooks.pending().at(-1)?.guid ?? "";
    if (!this.#hasRead) this.unseen.add(guid);
    this.facts.push({
      kind: "edit",
      at: this.second,
      by,
      from,
      to: this.pull.body,
      head: this.pull.headSha,
      guid,
    });
  }

  /** Writes down a push that was just made. */
  pushed(before: string): void {
    const guid = this.github.webhooks.pending().at(-1)?.guid ?? "";
    this.facts.push({ kind: "push", at: this.second, before, head: this.pull.headSha, guid });
  }

  #come(point: Point): void {
    const index = this.#armed.findIndex((armed) => armed.point === point);
    const armed = this.#armed[index];
    if (armed === undefined) return;
    this.#armed = this.#armed.toSpliced(index, 1);
    this.say(`meanwhile (${point}):`);
    const before = this.facts.length;
    for (const timed of armed.acts) this.act(timed);
    if (point === "before-write" && this.facts.slice(before).some(({ kind }) => kind === "edit"))
      this.counts.between += 1;
    if (armed.hear) this.#send("all");
    if (!armed.crash) return;
    this.counts.crashes += 1;
    this.restart();
  }
}

const isDescription = (call: Call, method: string): boolean =>
  call.method === method && /\/pulls\/\d+$/.test(call.path);
const isCheck = (call: Call): boolean => call.method !== "GET" && /\/check-runs(\/\d+)?$/.test(call.path);

const at = <T>(list: readonly T[], index: number): T | undefined => list[index % Math.max(list.length, 1)];

const nameOf = ({
  event,
  action,
  payload,
}: {
  event: string;
  action: string | null;
  payload: object;
}): string => {
  const { sender } = payload as { sender?: { login: string } };
  return `${event}${action === null ? "" : `.${action}`} by ${sender?.login}`;
};

function openingText({ opening, history }: Story): string {
  if (opening === "empty") return "";
  if (opening === "prose" || !history) return "What this release brings: L0";
  return [
    "From a template: L0",
    "",
    "<!-- release-checklist:begin -->",
    "## Release checklist",
    "",
    "- [x] Rollback plan confirmed <!-- item:rollback -->",
    "- [x] Schema reviewed <!-- item:schema -->",
    "<!-- release-checklist:end -->",
  ].join("\n");
}
