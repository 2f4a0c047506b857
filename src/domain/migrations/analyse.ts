import { Analysis } from "./analysis.ts";
import { oneLine } from "./excerpt.ts";
import { findingsOf, type MigrationFindings } from "./finding.ts";
import { loadParser } from "./parser.ts";

export interface AnalyseOptions {
  /** Bytes of UTF-8 above which a file is not looked into: one million when not given. */
  readonly maxBytes?: number;
  /** Awaited now and then while a big file is read, so that others get their turn; may throw to end it. */
  readonly pause?: () => Promise<void>;
}

const defaultMaxBytes = 1_000_000;

/**
 * What the SQL of one migration can do to a production database, read with PostgreSQL's own parser. Nothing is
 * executed, and no database is asked: a table counts as big and busy unless the file itself creates it. The time
 * grows with the length of the file, about a second for a million bytes.
 */
export async function analyseMigration(
  sql: string,
  file: string,
  { maxBytes = defaultMaxBytes, pause }: AnalyseOptions = {},
): Promise<MigrationFindings> {
  if (isLonger(sql, maxBytes)) return unread(file, `it is longer than ${maxBytes} bytes`);
  const analysis = new Analysis(await loadParser(), file);
  await analysis.read(sql, pause);
  return findingsOf(file, analysis.findings);
}

/** A file that nobody looked into. It counts as risky. */
export function unread(file: string, because: string): MigrationFindings {
  return findingsOf(file, [
    {
      severity: "unparsed",
      file,
      line: 1,
      statement: "",
      why: `The file was not looked into: ${oneLine(because)}.`,
      whatInstead: "Read it, and say in the release what it does.",
    },
  ]);
}

const isLonger = (text: string, bytes: number): boolean =>
  text.length > bytes || (text.length * 3 > bytes && new TextEncoder().encode(text).length > bytes);
