import * as z from "zod";
import type { ItemBase, WaitItem } from "../checklist.ts";
import { ruled } from "../schema/fields.ts";
import { strict } from "../schema/strict.ts";
import { quoted } from "../words.ts";
import { environment } from "./deployment.ts";
import type { Values } from "./kind.ts";

const units: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };
const longest = 30 * 86_400_000;

/** Milliseconds that `30m`, `1h 30m` or `2d` stand for; null when it is no such text. */
export function milliseconds(text: string): number | null {
  if (!/^\s*(?:\d{1,4}\s*[mhd]\s*)+$/.test(text)) return null;
  let sum = 0;
  for (const [, count, unit = ""] of text.matchAll(/(\d+)\s*([mhd])/g))
    sum += Number(count) * (units[unit] ?? 0);
  return sum;
}

const duration = ruled((value) => {
  const time = milliseconds(value);
  if (time === null)
    return `${quoted(value)} is no time: write minutes, hours or days, such as "30m", "24h" or "2d"`;
  return time > 0 && time <= longest ? null : `${quoted(value)} is not between one minute and 30 days`;
});

export const shape = {
  wait: z
    .union([
      duration,
      strict({
        for: duration.describe("How long: `30m`, `24h`, `2d`."),
        environment: environment.optional().describe("The environment whose deployment starts it."),
      }),
    ])
    .optional()
    .describe(
      "After the merge: so long the release must have run. It starts with the deployment to `environment`; without one, with those that items of this checklist name after the merge; where there are none, when all items of the phase `deploy` are done, or with the merge.",
    ),
};

/** Decided by the time since the deployment. */
export const wait = {
  key: "wait" as const,
  shape,
  says: 'is decided by "wait"',
  resolve(base: ItemBase, raw: Values<typeof shape>): WaitItem {
    if (raw.wait === undefined) throw new Error(`Item ${base.id} has no time`);
    const given = typeof raw.wait === "string" ? { for: raw.wait } : raw.wait;
    return {
      ...base,
      kind: "wait",
      wait: { milliseconds: milliseconds(given.for) ?? 0, environment: given.environment ?? null },
    };
  },
};
