import type { ReleaseRecord } from "../record/record.ts";
import { isRolledBack, productionAt, trackOf } from "./release.ts";
import { type Spread, secondsBetween, spreadOf } from "./stats.ts";

/** What the report is about. Times are ISO 8601 in UTC. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

export interface Week {
  /** Its Monday, `2026-03-02`. */
  readonly start: string;
  readonly releases: number;
  readonly failed: number;
}

export interface Throughput {
  readonly releases: number;
  /** Releases a week over the whole period. */
  readonly perWeek: number;
  /** Days on which something was released. */
  readonly days: number;
  /** Every week of the period, those without releases too. */
  readonly weeks: readonly Week[];
  /** From a commit to production, over all commits. */
  readonly leadTime: Spread;
  /** Releases that were open while another one into the same branch was. */
  readonly overlapping: number;
}

const day = 86_400_000;

export function throughputOf(
  records: readonly ReleaseRecord[],
  period: Period,
  isFailed: (record: ReleaseRecord) => boolean,
): Throughput {
  const days = (Date.parse(period.to) - Date.parse(period.from)) / day;
  return {
    releases: records.length,
    perWeek: (records.length / days) * 7,
    days: new Set(records.map((record) => productionAt(record).slice(0, 10))).size,
    weeks: weeksOf(period).map((start) => {
      const those = records.filter((record) => weekOf(productionAt(record)) === start);
      return { start, releases: those.length, failed: those.filter(isFailed).length };
    }),
    leadTime: spreadOf(leadTimes(records)),
    overlapping: records.filter((record) => records.some((other) => overlap(record, other))).length,
  };
}

/**
 * Each commit counts once, from when it was written until it first reached production to stay: what was rolled back
 * has not arrived, and what two overlapping releases carry arrives with the first of them. Commits that only join two
 * lines are nobody's work.
 */
export function leadTimes(records: readonly ReleaseRecord[]): number[] {
  const first = new Map<string, { readonly at: string; readonly arrived: string }>();
  for (const record of records.filter((one) => !isRolledBack(one))) {
    const arrived = productionAt(record);
    for (const { sha, at, merge } of record.range.commits) {
      if (merge || at === null) continue;
      const key = `${record.repository.id} ${sha}`;
      const known = first.get(key);
      if (known === undefined || arrived < known.arrived) first.set(key, { at, arrived });
    }
  }
  return [...first.values()].map(({ at, arrived }) => secondsBetween(at, arrived));
}

const overlap = (a: ReleaseRecord, b: ReleaseRecord): boolean =>
  a !== b &&
  trackOf(a) === trackOf(b) &&
  Date.parse(a.times.opened) < Date.parse(b.times.merged) &&
  Date.parse(b.times.opened) < Date.parse(a.times.merged);

/** The Monday of its week, in UTC. */
function weekOf(at: string): string {
  const time = Date.parse(`${at.slice(0, 10)}T00:00:00Z`);
  const sinceMonday = (new Date(time).getUTCDay() + 6) % 7;
  return new Date(time - sinceMonday * day).toISOString().slice(0, 10);
}

function weeksOf({ from, to }: Period): string[] {
  const weeks: string[] = [];
  for (let start = Date.parse(weekOf(from)); start < Date.parse(to); start += 7 * day)
    weeks.push(new Date(start).toISOString().slice(0, 10));
  return weeks;
}
