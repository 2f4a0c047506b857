import { expect, test } from "@jest/globals";
import { readConfig } from "../../src/domain/config/read.ts";
import { builtInTemplates } from "../../src/templates.ts";

const findings = (rest: string): readonly string[] => {
  const text = `checklist:\n  items:\n    - id: a\n      title: A\n      ${rest}\n`;
  const { findings } = readConfig(text, "release.yml", builtInTemplates()) as {
    findings: readonly { line: number; column: number; key: string; message: string }[];
  };
  return findings.map(({ line, column, key, message }) => `${line}:${column} ${key} — ${message}`);
};

test.each([
  'window: { timezone: Europe/Berlin, open: "Tue-Thu 10:00-14:00" }',
  "window: { timezone: UTC, closed: [{ from: 2026-12-20, through: 2027-01-03, reason: Holidays }] }",
  'window: { timezone: America/New_York, open: ["Mon,Wed 09:00-12:00", Fri-Mon], warn: ["Sat-Sun 00:00-24:00"] }',
  "deployment: { environment: staging }",
  'deployment: { environment: "staging/*", ignore: ["docs/**"], by: [octocat, "deployer[bot]"] }',
  "assigned: true",
  "lists: scope",
])("valid: %s", (rest) => {
  expect(findings(rest)).toEqual([]);
});

test.each([
  ["window: { open: [Tue] }", ['5:7 checklist.items[0].window.timezone — "timezone" is missing']],
  [
    "window: { timezone: Europe/Berln }",
    [
      '5:27 checklist.items[0].window.timezone — "Europe/Berln" is no time zone (did you mean "Europe/Berlin"?)',
    ],
  ],
  [
    'window: { timezone: UTC, open: ["Tuesday 10:00-14:00"] }',
    [
      '5:39 checklist.items[0].window.open[0] — "Tuesday 10:00-14:00" names no days of the week: write it as in "Tue-Thu 10:00-14:00", with the days Mon, Tue, Wed, Thu, Fri, Sat, Sun',
    ],
  ],
  [
    "window: { timezone: UTC, closed: [{ from: 2026-02-30 }] }",
    ['5:49 checklist.items[0].window.closed[0].from — "2026-02-30" is no date: write it as in "2026-12-20"'],
  ],
  [
    "window: { timezone: UTC, closed: [{ from: 2026-12-20, through: 2026-12-19 }] }",
    ['5:70 checklist.items[0].window.closed[0].through — "2026-12-19" comes before "2026-12-20"'],
  ],
  ["deployment: {}", ['5:7 checklist.items[0].deployment.environment — "environment" is missing']],
  [
    'deployment: { environment: "" }',
    ["5:34 checklist.items[0].deployment.environment — This text is empty"],
  ],
  ["assigned: false", ['5:17 checklist.items[0].assigned — "assigned" must be true, not false']],
  ["lists: everything", ['5:14 checklist.items[0].lists — "lists" must be "scope", not "everything"']],
])("a mistake: %s", (rest, expected) => {
  expect(findings(rest)).toEqual(expected);
});
