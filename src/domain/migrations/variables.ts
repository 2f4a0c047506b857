import type { Node } from "libpg-query";
import { as, stringsOf } from "./ast.ts";
import type { Variables } from "./computed.ts";
import type { Parser } from "./parser.ts";
import type { Assignment } from "./procedure.ts";

/** An expression of PL/pgSQL as a node, or null when it is none. */
export function expressionOf(sql: string, parser: Parser): Node | null {
  const parsed = parser.statements(`SELECT ${sql}`);
  if ("problem" in parsed) return null;
  return as(as(parsed.result[0], "SelectStmt")?.targetList?.[0], "ResTarget")?.val ?? null;
}

/** Stands for a value that nobody can see: no text comes from a parameter. */
const unseen: Node = { ParamRef: {} };

/** What the variables of a procedure may hold, from everything that is assigned to them. */
export function variablesOf(assignments: readonly Assignment[], parser: Parser): Variables {
  const variables = new Map<string, Node[]>();
  const add = (name: string, node: Node | null | undefined) => {
    const key = name.toLowerCase();
    const known = variables.get(key);
    if (known === undefined) variables.set(key, [node ?? unseen]);
    else known.push(node ?? unseen);
  };
  for (const assignment of assignments) {
    if (assignment.kind === "expression") {
      add(assignment.variable, expressionOf(assignment.expression, parser));
    } else if (assignment.kind === "elements") {
      const array = as(expressionOf(assignment.array, parser) ?? undefined, "A_ArrayExpr");
      for (const element of array?.elements ?? [unseen]) add(assignment.variable, element);
    } else if (assignment.kind === "unseen") {
      for (const variable of assignment.variables) add(variable, null);
    } else {
      const parsed = parser.statements(assignment.query);
      const select = "result" in parsed ? as(parsed.result[0], "SelectStmt") : undefined;
      const targets = (select?.targetList ?? []).map((node) => as(node, "ResTarget"));
      if (assignment.isRecord) {
        for (const target of targets) {
          const column = target?.name ?? stringsOf(as(target?.val, "ColumnRef")?.fields).at(-1) ?? "";
          add(`${assignment.variables[0]}.${column}`, target?.val);
        }
      } else {
        assignment.variables.forEach((variable, index) => {
          add(variable, targets[index]?.val);
        });
      }
    }
  }
  return variables;
}
