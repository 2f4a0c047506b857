/**
 * `destructive`: data is gone afterwards, only a backup brings it back. `risky`: it can block, rewrite, fail on
 * data, or break the release that still runs. `unparsed`: nobody looked into it; it counts as risky.
 */
export type Severity = "destructive" | "risky" | "unparsed";

/** One thing to know before the SQL of a file runs in production. */
export interface MigrationFinding {
  readonly severity: Severity;
  readonly file: string;
  /** 1 for the first. */
  readonly line: number;
  /** The statement on one line, cut, without comments, literals or control characters. Not escaped for Markdown. */
  readonly statement: string;
  readonly why: string;
  readonly whatInstead: string;
}

export type Risk = "harmless" | "risky" | "destructive";

export interface MigrationFindings {
  readonly file: string;
  readonly risk: Risk;
  /** By line; at most `maxFindings`, the worst first kept. */
  readonly findings: readonly MigrationFinding[];
  /** How many there are of each, listed or not. */
  readonly count: Readonly<Record<Severity, number>>;
}

const maxFindings = 50;
const order: Readonly<Record<Severity, number>> = { destructive: 0, risky: 1, unparsed: 2 };

/** What was found in one file, with the bounds that keep it showable. */
export function findingsOf(file: string, found: readonly MigrationFinding[]): MigrationFindings {
  const count = { destructive: 0, risky: 0, unparsed: 0 };
  for (const { severity } of found) count[severity]++;
  const kept = found
    .toSorted((a, b) => order[a.severity] - order[b.severity])
    .slice(0, maxFindings)
    .sort((a, b) => a.line - b.line);
  const risk = count.destructive > 0 ? "destructive" : found.length > 0 ? "risky" : "harmless";
  return { file, risk, findings: kept, count };
}
