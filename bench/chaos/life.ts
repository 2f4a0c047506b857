import { setTimeout as sleep } from "node:timers/promises";
import type { PullHandle, RepoHandle } from "../../playground/github/index.ts";
import type { ItemId } from "./checklist.ts";

/** What people and CI do in one chaotic life, and what is true because of it. */
export interface LifeOptions {
  readonly repo: RepoHandle;
  readonly random: () => number;
  readonly post: "on-tick" | "when-ready";
  /** Lets a second of GitHub's time pass: what happens within one has no order. */
  readonly pass: () => void;
}

/** Nobody waits longer for a box to tick, in milliseconds. */
const patience = 5_000;
const longestPause = 150;

const head = "release/1";

export class ChaoticLife {
  readonly repo: RepoHandle;
  readonly post: LifeOptions["post"];
  readonly #random: () => number;
  readonly #pass: () => void;
  readonly pull: PullHandle;
  /** What is done at the end, besides the announcement. */
  readonly truth = new Set<ItemId>();
  /** What was done rightly at some moment, the check at the present head. */
  readonly ever = new Set<ItemId>();
  /** Lines that people wrote outside the block: none may be lost. */
  readonly prose: string[] = [];
  /** What happened, for whoever looks into a failure. */
  readonly story: string[] = [];

  constructor({ repo, random, post, pass }: LifeOptions) {
    this.repo = repo;
    this.post = post;
    this.#random = random;
    this.#pass = pass;
    repo.push(head, { files: { "a.txt": "1\n" }, by: "alice" });
    this.pull = repo.openPull({ by: "alice", head, title: "Release 1", body: "What is new.\n" });
  }

  /** Resolves when everybody has done what they wanted. */
  async play(): Promise<void> {
    const acts = this.#shuffled([
      () => this.#e2e("success"),
      ...this.#sometimes(0.3, () => this.#push()),
      () => this.#tick("go", "bob"),
      ...this.#sometimes(0.4, () => this.#refused()),
      () => this.#tick("plan", "sam"),
      ...this.#sometimes(0.4, () => this.#untick("go", "carol")),
      ...this.#sometimes(0.6, () => this.#write()),
      ...this.#sometimes(0.6, () => this.#write()),
    ]);
    for (const act of acts) {
      await act();
      this.#pass();
      await sleep(this.#random() * longestPause);
    }
    // Most lives come to a good end.
    if (this.#random() < 0.8) {
      if (!this.truth.has("e2e")) await this.#e2e("success");
      this.#pass();
      if (!this.truth.has("go")) await this.#tick("go", "carol");
      this.#pass();
    }
    if (this.post === "on-tick") await this.#tick("tell", "bob");
  }

  #shuffled<T>(list: readonly T[]): T[] {
    return list
      .map((one) => ({ one, at: this.#random() }))
      .sort((a, b) => a.at - b.at)
      .map(({ one }) => one);
  }

  #sometimes<T>(share: number, one: T): T[] {
    return this.#random() < share ? [one] : [];
  }

  #tell(what: string): void {
    this.story.push(`${new Date().toISOString().slice(17, 23)} ${what}`);
  }

  async #e2e(conclusion: string): Promise<void> {
    const run = this.repo.checkRun({ app: "e2e-runner", name: "e2e", sha: this.pull.headSha });
    await sleep(this.#random() * longestPause);
    if (run.record.sha !== this.pull.headSha) return;
    run.complete(conclusion);
    this.truth.add("e2e");
    this.ever.add("e2e");
    this.#tell(`e2e ${conclusion}`);
  }

  async #push(): Promise<void> {
    this.truth.delete("e2e");
    this.ever.delete("e2e");
    const sha = this.repo.push(head, { files: { "a.txt": `${this.#random()}\n` }, by: "alice" });
    this.#tell(`push ${sha.slice(0, 7)}`);
  }

  async #write(): Promise<void> {
    const line = `Note ${this.prose.length + 1}: ${Math.floor(this.#random() * 1e9)}`;
    this.prose.push(line);
    this.pull.edit({ by: "alice", body: `${line}\n\n${this.pull.body}` });
    this.#tell(line);
  }

  async #tick(id: ItemId, by: string): Promise<void> {
    if (!(await this.#change(id, by, true))) return;
    this.truth.add(id);
    this.ever.add(id);
  }

  async #untick(id: ItemId, by: string): Promise<void> {
    if (await this.#change(id, by, false)) this.truth.delete(id);
  }

  /** Bob is not in the team: his tick counts for nothing. */
  async #refused(): Promise<void> {
    if (!this.truth.has("plan")) await this.#change("plan", "bob", true);
  }

  /** Whether the box was there and showed the opposite, so that somebody could click it. */
  async #change(id: ItemId, by: string, checked: boolean): Promise<boolean> {
    const box = new RegExp(`^- \\[${checked ? " " : "x"}\\](?=.*<!-- item:${id} -->)`, "m");
    const end = performance.now() + patience;
    while (!box.test(this.pull.body)) {
      if (performance.now() > end) {
        this.#tell(`${by} waits in vain for the box ${id} to be ${checked ? "empty" : "ticked"}`);
        return false;
      }
      await sleep(5);
    }
    this.pull.edit({ by, body: this.pull.body.replace(box, `- [${checked ? "x" : " "}]`) });
    this.#tell(`${by} ${checked ? "ticks" : "unticks"} ${id}`);
    return true;
  }
}
