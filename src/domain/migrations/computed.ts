import type { Node } from "libpg-query";
import { as, stringsOf, typeNameOf } from "./ast.ts";
import { shape } from "./concerns/expressions.ts";
import type { Placeholders } from "./placeholders.ts";

/** SQL that a procedure puts together. */
export interface ComputedText {
  readonly sql: string;
  /** False when a part is not known and could be anything, not only a quoted name or literal. */
  readonly complete: boolean;
}

/** What a variable or a record's field may hold: the expressions that are assigned to it. */
export type Variables = ReadonlyMap<string, readonly Node[]>;

const maxTexts = 12;
const maxDepth = 40;

const referring = /^reg(?:class|type|proc|procedure|namespace|oper|operator|role|collation)$/;

/** The texts that the expressions of one file may give, with names in the place of what only the run shows. */
export class ComputedTexts {
  readonly #names: Placeholders;
  readonly #known = new WeakMap<Node, string>();
  readonly #open = new Set<string>();
  #variables: Variables = new Map();
  /** Variables made of variables grow fast: after this many steps in a file, nothing more is seen. */
  #steps = 20_000;
  #characters = 2_000_000;

  constructor(names: Placeholders) {
    this.#names = names;
  }

  of(expression: Node, variables: Variables): ComputedText[] {
    this.#variables = variables;
    const texts = this.#texts(expression, 0);
    for (const { sql } of texts) this.#characters -= sql.length;
    return this.#characters < 0 ? [] : texts;
  }

  #texts(node: Node | undefined, depth: number): ComputedText[] {
    const constant = constantOf(node);
    if (constant !== null) return [{ sql: constant, complete: true }];
    if (node === undefined || depth > maxDepth || --this.#steps < 0) return this.#unknown(node);
    const next = depth + 1;
    const operation = as(node, "A_Expr");
    if (operation?.kind === "AEXPR_OP" && stringsOf(operation.name).at(-1) === "||") {
      return this.#joined([operation.lexpr, operation.rexpr], "", next);
    }
    const cast = as(node, "TypeCast");
    if (cast !== undefined) {
      return referring.test(typeNameOf(cast.typeName)) ? this.#name(cast.arg) : this.#texts(cast.arg, next);
    }
    const column = as(node, "ColumnRef");
    if (column !== undefined) return this.#variable(stringsOf(column.fields).join("."), node, next);
    const call = as(node, "FuncCall");
    if (call !== undefined) {
      return this.#call(stringsOf(call.funcname).at(-1) ?? "", call.args ?? [], node, next);
    }
    const query = as(as(node, "SubLink")?.subselect, "SelectStmt");
    if (query !== undefined) return this.#texts(as(query.targetList?.[0], "ResTarget")?.val, next);
    const choices = choicesOf(node);
    return choices === null
      ? this.#unknown(node)
      : bounded(choices.flatMap((choice) => this.#texts(choice, next)));
  }

  #call(name: string, args: readonly Node[], node: Node, depth: number): ComputedText[] {
    switch (name) {
      case "format":
        return this.#texts(args[0], depth).flatMap(({ sql, complete }) =>
          this.#formatted(sql, args.slice(1), depth).map((text) => ({
            sql: text.sql,
            complete: complete && text.complete,
          })),
        );
      case "quote_ident":
        return this.#name(args[0]);
      case "quote_literal":
      case "quote_nullable":
        return [{ sql: "'?'", complete: true }];
      case "concat":
        return this.#joined(args, "", depth);
      case "concat_ws":
        return this.#joined(args.slice(1), constantOf(args[0]) ?? " ", depth);
      case "chr":
        return [{ sql: "\n", complete: true }];
      case "string_agg":
      case "array_to_string":
      case "array_agg":
      case "trim":
      case "btrim":
      case "max":
      case "min":
        return this.#texts(args[0], depth);
      default:
        return this.#unknown(node);
    }
  }

  /** `format('DROP TABLE %I.%I', a, b)`: %I gives a quoted name, %L a literal, %s the text as it is. */
  #formatted(pattern: string, args: readonly Node[], depth: number): ComputedText[] {
    let given = 0;
    const parts: ComputedText[][] = [];
    let end = 0;
    for (const match of pattern.matchAll(/%(?:(\d+)\$)?-?(?:\*|\d+)?([sIL%])/g)) {
      parts.push([{ sql: pattern.slice(end, match.index), complete: true }]);
      end = match.index + match[0].length;
      if (match[2] === "%") {
        parts.push([{ sql: "%", complete: true }]);
        continue;
      }
      const at = match[1] === undefined ? given : Number(match[1]) - 1;
      given = at + 1;
      if (match[2] === "I") parts.push(this.#name(args[at]));
      else if (match[2] === "L") parts.push([{ sql: "'?'", complete: true }]);
      else parts.push(this.#texts(args[at], depth));
    }
    parts.push([{ sql: pattern.slice(end), complete: true }]);
    return product(parts, "");
  }

  #joined(nodes: readonly (Node | undefined)[], separator: string, depth: number): ComputedText[] {
    return product(
      nodes.map((node) => this.#texts(node, depth)),
      separator,
    );
  }

  #variable(name: string, node: Node, depth: number): ComputedText[] {
    const assigned = this.#variables.get(name.toLowerCase());
    if (assigned === undefined || this.#open.has(name)) return this.#unknown(node);
    this.#open.add(name);
    const starts: ComputedText[] = [];
    const appended: ComputedText[][] = [];
    for (const expression of assigned.slice(0, maxTexts + 1)) {
      const rest = appendedTo(name, expression);
      if (rest === null) starts.push(...this.#texts(expression, depth));
      else appended.push(...rest.map((part) => this.#texts(part, depth)));
    }
    this.#open.delete(name);
    // A loop may append more than once: what has grown is never known whole.
    const grown = appended.length === 0 ? [] : product([starts, ...appended], "");
    return bounded([...starts, ...grown.map(({ sql }) => ({ sql, complete: false }))]);
  }

  /** A name that PostgreSQL quotes, so that it can be nothing else than a name. */
  #name(node: Node | undefined): ComputedText[] {
    const constant = constantOf(node);
    const sql = constant === null ? this.#standIn(node) : `"${constant.replaceAll('"', '""')}"`;
    return [{ sql, complete: true }];
  }

  #unknown(node: Node | undefined): ComputedText[] {
    return [{ sql: this.#standIn(node), complete: false }];
  }

  /** The same expression gets the same name. */
  #standIn(node: Node | undefined): string {
    const known = node === undefined ? "" : this.#known.get(node);
    if (known !== undefined) return known;
    const name = this.#names.nameFor(shape(node));
    if (node !== undefined) this.#known.set(node, name);
    return name;
  }
}

/** What `v := v || a || b` appends to the variable, or null for another expression. */
function appendedTo(variable: string, expression: Node): Node[] | null {
  const rest: Node[] = [];
  let left: Node | undefined = expression;
  for (let join = as(left, "A_Expr"); join?.kind === "AEXPR_OP"; join = as(left, "A_Expr")) {
    if (stringsOf(join.name).at(-1) !== "||" || join.rexpr === undefined) return null;
    rest.unshift(join.rexpr);
    left = join.lexpr;
  }
  return rest.length > 0 && stringsOf(as(left, "ColumnRef")?.fields).join(".") === variable ? rest : null;
}

/** The results of which one is taken, of `CASE` and `COALESCE`. */
function choicesOf(node: Node): (Node | undefined)[] | null {
  const choice = as(node, "CaseExpr");
  if (choice !== undefined) {
    return [...(choice.args ?? []).map((when) => as(when, "CaseWhen")?.result), choice.defresult];
  }
  return as(node, "CoalesceExpr")?.args ?? null;
}

function constantOf(node: Node | undefined): string | null {
  const constant = as(node, "A_Const");
  if (constant?.sval !== undefined) return constant.sval.sval ?? "";
  if (constant?.ival !== undefined) return String(constant.ival.ival ?? 0);
  return constant?.fval?.fval ?? null;
}

function product(parts: readonly (readonly ComputedText[])[], separator: string): ComputedText[] {
  let texts: ComputedText[] = [{ sql: "", complete: true }];
  parts.forEach((choices, index) => {
    texts = bounded(
      texts.flatMap((left) =>
        choices.map((right) => ({
          sql: left.sql + (index === 0 ? "" : separator) + right.sql,
          complete: left.complete && right.complete,
        })),
      ),
    );
  });
  return texts;
}

/** Of too many texts the first, none of which is then everything. */
const bounded = (texts: ComputedText[]): ComputedText[] =>
  texts.length <= maxTexts ? texts : texts.slice(0, maxTexts).map(({ sql }) => ({ sql, complete: false }));
