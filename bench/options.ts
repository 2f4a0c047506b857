import { parseArgs } from "node:util";
import type { Mode } from "./life/play.ts";
import { type Contestant, contestants } from "./programs.ts";

export const parts = ["one", "unticked", "hundred", "events", "memory"] as const;
export type Part = (typeof parts)[number];

export interface Options {
  readonly parts: readonly Part[];
  readonly modes: readonly Mode[];
  /** Milliseconds that GitHub takes for an answer. */
  readonly latencies: readonly number[];
  readonly contestants: readonly Contestant[];
  /** How often the app's burst is played. */
  readonly runs: number;
  /** How often the app's hundred lives are played. */
  readonly hundreds: number;
  /** Pull requests for the part `memory`. */
  readonly pulls: number;
  /** Directory for V8 profiles of the measured processes; null: none. */
  readonly profile: string | null;
}

export const help = `npm run bench -- [options]
  --life one|unticked|hundred|events|memory   which parts; several with commas (default: all)
  --mode paced|burst|rush                     for --life one; several with commas (default: all)
  --latency 40                                milliseconds of an answer of GitHub; several with commas (default: 40,0);
                                              all but the first only for one life of the app
  --who app|replicas|naive|naive-throttled    whom; several with commas (default: all); replicas: two with a Redis
  --runs 5                                    how often the app's burst is played
  --hundreds 1                                how often the app's hundred lives are played
  --pulls 2000                                pull requests for --life memory; 20000 is 200,000 events
  --profile directory                         writes V8 CPU profiles of the measured processes there`;

/** @throws Error with what is wrong with the arguments */
export function readOptions(args: readonly string[]): Options | null {
  const { values } = parseArgs({
    args: [...args],
    options: {
      life: { type: "string", default: parts.join() },
      mode: { type: "string", default: "paced,burst,rush" },
      latency: { type: "string", default: "40,0" },
      who: { type: "string", default: contestants.join() },
      runs: { type: "string", default: "5" },
      hundreds: { type: "string", default: "1" },
      pulls: { type: "string", default: "2000" },
      profile: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return null;
  return {
    parts: listOf("--life", values.life, parts),
    modes: listOf("--mode", values.mode, ["paced", "burst", "rush"] as const),
    latencies: values.latency.split(",").map((text) => numberOf("--latency", text)),
    contestants: listOf("--who", values.who, contestants),
    runs: numberOf("--runs", values.runs),
    hundreds: numberOf("--hundreds", values.hundreds),
    pulls: numberOf("--pulls", values.pulls),
    profile: values.profile ?? null,
  };
}

function listOf<T extends string>(name: string, text: string, allowed: readonly T[]): T[] {
  return text.split(",").map((word) => {
    const found = allowed.find((one) => one === word);
    if (found === undefined) throw new Error(`${name} ${word}: it must be one of ${allowed.join(", ")}`);
    return found;
  });
}

export function numberOf(name: string, text: string): number {
  if (!/^\d+$/.test(text)) throw new Error(`${name} ${text}: it must be a whole number`);
  return Number(text);
}
