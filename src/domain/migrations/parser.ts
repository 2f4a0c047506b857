import type { Node } from "libpg-query";
import { nestsTooDeep } from "./depth.ts";

/** PostgreSQL's own parser. It reads everything at once and knows nothing of tables. */
export interface Parser {
  /** The statements of a text, or why it is no SQL. */
  statements(sql: string): Parsed<readonly Node[]>;
  /** The body of a `DO` block or of a function in PL/pgSQL, from its whole statement. */
  procedure(sql: string): Parsed<unknown>;
}

export type Parsed<Result> = { readonly result: Result } | { readonly problem: string };

/** Set when the parser broke off for want of stack or memory: it cannot be trusted after that. */
let broken = false;

/** Loads the parser's WebAssembly, 1.7 MB, at the first call. */
export async function loadParser(): Promise<Parser> {
  const { loadModule, parseSync, parsePlPgSQLSync } = await import("libpg-query");
  await loadModule();
  const parse = <Result>(read: () => Result): Parsed<Result> => {
    if (broken) throw new Error("PostgreSQL's parser broke off, and cannot be used until the next start");
    try {
      return { result: read() };
    } catch (error) {
      // WebAssembly's own errors are named RuntimeError.
      broken = error instanceof RangeError || (error instanceof Error && error.name === "RuntimeError");
      if (broken || !(error instanceof Error)) throw error;
      return { problem: error.message };
    }
  };
  return {
    statements: (sql) =>
      nestsTooDeep(sql)
        ? { problem: "nested too deep" }
        : parse(() => (parseSync(sql).stmts ?? []).flatMap(({ stmt }) => (stmt === undefined ? [] : [stmt]))),
    procedure: (sql) => parse(() => parsePlPgSQLSync(withoutBorrowedTypes(sql))),
  };
}

/** What a look at a tree gives, or why nothing can be said: it may be nested too deep for it. */
export function attempt<Result>(look: () => Result): Parsed<Result> {
  try {
    return { result: look() };
  } catch (error) {
    if (error instanceof RangeError) return { problem: "nested too deep" };
    throw error;
  }
}

/** The parser cannot look up `users.id%TYPE` in a function's head; which type it is does not matter here. */
const withoutBorrowedTypes = (sql: string): string =>
  sql.replace(/(?<![\w."])[\w."]{1,200}%type\b/gi, (match) => "text".padEnd(match.length));
