import { mkdir, writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { type Figures, type Mode, playLives } from "./life/play.ts";
import { measureMemory } from "./memory.ts";
import { help, type Options, type Part, readOptions } from "./options.ts";
import { appEntry, type Contestant } from "./programs.ts";
import { withContestant } from "./session.ts";
import { quantile, shown, table } from "./table.ts";
import { measureThroughput } from "./throughput.ts";

const inFlight = 20;
const hundred = { lives: 100, repositories: 10 };
/** GitHub limits each installation to 900 points a minute, and a relevant event costs some ten. */
const memoryRepositories = 200;

interface Row {
  readonly part: Part;
  readonly who: Contestant;
  readonly [name: string]: unknown;
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (options === null) return console.log(help);
  console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}; the app is ${appEntry()}`);
  const started = performance.now();
  const rows: Row[] = [];
  for (const part of options.parts) rows.push(...(await measured[part](options)));
  const file = await keep({ at: new Date().toISOString(), node: process.version, options, rows });
  console.log(`\n${((performance.now() - started) / 1000).toFixed(0)} s; all figures: ${file}`);
}

const measured: Readonly<Record<Part, (options: Options) => Promise<Row[]>>> = {
  one: async (options) => {
    const rows: Row[] = [];
    for (const [index, latency] of options.latencies.entries())
      for (const mode of options.modes)
        for (const who of options.contestants.filter((one) => index === 0 || one === "app")) {
          const runs = who === "app" && mode !== "paced" ? options.runs : 1;
          rows.push({
            part: "one",
            who,
            latency,
            mode,
            runs: await playRuns(who, options, { latency, mode, runs }),
          });
        }
    tell("One life", rows);
    return rows;
  },
  unticked: async (options) => {
    const rows: Row[] = [];
    const [latency = 40] = options.latencies;
    for (const who of options.contestants) {
      const figures = await play(who, options, {
        latency,
        mode: "burst",
        lives: 1,
        repositories: 1,
        unticked: true,
      });
      rows.push({ part: "unticked", who, latency, mode: "burst", runs: [figures] });
    }
    tell("One life whose last event takes a tick back", rows);
    return rows;
  },
  hundred: async (options) => {
    const rows: Row[] = [];
    // At one write a second the throttled one would take hours.
    const [latency = 40] = options.latencies;
    for (const who of options.contestants.filter((one) => one !== "naive-throttled")) {
      const runs: Figures[] = [];
      for (let count = who === "app" ? options.hundreds : 1; count > 0; count -= 1)
        runs.push(await play(who, options, { latency, mode: "paced", ...hundred }));
      rows.push({ part: "hundred", who, latency, mode: "paced", runs });
    }
    tell("A hundred lives over ten repositories at once", rows);
    return rows;
  },
  events: async (options) => {
    const rows: Row[] = [];
    for (const who of options.contestants.filter((one) => one !== "naive-throttled")) {
      const stage = {
        repositories: hundred.repositories,
        latency: 0,
        inFlight: inFlight * hundred.repositories,
      };
      const { ci, irrelevant } = await withContestant(who, { ...stage, ...profiled(options) }, (on, app) =>
        measureThroughput(on, app, hundred.lives),
      );
      rows.push(
        { part: "events", who, what: "CI", ...ci },
        { part: "events", who, what: "irrelevant", ...irrelevant },
      );
    }
    console.log("\nEvents of a hundred pull requests at 0 ms");
    const head = ["who", "events", "number", "events/s", "CPU ms/event", "requests", "refused"];
    const cells = rows.map((row) => [
      row.who,
      String(row.what),
      shown(row.events as number),
      shown(row.eventsPerSecond as number),
      shown(row.cpuPerEvent as number, 2),
      shown(row.requests as number),
      shown(row.refused as number),
    ]);
    for (const line of table(head, cells)) console.log(line);
    return rows;
  },
  memory: async (options) => {
    const stage = { repositories: memoryRepositories, latency: 0, inFlight: 200 };
    const figures = await withContestant("app", { ...stage, ...profiled(options) }, (on, app) =>
      measureMemory(on, app, options.pulls),
    );
    const { events, pulls, heapAfterTenth, heap, ratio, seconds, refused } = figures;
    console.log("\nMemory");
    const mega = (bytes: number): string => shown(bytes / 1e6, 1);
    for (const line of table(
      ["events", "pull requests", "MB after a tenth", "MB at the end", "ratio", "seconds", "refused"],
      [
        [
          shown(events),
          shown(pulls),
          mega(heapAfterTenth),
          mega(heap),
          shown(ratio, 2),
          shown(seconds),
          shown(refused),
        ],
      ],
    ))
      console.log(line);
    return [{ part: "memory", who: "app", ...figures }];
  },
};

/** One life after the other in the same process, each in a repository of its own. */
const playRuns = (
  who: Contestant,
  options: Options,
  { latency, mode, runs }: { readonly latency: number; readonly mode: Mode; readonly runs: number },
): Promise<Figures[]> =>
  withContestant(
    who,
    { repositories: runs, latency, inFlight, ...profiled(options) },
    async (stage, measured) => {
      const figures: Figures[] = [];
      for (let first = 0; first < runs; first++)
        figures.push(await playLives({ stage, measured, mode, lives: 1, first }));
      return figures;
    },
  );

interface Playing {
  readonly latency: number;
  readonly mode: Mode;
  readonly lives: number;
  readonly repositories: number;
  readonly unticked?: boolean;
}

const play = (
  who: Contestant,
  options: Options,
  { latency, repositories, ...playing }: Playing,
): Promise<Figures> =>
  withContestant(
    who,
    { repositories, latency, inFlight: inFlight * repositories, ...profiled(options) },
    (stage, app) => playLives({ stage, measured: app, ...playing }),
  );

const profiled = ({ profile }: Options) =>
  profile === null ? {} : { nodeOptions: ["--cpu-prof", `--cpu-prof-dir=${profile}`] };

/** The figures of several runs of one kind in one line: the median, and of what may never happen the sum. */
function tell(title: string, rows: readonly Row[]): void {
  console.log(`\n${title}`);
  const head = [
    "who",
    "mode",
    "latency",
    "runs",
    "events",
    "requests",
    "per tick",
    "irrelevant",
    "tick p50",
    "tick p95",
    "last edit p50",
    "max",
    "all right",
    "wrong",
    "false greens",
    "refused",
    "CPU ms/event",
  ];
  const cells = rows.map((row) => {
    const runs = row.runs as readonly Figures[];
    const median = (of: (figures: Figures) => number): number | null => quantile(runs.map(of), 0.5);
    const sum = (of: (figures: Figures) => number): number => runs.reduce((total, one) => total + of(one), 0);
    const ticks = runs.flatMap((figures) => figures.ticks);
    const last = runs.flatMap((figures) => figures.last);
    const reached = last.filter((one) => one !== null);
    const first = runs[0]?.byAct;
    return [
      row.who,
      String(row.mode),
      `${row.latency} ms`,
      shown(runs.length),
      shown(median((one) => one.events)),
      shown(median((one) => one.requests)),
      first?.tick === undefined ? "-" : shown(first.tick.requests / first.tick.acts, 1),
      shown(first?.irrelevant?.requests),
      shown(quantile(ticks, 0.5)),
      shown(quantile(ticks, 0.95)),
      shown(quantile(reached, 0.5)),
      reached.length < last.length ? "never" : shown(quantile(reached, 1)),
      `${shown(
        median((one) => one.allRight / 1000),
        1,
      )} s`,
      shown(sum((one) => one.wrong)),
      shown(sum((one) => one.falseGreens)),
      shown(sum((one) => one.refused)),
      shown(
        median((one) => one.cpuPerEvent),
        2,
      ),
    ];
  });
  for (const line of table(head, cells)) console.log(line);
  const app = rows.find(({ who, mode }) => who === "app" && mode === "paced");
  const [one] = (app?.runs ?? []) as readonly Figures[];
  if (one === undefined) return;
  console.log(`\nRequests of the app, paced at ${app?.latency} ms`);
  for (const line of table(
    ["requests", "route"],
    Object.entries(one.routes).map(([route, count]) => [shown(count), route]),
  ))
    console.log(line);
}

async function keep(results: object): Promise<string> {
  const directory = fileURLToPath(new URL("./results/", import.meta.url));
  await mkdir(directory, { recursive: true });
  const file = `${directory}${new Date().toISOString().replace(/[:.]/g, "-")}.json`;
  await writeFile(file, `${JSON.stringify(results, null, 2)}\n`);
  return file;
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  if (error instanceof Error && error.cause) console.error(error.cause);
  process.exitCode = 1;
}
