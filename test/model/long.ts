import { fork } from "node:child_process";
import { randomInt } from "node:crypto";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { add, type CheckOptions, check, checkKept, countNames, type Report, storyAt } from "./check.ts";
import { keepStory, keptStories } from "./kept.ts";

/**
 * Plays many stories on several processes: half of them from fixed seeds, half from fresh ones.
 *
 *     node test/model/long.ts [--runs 10000] [--workers 2] [--seed 1 [--path 3:1 [--keep "what holds"]] | --fresh] [--first] [--kept]
 *
 * `--seed` plays from this seed on, `--fresh` from fresh seeds only; `--path` plays one story again, and with
 * `--keep "what holds"` it becomes a named test; `--first` ends with the first that goes wrong, however long it is;
 * `--kept` plays the kept stories.
 */

const portion = 250;
/** At least this share of the runs has to hold each of what is hardest to get right. */
const share = 0.3;
const hard = ["rewrites", "lost", "between"] as const;

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "10000" },
    workers: { type: "string", default: "2" },
    seed: { type: "string" },
    fresh: { type: "boolean", default: false },
    path: { type: "string" },
    first: { type: "boolean", default: false },
    keep: { type: "string" },
    kept: { type: "boolean", default: false },
    portion: { type: "boolean", default: false },
  },
});

if (values.portion) {
  process.on("disconnect", () => process.exit());
  process.on("message", async (options: CheckOptions) => process.send?.(await check(options)));
} else if (values.kept) {
  tellOne(await checkKept(keptStories()), "The kept stories go well.");
} else if (values.path !== undefined && values.keep !== undefined) {
  console.log(keepStory(values.keep, await storyAt(Number(values.seed), values.path)));
} else if (values.path !== undefined) {
  const { failure } = await check({ seed: Number(values.seed), runs: 1, path: values.path });
  tellOne(failure, "This story goes well.");
} else {
  const reports = await playAll(seeds(Math.ceil(Number(values.runs) / portion)));
  process.exitCode = tell(reports) ? 0 : 1;
}

function seeds(count: number): number[] {
  if (values.seed !== undefined)
    return Array.from({ length: count }, (_, index) => Number(values.seed) + index);
  return Array.from({ length: count }, (_, index) =>
    index % 2 === 0 && !values.fresh ? index + 1 : randomInt(2 ** 31),
  );
}

async function playAll(list: readonly number[]): Promise<Report[]> {
  const rest = list.values();
  const reports: Report[] = [];
  const worker = async (): Promise<void> => {
    const child = fork(fileURLToPath(import.meta.url), ["--portion"]);
    for (const seed of rest) {
      const answer = new Promise<Report>((resolve, reject) => {
        child.once("message", (report) => resolve(report as Report));
        child.once("exit", () => reject(new Error(`the process that played seed ${seed} ended`)));
      });
      child.send({ seed, runs: portion, first: values.first } satisfies CheckOptions);
      const report = await answer;
      child.removeAllListeners("exit");
      reports.push(report);
      console.log(
        `seed ${report.seed}: ${report.runs} runs, ${report.failure === null ? "all well" : "WRONG"}`,
      );
      if (report.failure !== null) console.log(report.failure);
      if (report.failure !== null && values.first) process.exit(1);
    }
    child.disconnect();
  };
  await Promise.all(Array.from({ length: Number(values.workers) }, worker));
  return reports;
}

function tellOne(failure: string | null, well: string): void {
  console.log(failure ?? well);
  process.exitCode = failure === null ? 0 : 1;
}

function tell(reports: readonly Report[]): boolean {
  const { runs, sums, having } = add(reports);
  const failures = reports.filter(({ failure }) => failure !== null).length;
  console.log(`${runs} runs, ${failures} seeds with a failure`);
  for (const name of countNames) {
    const percent = Math.round((100 * having[name]) / runs);
    console.log(`${name.padEnd(10)} ${String(sums[name]).padStart(8)} in ${percent} % of the runs`);
  }
  const rare = hard.filter((name) => having[name] < share * runs);
  if (rare.length > 0) console.log(`too rare: ${rare.join(", ")}`);
  return failures === 0 && rare.length === 0;
}
