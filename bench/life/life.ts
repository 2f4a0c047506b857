import { seededRandom } from "../../playground/github/faults.ts";
import type { PullHandle, RepoHandle } from "../../playground/github/index.ts";
import { ticked } from "../../playground/story/hands.ts";
import { manual, signedByTeam } from "./checklist.ts";

/** What happens in a life, by what it should cost. */
export type ActKind = "open" | "push" | "relevant" | "irrelevant" | "tick" | "last-tick" | "untick" | "merge";

export interface Act {
  readonly kind: ActKind;
  /** Nothing can be ticked before the box is there. */
  readonly possible: () => boolean;
  readonly perform: () => void;
}

export interface LifeOptions {
  readonly repo: RepoHandle;
  readonly number: number;
  /** How many heads the pull request has one after the other. Default 3. */
  readonly heads?: number;
  /** Whether somebody takes the last tick back at once. */
  readonly unticked?: boolean;
}

const jobs = 20;
const suites = 9;
const otherRuns = 40;
const statuses = 5;
/** So many boxes are ticked at each head, the rest at the last. */
const ticksAtOnce = 3;

/** A release pull request from its opening to its merging, told by what people and other apps do. */
export class Life {
  readonly branch: string;
  readonly repo: RepoHandle;
  readonly #heads: number;
  readonly #unticked: boolean;
  readonly #random: () => number;
  #pull: PullHandle | undefined;
  /** What is true at the present head, whatever the check says. */
  #green = new Set<string>();
  readonly #signed = new Set<string>();

  constructor({ repo, number, heads = 3, unticked = false }: LifeOptions) {
    this.repo = repo;
    this.branch = `release/${number}`;
    this.#heads = heads;
    this.#unticked = unticked;
    this.#random = seededRandom(number);
  }

  get pull(): PullHandle | undefined {
    return this.#pull;
  }

  /** The items that are done at the present head, besides the announcement. */
  get truth(): ReadonlySet<string> {
    return new Set([...this.#green, ...this.#signed]);
  }

  get complete(): boolean {
    return this.truth.size === manual.length + 3;
  }

  *acts(): Generator<Act> {
    const unsigned = [...manual];
    for (let head = 1; head <= this.#heads; head++) {
      yield head === 1 ? this.#act("open", () => this.#open()) : this.#act("push", () => this.#push(head));
      yield* this.#checks();
      const last = head === this.#heads;
      for (const id of unsigned.splice(0, last ? unsigned.length : ticksAtOnce)) yield this.#tick(id);
    }
    if (this.#unticked) yield this.#untick(manual.at(-2) as string);
  }

  /** Kept apart from the others: it takes an open gate. */
  get merge(): Act {
    return this.#act("merge", () => this.#pull?.merge({ by: "alice" }));
  }

  #act = (kind: ActKind, perform: () => void): Act => ({ kind, perform, possible: () => true });

  #open(): void {
    this.repo.push(this.branch, { files: { [`src/${this.branch}.ts`]: "export {};\n" }, by: "alice" });
    this.#pull = this.repo.openPull({
      by: "alice",
      head: this.branch,
      title: `Release ${this.branch}`,
      body: "What is new stands here.\n",
    });
  }

  #push(head: number): void {
    this.#green = new Set();
    const files = { [`src/${this.branch}.ts`]: `export const head = ${head};\n` };
    this.repo.push(this.branch, { files, by: "alice" });
  }

  #tick(id: string): Act {
    const by = id === signedByTeam ? "sam" : "bob";
    return {
      kind: this.#signed.size === manual.length - 1 ? "last-tick" : "tick",
      possible: () => this.#pull?.body.includes(`<!-- item:${id} -->`) === true,
      perform: () => {
        this.#pull?.edit({ by, body: ticked(this.#pull.body, id) });
        this.#signed.add(id);
      },
    };
  }

  #untick(id: string): Act {
    return this.#act("untick", () => {
      const body = this.#pull?.body ?? "";
      const line = new RegExp(`^- \\[x\\](?=.*<!-- item:${id} -->)`, "m");
      this.#pull?.edit({ by: "bob", body: body.replace(line, "- [ ]") });
      this.#signed.delete(id);
    });
  }

  /** Sixty check runs in ten suites and five statuses: created, then completed in no particular order. */
  *#checks(): Generator<Act> {
    const { repo } = this;
    const sha = () => this.#pull?.headSha ?? "";
    const begun: Act[] = [];
    const ended: Act[] = [];
    const jobsEnd: Act[] = [];
    let workflow: ReturnType<RepoHandle["workflowRun"]> | undefined;
    yield this.#act("relevant", () => {
      workflow = repo.workflowRun({ path: ".github/workflows/ci.yml", name: "CI", sha: sha() });
    });
    for (let job = 1; job <= jobs; job++) {
      const name = `test (${job})`;
      begun.push(this.#act("irrelevant", () => void workflow?.job(name)));
      jobsEnd.push(this.#act("irrelevant", () => void workflow?.completeJob(name, "success")));
    }
    const suiteOf = new Map<number, ReturnType<RepoHandle["checkSuite"]>>();
    for (let index = 0; index < otherRuns; index++) {
      const suite = index % suites;
      const app = `checker-${suite + 1}`;
      const item = index === 0 ? "e2e" : index === 1 ? "scan" : null;
      const name = item === "e2e" ? "e2e" : item === "scan" ? "security-scan" : `lint ${index}`;
      let run: ReturnType<RepoHandle["checkRun"]> | undefined;
      const kind = item === null ? "irrelevant" : "relevant";
      begun.push(
        this.#act(kind, () => {
          if (!suiteOf.has(suite)) suiteOf.set(suite, repo.checkSuite({ app, sha: sha() }));
          run = repo.checkRun({ app, name, sha: sha(), suite: suiteOf.get(suite) as never });
        }),
      );
      ended.push(
        this.#act(kind, () => {
          run?.complete("success");
          if (item !== null) this.#green.add(item);
        }),
      );
    }
    for (let index = 1; index <= statuses; index++)
      ended.push(
        this.#act("irrelevant", () =>
          repo.status({ sha: sha(), context: `coverage/${index}`, state: "success", by: "alice" }),
        ),
      );
    yield* this.#shuffled(begun);
    const workflowEnds = this.#act("relevant", () => {
      workflow?.complete("success");
      this.#green.add("ci");
    });
    const order = this.#shuffled([...ended, ...jobsEnd]);
    yield* order.toSpliced(order.findLastIndex((act) => jobsEnd.includes(act)) + 1, 0, workflowEnds);
  }

  #shuffled(acts: readonly Act[]): Act[] {
    return acts
      .map((act) => ({ act, at: this.#random() }))
      .sort((a, b) => a.at - b.at)
      .map(({ act }) => act);
  }
}
