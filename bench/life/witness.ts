import type { GitHub, PullHandle, RepoHandle } from "../../playground/github/index.ts";
import { checkName, manual, titleOf, titles } from "./checklist.ts";
import type { Life } from "./life.ts";

/** What the check of a pull request says, whoever wrote it: its conclusion, and the items that its table shows as done. */
export interface Verdict {
  readonly green: boolean;
  readonly done: ReadonlySet<string>;
}

const idsByTitle = new Map<string, string>([
  [titles.ci, "ci"],
  [titles.e2e, "e2e"],
  [titles.scan, "scan"],
  ...manual.map((id): [string, string] => [titleOf(id), id]),
]);

export function verdictOn(repo: RepoHandle, pull: PullHandle): Verdict {
  // GitHub counts the run that was created last.
  const run = repo.checkRuns(pull.headSha, checkName).at(-1);
  const done = new Set<string>();
  for (const [, title = "", state = ""] of (run?.record.output.summary ?? "").matchAll(
    /^\| ([^|]+) \| ([^|]+) \|/gm,
  )) {
    const id = idsByTitle.get(title);
    if (id !== undefined && state.includes("done")) done.add(id);
  }
  return { green: run?.conclusion === "success", done };
}

/** Watches every write of a check, at the moment at which GitHub carries it out. */
export class Witness {
  readonly #lives = new Set<Life>();
  readonly #greenSince = new Map<Life, number>();
  readonly #waiting = new Set<() => void>();
  readonly #end: () => void;
  /** Greens that were written although not everything was done. */
  falseGreens = 0;
  /** The longest that a check was green although not everything was done, in milliseconds. */
  longestFalseGreen = 0;

  constructor(github: GitHub) {
    this.#end = github.onResponse(({ method, route, params }) => {
      if (method === "GET" || !route.startsWith("/repos/{owner}/{repo}/check-runs")) return;
      for (const life of this.#lives)
        if (life.repo.fullName === `${params.owner}/${params.repo}` && this.look(life)) this.falseGreens++;
      for (const again of this.#waiting) again();
    });
  }

  watch(life: Life): void {
    this.#lives.add(life);
  }

  /** Gives whether the check is green although not everything is done; to be called whenever something happened. */
  look(life: Life): boolean {
    const { pull, repo, complete } = life;
    const since = this.#greenSince.get(life);
    const wrongly = pull !== undefined && !complete && !pull.merged && verdictOn(repo, pull).green;
    if (since !== undefined)
      this.longestFalseGreen = Math.max(this.longestFalseGreen, performance.now() - since);
    if (!wrongly) this.#greenSince.delete(life);
    else if (since === undefined) this.#greenSince.set(life, performance.now());
    return wrongly;
  }

  /** Resolves with the time at which it became so; null when it did not in time. Looks at every write of a check. */
  async until(is: () => boolean, milliseconds: number): Promise<number | null> {
    if (is()) return performance.now();
    const { promise, resolve } = Promise.withResolvers<number | null>();
    const again = () => {
      if (is()) resolve(performance.now());
    };
    const late = setTimeout(() => resolve(null), milliseconds);
    this.#waiting.add(again);
    try {
      return await promise;
    } finally {
      clearTimeout(late);
      this.#waiting.delete(again);
    }
  }

  close(): void {
    this.#end();
    for (const life of this.#lives) this.look(life);
    this.#lives.clear();
  }
}

/** The check shows every item as it is, and is green exactly when all is done. */
export function isRight(life: Life): boolean {
  const { pull, repo, truth } = life;
  if (pull === undefined) return true;
  const { green, done } = verdictOn(repo, pull);
  return green === life.complete && truth.size === done.size && [...truth].every((id) => done.has(id));
}
