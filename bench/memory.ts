import { ticked } from "../playground/story/hands.ts";
import { quiet } from "./life/play.ts";
import type { Contender } from "./process.ts";
import type { Stage } from "./stage.ts";

export interface MemoryFigures {
  readonly events: number;
  readonly pulls: number;
  /** Bytes in use after a full collection, after the first tenth of the pull requests and after all. */
  readonly heapAfterTenth: number;
  readonly heap: number;
  readonly ratio: number;
  readonly seconds: number;
  readonly refused: number;
}

/** Pull requests in the works at the same time. */
const atOnce = 40;
const irrelevantRuns = 4;

/**
 * Ten events for each of many pull requests, two of them relevant: opened and one tick; and four checks that no item
 * names, created and completed.
 */
export async function measureMemory(
  stage: Stage,
  measured: Contender,
  pulls: number,
): Promise<MemoryFigures> {
  const { github, post } = stage;
  post.reset();
  const started = performance.now();
  let heapAfterTenth = 0;
  const tenth = Math.ceil(pulls / 10);
  for (const [from, to] of [
    [0, tenth],
    [tenth, pulls],
  ] as const) {
    const numbers = Array.from({ length: to - from }, (_, index) => from + index).values();
    await Promise.all(Array.from({ length: atOnce }, () => liveAll(stage, numbers)));
    await github.webhooks.idle();
    await quiet(stage);
    if (from === 0) heapAfterTenth = (await measured.heap()).heap ?? 0;
  }
  const heap = (await measured.heap()).heap ?? 0;
  return {
    events: post.sent,
    pulls,
    heapAfterTenth,
    heap,
    ratio: heap / heapAfterTenth,
    seconds: (performance.now() - started) / 1000,
    refused: post.refused,
  };
}

async function liveAll(stage: Stage, numbers: Iterable<number>): Promise<void> {
  for (const number of numbers) await live(stage, number);
}

/** The next thing happens when what the last one led to is there: no sooner can anybody tick a box. */
async function live({ repos, post }: Stage, number: number): Promise<void> {
  const repo = repos[number % repos.length];
  if (repo === undefined) return;
  const head = `release/${number}`;
  repo.push(head, { files: { [`${number}.txt`]: "new\n" }, by: "alice" });
  const pull = repo.openPull({ by: "alice", head, body: "What is new stands here.\n" });
  if (!(await hasBox(pull))) return;
  for (let index = 0; index < irrelevantRuns; index++) {
    await post.room();
    repo.checkRun({ app: "checker-1", name: `lint ${index}`, sha: pull.headSha }).complete("success");
  }
  pull.edit({ by: "bob", body: ticked(pull.body, "manual-1") });
  await post.room();
}

/** The app waits up to a minute where an installation's points are spent. */
const patience = 120_000;

/** False: its webhook was refused, and nobody asks for it again here. */
async function hasBox(pull: { readonly body: string }): Promise<boolean> {
  const end = performance.now() + patience;
  while (!pull.body.includes("<!-- item:manual-1 -->")) {
    if (performance.now() > end) return false;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return true;
}
