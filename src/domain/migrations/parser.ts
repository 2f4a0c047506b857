import type { Node } from "libpg-query";

/** PostgreSQL's own parser. It reads everything at once and knows nothing of tables. */
export interface Parser {
  /** The statements of a text, or why it is no SQL. */
  statements(sql: string): Parsed<readonly Node[]>;
  /** The body of a `DO` block or of a function in PL/pgSQL, from its whole statement. */
  procedure(sql: string): Parsed<unknown>;
}

export type Parsed<Result> = { readonly result: Result } | { readonly problem: string };

/** Loads the parser's WebAssembly, 1.7 MB, at the first call. */
export async function loadParser(): Promise<Parser> {
  const { loadModule, parseSync, parsePlPgSQLSync } = await import("libpg-query");
  await loadModule();
  return {
    statements: (sql) =>
      attempt(() => (parseSync(sql).stmts ?? []).flatMap(({ stmt }) => (stmt === undefined ? [] : [stmt]))),
    procedure: (sql) => attempt(() => parsePlPgSQLSync(withoutBorrowedTypes(sql))),
  };
}

/** What a look gives, or why nothing can be said. A tree that is nested too deep ends in a RangeError. */
export function attempt<Result>(look: () => Result): Parsed<Result> {
  try {
    return { result: look() };
  } catch (error) {
    if (error instanceof RangeError) return { problem: "nested too deep" };
    if (error instanceof Error) return { problem: error.message };
    throw error;
  }
}

/** The parser cannot look up `users.id%TYPE` in a function's head; which type it is does not matter here. */
const withoutBorrowedTypes = (sql: string): string =>
  sql.replace(/(?<![\w."])[\w."]{1,200}%type\b/gi, (match) => "text".padEnd(match.length));
