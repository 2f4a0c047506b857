import type { Report } from "../../domain/report/report.ts";
import { count, list, none, percent, rounded, time, waitedInAll, waiters } from "./words.ts";

/** The report in a few sentences, for those who read no further. Plain text. */
export function summaryOf(report: Report): string[] {
  const { throughput, stability, waiting, items, quiet, exceptions } = report;
  if (throughput.releases === 0) return ["No release reached production in this time."];
  const all = waitedInAll(report);
  const [most] = waiters
    .map(([key, words]) => ({ words, seconds: waiting.waitedFor[key] }))
    .toSorted((a, b) => b.seconds - a.seconds);
  const [slowest] = items;
  const past = [
    ...(exceptions.overrides.length > 0 ? [count(exceptions.overrides.length, "override")] : []),
    ...(exceptions.bypasses.length > 0
      ? [count(exceptions.bypasses.length, "merge past the gate", "merges past the gate")]
      : []),
    ...(exceptions.waivers.length > 0 ? [count(exceptions.waivers.length, "waiver")] : []),
  ];
  return [
    `${count(throughput.releases, "release")} reached production, ${rounded(throughput.perWeek)} a week.`,
    ...(throughput.leadTime.count === 0
      ? []
      : [`Half of the commits were in production within ${time(throughput.leadTime.median)}.`]),
    stability.known === 0
      ? "Of none is it known how it ended."
      : `${stability.failed} of ${stability.known} went wrong (${percent(stability.changeFailureRate)})${recovered(report)}.${stability.open > 0 ? ` Of ${stability.open} more nobody has said how it ended.` : ""}`,
    ...(most === undefined || all === 0
      ? []
      : [
          `From opened to ready it took ${time(waiting.openedToReady.median)} (median); most of this time releases waited ${most.words} (${percent(most.seconds / all)}).`,
        ]),
    ...(slowest === undefined || slowest.alone === 0
      ? []
      : [
          `"${slowest.title}" held releases up longest: ${time(slowest.alone)} in all when everything else was done.`,
        ]),
    ...(quiet.items.length === 0
      ? []
      : [
          `${count(quiet.items.length, "item")} found nothing in ${quiet.least} releases or more: ${list(quiet.items.map(({ title }) => `"${title}"`))}.`,
        ]),
    past.length === 0 ? "No gate was overridden, waived or passed by." : `Exceptions: ${list(past)}.`,
  ];
}

function recovered({ stability: { failed, timeToRecover, unrecovered } }: Report): string {
  if (failed === 0) return "";
  if (timeToRecover.count === 0) return "; nothing tells of a recovery yet";
  return `; half of these were repaired within ${time(timeToRecover.median)}${unrecovered > 0 ? `, ${unrecovered} not yet` : ""}`;
}

export interface Figure {
  readonly name: string;
  readonly value: string;
  /** What it means, in one sentence; `docs/report.md` says more. */
  readonly meaning: string;
}

/** The figures that people compare over time. */
export function figuresOf({ throughput, stability, waiting }: Report): Figure[] {
  return [
    {
      name: "Deployment frequency",
      value: `${rounded(throughput.perWeek)} a week`,
      meaning: `${count(throughput.releases, "release")} on ${count(throughput.days, "day")}.`,
    },
    {
      name: "Lead time for changes",
      value: time(throughput.leadTime.median),
      meaning: `Median from commit to production, of ${count(throughput.leadTime.count, "commit")}; nine of ten within ${time(throughput.leadTime.p90)}.`,
    },
    {
      name: "Change failure rate",
      value: percent(stability.changeFailureRate),
      meaning: `${stability.failed} of ${stability.known} releases with a known end were rolled back, needed a follow-up or caused an incident.`,
    },
    {
      name: "Time to recover",
      value: time(stability.timeToRecover.median),
      meaning:
        stability.failed === 0
          ? "No release is known to have failed."
          : `Median from production to the repair, of ${count(stability.timeToRecover.count, "failure")}; ${stability.unrecovered === 0 ? "none is open" : `${stability.unrecovered} not repaired yet`}. Noticed after ${time(stability.timeToDetect.median)} (median).`,
    },
    {
      name: "Escaped defects",
      value: stability.escaped + stability.caught === 0 ? none : String(stability.escaped),
      meaning: `Incidents linked to releases, beside ${stability.caught} ${stability.caught === 1 ? "problem" : "problems"} that checklists caught before the merge (${percent(stability.escapeRate)} escaped).`,
    },
    {
      name: "Opened to ready",
      value: time(waiting.openedToReady.median),
      meaning: `Median of ${count(waiting.openedToReady.count, "release")}; nine of ten within ${time(waiting.openedToReady.p90)}.`,
    },
  ];
}
