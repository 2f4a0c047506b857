import type { RecordItem, ReleaseRecord } from "../record/record.ts";
import { type Spread, secondsBetween, spreadOf, sum } from "./stats.ts";

/** Seconds, summed over releases: for whom they waited between being opened and being ready. */
export interface WaitedFor {
  /** Only for checks, deployments and what else the app decides. */
  readonly machines: number;
  /** Only for people's sign-offs. */
  readonly people: number;
  readonly both: number;
  /** Every item was done, and something else was in the way. */
  readonly neither: number;
}

export interface Waiting {
  readonly openedToReady: Spread;
  /** Merged without ever having been ready. */
  readonly neverReady: number;
  readonly waitedFor: WaitedFor;
  readonly readyToMerged: Spread;
  /** Only where an item of the checklist saw the deployment. */
  readonly mergedToProduction: Spread;
}

export function waitingOf(records: readonly ReleaseRecord[]): Waiting {
  const ready = records.flatMap((record) =>
    record.times.ready === null ? [] : [{ record, ready: record.times.ready }],
  );
  const waited = ready.map(({ record, ready }) => waitedFor(record, ready));
  const all = (key: keyof WaitedFor) => sum(waited.map((one) => one[key]));
  return {
    openedToReady: spreadOf(ready.map(({ record, ready }) => secondsBetween(record.times.opened, ready))),
    neverReady: records.length - ready.length,
    waitedFor: {
      machines: all("machines"),
      people: all("people"),
      both: all("both"),
      neither: all("neither"),
    },
    readyToMerged: spreadOf(ready.map(({ record, ready }) => secondsBetween(ready, record.times.merged))),
    mergedToProduction: spreadOf(
      records.flatMap(({ times }) =>
        times.deployed === null ? [] : [secondsBetween(times.merged, times.deployed)],
      ),
    ),
  };
}

/** What has to be done before the merge. */
export const gateItems = ({ items }: ReleaseRecord): readonly RecordItem[] =>
  items.filter(
    ({ phase, required, state }) => phase === "before-merge" && required && state !== "not-needed",
  );

/** Each moment between being opened and being ready belongs to those who were waited for then. */
function waitedFor(record: ReleaseRecord, ready: string): WaitedFor {
  const items = gateItems(record);
  const times = [record.times.opened, ready, ...items.flatMap(({ done }) => (done === null ? [] : [done]))]
    .filter((time) => isWithin(time, record.times.opened, ready))
    .toSorted((a, b) => Date.parse(a) - Date.parse(b));
  const waited = { machines: 0, people: 0, both: 0, neither: 0 };
  for (const [index, start] of times.entries()) {
    const end = times[index + 1];
    if (end === undefined) break;
    const open = items.filter(({ done }) => done === null || Date.parse(done) > Date.parse(start));
    const machines = open.some(({ decidedBy }) => decidedBy === "app");
    const people = open.some(({ decidedBy }) => decidedBy === "people");
    const whom = machines && people ? "both" : machines ? "machines" : people ? "people" : "neither";
    waited[whom] += secondsBetween(start, end);
  }
  return waited;
}

const isWithin = (time: string, from: string, to: string): boolean =>
  Date.parse(time) >= Date.parse(from) && Date.parse(time) <= Date.parse(to);
