import fc from "fast-check";
import type { KeptStory } from "./kept.ts";
import { play } from "./play.ts";
import { type Counts, nothingCounted } from "./stage.ts";
import { type Story, story } from "./story.ts";

/** Longest stories; fast-check makes most of them shorter. */
const longest = 30;

export interface CheckOptions {
  readonly seed: number;
  readonly runs: number;
  /** Plays one failure again, as a report named it. */
  readonly path?: string;
  /** Ends with the first failure instead of looking for the shortest. */
  readonly first?: boolean;
  /** Milliseconds after which it ends with what it has found by then. */
  readonly patience?: number;
}

export interface Report {
  readonly seed: number;
  readonly runs: number;
  /** Sums over all runs, and in how many runs there was any. */
  readonly sums: Counts;
  readonly having: Counts;
  /** The shortest story that goes wrong, in words; null: none does. */
  readonly failure: string | null;
}

export const countNames = Object.keys(nothingCounted) as (keyof Counts)[];

/** Plays so many stories that follow from the seed. */
export async function check({ seed, runs, path, first, patience }: CheckOptions): Promise<Report> {
  let played = 0;
  let failed = false;
  const [sums, having] = [{ ...nothingCounted }, { ...nothingCounted }];
  const details = await fc.check(
    fc.asyncProperty(story(longest), async (one) => {
      const { findings, counts } = await play(one);
      // What is played to find a shorter story does not count.
      if (!failed) {
        played += 1;
        for (const name of countNames) {
          sums[name] += counts[name];
          having[name] += counts[name] > 0 ? 1 : 0;
        }
      }
      failed ||= findings.length > 0;
      return findings.length === 0;
    }),
    {
      seed,
      numRuns: runs,
      endOnFailure: first ?? false,
      ...(path === undefined ? {} : { path }),
      ...(patience === undefined ? {} : { interruptAfterTimeLimit: patience }),
    },
  );
  const [shortest] = details.counterexample ?? [];
  const failure =
    shortest === undefined
      ? null
      : await tell(
          shortest,
          `npm run properties -- --seed ${seed} --path ${details.counterexamplePath ?? ""}`,
        );
  return { seed, runs: played, sums, having, failure };
}

/** The one that a report named. */
export async function storyAt(seed: number, path: string): Promise<Story> {
  const stories: Story[] = [];
  const keep = (one: Story): boolean => stories.push(one) === 0;
  fc.check(fc.property(story(longest), keep), { seed, path, numRuns: 1, endOnFailure: true });
  const [first] = stories;
  if (first === undefined) throw new Error(`nothing is played with seed ${seed} and path ${path}`);
  return first;
}

/** The first of these that goes wrong, in words; null: none does. */
export async function checkKept(stories: readonly KeptStory[]): Promise<string | null> {
  for (const { what, story } of stories) {
    const { findings } = await play(story);
    if (findings.length > 0) return tell(story, `npm run test:only -- test/model -t "${what}"`);
  }
  return null;
}

/** @param again The command that plays it once more. */
async function tell(shortest: Story, again: string): Promise<string> {
  const { words, findings } = await play(shortest);
  const { history, author } = shortest;
  return [
    `${author} is the author; GitHub ${history ? "tells" : "refuses"} the edit history.`,
    ...words,
    ...findings.map((finding) => `=> ${finding}`),
    `Again: ${again}`,
  ].join("\n");
}

export function add(reports: readonly Report[]): Pick<Report, "runs" | "sums" | "having"> {
  const total = { runs: 0, sums: { ...nothingCounted }, having: { ...nothingCounted } };
  for (const { runs, sums, having } of reports) {
    total.runs += runs;
    for (const name of countNames) {
      total.sums[name] += sums[name];
      total.having[name] += having[name];
    }
  }
  return total;
}
