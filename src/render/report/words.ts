import type { Report } from "../../domain/report/report.ts";
import { inDuration } from "../duration.ts";

/** Where there is no value. */
export const none = "–";

export const time = (seconds: number | null): string =>
  seconds === null ? none : seconds === 0 ? "0 min" : inDuration(seconds * 1000);

export const percent = (part: number | null): string =>
  part === null ? none : `${Math.round(part * 100)} %`;

export const rounded = (value: number): string => String(Math.round(value * 10) / 10);

export const day = (at: string): string => at.slice(0, 10);

/** `3 releases`, `1 release`. */
export const count = (number: number, one: string, many = `${one}s`): string =>
  `${number} ${number === 1 ? one : many}`;

/** `a`, `a and b`, `a, b and c`. */
export const list = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? "") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;

/** For whom releases waited, in the order in which it is shown. */
export const waiters = [
  ["people", "for people alone"],
  ["machines", "for checks and deployments alone"],
  ["both", "for people and checks at once"],
  ["neither", "for something else"],
] as const;

export const waitedInAll = ({ waiting: { waitedFor } }: Report): number =>
  waiters.reduce((all, [key]) => all + waitedFor[key], 0);
