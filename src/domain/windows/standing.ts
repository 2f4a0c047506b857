import { DateTime } from "luxon";
import type { ClosedDays, WeekRange, WindowRule } from "./rule.ts";

/** How a window stands at one moment. */
export type Standing =
  | { readonly kind: "open" }
  | { readonly kind: "warned" }
  /** `days` is null outside the weekly times. */
  | { readonly kind: "closed"; readonly days: ClosedDays | null };

/**
 * The standing by the clock on the wall: an hour that a clock shows twice counts twice, one that it leaves out never
 * was.
 *
 * @param at Milliseconds since the epoch.
 */
export function standingAt(rule: WindowRule, at: number): Standing {
  const local = DateTime.fromMillis(at, { zone: rule.timezone });
  const date = local.toISODate() ?? "";
  const days = rule.closed.find(({ from, through }) => from <= date && date <= through);
  if (days !== undefined) return { kind: "closed", days };
  const minutes = local.hour * 60 + local.minute;
  const within = ({ days, from, to }: WeekRange): boolean =>
    days.includes(local.weekday) && from <= minutes && minutes < to;
  if (rule.warn.some(within)) return { kind: "warned" };
  return rule.open === null || rule.open.some(within) ? { kind: "open" } : { kind: "closed", days: null };
}

export const sameStanding = (a: Standing, b: Standing): boolean =>
  a.kind === b.kind && (a.kind !== "closed" || b.kind !== "closed" || a.days === b.days);
