import { DateTime } from "luxon";
import type { WindowRule } from "../../src/domain/windows/rule.ts";
import { parseWeekRange } from "../../src/domain/windows/week-range.ts";

/** A moment by the clock on a wall: `2026-03-03T10:00`. */
export const at = (text: string, zone = "Europe/Berlin"): number => {
  const moment = DateTime.fromISO(text, { zone });
  if (!moment.isValid) throw new Error(`${text} is no time in ${zone}`);
  return moment.toMillis();
};

export const inZone = (moment: number | null, zone = "Europe/Berlin"): string =>
  moment === null
    ? "never"
    : DateTime.fromMillis(moment, { zone, locale: "en-GB" }).toFormat("ccc yyyy-MM-dd HH:mm ZZ");

interface Written {
  readonly timezone?: string;
  readonly open?: readonly string[];
  readonly warn?: readonly string[];
  readonly closed?: WindowRule["closed"];
}

export const rule = ({ timezone = "Europe/Berlin", open, warn = [], closed = [] }: Written): WindowRule => ({
  timezone,
  open: open?.map(range) ?? null,
  warn: warn.map(range),
  closed,
});

export const range = (text: string) => {
  const parsed = parseWeekRange(text);
  if (typeof parsed === "string") throw new Error(`${text} ${parsed}`);
  return parsed;
};
