import type { ItemFigures } from "../../domain/report/items.ts";
import type { ReleaseName } from "../../domain/report/release.ts";
import type { Report } from "../../domain/report/report.ts";
import { day, none, percent, time, waitedInAll, waiters } from "./words.ts";

/** What is shown in rows, on a page or in a terminal. All of it is plain text as people wrote it. */
export interface Table {
  readonly id: string;
  readonly title: string;
  /** What it shows, in a sentence. */
  readonly about: string;
  readonly head: readonly string[];
  /** Columns that hold numbers or times. */
  readonly right: readonly number[];
  readonly rows: readonly (readonly Cell[])[];
}

export type Cell = string | { readonly text: string; readonly url: string };

export const textOf = (cell: Cell): string => (typeof cell === "string" ? cell : cell.text);

export function weeksTable({ throughput }: Report): Table {
  return {
    id: "weeks",
    title: "Releases by week",
    about: "Releases that reached production, by week (from Monday, UTC).",
    head: ["week of", "releases", "of these failed"],
    right: [1, 2],
    rows: throughput.weeks.map(({ start, releases, failed }) => [start, String(releases), String(failed)]),
  };
}

export function waitingTable(report: Report): Table {
  const { waiting } = report;
  const all = waitedInAll(report);
  return {
    id: "waiting",
    title: "Where the time went before the merge",
    about: "The time between opened and ready, summed over all releases, by what was still missing.",
    head: ["waited", "time", "part"],
    right: [1, 2],
    rows: waiters.map(([key, words]) => [
      words,
      time(waiting.waitedFor[key]),
      percent(all === 0 ? null : waiting.waitedFor[key] / all),
    ]),
  };
}

export function stagesTable({ throughput, waiting, stability }: Report): Table {
  const rows = [
    ["commit to production", throughput.leadTime],
    ["opened to ready", waiting.openedToReady],
    ["ready to merged", waiting.readyToMerged],
    ["merged to production", waiting.mergedToProduction],
    ["production to the first word of trouble", stability.timeToDetect],
    ["production to the repair", stability.timeToRecover],
  ] as const;
  return {
    id: "stages",
    title: "How long each stage takes",
    about: "Half of them take at most the median, nine of ten the time beside it.",
    head: ["stage", "median", "nine of ten", "counted"],
    right: [1, 2, 3],
    rows: rows.map(([name, { median, p90, count }]) => [name, time(median), time(p90), String(count)]),
  };
}

const itemHead = [
  "item",
  "decided by",
  "releases",
  "median wait",
  "was last",
  "held up alone",
  "caught",
  "waived",
];
const itemRow = ({ title, decidedBy, releases, wait, last, alone, caught, waived }: ItemFigures): Cell[] => [
  title,
  decidedBy === "app" ? "checks" : "people",
  String(releases),
  time(wait.median),
  String(last),
  alone === 0 ? none : time(alone),
  String(caught),
  String(waived),
];

export function itemsTable({ items }: Report): Table {
  return {
    id: "items",
    title: "Slowest items",
    about:
      "Slowest first: by the time for which releases waited for an item alone, when all others were done.",
    head: itemHead,
    right: [2, 3, 4, 5, 6, 7],
    rows: items.map(itemRow),
  };
}

export function quietTable({ quiet }: Report): Table {
  return {
    id: "quiet",
    title: "Items that found nothing",
    about: `In ${quiet.least} releases or more. For the quarterly review: automate, sharpen or drop?`,
    head: itemHead,
    right: [2, 3, 4, 5, 6, 7],
    rows: quiet.items.map(itemRow),
  };
}

export function failuresTable({ stability }: Report): Table {
  return {
    id: "failures",
    title: "Releases that failed",
    about: "Rolled back, in need of a follow-up, or with an incident.",
    head: ["release", "how", "repaired after", "incidents"],
    right: [2, 3],
    rows: stability.failures.map(({ release, how, recoveredAfter, incidents }) => [
      named(release),
      how,
      recoveredAfter === null ? "not yet" : time(recoveredAfter),
      String(incidents),
    ]),
  };
}

export function exceptionsTable({ exceptions }: Report): Table {
  const { waivers, overrides, bypasses } = exceptions;
  return {
    id: "exceptions",
    title: "Exceptions",
    about: "Gates that were overridden or passed by, and items that were set aside.",
    head: ["release", "what", "by", "why"],
    right: [],
    rows: [
      ...overrides.map(({ release, by, reason }) => [named(release), "override", by, reason]),
      ...bypasses.map(({ release, by, missing }) => [
        named(release),
        "merged while blocked",
        by ?? none,
        `${missing} missing`,
      ]),
      ...waivers.map(({ release, item, by, reason }) => [named(release), `waived: ${item}`, by, reason]),
    ],
  };
}

export function contributorsTable({ exceptions: { byContributors, signOffs } }: Report): Table {
  const byItem = Map.groupBy(byContributors, ({ item }) => item);
  return {
    id: "contributors",
    title: "Sign-offs by contributors",
    about: `${byContributors.length} of ${signOffs} sign-offs are by people who wrote a commit of the same release. An item whose signers are "not: [contributors]" forbids it.`,
    head: ["item", "by contributors", "who"],
    right: [1],
    rows: [...byItem]
      .toSorted(([, a], [, b]) => b.length - a.length)
      .map(([item, signed]) => [
        item,
        String(signed.length),
        [...new Set(signed.map(({ by }) => by))].toSorted().join(", "),
      ]),
  };
}

const outcomes = {
  successful: "successful",
  "rolled-back": "rolled back",
  "follow-up": "follow-up",
  open: "open",
} as const;

export function releasesTable({ releases }: Report): Table {
  return {
    id: "releases",
    title: "All releases",
    about: "Oldest first. Where no item of the checklist saw the deployment, the merge stands for it.",
    head: ["release", "in production", "gate", "outcome", "opened to ready", "commits"],
    right: [4, 5],
    rows: releases.map(({ release, production, seen, verdict, outcome, failed, openedToReady, commits }) => [
      named(release),
      `${day(production)}${seen ? "" : " (merge)"}`,
      verdict,
      `${outcomes[outcome]}${failed && outcome === "successful" ? " after a failure" : failed && outcome === "open" ? ", with an incident" : ""}`,
      openedToReady === null ? "never ready" : time(openedToReady),
      String(commits),
    ]),
  };
}

const named = ({ repository, pull, title, url }: ReleaseName): Cell => ({
  text: `${repository}#${pull} ${title}`,
  url,
});
