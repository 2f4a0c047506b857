import type { RepoHandle } from "../playground/github/index.ts";
import { Life } from "./life/life.ts";
import { quiet } from "./life/play.ts";
import type { Contender } from "./process.ts";
import type { Stage } from "./stage.ts";

export interface Throughput {
  readonly events: number;
  readonly eventsPerSecond: number;
  /** Milliseconds of CPU of the measured process. */
  readonly cpuPerEvent: number;
  readonly requests: number;
  readonly refused: number;
}

/** What `act` makes happen, delivered as fast as it is taken. */
async function deliver(stage: Stage, measured: Contender, act: () => void): Promise<Throughput> {
  const { github, post } = stage;
  github.webhooks.mode = "hold";
  act();
  await quiet(stage);
  post.prepare(github.webhooks.pending());
  github.requests.reset();
  post.reset();
  const before = await measured.usage();
  const started = performance.now();
  github.webhooks.release();
  await github.webhooks.idle();
  const seconds = (performance.now() - started) / 1000;
  const after = await measured.usage();
  return {
    events: post.sent,
    eventsPerSecond: post.sent / seconds,
    cpuPerEvent: (after.cpu - before.cpu) / post.sent,
    requests: github.requests.total,
    refused: post.refused,
  };
}

/** The CI of a hundred open pull requests at once, and then checks that no item names. */
export async function measureThroughput(
  stage: Stage,
  measured: Contender,
  pulls: number,
): Promise<{ readonly ci: Throughput; readonly irrelevant: Throughput }> {
  const lives = Array.from(
    { length: pulls },
    (_, index) =>
      new Life({ repo: stage.repos[index % stage.repos.length] as RepoHandle, number: index + 1, heads: 1 }),
  );
  const acts = lives.map((life) => [...life.acts()]);
  for (const [open] of acts) open?.perform();
  await stage.github.webhooks.idle();
  await quiet(stage);
  const ci = await deliver(stage, measured, () => {
    for (const all of acts)
      for (const { kind, perform } of all) if (kind === "relevant" || kind === "irrelevant") perform();
  });
  await quiet(stage);
  const irrelevant = await deliver(stage, measured, () => {
    for (const { repo, pull } of lives)
      for (let index = 0; index < 50; index++)
        repo
          .checkRun({ app: "checker-9", name: `later ${index}`, sha: pull?.headSha ?? "" })
          .complete("success");
  });
  return { ci, irrelevant };
}
