import { DateTime } from "luxon";

/** The ISO date that a text is; null when there is no such day. */
export function parseDate(text: string): string | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  return DateTime.fromISO(text, { zone: "utc" }).isValid ? text : null;
}
