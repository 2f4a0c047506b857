import type { Node } from "libpg-query";
import { as, opened, stringsOf } from "./ast.ts";
import { bodyOf, type ProcedureBody } from "./body.ts";
import { type ComputedText, ComputedTexts } from "./computed.ts";
import { isBuiltIn } from "./concerns/built-in.ts";
import { calls, mainCalls } from "./concerns/expressions.ts";
import { excerpt, oneLine } from "./excerpt.ts";
import type { Severity } from "./finding.ts";
import { attempt, type Parser } from "./parser.ts";
import type { Placeholders } from "./placeholders.ts";
import { lineCounter } from "./position.ts";
import { procedureOf } from "./procedure.ts";
import { expressionOf, variablesOf } from "./variables.ts";

/** Lines of a text in the file. */
export type LineOf = (position: number) => number;

/** What procedures need from the one who reads the file. */
export interface Reader {
  readonly parser: Parser;
  readonly placeholders: Placeholders;
  /** Whether a text can be parsed, if need be without its placeholders. */
  isSql(text: string): boolean;
  /** Judges statements of which it depends on a condition whether they run. */
  nested(sql: string, lineOf: LineOf): void;
  /** The same for one that is parsed already; `text` is what stands around it. */
  conditional(node: Node, text: string, lineOf: LineOf): void;
  report(severity: Severity, line: number, statement: string, why: string, whatInstead: string): void;
  /** How many findings there are so far. */
  found(): number;
}

/** Procedures that call procedures, and texts that hold texts. */
const maxDepth = 8;
/** Functions of the same name. */
const maxSame = 20;
const readIt = "Read it, and say in the release what it does.";

/** What runs inside `DO` blocks, called functions and `EXECUTE`. */
export class Procedures {
  readonly #reader: Reader;
  /** By name; functions that differ in their arguments only are taken together. */
  readonly #functions = new Map<string, { readonly body: ProcedureBody; readonly lineOf: LineOf }[]>();
  readonly #called = new Set<string>();
  readonly #texts: ComputedTexts;
  #depth = 0;

  constructor(reader: Reader) {
    this.#reader = reader;
    this.#texts = new ComputedTexts(reader.placeholders);
  }

  /** `DO` blocks run; functions run when they are called. */
  statement(text: string, node: Node, lineOf: LineOf): void {
    const { kind, inner } = opened(node);
    const body = kind === "DoStmt" || kind === "CreateFunctionStmt" ? bodyOf(text, node) : null;
    if (body !== null) {
      if (kind === "DoStmt") this.#body(body, lineOf);
      else this.#define(keyOf(stringsOf(inner.funcname as Node[])), body, lineOf);
    }
    // What a view, rule, trigger or policy calls does not run now.
    if (/^(?:View|Rule|Create(?!TableAs))/.test(kind)) return;
    const main = mainCalls(node);
    for (const name of [...calls(node), ...main]) this.#call(name);
    const foreign = main.find((name) => !isBuiltIn(name) && !this.#functions.has(keyOf(name)));
    if (foreign !== undefined) {
      const why = `${oneLine(foreign.join("."))}() runs, and what it does is not in this file.`;
      this.#reader.report("risky", lineOf(0), excerpt(text), why, "Look up what it does to rows and locks.");
    }
  }

  /** A query of which every result is run, as by `\gexec` of psql. */
  results(text: string, node: Node, lineOf: LineOf): void {
    const texts = (as(node, "SelectStmt")?.targetList ?? []).flatMap((target) => {
      const value = as(target, "ResTarget")?.val;
      return value === undefined ? [] : this.#texts.of(value, new Map());
    });
    this.#computed(texts, excerpt(text), lineOf(0));
  }

  #define(key: string, body: ProcedureBody, lineOf: LineOf): void {
    const same = this.#functions.get(key) ?? [];
    this.#functions.set(key, [...same.slice(-maxSame), { body, lineOf }]);
    this.#called.delete(key);
  }

  #call(name: readonly string[]): void {
    const key = keyOf(name);
    if (this.#called.has(key)) return;
    this.#called.add(key);
    for (const { body, lineOf } of this.#functions.get(key) ?? []) this.#body(body, lineOf);
  }

  #body(body: ProcedureBody, lineOf: LineOf): void {
    const unseen = (why: string) =>
      this.#reader.report("risky", lineOf(0), excerpt(body.statement), why, readIt);
    if (this.#depth >= maxDepth) {
      unseen("Procedures call each other too deep to follow.");
      return;
    }
    this.#depth++;
    if (body.kind === "parsed") {
      for (const node of body.nodes) this.#reader.conditional(node, body.statement, lineOf);
    } else if (body.language === "plpgsql") this.#plpgsql(body, lineOf);
    else if (body.language === "sql") {
      const firstLine = lineOf(body.start);
      const lines = lineCounter(body.sql);
      this.#reader.nested(body.sql, (position) => firstLine + lines(position) - 1);
    } else unseen(`Its body is in ${oneLine(body.language)}, which is not read here.`);
    this.#depth--;
  }

  #plpgsql(body: ProcedureBody & { readonly kind: "text" }, lineOf: LineOf): void {
    const { parser, placeholders } = this.#reader;
    const firstLine = lineOf(body.start);
    let tree = parser.procedure(body.statement);
    if ("problem" in tree) {
      const filled = placeholders.filled(body.statement);
      if (filled !== null) tree = parser.procedure(filled);
    }
    const { result } = tree as { readonly result?: unknown };
    const procedure = "problem" in tree ? tree : attempt(() => procedureOf(result));
    if ("problem" in procedure) {
      const why = `PostgreSQL cannot parse the procedure: ${oneLine(procedure.problem)}. It counts as risky.`;
      this.#reader.report("unparsed", lineOf(0), excerpt(body.statement), why, readIt);
      return;
    }
    const variables = variablesOf(procedure.result.assignments, parser);
    for (const step of procedure.result.steps) {
      const line = firstLine + step.line - 1;
      if (step.kind === "sql") {
        const lines = lineCounter(step.sql);
        this.#reader.nested(step.sql, (position) => line + lines(position) - 1);
        continue;
      }
      const node = expressionOf(step.sql, parser);
      if (node !== null) for (const name of calls(node)) this.#call(name);
      if (step.kind === "execute") {
        const texts = node === null ? [] : this.#texts.of(node, variables);
        this.#computed(texts, excerpt(`EXECUTE ${step.sql}`), line);
      }
    }
  }

  /** SQL that is put together while the migration runs. What could not be seen is said. */
  #computed(texts: readonly ComputedText[], shown: string, line: number): void {
    const before = this.#reader.found();
    let seen = texts.length > 0 && texts.every(({ complete }) => complete);
    for (const { sql } of texts) {
      if (this.#depth >= maxDepth || !this.#reader.isSql(sql)) {
        seen = false;
        continue;
      }
      this.#depth++;
      this.#reader.nested(sql, () => line);
      this.#depth--;
    }
    if (this.#reader.found() > before || seen) return;
    const why = "It runs SQL that is put together only then; what cannot be seen counts as risky.";
    this.#reader.report(
      "risky",
      line,
      shown,
      why,
      "Write the statements out, or say in the release what they do.",
    );
  }
}

const keyOf = (name: readonly string[]): string => (name[0] === "public" ? name.slice(1) : name).join(".");
