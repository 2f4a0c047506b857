import { usualFiles } from "../config-file.ts";
import type { Paint } from "../paint.ts";
import type { CheckFound, Shape } from "./shape.ts";

const [usual] = usualFiles;

export interface Told {
  readonly shape: Shape;
  /** How many items the checklist has. */
  readonly items: number;
  /** Its path from here. */
  readonly file: string;
  readonly fullName: string | null;
  readonly writes: boolean;
}

/** What was found, and what to do next. */
export function told({ shape, items, file, fullName, writes }: Told, paint: Paint): string {
  const { defaultBranch, releaseBase, tool, ci, e2e, migrationCheck, migrations, staging, owners } = shape;
  const rows: readonly (readonly [string, string])[] = [
    ["default branch", defaultBranch],
    [
      "releases",
      releaseBase === null ? (tool ?? "by the usual names of branches") : `everything into ${releaseBase}`,
    ],
    ["CI", check(ci)],
    ["end-to-end tests", check(e2e)],
    [
      "migrations",
      migrations.folders.length === 0
        ? "none found"
        : `${migrations.folders.join(", ")}; tried by: ${check(migrationCheck)}`,
    ],
    ["staging", staging === null ? "none found" : staging.environment],
    ["signers", owners.length === 0 ? "anyone with write access" : owners.join(", ")],
  ];
  const repository = fullName ?? "owner/repo";
  const steps: readonly (readonly [string, string])[] = [
    [
      file === usual ? "release-checklist preview" : `release-checklist preview ${file}`,
      "see it as people will",
    ],
    ["git add, commit, push", `merge it into ${defaultBranch}, where it is read from`],
    [`release-checklist doctor ${repository}`, "see whether the gate holds"],
  ];
  const width = Math.max(...steps.map(([what]) => what.length)) + 2;
  return [
    `${writes ? paint("green", `Wrote ${file}`) : `Nothing was written. This would be ${file}`}, a checklist of ${items} items. It rests on:`,
    ...rows.map(([name, value]) => `  ${`${name}:`.padEnd(18)}${value}`),
    "",
    "Next:",
    ...steps.map(([what, why]) => `  ${what.padEnd(width)}${why}`),
  ].join("\n");
}

const check = (found: CheckFound | null): string =>
  found === null
    ? "not found"
    : "workflow" in found
      ? `the workflow ${found.workflow}`
      : `the check "${found.name}"`;
