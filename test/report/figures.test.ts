import { expect, test } from "@jest/globals";
import { reportOf } from "../../src/domain/report/report.ts";
import { fourWeeks, march, release, ten } from "./ten.ts";

const minutes = 60;
const hours = 60 * minutes;

const before = release({
  repo: "shop",
  pull: 90,
  opened: "01 08:00",
  ready: "01 09:00",
  merged: "01 09:00",
  deployed: "01 10:00",
  commits: { z: "01 00:00" },
  e2e: "01 08:30",
  plan: "01 08:30",
});
const report = reportOf([...ten.toReversed(), before], { period: fourWeeks, quietAfter: 5 });
const named = (
  list: readonly { readonly release: { readonly repository: string; readonly pull: number } }[],
) => list.map(({ release }) => `${release.repository.slice(5)} ${release.pull}`);

test("throughput", () => {
  const { throughput } = report;
  // Ten of the eleven reached production in the 28 days: 10 / 28 * 7.
  expect(throughput.releases).toBe(10);
  expect(throughput.perWeek).toBe(2.5);
  // Each on a day of its own: 2, 3, 4, 9, 10, 11, 13, 16, 18, 23.
  expect(throughput.days).toBe(10);
  expect(throughput.weeks).toEqual([
    // shop 1, 2 (rolled back), 3
    { start: "2026-03-02", releases: 3, failed: 1 },
    // shop 5 (repaired later), 4, api 1 (follow-up), 2
    { start: "2026-03-09", releases: 4, failed: 2 },
    // shop 6, 7
    { start: "2026-03-16", releases: 2, failed: 0 },
    // api 3 (incident)
    { start: "2026-03-23", releases: 1, failed: 1 },
  ]);
  // shop 4 (9th 8:00 to 10th 8:00) and shop 5 (9th 10:00 to 12:00).
  expect(throughput.overlapping).toBe(2);
});

test("lead time: each commit once, when it first came to stay", () => {
  // a: 1st 11:00 → 2nd 11:00                              24 h
  // b: 3rd 6:00 → 4th 12:00 with shop 3, since shop 2 was rolled back   30 h
  // c: 4th 0:00 → 12:00                                   12 h
  // shared: 8th 8:00 → 9th 12:00 with shop 5, before shop 4   28 h
  // d: 9th 8:00 → 10th 8:00, the merge standing for production   24 h
  // e: 11th 7:40 → 9:40                                    2 h
  // f: 12th 10:00 → 13th 10:00                            24 h
  // g: 16th 8:00 → 8:20                                   20 min
  // h: 17th 11:30 → 18th 11:30                            24 h
  // i: 22nd 15:00 → 23rd 15:00                            24 h
  // The merge of main is nobody's work.
  // In order: 20 min, 2 h, 12 h, 24 h, 24 h | 24 h, 24 h, 24 h, 28 h, 30 h; the 9th of ten is 28 h.
  expect(report.throughput.leadTime).toEqual({ count: 10, median: 24 * hours, p90: 28 * hours });
});

test("stability", () => {
  const { stability } = report;
  // Open is api 2 alone: of api 3 an incident tells.
  expect(stability).toMatchObject({ known: 9, open: 1, failed: 4, rolledBack: 1 });
  // shop 2, shop 5, api 1, api 3 of nine.
  expect(stability.changeFailureRate).toBe(4 / 9);
  expect(named(stability.failures)).toEqual(["shop 2", "shop 5", "api 1", "api 3"]);
  expect(stability.failures.map(({ how, recoveredAfter }) => [how, recoveredAfter])).toEqual([
    // 3rd 10:00 → rolled back 10:40
    ["rolled back", 40 * minutes],
    // 9th 12:00 → said to be well 15:00, before shop 4 replaced it
    ["follow-up", 3 * hours],
    // 11th 9:40 → replaced by api 2 on the 13th 10:00
    ["follow-up", 48 * hours + 20 * minutes],
    ["incident", null],
  ]);
  // shop 2: 10:00 → incident 10:10; shop 5: 12:00 → 13:00; api 1: 9:40 → 10:00; api 3: 15:00 → incident 18:00.
  // 10, 20 | 60, 180 minutes; nine of ten of four is the fourth.
  expect(stability.timeToDetect).toEqual({ count: 4, median: 40 * minutes, p90: 3 * hours });
  // 40 min, 3 h, 48 h 20 min: the middle one; nine of ten of three is the third.
  expect(stability.timeToRecover).toEqual({ count: 3, median: 3 * hours, p90: 48 * hours + 20 * minutes });
  expect(stability.unrecovered).toBe(1);
  // Incidents of shop 2 and api 3; red tests of shop 1 (1), shop 3 (2), shop 6 (1): 2 of 6 were found too late.
  expect(stability).toMatchObject({ escaped: 2, caught: 4, escapeRate: 2 / 6 });
});

test("where the time went", () => {
  const { waiting } = report;
  // 2, 1, 4, 12, 1 (shop 1 to 5), 1, 1 (api 1, 2), 2 (shop 7), 6 (api 3) hours; shop 6 was never ready.
  // In order: 1, 1, 1, 1, (2), 2, 4, 6, 12; the 9th of nine is 12.
  expect(waiting.openedToReady).toEqual({ count: 9, median: 2 * hours, p90: 12 * hours });
  expect(waiting.neverReady).toBe(1);
  //           both   machines  people  neither
  // shop 1    1                1
  // shop 2    0.5              0.5
  // shop 3    1      3
  // shop 4    2                10
  // shop 5    0.5              0.5
  // api 1     0.5    0.5                        until the override
  // api 2     0.25             0.5     0.25
  // shop 7    1                1
  // api 3     1      5
  expect(waiting.waitedFor).toEqual({
    both: 7.75 * hours,
    machines: 8.5 * hours,
    people: 13.5 * hours,
    neither: 0.25 * hours,
  });
  // 30, 0, 0, 720, 60, 10, 30, 60, 60 minutes; in order 0, 0, 10, 30, (30), 60, 60, 60, 720.
  expect(waiting.readyToMerged).toEqual({ count: 9, median: 30 * minutes, p90: 12 * hours });
  // Seen by an item: 30, 60, 0, 0, 30, 30, 30, 0 minutes; in order 0, 0, 0, (30, 30), 30, 30, 60.
  expect(waiting.mergedToProduction).toEqual({ count: 8, median: 30 * minutes, p90: 60 * minutes });
});

test("the slowest items, and those that found nothing", () => {
  expect(report.items).toEqual([
    {
      id: "plan",
      title: "Rollback plan confirmed",
      decidedBy: "people",
      kind: "manual",
      releases: 10,
      // 2, 1, 1, 12, 1 (shop 1 to 5), 0.5 (api 1), 2 (shop 7), 1 (api 3) hours; waived in api 2, missing in shop 6.
      // In order 0.5, 1, 1, (1, 1), 2, 2, 12.
      wait: { count: 8, median: 1 * hours, p90: 12 * hours },
      // shop 1 (1 h), shop 2 (0.5), shop 4 (10), shop 5 (0.5), api 2 (0.5), shop 7 (1); in api 1 the tests were open still.
      last: 6,
      alone: 13.5 * hours,
      caught: 0,
      waived: 1,
    },
    {
      id: "e2e",
      title: "End-to-end tests pass",
      decidedBy: "app",
      kind: "check",
      releases: 10,
      // 1, 0.5, 4, 2, 0.5 (shop 1 to 5), 0.25 (api 2), 1 (shop 7), 6 (api 3) hours.
      // In order 0.25, 0.5, 0.5, (1, 1), 2, 4, 6.
      wait: { count: 8, median: 1 * hours, p90: 6 * hours },
      // shop 3 (3 h) and api 3 (5 h).
      last: 2,
      alone: 8 * hours,
      caught: 4,
      waived: 0,
    },
  ]);
  expect(report.quiet.items.map(({ id }) => id)).toEqual(["plan"]);
  expect(reportOf(ten, { period: fourWeeks, quietAfter: 11 }).quiet.items).toEqual([]);
});

test("exceptions", () => {
  const { exceptions } = report;
  expect(named(exceptions.waivers)).toEqual(["api 2"]);
  expect(named(exceptions.overrides)).toEqual(["api 1"]);
  expect(exceptions.bypasses).toMatchObject([{ release: { pull: 6 }, by: "root", missing: 2 }]);
  // The plan of all but api 2 (waived) and shop 6 (missing).
  expect(exceptions.signOffs).toBe(8);
  // alice signed shop 5, which holds her commit.
  expect(exceptions.byContributors).toMatchObject([
    { release: { repository: "acme/shop", pull: 5 }, by: "alice" },
  ]);
});

test("the releases, oldest first", () => {
  expect(report.repositories).toEqual(["acme/api", "acme/shop"]);
  expect(named(report.releases)).toEqual([
    "shop 1",
    "shop 2",
    "shop 3",
    "shop 5",
    "shop 4",
    "api 1",
    "api 2",
    "shop 6",
    "shop 7",
    "api 3",
  ]);
  expect(report.releases[3]).toMatchObject({
    outcome: "successful",
    failed: true,
    seen: true,
    openedToReady: 1 * hours,
  });
  expect(report.releases[4]).toMatchObject({ production: march("10 08:00"), seen: false });
});

test("nothing in the period gives no figure instead of a wrong one", () => {
  const empty = reportOf([], { period: fourWeeks, quietAfter: 5 });
  expect(empty.throughput).toMatchObject({
    releases: 0,
    perWeek: 0,
    leadTime: { count: 0, median: null, p90: null },
  });
  expect(empty.stability).toMatchObject({ changeFailureRate: null, escapeRate: null });
  expect(empty.throughput.weeks).toHaveLength(4);
});

test("a success that was said before the incident is no recovery", () => {
  const record = release({
    repo: "shop",
    pull: 1,
    opened: "02 08:00",
    ready: "02 09:00",
    merged: "02 10:00",
    deployed: "02 10:00",
    commits: {},
    e2e: "02 08:30",
    plan: "02 08:30",
    outcomes: { "02 11:00": "successful" },
    incident: "03 09:00",
  });
  const { stability } = reportOf([record], { period: fourWeeks, quietAfter: 5 });
  expect(stability).toMatchObject({ failed: 1, unrecovered: 1 });
});
