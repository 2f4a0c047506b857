import { DateTime, IANAZone } from "luxon";
import type { WindowRule } from "./rule.ts";
import { type Standing, sameStanding, standingAt } from "./standing.ts";

const minute = 60_000;
/** Days that are looked ahead for the next opening: a year and its holidays. */
const ahead = 400;

/**
 * When the standing changes next, in milliseconds since the epoch; null: not within so many days.
 *
 * @param now Milliseconds since the epoch.
 */
export const nextChange = (rule: WindowRule, now: number, days: number): number | null => {
  const standing = standingAt(rule, now);
  return firstMoment(rule, now, days, (next) => !sameStanding(standing, next));
};

/** When it may be merged again; null: not within a year. */
export const nextOpening = (rule: WindowRule, now: number): number | null =>
  firstMoment(rule, now, ahead, ({ kind }) => kind !== "closed");

function firstMoment(
  rule: WindowRule,
  now: number,
  days: number,
  matches: (standing: Standing) => boolean,
): number | null {
  const zone = IANAZone.create(rule.timezone);
  const today = DateTime.fromMillis(now, { zone }).startOf("day");
  for (let index = 0; index <= days; index++) {
    // Days of the calendar: not all of them have 24 hours.
    const found = momentsOf(rule, zone, today.plus({ days: index }))
      .filter((moment) => moment > now)
      .sort((a, b) => a - b)
      .find((moment) => matches(standingAt(rule, moment)));
    if (found !== undefined) return found;
  }
  return null;
}

/**
 * Every moment of one local day at which a standing can change: when the clock shows the beginning or end of a range,
 * under each offset that the zone has on that day, and when the clock itself is changed.
 */
function momentsOf(rule: WindowRule, zone: IANAZone, start: DateTime): number[] {
  const [from, to] = [start.toMillis(), start.plus({ days: 1 }).startOf("day").toMillis()];
  const offsets = new Set([zone.offset(from), zone.offset(to)]);
  const minutes = new Set([0, 1_440]);
  for (const range of [...(rule.open ?? []), ...rule.warn]) minutes.add(range.from).add(range.to);
  const midnight = Date.UTC(start.year, start.month - 1, start.day);
  const shown = [...minutes].flatMap((value) =>
    [...offsets].map((offset) => midnight + (value - offset) * minute),
  );
  const moments = offsets.size === 1 ? shown : [...shown, clockChange(zone, from, to)];
  return moments.filter((moment) => from <= moment && moment <= to);
}

/** The moment at which the offset changes. No zone changes it twice on one day. */
function clockChange(zone: IANAZone, from: number, to: number): number {
  let [low, high] = [from, to];
  const start = zone.offset(low);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (zone.offset(middle) === start) low = middle;
    else high = middle;
  }
  return high;
}
