import { setTimeout as sleep, setImmediate as turn } from "node:timers/promises";
import type { RepoHandle } from "../../playground/github/index.ts";
import type { Contender } from "../process.ts";
import type { Stage } from "../stage.ts";
import { type Act, type ActKind, Life } from "./life.ts";
import { isRight, verdictOn, Witness } from "./witness.ts";

/**
 * `paced`: the next thing happens when all that the last one led to is over. `burst`: as soon as fewer webhooks are in
 * flight than may be. `rush`: at once, whatever is still under way; only a box has to be there before it can be ticked.
 */
export type Mode = "paced" | "burst" | "rush";

/** What one life, or several at once, have cost. Times in milliseconds. */
export interface Figures {
  readonly events: number;
  readonly requests: number;
  readonly reads: number;
  readonly writes: number;
  /** By method and route. */
  readonly routes: Readonly<Record<string, number>>;
  /** By what happened: how often, and the requests that it led to. Only when paced. */
  readonly byAct: Readonly<Partial<Record<ActKind, { readonly acts: number; readonly requests: number }>>>;
  /** From each tick that does not complete the list to the check that shows it. Only when paced. */
  readonly ticks: readonly number[];
  /** From the last edit of each life to its right check; null: it never came. */
  readonly last: readonly (number | null)[];
  /** From the first event to the last check that became right. */
  readonly allRight: number;
  readonly wrong: number;
  /** Greens written although not everything was done, and the longest time that one stood. */
  readonly falseGreens: number;
  readonly longestFalseGreen: number;
  readonly refused: number;
  readonly mostInFlight: number;
  readonly seconds: number;
  readonly cpuPerEvent: number;
}

/** A check that is not right by then is wrong. */
const patience = 60_000;
/** Nothing was asked of GitHub for so long: it is over. */
const silence = 300;

interface Cast {
  readonly stage: Stage;
  readonly measured: Contender;
  readonly witness: Witness;
}

/** Waits until the app has nothing more to do. */
export async function quiet({ github, post }: Stage, longest = 30_000): Promise<void> {
  const end = performance.now() + longest;
  let total = -1;
  while (performance.now() < end) {
    await sleep(silence);
    if (post.underWay === 0 && github.requests.total === total) return;
    total = github.requests.total;
  }
}

export interface Play {
  readonly stage: Stage;
  readonly measured: Contender;
  readonly mode: Mode;
  /** How many lives at once. */
  readonly lives: number;
  /** In which repository the first of them is played; the others follow. */
  readonly first?: number;
  /** Whether the last tick of each is taken back at once. */
  readonly unticked?: boolean;
}

/** Plays so many lives at once, spread over the repositories. */
export async function playLives({
  stage,
  measured,
  mode,
  lives: count,
  first = 0,
  unticked = false,
}: Play): Promise<Figures> {
  const { github, post, repos } = stage;
  const witness = new Witness(github);
  await quiet(stage);
  github.requests.reset();
  post.reset();
  const before = await measured.usage();
  const started = performance.now();
  const lives = Array.from({ length: count }, (_, index) => {
    const life = new Life({
      repo: repos[(first + index) % repos.length] as RepoHandle,
      number: index + 1,
      unticked,
    });
    witness.watch(life);
    return life;
  });
  const cast = { stage, measured, witness };
  const results = await Promise.all(
    lives.map((life) =>
      mode === "paced" ? playPaced(cast, life, count === 1) : playAtOnce(cast, life, mode),
    ),
  );
  await quiet(stage);
  const after = await measured.usage();
  const seconds = (performance.now() - started - silence) / 1000;
  const wrong = lives.filter((life) => !isRight(life)).length;
  witness.close();
  const events = post.sent;
  const byAct: Partial<Record<ActKind, { acts: number; requests: number }>> = {};
  for (const { acts } of results)
    for (const [kind, { acts: count, requests }] of acts) {
      const sum = byAct[kind];
      byAct[kind] = { acts: (sum?.acts ?? 0) + count, requests: (sum?.requests ?? 0) + requests };
    }
  const { requests } = github;
  return {
    events,
    requests: requests.total,
    reads: requests.reads,
    writes: requests.writes,
    routes: Object.fromEntries([...requests.counts].sort(([, a], [, b]) => b - a)),
    byAct,
    ticks: results.flatMap(({ ticks }) => ticks),
    last: results.map(({ last }) => last),
    allRight: Math.max(...results.map(({ right }) => right)) - started,
    wrong,
    falseGreens: witness.falseGreens,
    longestFalseGreen: witness.longestFalseGreen,
    refused: post.refused,
    mostInFlight: post.most,
    seconds,
    cpuPerEvent: (after.cpu - before.cpu) / events,
  };
}

interface Played {
  readonly acts: ReadonlyMap<ActKind, { acts: number; requests: number }>;
  readonly ticks: readonly number[];
  readonly last: number | null;
  /** When its check became right for good. */
  readonly right: number;
}

/** One thing after the other: the next begins when the webhooks of the last were answered, and, alone, all that followed. */
async function playPaced({ stage, witness }: Cast, life: Life, alone: boolean): Promise<Played> {
  const { github } = stage;
  const acts = new Map<ActKind, { acts: number; requests: number }>();
  const ticks: number[] = [];
  let last: number | null = null;
  let right = performance.now();
  for (const act of life.acts()) {
    await boxIsThere(act);
    const before = github.requests.total;
    const since = performance.now();
    const answered = github.webhooks.answered(act.perform);
    witness.look(life);
    if (act.kind === "tick" || act.kind === "last-tick") {
      const at = await witness.until(() => shows(life), patience);
      if (act.kind === "tick") ticks.push(at === null ? patience : at - since);
      else last = at === null ? null : at - since;
      right = at ?? performance.now();
    }
    await (alone ? github.webhooks.idle() : answered);
    const sum = acts.get(act.kind) ?? { acts: 0, requests: 0 };
    // What others lead to meanwhile cannot be told from it.
    if (alone)
      acts.set(act.kind, { acts: sum.acts + 1, requests: sum.requests + github.requests.total - before });
  }
  return { acts, ticks, last, right };
}

async function playAtOnce({ stage, witness }: Cast, life: Life, mode: "burst" | "rush"): Promise<Played> {
  const { post } = stage;
  let since = performance.now();
  for (const act of life.acts()) {
    // GitHub hands the webhooks of the last act over in the next turn of the event loop; only then they are counted.
    await turn();
    if (mode === "burst") await post.room();
    await boxIsThere(act);
    since = performance.now();
    act.perform();
    witness.look(life);
  }
  const at = await witness.until(() => isRight(life), patience);
  return {
    acts: new Map(),
    ticks: [],
    last: at === null ? null : at - since,
    right: at ?? performance.now(),
  };
}

async function boxIsThere({ possible }: Act): Promise<void> {
  const end = performance.now() + patience;
  while (!possible() && performance.now() < end) await sleep(2);
}

/** All that is done is shown, and when that is everything, the check is green. */
function shows(life: Life): boolean {
  const { pull, repo, truth } = life;
  if (pull === undefined) return false;
  const { green, done } = verdictOn(repo, pull);
  return [...truth].every((id) => done.has(id)) && (!life.complete || green);
}
