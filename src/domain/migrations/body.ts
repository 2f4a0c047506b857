import type { DefElem, Node } from "libpg-query";
import { as } from "./ast.ts";
import { tokens } from "./lexer.ts";
import { positionOf } from "./position.ts";

/** The body of a `DO` block or function. */
export type ProcedureBody = TextBody | ParsedBody;

interface TextBody {
  readonly kind: "text";
  readonly language: string;
  readonly sql: string;
  /** The whole statement, which the parser of PL/pgSQL wants. */
  readonly statement: string;
  /** Position of the body's first character in the statement. */
  readonly start: number;
}
/** `BEGIN ATOMIC … END` or `RETURN …`: it stands in the tree of the statement. */
interface ParsedBody {
  readonly kind: "parsed";
  readonly nodes: readonly Node[];
  readonly statement: string;
}

export function bodyOf(statement: string, node: Node): ProcedureBody | null {
  const definition = as(node, "CreateFunctionStmt");
  if (definition?.sql_body !== undefined) {
    return { kind: "parsed", nodes: listed(definition.sql_body), statement };
  }
  const options = as(node, "DoStmt")?.args ?? definition?.options ?? [];
  const of = (name: string): DefElem | undefined =>
    options.map((option) => as(option, "DefElem")).find((option) => option?.defname === name);
  const text = of("as");
  const sql = as(text?.arg, "String")?.sval ?? as(as(text?.arg, "List")?.items?.[0], "String")?.sval;
  if (text === undefined || sql === undefined) return null;
  const language = as(of("language")?.arg, "String")?.sval?.toLowerCase() ?? "plpgsql";
  const start = bodyStart(statement, positionOf(statement, text.location ?? 0));
  return { kind: "text", language, sql, statement, start };
}

const listed = (node: Node): Node[] => as(node, "List")?.items?.flatMap(listed) ?? [node];

/** Behind the quote or dollar tag that opens the first literal from here. */
function bodyStart(statement: string, from: number): number {
  for (const { kind, start, end } of tokens(statement, from)) {
    if (kind === "dollar") return statement.indexOf("$", start + 1) + 1;
    if (kind === "string") return statement.indexOf("'", start) + 1;
    if (end >= statement.length) break;
  }
  return from;
}
