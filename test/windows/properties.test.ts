import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { DateTime } from "luxon";
import { nextChange, nextOpening } from "../../src/domain/windows/next.ts";
import type { WindowRule } from "../../src/domain/windows/rule.ts";
import { sameStanding, standingAt } from "../../src/domain/windows/standing.ts";

const minute = 60_000;
/** All offsets in use, and all changes of clocks, lie on quarters of an hour. */
const step = 15 * minute;
const day = 24 * 60 * minute;

/** Zones that change their clocks by an hour, by half an hour, at midnight, or never. */
const zones = [
  "Europe/Berlin",
  "America/New_York",
  "Australia/Lord_Howe",
  "America/Santiago",
  "Africa/Cairo",
  "Asia/Kathmandu",
  "Pacific/Chatham",
  "America/Havana",
  "UTC",
];

/** Around changes of clocks in these zones, and around ends of years. */
const moments = fc
  .tuple(
    fc.constantFrom(
      "2026-03-08T07:00Z",
      "2026-03-29T01:00Z",
      "2026-04-04T15:00Z",
      "2026-04-05T03:00Z",
      "2026-04-23T22:00Z",
      "2026-09-06T04:00Z",
      "2026-10-03T15:30Z",
      "2026-10-25T01:00Z",
      "2026-10-29T21:00Z",
      "2026-11-01T06:00Z",
      "2026-12-31T23:00Z",
      "2027-02-28T12:00Z",
      "2028-02-29T12:00Z",
    ),
    fc.integer({ min: -2 * 96, max: 2 * 96 }),
  )
  .map(([text, quarters]) => Date.parse(text) + quarters * step);

const ranges = fc.array(
  fc
    .record({
      days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
      from: fc.integer({ min: 0, max: 95 }),
      length: fc.integer({ min: 1, max: 96 }),
    })
    .map(({ days, from, length }) => ({ days, from: from * 15, to: Math.min(from + length, 96) * 15 })),
  { minLength: 1, maxLength: 3 },
);

const rules: fc.Arbitrary<WindowRule> = fc.record({
  timezone: fc.constantFrom(...zones),
  open: fc.option(ranges, { nil: null }),
  warn: fc.oneof(fc.constant([]), ranges),
  closed: fc.array(
    fc.record({ start: moments, days: fc.integer({ min: 0, max: 3 }) }).map(({ start, days }) => ({
      from: new Date(start).toISOString().slice(0, 10),
      through: new Date(start + days * day).toISOString().slice(0, 10),
      reason: null,
    })),
    { maxLength: 2 },
  ),
});

/** What the clock on the wall shows, by luxon's own formatting, and what that means. */
function expected(rule: WindowRule, moment: number): string {
  const local = DateTime.fromMillis(moment, { zone: rule.timezone, locale: "en" });
  const date = local.toFormat("yyyy-MM-dd");
  if (rule.closed.some(({ from, through }) => from <= date && date <= through)) return "closed";
  const clock = Number(local.toFormat("H")) * 60 + Number(local.toFormat("m"));
  const within = (list: WindowRule["warn"]) =>
    list.some(
      ({ days, from, to }) => days.includes(Number(local.toFormat("E"))) && clock >= from && clock < to,
    );
  if (within(rule.warn)) return "warned";
  return rule.open === null || within(rule.open) ? "open" : "closed";
}

/** The first quarter of an hour that differs, by trying each. */
function tried(now: number, days: number, differs: (moment: number) => boolean) {
  for (let moment = now + step; moment <= now + days * day; moment += step)
    if (differs(moment)) return moment;
  return null;
}

describe("for any rule, zone and moment, clock changes and ends of years among them", () => {
  test("the standing is what luxon's clock on the wall says", () => {
    fc.assert(
      fc.property(rules, moments, (rule, now) => {
        expect(standingAt(rule, now).kind).toBe(expected(rule, now));
      }),
      { numRuns: 500 },
    );
  });

  test("the next change is the first moment that differs", () => {
    fc.assert(
      fc.property(rules, moments, (rule, now) => {
        const standing = standingAt(rule, now);
        const first = tried(now, 2, (moment) => !sameStanding(standing, standingAt(rule, moment)));
        const found = nextChange(rule, now, 3);
        if (first === null) expect(found === null || found > now + 2 * day).toBe(true);
        else expect(found).toBe(first);
      }),
      { numRuns: 150 },
    );
  });

  test("the next opening is the first moment that is not closed", () => {
    fc.assert(
      fc.property(rules, moments, (rule, now) => {
        fc.pre(expected(rule, now) === "closed");
        const first = tried(now, 3, (moment) => expected(rule, moment) !== "closed");
        const found = nextOpening(rule, now);
        if (first === null) expect(found === null || found > now + 3 * day).toBe(true);
        else expect(found).toBe(first);
      }),
      { numRuns: 100 },
    );
  });
});
