import type { Report } from "../../domain/report/report.ts";
import { figuresOf, summaryOf } from "./summary.ts";
import {
  contributorsTable,
  exceptionsTable,
  failuresTable,
  itemsTable,
  quietTable,
  releasesTable,
  stagesTable,
  type Table,
  textOf,
  waitingTable,
} from "./tables.ts";
import { day } from "./words.ts";

/** One line of a terminal. */
export interface Line {
  readonly text: string;
  readonly heading: boolean;
}

/** The report for a terminal. */
export function reportAsText(report: Report): Line[] {
  const tables = [
    stagesTable(report),
    waitingTable(report),
    itemsTable(report),
    quietTable(report),
    failuresTable(report),
    exceptionsTable(report),
    contributorsTable(report),
    releasesTable(report),
  ].filter(({ rows }) => rows.length > 0);
  const figures = figuresOf(report);
  const width = Math.max(...figures.map(({ name }) => name.length));
  const valueWidth = Math.max(...figures.map(({ value }) => value.length));
  return [
    heading(`Release report, ${day(report.period.from)} to ${day(report.period.to)}`),
    ...[
      report.repositories.join(", "),
      "",
      ...summaryOf(report),
      "",
      ...figures.map(
        ({ name, value, meaning }) => `${name.padEnd(width)}  ${value.padStart(valueWidth)}  ${meaning}`,
      ),
    ].map(plain),
    ...tables.flatMap((table) => [
      plain(""),
      heading(table.title),
      plain(table.about),
      ...lines(table).map(plain),
    ]),
  ];
}

const heading = (text: string): Line => ({ text, heading: true });
const plain = (text: string): Line => ({ text, heading: false });

/** Longest text of a cell; more would break the lines of most terminals. */
const widest = 60;

function lines({ head, rows, right }: Table): string[] {
  const cells = [head, ...rows.map((row) => row.map((cell) => cut(textOf(cell))))];
  const widths = head.map((_, column) => Math.max(...cells.map((row) => [...(row[column] ?? "")].length)));
  return cells.map((row) =>
    row
      .map((text, column) => {
        const gap = " ".repeat((widths[column] ?? 0) - [...text].length);
        return right.includes(column) ? gap + text : text + gap;
      })
      .join("  ")
      .trimEnd(),
  );
}

const cut = (text: string): string => {
  const characters = [...text];
  return characters.length <= widest ? text : `${characters.slice(0, widest - 1).join("")}…`;
};
