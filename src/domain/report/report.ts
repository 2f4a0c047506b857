import { outcomeOf, type ReleaseRecord } from "../record/record.ts";
import { type Exceptions, exceptionsOf } from "./exceptions.ts";
import { type ItemFigures, itemFigures, quietItems } from "./items.ts";
import { byProduction, isFailed, nameOf, productionAt, type ReleaseName } from "./release.ts";
import { type Stability, stabilityOf } from "./stability.ts";
import { secondsBetween } from "./stats.ts";
import { type Period, type Throughput, throughputOf } from "./throughput.ts";
import { type Waiting, waitingOf } from "./waiting.ts";

/** What the records of many releases tell together. `docs/report.md` defines every figure. Times are in seconds. */
export interface Report {
  readonly period: Period;
  /** Names of the repositories, in order. */
  readonly repositories: readonly string[];
  readonly throughput: Throughput;
  readonly stability: Stability;
  readonly waiting: Waiting;
  readonly items: readonly ItemFigures[];
  readonly quiet: { readonly least: number; readonly items: readonly ItemFigures[] };
  readonly exceptions: Exceptions;
  /** Oldest first. */
  readonly releases: readonly ReleaseRow[];
}

export interface ReleaseRow {
  readonly release: ReleaseName;
  readonly opened: string;
  readonly ready: string | null;
  readonly merged: string;
  readonly production: string;
  /** An item of the checklist saw the deployment; else the merge stands for it. */
  readonly seen: boolean;
  readonly verdict: ReleaseRecord["verdict"];
  readonly outcome: "successful" | "rolled-back" | "follow-up" | "open";
  readonly failed: boolean;
  readonly openedToReady: number | null;
  readonly commits: number;
}

export interface ReportOptions {
  readonly period: Period;
  /** An item that found nothing in so many releases is worth a question. */
  readonly quietAfter: number;
}

/** Only releases that reached production within the period count. */
export function reportOf(records: readonly ReleaseRecord[], { period, quietAfter }: ReportOptions): Report {
  const within = records
    .filter((record) => {
      const at = Date.parse(productionAt(record));
      return at >= Date.parse(period.from) && at <= Date.parse(period.to);
    })
    .toSorted(byProduction);
  const items = itemFigures(within);
  return {
    period,
    repositories: [...new Set(within.map(({ repository }) => repository.name))].toSorted(),
    throughput: throughputOf(within, period, isFailed),
    stability: stabilityOf(within),
    waiting: waitingOf(within),
    items,
    quiet: { least: quietAfter, items: quietItems(items, quietAfter) },
    exceptions: exceptionsOf(within),
    releases: within.map((record) => ({
      release: nameOf(record),
      opened: record.times.opened,
      ready: record.times.ready,
      merged: record.times.merged,
      production: productionAt(record),
      seen: record.times.deployed !== null,
      verdict: record.verdict,
      outcome: outcomeOf(record)?.result ?? "open",
      failed: isFailed(record),
      openedToReady:
        record.times.ready === null ? null : secondsBetween(record.times.opened, record.times.ready),
      commits: record.range.total,
    })),
  };
}
