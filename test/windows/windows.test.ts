import { describe, expect, test } from "@jest/globals";
import { decideWindow } from "../../src/domain/windows/decide.ts";
import { nextChange, nextOpening } from "../../src/domain/windows/next.ts";
import { standingAt } from "../../src/domain/windows/standing.ts";
import { parseWeekRange } from "../../src/domain/windows/week-range.ts";
import { at, inZone, rule } from "./times.ts";

const hour = 60 * 60_000;

describe("weekly times", () => {
  test.each([
    ["Tue-Thu 10:00-14:00", [2, 3, 4], 600, 840],
    ["Mon 10:00-14:00", [1], 600, 840],
    ["Mon,Wed 09:30-12:00", [1, 3], 570, 720],
    ["Fri-Mon", [1, 5, 6, 7], 0, 1_440],
    ["Mon-Wed,Wed-Thu 00:00-24:00", [1, 2, 3, 4], 0, 1_440],
    ["  Sun   23:59-24:00 ", [7], 1_439, 1_440],
  ])("%s", (text, days, from, to) => {
    expect(parseWeekRange(text)).toEqual({ days, from, to });
  });

  test.each([
    ["", "names no days of the week"],
    ["10:00-14:00", "names no days of the week"],
    ["Tuesday 10:00-14:00", "names no days of the week"],
    ["tue 10:00-14:00", "names no days of the week"],
    ["Tue-Thu-Fri 10:00-14:00", "names no days of the week"],
    ["Tue-Thu 10-14", "has no hours"],
    ["Tue-Thu 10:00", "has no hours"],
    ["Tue-Thu 10:00 - 14:00", "is no weekly time"],
    ["Tue-Thu 10:60-14:00", "names a time that no clock shows"],
    ["Tue-Thu 24:00-24:00", "names a time that no clock shows"],
    ["Tue-Thu 10:00-25:00", "names a time that no clock shows"],
    ["Tue-Thu 22:00-02:00", "ends before it begins"],
    ["Tue-Thu 10:00-10:00", "ends before it begins"],
  ])("%s is none", (text, because) => {
    expect(parseWeekRange(text)).toContain(because);
  });
});

describe("a window", () => {
  const window = rule({
    open: ["Tue-Thu 10:00-14:00"],
    warn: ["Mon 10:00-14:00"],
    closed: [
      { from: "2026-12-20", through: "2027-01-03", reason: "Holidays" },
      { from: "2026-03-11", through: "2026-03-11", reason: null },
    ],
  });

  test.each([
    ["2026-03-03T09:59", "closed", "Tue 2026-03-03 10:00 +01:00"],
    ["2026-03-03T10:00", "open", "Tue 2026-03-03 14:00 +01:00"],
    ["2026-03-03T13:59", "open", "Tue 2026-03-03 14:00 +01:00"],
    ["2026-03-03T14:00", "closed", "Wed 2026-03-04 10:00 +01:00"],
    ["2026-03-06T12:00", "closed", "Mon 2026-03-09 10:00 +01:00"],
    ["2026-03-09T10:00", "warned", "Mon 2026-03-09 14:00 +01:00"],
    ["2026-03-11T11:00", "closed", "Thu 2026-03-12 00:00 +01:00"],
    // The last day before the clocks go forward in Berlin is Saturday, 28 March.
    ["2026-03-26T14:00", "closed", "Mon 2026-03-30 10:00 +02:00"],
    ["2026-10-22T14:00", "closed", "Mon 2026-10-26 10:00 +01:00"],
    // The turn of the year.
    ["2026-12-17T14:00", "closed", "Sun 2026-12-20 00:00 +01:00"],
    ["2026-12-31T23:59", "closed", "Mon 2027-01-04 00:00 +01:00"],
    ["2027-01-04T10:00", "warned", "Mon 2027-01-04 14:00 +01:00"],
  ])("at %s it is %s until %s", (moment, kind, until) => {
    expect(standingAt(window, at(moment)).kind).toBe(kind);
    expect(inZone(nextChange(window, at(moment), 40))).toBe(until);
  });

  test.each([
    ["2026-03-03T14:00", "Wed 2026-03-04 10:00 +01:00"],
    ["2026-03-10T14:00", "Thu 2026-03-12 10:00 +01:00"],
    ["2026-12-17T14:00", "Mon 2027-01-04 10:00 +01:00"],
  ])("closed at %s it opens on %s", (moment, opens) => {
    expect(inZone(nextOpening(window, at(moment)))).toBe(opens);
  });

  test("without times it is open on every day that is not closed", () => {
    const always = rule({ closed: [{ from: "2026-12-24", through: "2026-12-26", reason: null }] });
    expect(standingAt(always, at("2026-12-23T23:59")).kind).toBe("open");
    expect(standingAt(always, at("2026-12-24T00:00")).kind).toBe("closed");
    expect(inZone(nextOpening(always, at("2026-12-24T00:00")))).toBe("Sun 2026-12-27 00:00 +01:00");
  });

  test("may never open", () => {
    const never = rule({
      open: ["Mon 10:00-11:00"],
      closed: [{ from: "2026-01-01", through: "2029-01-01", reason: null }],
    });
    expect(nextOpening(never, at("2026-03-03T10:00"))).toBeNull();
    expect(decideWindow(never, at("2026-03-03T10:00"))).toMatchObject({
      state: "failed",
      summary: "closed, does not open within a year",
    });
  });

  test("an hour that the clock leaves out never was, and one that it shows twice counts twice", () => {
    const night = rule({ open: ["Sun 02:00-03:00"] });
    // 29 March 2026: after 01:59 comes 03:00.
    expect(inZone(nextOpening(night, at("2026-03-29T01:00")))).toBe("Sun 2026-04-05 02:00 +02:00");
    // 25 October 2026: after 02:59 comes 02:00 again.
    const opens = nextOpening(night, at("2026-10-25T01:00")) ?? 0;
    expect(inZone(opens)).toBe("Sun 2026-10-25 02:00 +02:00");
    expect((nextChange(night, opens, 2) ?? 0) - opens).toBe(2 * hour);
  });

  test("is decided anew when it changes, and at least once a day", () => {
    expect(decideWindow(window, at("2026-03-03T13:00")).again).toBe(hour);
    expect(decideWindow(window, at("2026-03-05T14:00")).again).toBe(24 * hour);
  });
});
