import type { Period } from "../../domain/report/throughput.ts";
import { Cannot } from "../cannot.ts";

const day = 86_400_000;
const units: Readonly<Record<string, number>> = { d: day, w: 7 * day };

/**
 * `180d`, `26w` or a date, up to a date or now. Both days count.
 *
 * @param now Milliseconds since the epoch.
 */
export function readPeriod(since: string, until: string | undefined, now: number): Period {
  const to = until === undefined ? now : endOf(until);
  const [, number, unit = ""] = /^(\d{1,4})([dw])$/.exec(since) ?? [];
  const from = number === undefined ? startOf(since, "--since") : to - Number(number) * (units[unit] ?? 0);
  if (from >= to) throw new Cannot(`--since ${since} is not before the end of the period.`);
  return { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
}

const endOf = (text: string): number => startOf(text, "--until") + day;

function startOf(text: string, option: string): number {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(time)) {
    const also = option === "--since" ? ", or a time back from the end such as 180d or 26w" : "";
    throw new Cannot(`${option} must be a date such as 2026-03-01${also}, not "${text}".`);
  }
  return time;
}
