import { type AnalyseOptions, analyseMigration } from "../../src/domain/migrations/analyse.ts";

/** The findings of a file as short lines: `destructive 3 DROP TABLE users`. */
export async function found(sql: string, options?: AnalyseOptions): Promise<string[]> {
  const { findings } = await analyseMigration(sql, "a.sql", options);
  return findings.map(({ severity, line, statement }) => `${severity} ${line} ${statement}`);
}

/** Lines joined by line breaks. */
export const lines = (...text: readonly string[]): string => text.join("\n");
