import { harmless } from "../harmless.ts";
import type { Paint, Style } from "../paint.ts";
import { type Diagnosis, type Level, levels } from "./diagnosis.ts";
import type { Examined } from "./examined.ts";

const marks: Readonly<Record<Level, readonly [string, Style]>> = {
  problem: ["✖", "red"],
  warning: ["▲", "yellow"],
  unseen: ["?", "cyan"],
  note: ["·", "dim"],
  fine: ["✔", "green"],
};

/** The findings for people, the worst first, and how many of each there are. */
export function asText({ account, repositories }: Examined, paint: Paint): string {
  const sections = [
    ...(account === null ? [] : [{ name: account.name, diagnoses: account.diagnoses }]),
    ...repositories,
  ];
  const all = sections.flatMap(({ diagnoses }) => diagnoses);
  const blocks = sections.map(({ name, diagnoses }) =>
    [paint("bold", name), ...sorted(diagnoses).flatMap((one) => lines(one, paint))].join("\n"),
  );
  return [...blocks, summary(all)].join("\n\n");
}

const sorted = (diagnoses: readonly Diagnosis[]): Diagnosis[] =>
  diagnoses.toSorted((a, b) => levels.indexOf(a.level) - levels.indexOf(b.level));

function lines({ level, about, says, fix }: Diagnosis, paint: Paint): string[] {
  const [mark, style] = marks[level];
  return [
    `  ${paint(style, mark)} ${about}: ${harmless(says)}`,
    ...fix.map((line, index) => `      ${index === 0 ? "→" : " "} ${harmless(line)}`),
  ];
}

function summary(all: readonly Diagnosis[]): string {
  const count = (level: Level) => all.filter((one) => one.level === level).length;
  const parts = [
    counted(count("problem"), "problem"),
    counted(count("warning"), "warning"),
    ...(count("unseen") === 0 ? [] : [`${counted(count("unseen"), "thing")} that could not be seen`]),
  ];
  return `${parts.slice(0, -1).join(", ")}${parts.length > 2 ? ", and " : ", "}${parts.at(-1)}.`;
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? "" : "s"}`;
