import type { Report } from "../../domain/report/report.ts";
import { itemsBars, waitingBars, weeksBars } from "./bars.ts";
import { type Bars, drawBars } from "./chart.ts";
import { definitions } from "./definitions.ts";
import { escaped, link } from "./html-text.ts";
import { style } from "./style.ts";
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
  waitingTable,
  weeksTable,
} from "./tables.ts";
import { count, day, list } from "./words.ts";

export interface Page {
  readonly report: Report;
  /** When it was made, ISO 8601. */
  readonly at: string;
  /** Records that do not stand, each with why: plain text. */
  readonly leftOut: readonly string[];
}

/** One page that stands for itself: it asks the network for nothing and runs no script, so it can be mailed. */
export function reportAsHtml({ report, at, leftOut }: Page): string {
  const { period, repositories } = report;
  const title = `Release report, ${day(period.from)} to ${day(period.to)}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(title)}</title>
<style>${style}</style>
</head>
<body>
<main>
<header>
<h1>${escaped(title)}</h1>
<p class="soft">${escaped(repositories.length === 0 ? "no repository" : list(repositories))} · from ${count(report.releases.length, "signed release record")}</p>
</header>
<ul class="summary">
${summaryOf(report)
  .map((sentence) => `<li>${escaped(sentence)}</li>`)
  .join("\n")}
</ul>
<dl class="figures">
${figuresOf(report)
  .map(
    ({ name, value, meaning }) =>
      `<div><dt>${escaped(name)}</dt><dd class="value">${escaped(value)}</dd><dd class="meaning">${escaped(meaning)}</dd></div>`,
  )
  .join("\n")}
</dl>
${report.releases.length === 0 ? "" : sections(report)}
<section aria-labelledby="definitions">
<h2 id="definitions">What the figures mean</h2>
<dl class="definitions">
${definitions.map(([name, meaning]) => `<dt>${escaped(name)}</dt><dd>${escaped(meaning)}</dd>`).join("\n")}
</dl>
</section>
<footer>
<p>Made on ${escaped(day(at))} from release records whose signature, place and revision were checked.${leftOut.length === 0 ? " None was left out." : ` ${count(leftOut.length, "record")} left out, because ${leftOut.length === 1 ? "it does" : "they do"} not stand:`}</p>
${leftOut.length === 0 ? "" : `<ul>${leftOut.map((why) => `<li>${escaped(why)}</li>`).join("")}</ul>`}
</footer>
</main>
</body>
</html>
`;
}

function sections(report: Report): string {
  return [
    drawn(weeksTable(report), weeksBars(report)),
    drawn(waitingTable(report), waitingBars(report)),
    section(stagesTable(report)),
    drawn(itemsTable(report), itemsBars(report), true),
    section(quietTable(report)),
    section(failuresTable(report)),
    section(exceptionsTable(report)),
    section(contributorsTable(report)),
    section(releasesTable(report)),
  ].join("\n");
}

/** A picture with the table that says the same; a wide table stands below. */
function drawn(table: Table, bars: Bars, isWide = false): string {
  const svg = drawBars(bars).replace(
    "<svg ",
    `<svg role="img" aria-label="${escaped(`${table.title}. ${inWords(bars)}`)}" `,
  );
  const picture = `<div>${legend(bars)}${svg}</div>`;
  return section(
    table,
    isWide ? `<figure>${picture}</figure>${tableOf(table)}` : `<figure>${picture}${tableOf(table)}</figure>`,
  );
}

/** Where the bars do not bear their names. */
const legend = ({ sideways, series }: Bars): string =>
  sideways
    ? ""
    : `<ul class="legend">${series.map(({ name, colour }) => `<li><span style="background:${colour}"></span>${escaped(name)}</li>`).join("")}</ul>`;

/** What a picture shows, for those who do not see it. */
const inWords = ({ categories, series, unit }: Bars): string =>
  `Bars in ${unit}: ${categories
    .map((category, index) => {
      const values = series
        .filter(({ values }) => (values[index] ?? 0) > 0)
        .map(({ name, values }) => `${name} ${values[index]}`);
      return `${category}: ${values.length === 0 ? "0" : values.join(", ")}`;
    })
    .join("; ")}.`;

function section(table: Table, content: string = tableOf(table)): string {
  if (table.rows.length === 0) return "";
  return `<section aria-labelledby="${table.id}">
<h2 id="${table.id}">${escaped(table.title)}</h2>
<p class="soft">${escaped(table.about)}</p>
${content}
</section>`;
}

/** It scrolls for itself where it is wider than the page; so the keyboard has to reach it. */
function tableOf({ id, title, head, right, rows }: Table): string {
  const classOf = (column: number) => (right.includes(column) ? ' class="right"' : "");
  const cells = (row: Table["rows"][number]) =>
    row
      .map((cell, column) => {
        const content = typeof cell === "string" ? escaped(cell) : link(cell.text, cell.url);
        return column === 0 ? `<th scope="row">${content}</th>` : `<td${classOf(column)}>${content}</td>`;
      })
      .join("");
  return `<div class="scroll" role="region" tabindex="0" aria-label="${escaped(title)}, as a table" id="${id}-table">
<table>
<thead><tr>${head.map((name, column) => `<th scope="col"${classOf(column)}>${escaped(name)}</th>`).join("")}</tr></thead>
<tbody>
${rows.map((row) => `<tr>${cells(row)}</tr>`).join("\n")}
</tbody>
</table>
</div>`;
}
