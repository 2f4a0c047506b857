import type { WeekRange } from "./rule.ts";

const names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const;
const example = 'write it as in "Tue-Thu 10:00-14:00"';
const time = /^(\d{2}):(\d{2})-(\d{2}):(\d{2})$/;

/** Reads `Tue-Thu 10:00-14:00`, `Mon,Wed 09:00-12:00` or `Sat-Sun`; the rest of a sentence about the text when it is none. */
export function parseWeekRange(text: string): WeekRange | string {
  const [daysText = "", timeText, ...rest] = text.trim().split(/\s+/);
  if (rest.length > 0) return `is no weekly time: ${example}`;
  const days: number[] = [];
  for (const part of daysText.split(",")) {
    const [first = "", last = first, ...more] = part.split("-");
    const [start, end] = [dayOf(first), dayOf(last)];
    if (more.length > 0 || start === 0 || end === 0)
      return `names no days of the week: ${example}, with the days ${names.join(", ")}`;
    // Over the weekend it goes on with Monday: Fri-Mon.
    for (let day = start; ; day = (day % 7) + 1) {
      days.push(day);
      if (day === end) break;
    }
  }
  const hours = timeText === undefined ? { from: 0, to: 1_440 } : parseHours(timeText);
  if (typeof hours === "string") return hours;
  return { days: [...new Set(days)].sort((a, b) => a - b), ...hours };
}

const dayOf = (name: string): number => (names as readonly string[]).indexOf(name) + 1;

function parseHours(text: string): { from: number; to: number } | string {
  const match = time.exec(text);
  if (match === null) return `has no hours like "10:00-14:00"`;
  const [fromHour = 0, fromMinute = 0, toHour = 0, toMinute = 0] = match.slice(1).map(Number);
  const from = fromHour * 60 + fromMinute;
  const to = toHour * 60 + toMinute;
  if (fromMinute > 59 || toMinute > 59 || from >= 1_440 || to > 1_440)
    return "names a time that no clock shows: the day goes from 00:00 to 24:00";
  if (from >= to) return "ends before it begins: for hours over midnight give two, the first to 24:00";
  return { from, to };
}
