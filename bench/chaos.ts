import { parseArgs } from "node:util";
import { RedisServer } from "../test/queue/redis-server.ts";
import { playChaos, type RunResult } from "./chaos/run.ts";
import { numberOf } from "./options.ts";
import { appEntry } from "./programs.ts";
import { table } from "./table.ts";

const help = `npm run chaos -- [options]
  --runs 200       how many runs
  --seed 1         the seed of the first; the next has the next number
  --parallel 4     runs at the same time
  --redis          two replicas that share a Redis, of which one is killed (needs redis-server)
  --verbose        tells what happened in each run that failed`;

async function main(): Promise<boolean> {
  const { values } = parseArgs({
    options: {
      runs: { type: "string", default: "200" },
      seed: { type: "string", default: "1" },
      parallel: { type: "string", default: "4" },
      redis: { type: "boolean", default: false },
      verbose: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    console.log(help);
    return true;
  }
  const runs = numberOf("--runs", values.runs);
  const first = numberOf("--seed", values.seed);
  const started = performance.now();
  console.log(`${runs} runs from seed ${first}; the app is ${appEntry()}`);
  const seeds = Array.from({ length: runs }, (_, index) => first + index).values();
  const results: RunResult[] = [];
  const worker = async (): Promise<void> => {
    for (const seed of seeds) {
      const result = await (values.redis ? withRedis(seed) : playChaos(seed));
      results.push(result);
      if (result.problems.length === 0) continue;
      console.log(`\nseed ${seed} FAILED`);
      for (const problem of result.problems) console.log(`  ${problem}`);
      if (values.verbose) for (const line of result.story) console.log(`  | ${line}`);
    }
  };
  await Promise.all(Array.from({ length: numberOf("--parallel", values.parallel) }, worker));
  const failed = results.filter(({ problems }) => problems.length > 0).map(({ seed }) => seed);
  const sum = (of: (result: RunResult) => number): string =>
    String(results.reduce((total, result) => total + of(result), 0));
  console.log("");
  const head = [
    "runs",
    "kills",
    "lives",
    "webhooks",
    "not accepted",
    "faults",
    "announced once",
    "unclear",
    "failed runs",
  ];
  const cells = [
    String(results.length),
    String(results.length),
    sum(({ lives }) => lives),
    sum(({ events }) => events),
    sum(({ refused }) => refused),
    sum(({ faults }) => faults),
    sum(({ once }) => once),
    sum(({ unclear }) => unclear),
    String(failed.length),
  ];
  for (const line of table(head, [cells])) console.log(line);
  if (failed.length > 0) console.log(`Seeds that failed: ${failed.sort((a, b) => a - b).join(" ")}`);
  console.log(`${((performance.now() - started) / 1000).toFixed(0)} s`);
  return failed.length === 0;
}

async function withRedis(seed: number): Promise<RunResult> {
  const redis = await RedisServer.start();
  try {
    return await playChaos(seed, redis.url);
  } finally {
    await redis.remove();
  }
}

try {
  if (!(await main())) process.exitCode = 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
