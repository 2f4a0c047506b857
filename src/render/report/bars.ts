import type { Report } from "../../domain/report/report.ts";
import type { Bars } from "./chart.ts";
import { time } from "./words.ts";

const hour = 3_600;
const hours = (seconds: number): number => Math.round((seconds / hour) * 100) / 100;

export function weeksBars({ throughput: { weeks } }: Report): Bars {
  return {
    sideways: false,
    categories: weeks.map(({ start }) => start.slice(5)),
    series: [
      {
        name: "went well or open",
        colour: "var(--good)",
        values: weeks.map(({ releases, failed }) => releases - failed),
      },
      { name: "failed", colour: "var(--bad)", values: weeks.map(({ failed }) => failed) },
    ],
    unit: "releases",
    height: 300,
  };
}

export function waitingBars({ waiting: { waitedFor } }: Report): Bars {
  const parts = [
    ["people", "people alone"],
    ["machines", "checks alone"],
    ["both", "both at once"],
    ["neither", "something else"],
  ] as const;
  const colours = parts.map(([key]) => `var(--${key})`);
  return {
    sideways: true,
    categories: parts.map(([, name]) => name),
    series: parts.map(([key, name], row) => ({
      name,
      colour: colours[row] ?? "",
      values: parts.map((_, index) => (index === row ? hours(waitedFor[key]) : 0)),
      labels: parts.map((_, index) => (index === row ? time(waitedFor[key]) : "")),
    })),
    unit: "hours",
    height: 300,
  };
}

/** More bars than this are no picture any more; the table holds all. */
const mostBars = 10;

export function itemsBars({ items }: Report): Bars {
  const shown = items.filter(({ alone }) => alone > 0).slice(0, mostBars);
  return {
    sideways: true,
    categories: shown.map(({ title }) => title),
    series: [
      {
        name: "held up alone",
        colour: "var(--machines)",
        values: shown.map(({ alone }) => hours(alone)),
        labels: shown.map(({ alone }) => time(alone)),
      },
    ],
    unit: "hours",
    height: 90 + shown.length * 40,
  };
}
