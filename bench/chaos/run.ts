import { setTimeout as sleep } from "node:timers/promises";
import { type FaultKind, seededRandom } from "../../playground/github/faults.ts";
import { quiet } from "../life/play.ts";
import { type Stage, setStage } from "../stage.ts";
import { checklist, checkName, itemIds } from "./checklist.ts";
import { judge, standingOf } from "./judge.ts";
import { ChaoticLife } from "./life.ts";
import { Replicas } from "./replicas.ts";

export interface RunResult {
  readonly seed: number;
  /** One line each; empty: all is right. */
  readonly problems: readonly string[];
  readonly lives: number;
  readonly faults: number;
  readonly events: number;
  readonly refused: number;
  readonly once: number;
  readonly unclear: number;
  /** What happened, and the end of the logs: for a failure. */
  readonly story: readonly string[];
}

const livesAtOnce = 2;
/** One sweep at the start, and one often enough that the end is not waited for long. */
const sweepSeconds = 2;
const endDeadline = 30_000;
/** Five in a hundred fail, five in a hundred are slow. */
const kinds: readonly FaultKind[] = [
  500,
  502,
  "reset",
  "applied-then-500",
  "applied-then-reset",
  "slow",
  "slow",
  "slow",
  "slow",
  "slow",
];
/** A process is killed within so many milliseconds after the story began. */
const killWithin = 3_000;
const longestDeath = 500;

/**
 * One run: lives in bad weather, one SIGKILL, a new process, one sweep.
 *
 * @param redisUrl An empty Redis: two replicas share the work, and one of them dies. Undefined: one process.
 */
export async function playChaos(seed: number, redisUrl?: string): Promise<RunResult> {
  const random = seededRandom(seed);
  let passed = 0;
  const post = random() < 0.5 ? "on-tick" : "when-ready";
  const stage = await setStage({
    repositories: livesAtOnce,
    latency: 2,
    inFlight: 20,
    config: (owner) => checklist(owner, post),
    clock: () => new Date(Date.now() + passed * 1000),
  });
  const logs: string[] = [];
  const replicas = new Replicas(stage, {
    sweepMinutes: sweepSeconds / 60,
    ...(redisUrl === undefined ? {} : { redisUrl }),
  });
  try {
    await replicas.start();
    if (redisUrl !== undefined) await replicas.start();
    await quiet(stage, 3_000);
    stage.github.faults.random({ seed, rate: 0.1, kinds, delayMs: 300 });
    stage.github.webhooks.disturb({ seed, lost: 0.1, doubled: 0.1, late: 0.2, lateMs: 400 });
    const pass = () => {
      passed++;
    };
    const lives = stage.repos.map(
      (repo) => new ChaoticLife({ repo, random: seededRandom(random() * 1e9), post, pass }),
    );
    const falseGreens = watch(stage, lives);
    const killed = kill();
    await Promise.all([...lives.map((life) => life.play()), killed]);
    stage.github.faults.clear();
    stage.github.webhooks.disturb(undefined);
    const faults = stage.github.faults.count;
    const swept = await oneSweep(stage, replicas, lives);
    const cut = await killed;
    const verdicts = lives.map((life) => judge(life, stage.slack, cut.has(life)));
    const problems = [
      ...(swept ? [] : ["no sweep came to an end"]),
      ...verdicts.flatMap(({ problems: found }, index) => found.map((text) => `life ${index + 1}: ${text}`)),
      ...falseGreens,
      ...stage.github.unknownRoutes.map((route) => `unknown route ${route}`),
    ];
    if (problems.length > 0) keepLog();
    const histories = problems.length === 0 ? [] : lives.flatMap(historyOf);
    return {
      seed,
      problems,
      lives: lives.length,
      faults,
      events: stage.post.sent,
      refused: stage.post.refused,
      once: verdicts.filter(({ announced }) => announced === "once").length,
      unclear: verdicts.filter(({ announced }) => announced === "unclear").length,
      story: [
        ...lives.flatMap((life, index) => life.story.map((line) => `life ${index + 1}: ${line}`)),
        ...logs,
        ...histories,
      ],
    };

    /** Gives the lives whose announcement was claimed and not receipted when the process died. */
    async function kill(): Promise<ReadonlySet<ChaoticLife>> {
      await sleep(random() * killWithin);
      logs.push(...(await replicas.kill(Math.floor(random() * 2))));
      logs.push(`--- killed at ${new Date().toISOString().slice(17, 23)}`);
      // What the process had sent before still arrives.
      await sleep(350);
      const claimed = new Set(lives.filter((life) => standingOf(life).claimed));
      await sleep(random() * longestDeath);
      await replicas.start();
      return claimed;
    }
  } catch (error) {
    keepLog();
    const problem = error instanceof Error ? error.message : String(error);
    return {
      seed,
      problems: [problem],
      lives: livesAtOnce,
      faults: 0,
      events: 0,
      refused: 0,
      once: 0,
      unclear: 0,
      story: logs,
    };
  } finally {
    await replicas.end();
    await stage.close();
  }

  function keepLog(): void {
    logs.push(...replicas.logs());
  }
}

/** A green is false when something was never rightly done, whatever was late. */
function watch(stage: Stage, lives: readonly ChaoticLife[]): string[] {
  const found: string[] = [];
  stage.github.onResponse(({ method, route, params }) => {
    if (method === "GET" || !route.startsWith("/repos/{owner}/{repo}/check-runs")) return;
    for (const [index, life] of lives.entries()) {
      if (life.repo.fullName !== `${params.owner}/${params.repo}`) continue;
      const run = life.repo.checkRuns(life.pull.headSha, checkName).at(-1);
      const never = itemIds.filter((id) => (id !== "tell" || life.post === "on-tick") && !life.ever.has(id));
      if (run?.conclusion === "success" && never.length > 0)
        found.push(`life ${index + 1}: green although ${never.join(", ")} was never done`);
    }
  });
  return found;
}

/** Who wrote the description, and what stood outside the checklist then; boxes as `x` and `.`. */
const historyOf = ({ pull }: ChaoticLife, index: number): string[] =>
  pull.history.map(({ by, at, body }) => {
    const marks = [...body.matchAll(/^- \[([ x])\]/gm)].map(([, mark]) => (mark === "x" ? "x" : "."));
    const outside = body.split("<!-- release-checklist:begin -->")[0] ?? "";
    return `life ${index + 1}: ${at} ${by} ${marks.join("")} ${JSON.stringify(outside)}`;
  });

/** Waits until a sweep that begins now has read every pull request, and all looks have ended. */
async function oneSweep(stage: Stage, replicas: Replicas, lives: readonly ChaoticLife[]): Promise<boolean> {
  const { github, post } = stage;
  const deadline = performance.now() + endDeadline;
  await github.webhooks.idle();
  let begun = false;
  const unread = new Set(lives.map(({ repo, pull }) => `/repos/${repo.fullName}/pulls/${pull.number}`));
  const end = github.onRequest(({ method, path }) => {
    if (path === "/app/installations") begun = true;
    if (begun && method === "GET") unread.delete(path);
  });
  try {
    while (unread.size > 0 || post.underWay > 0 || (await replicas.busy()) > 0) {
      if (performance.now() > deadline) return false;
      await sleep(50);
    }
    return true;
  } finally {
    end();
  }
}
