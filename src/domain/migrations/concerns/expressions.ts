import type { Node } from "libpg-query";
import { as, nameParts, stringsOf, walk } from "../ast.ts";
import type { Created } from "../created.ts";
import { isSteady } from "./built-in.ts";

/** The first function in an expression that may give something else for every row, or null. */
export function volatileFunction(expression: Node | undefined, created: Created): string | null {
  let found: string | null = null;
  walk(expression, (kind, inner) => {
    if (kind !== "FuncCall") return;
    const parts = stringsOf((inner as { funcname?: Node[] }).funcname);
    if (!isSteady(parts) && !created.has("other", ["steady", ...parts])) found ??= parts.join(".");
  });
  return found;
}

/** Whether a condition holds for every row, as far as one can see. */
export function alwaysTrue(node: Node | undefined): boolean {
  const constant = as(node, "A_Const");
  if (constant !== undefined) return constant.boolval?.boolval === true || constant.sval?.sval === "t";
  const cast = as(node, "TypeCast");
  if (cast !== undefined) {
    const text = as(cast.arg, "A_Const")?.sval?.sval?.toLowerCase();
    return alwaysTrue(cast.arg) || (text !== undefined && /^(?:t|true|y|yes|on|1)$/.test(text));
  }
  const logic = as(node, "BoolExpr");
  if (logic !== undefined) {
    const parts = logic.args ?? [];
    if (logic.boolop === "AND_EXPR") return parts.every(alwaysTrue);
    return logic.boolop === "OR_EXPR"
      ? parts.some(alwaysTrue) || excludesNothing(parts)
      : parts.some(alwaysFalse);
  }
  const test = as(node, "NullTest");
  if (test !== undefined) {
    const column = stringsOf(as(test.arg, "ColumnRef")?.fields).at(-1);
    return test.nulltesttype === "IS_NOT_NULL" && (column === "id" || column === "ctid");
  }
  const comparison = as(node, "A_Expr");
  if (comparison === undefined) return false;
  const operator = stringsOf(comparison.name).at(-1);
  const { lexpr: left, rexpr: right } = comparison;
  if (comparison.kind === "AEXPR_LIKE" || comparison.kind === "AEXPR_ILIKE") {
    return operator !== undefined && !operator.startsWith("!") && as(right, "A_Const")?.sval?.sval === "%";
  }
  if (comparison.kind !== "AEXPR_OP" || left === undefined || right === undefined) return false;
  if (operator === "=" || operator === ">=" || operator === "<=") return same(left, right);
  const bothConstant = as(left, "A_Const") !== undefined && as(right, "A_Const") !== undefined;
  return operator === "<>" && bothConstant && !same(left, right);
}

function alwaysFalse(node: Node): boolean {
  return as(node, "A_Const")?.boolval !== undefined && !alwaysTrue(node);
}

/** `x IS NULL OR x IS NOT NULL` */
function excludesNothing(parts: readonly Node[]): boolean {
  if (parts.length > 8) return false;
  const tests = parts.map((part) => as(part, "NullTest"));
  return tests.some(
    (one) =>
      one?.nulltesttype === "IS_NULL" &&
      tests.some((other) => other?.nulltesttype === "IS_NOT_NULL" && shape(other.arg) === shape(one.arg)),
  );
}

const same = (left: Node, right: Node): boolean => shape(left) === shape(right);

/** A tree as text, without where it stood. */
export const shape = (node: Node | undefined): string =>
  JSON.stringify(node, (key, value: unknown) => (key === "location" ? undefined : value)) ?? "";

/** Called functions below a node, by their names' parts. */
export function calls(root: unknown): string[][] {
  const found: string[][] = [];
  walk(root, (kind, inner) => {
    if (kind === "FuncCall") found.push(((inner as { funcname?: Node[] }).funcname ?? []).flatMap(nameParts));
  });
  return found;
}

/** Functions that a statement is there to run, as in `SELECT migrate_users()` or `CALL`; not those deeper inside. */
export function mainCalls(node: Node): string[][] {
  const called = as(node, "CallStmt")?.funccall?.funcname;
  if (called !== undefined) return [called.flatMap(nameParts)];
  const query = as(node, "SelectStmt");
  const targets = (query?.targetList ?? []).map((target) => as(target, "ResTarget")?.val);
  const sources = (query?.fromClause ?? []).flatMap((source) =>
    (as(source, "RangeFunction")?.functions ?? []).flatMap((item) => as(item, "List")?.items ?? []),
  );
  return [...targets, ...sources].flatMap((candidate) => {
    const name = as(candidate, "FuncCall")?.funcname;
    return name === undefined ? [] : [name.flatMap(nameParts)];
  });
}
