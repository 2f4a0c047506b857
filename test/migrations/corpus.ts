import { analyseMigration } from "../../src/domain/migrations/analyse.ts";
import type { MigrationFindings, Risk } from "../../src/domain/migrations/finding.ts";

const risks = ["destructive", "risky", "harmless"] as const satisfies readonly Risk[];

interface Judged {
  readonly file: string;
  readonly label: Risk;
  readonly findings: MigrationFindings;
}

export interface Judgement {
  /** For people: how many of each label were judged how, and every file that was judged otherwise than labelled. */
  readonly table: string;
  readonly passes: boolean;
}

/** Judges every labelled file. What is asked for: no destructive file missed, at most 5 % of the harmless flagged. */
export async function judgeCorpus(labels: unknown, read: (file: string) => string): Promise<Judgement> {
  const judged: Judged[] = [];
  for (const [file, label] of labelled(labels)) {
    judged.push({ file, label, findings: await analyseMigration(read(file), file) });
  }
  const of = (label: Risk) => judged.filter((one) => one.label === label);
  const missed = of("destructive").filter(({ findings }) => findings.risk !== "destructive");
  const harmless = of("harmless");
  const flagged = harmless.filter(({ findings }) => findings.risk !== "harmless");
  const share = harmless.length === 0 ? 0 : flagged.length / harmless.length;
  const other = judged.filter(({ label, findings }) => label !== findings.risk);
  const unparsed = judged.filter(({ findings }) => findings.count.unparsed > 0).length;
  const rows = risks.map((label) => [
    `labelled ${label}`,
    ...risks.map((risk) => String(of(label).filter(({ findings }) => findings.risk === risk).length)),
  ]);
  const table = [
    ...aligned([["", ...risks.map((risk) => `judged ${risk}`)], ...rows]),
    "",
    `${judged.length} migrations; ${unparsed} with something that could not be parsed.`,
    `Destructive ones missed: ${missed.length}.`,
    `Harmless ones flagged: ${flagged.length} of ${harmless.length} (${(share * 100).toFixed(1)} %).`,
    ...other.flatMap(described),
  ].join("\n");
  return { table, passes: judged.length > 0 && missed.length === 0 && share <= 0.05 };
}

function described({ file, label, findings }: Judged): string[] {
  const lines = findings.findings.map(
    ({ severity, line, statement, why }) => `    ${severity}, line ${line}: ${statement} (${why})`,
  );
  return ["", `${file}: labelled ${label}, judged ${findings.risk}`, ...lines];
}

function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join("  "),
  );
}

function labelled(labels: unknown): [string, Risk][] {
  if (typeof labels !== "object" || labels === null) throw new TypeError("labels.json must hold an object");
  return Object.entries(labels).map(([file, label]) => {
    const risk = risks.find((known) => known === label);
    if (risk === undefined)
      throw new TypeError(`labels.json: ${file} must be destructive, risky or harmless`);
    return [file, risk];
  });
}
