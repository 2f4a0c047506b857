import { expect, test } from "@jest/globals";
import type { ReleaseRecord } from "../../src/domain/record/record.ts";
import { reportOf } from "../../src/domain/report/report.ts";
import { reportAsCsv } from "../../src/render/report/csv.ts";
import { reportAsHtml } from "../../src/render/report/html.ts";
import { fourWeeks, ten } from "./ten.ts";

const evil = `<script>alert(1)</script>"><img src=x onerror=alert(2)> ]]> & '`;
const records = ten.map(
  (record): ReleaseRecord => ({
    ...record,
    pull: { ...record.pull, title: evil, url: "javascript:alert(3)" },
    items: record.items.map((item) => ({ ...item, title: evil })),
  }),
);
const report = reportOf(records, { period: fourWeeks, quietAfter: 5 });

test("text of people does nothing on the page, in its tables and pictures", () => {
  const page = reportAsHtml({ report, at: "2026-03-30T00:00:00Z", leftOut: [evil] });
  expect(page).toContain("&lt;script&gt;alert(1)");
  expect(page).not.toMatch(/<script|<img|javascript:/i);
});

test("a spreadsheet takes no title for a formula", () => {
  const [first, ...more] = reportOf(ten, { period: fourWeeks, quietAfter: 5 }).releases;
  if (first === undefined) throw new Error("no release");
  const titled = (title: string) => ({ ...first, release: { ...first.release, title } });
  const rows = ['=HYPERLINK("http://x","y")', "+1", "-1", "@sum", 'a "b", c', "plain"].map(titled);
  const csv = reportAsCsv({ ...report, releases: [...rows, ...more] });
  expect(
    csv
      .split("\r\n")
      .slice(1, 7)
      .map((row) => row.split("acme/shop,1,")[1]?.split(",https")[0]),
  ).toEqual([`"'=HYPERLINK(""http://x"",""y"")"`, "'+1", "'-1", "'@sum", '"a ""b"", c"', "plain"]);
});
