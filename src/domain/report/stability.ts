import type { ReleaseRecord } from "../record/record.ts";
import {
  byProduction,
  isFailed,
  isOpen,
  isRolledBack,
  nameOf,
  productionAt,
  type ReleaseName,
  trackOf,
} from "./release.ts";
import { type Spread, secondsBetween, share, spreadOf, sum } from "./stats.ts";

export interface Stability {
  /** Releases of which it is known how they ended. */
  readonly known: number;
  readonly failed: number;
  readonly rolledBack: number;
  /** Releases of which nobody has said yet how they ended; they count neither way. */
  readonly open: number;
  /** Of those with a known end, from 0 to 1. */
  readonly changeFailureRate: number | null;
  /** From production until somebody said that something was wrong. */
  readonly timeToDetect: Spread;
  readonly timeToRecover: Spread;
  /** Failed, and nothing tells of a recovery. */
  readonly unrecovered: number;
  /** Incidents that people linked to a release. */
  readonly escaped: number;
  /** What the checklists stopped before the merge. */
  readonly caught: number;
  /** Of all that was found before or after, from 0 to 1. */
  readonly escapeRate: number | null;
  readonly failures: readonly Failure[];
}

export interface Failure {
  readonly release: ReleaseName;
  readonly how: "rolled back" | "follow-up" | "incident";
  /** Seconds; null: not yet. */
  readonly recoveredAfter: number | null;
  readonly incidents: number;
}

export function stabilityOf(records: readonly ReleaseRecord[]): Stability {
  const failed = records.filter(isFailed).toSorted(byProduction);
  const known = records.filter((record) => !isOpen(record));
  const failures = failed.map((record): Failure => {
    const recovered = recoveryOf(record, records);
    return {
      release: nameOf(record),
      how: isRolledBack(record)
        ? "rolled back"
        : record.outcomes.some(({ result }) => result === "follow-up")
          ? "follow-up"
          : "incident",
      recoveredAfter: recovered === null ? null : secondsBetween(productionAt(record), recovered),
      incidents: record.incidents.length,
    };
  });
  const escaped = sum(records.map(({ incidents }) => incidents.length));
  const caught = sum(records.flatMap(({ items }) => items.map((item) => item.caught)));
  return {
    known: known.length,
    failed: failed.length,
    rolledBack: records.filter(isRolledBack).length,
    open: records.length - known.length,
    changeFailureRate: share(failed.length, known.length),
    timeToDetect: spreadOf(failed.map((record) => secondsBetween(productionAt(record), troubleOf(record)))),
    timeToRecover: spreadOf(
      failures.flatMap(({ recoveredAfter }) => (recoveredAfter === null ? [] : [recoveredAfter])),
    ),
    unrecovered: failures.filter(({ recoveredAfter }) => recoveredAfter === null).length,
    escaped,
    caught,
    escapeRate: share(escaped, escaped + caught),
    failures,
  };
}

/**
 * When production was well again: rolled back, said to be successful after all, or replaced by a later release of the
 * same branch that did not fail itself; whatever came first.
 */
function recoveryOf(record: ReleaseRecord, all: readonly ReleaseRecord[]): string | null {
  const since = productionAt(record);
  const trouble = troubleOf(record);
  const said = record.outcomes
    .filter(({ result, at }) => result === "rolled-back" || (result === "successful" && at > trouble))
    .map(({ at }) => at);
  const replaced = all
    .filter((other) => trackOf(other) === trackOf(record) && productionAt(other) > since && !isFailed(other))
    .map(productionAt);
  return [...said, ...replaced].toSorted()[0] ?? null;
}

/** The first word that something was wrong: an incident, or an outcome that is none to be glad of. */
function troubleOf(record: ReleaseRecord): string {
  const [first] = [
    ...record.incidents.map(({ at }) => at),
    ...record.outcomes.filter(({ result }) => result !== "successful").map(({ at }) => at),
  ].toSorted();
  return first ?? productionAt(record);
}
