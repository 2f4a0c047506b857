import { IANAZone } from "luxon";
import * as z from "zod";
import { parseDate } from "../../windows/date.ts";
import type { WeekRange } from "../../windows/rule.ts";
import { parseWeekRange } from "../../windows/week-range.ts";
import type { ItemBase, WindowItem } from "../checklist.ts";
import { didYouMean } from "../nearest.ts";
import { asList, line, oneOrMany, ruled } from "../schema/fields.ts";
import { strict } from "../schema/strict.ts";
import { quoted } from "../words.ts";
import type { Values } from "./kind.ts";

const timezone = ruled((value) =>
  IANAZone.isValidZone(value)
    ? null
    : `${quoted(value)} is no time zone${didYouMean(value, Intl.supportedValuesOf("timeZone")) || ': write one such as "Europe/Berlin"'}`,
);

const range = ruled((value) => {
  const parsed = parseWeekRange(value);
  return typeof parsed === "string" ? `${quoted(value)} ${parsed}` : null;
});

const date = ruled((value) =>
  parseDate(value) === null ? `${quoted(value)} is no date: write it as in "2026-12-20"` : null,
);

const closed = strict({
  from: date.describe("The first day, as in `2026-12-20`."),
  through: date.optional().describe("The last day. Without it: the first day alone."),
  reason: line(200).optional().describe("Why; the check says it."),
}).check((context) => {
  const { from, through } = context.value;
  if (context.issues.length > 0 || through === undefined || from <= through) return;
  const message = `${quoted(through)} comes before ${quoted(from)}`;
  context.issues.push({ code: "custom", message, input: through, path: ["through"] });
});

const hours = {
  open: oneOrMany(range)
    .optional()
    .describe("Weekly times at which it may be merged. Without it: at all times that are not closed."),
  warn: oneOrMany(range)
    .optional()
    .describe("Weekly times at which it may be merged as well, with a warning in the check."),
};

/** What a template can say: it knows neither the time zone nor the holidays of those who extend it. */
export const templateWindow = strict(hours);

export const shape = {
  window: strict({
    timezone: timezone.describe("Time zone of all times, as in `Europe/Berlin`."),
    ...hours,
    closed: z.array(closed).min(1).max(100).optional().describe("Days on which it must not be merged."),
  })
    .optional()
    .describe("When the release may be merged."),
};

/** Decided by the time. */
export const window = {
  key: "window" as const,
  shape,
  says: 'is decided by "window"',
  resolve(base: ItemBase, raw: Values<typeof shape>): WindowItem {
    const { window } = raw;
    if (window === undefined) throw new Error(`Item ${base.id} has no window`);
    return {
      ...base,
      kind: "window",
      window: {
        timezone: window.timezone,
        open: window.open === undefined ? null : asList(window.open).map(accepted),
        warn: window.warn === undefined ? [] : asList(window.warn).map(accepted),
        closed: (window.closed ?? []).map(({ from, through, reason }) => ({
          from,
          through: through ?? from,
          reason: reason?.trim() ?? null,
        })),
      },
    };
  },
};

/** For texts that the schema has already accepted. */
function accepted(text: string): WeekRange {
  const parsed = parseWeekRange(text);
  if (typeof parsed === "string") throw new Error(parsed);
  return parsed;
}
