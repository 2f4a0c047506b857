import type { DefElem, Node } from "libpg-query";
import { as } from "./ast.ts";
import { tokens } from "./lexer.ts";
import { positionOf } from "./position.ts";

/** The body of a `DO` block or function that stands as a text in the statement. */
export interface ProcedureBody {
  readonly language: string;
  readonly sql: string;
  /** The whole statement, which the parser of PL/pgSQL wants. */
  readonly statement: string;
  /** Position of the body's first character in the statement. */
  readonly start: number;
}

/** Null for a body that is no text, such as `BEGIN ATOMIC … END`: it stands in the tree. */
export function bodyOf(statement: string, node: Node): ProcedureBody | null {
  const options = as(node, "DoStmt")?.args ?? as(node, "CreateFunctionStmt")?.options ?? [];
  const of = (name: string): DefElem | undefined =>
    options.map((option) => as(option, "DefElem")).find((option) => option?.defname === name);
  const text = of("as");
  const sql = as(text?.arg, "String")?.sval ?? as(as(text?.arg, "List")?.items?.[0], "String")?.sval;
  if (text === undefined || sql === undefined) return null;
  const language = as(of("language")?.arg, "String")?.sval?.toLowerCase() ?? "plpgsql";
  return { language, sql, statement, start: bodyStart(statement, positionOf(statement, text.location ?? 0)) };
}

/** Behind the quote or dollar tag that opens the first literal from here. */
function bodyStart(statement: string, from: number): number {
  for (const { kind, start, end } of tokens(statement, from)) {
    if (kind === "dollar") return statement.indexOf("$", start + 1) + 1;
    if (kind === "string") return statement.indexOf("'", start) + 1;
    if (end >= statement.length) break;
  }
  return from;
}
