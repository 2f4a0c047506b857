import type { Node } from "libpg-query";
import { as, opened, stringsOf } from "./ast.ts";
import { bodyOf, type ProcedureBody } from "./body.ts";
import { type ComputedText, computedTexts, type Variables } from "./computed.ts";
import { isBuiltIn } from "./concerns/built-in.ts";
import { calls, mainCalls } from "./concerns/expressions.ts";
import { concernsOf } from "./concerns/statement.ts";
import { Created } from "./created.ts";
import { excerpt, oneLine } from "./excerpt.ts";
import type { MigrationFinding, Severity } from "./finding.ts";
import { learn } from "./learn.ts";
import { placeOf } from "./locate.ts";
import type { Parser } from "./parser.ts";
import { Placeholders } from "./placeholders.ts";
import { lineCounter } from "./position.ts";
import { type Assignment, procedureOf } from "./procedure.ts";
import { remadeBy } from "./remade.ts";
import type { Scene } from "./scene.ts";
import { type Piece, pieces, rawPieces } from "./script.ts";
import { Transactions, takesBack } from "./transactions.ts";

/** One statement as it was parsed. */
interface Statement {
  readonly piece: Piece;
  /** Its text without placeholders, from which the tree's positions count. */
  readonly text: string;
  readonly node: Node;
}
interface Unparsed {
  readonly piece: Piece;
  readonly problem: string;
}
type Entry = Statement | Unparsed;

/** Lines of a text in the file. */
type LineOf = (position: number) => number;

const statementsPerPause = 500;
/** Procedures that call procedures, and texts that hold texts. */
const maxDepth = 8;

const readIt = "Read it, and say in the release what it does.";

/** Reads one file in order and collects what there is to say about it. */
export class Analysis {
  readonly findings: MigrationFinding[] = [];
  readonly #parser: Parser;
  readonly #file: string;
  readonly #placeholders = new Placeholders();
  readonly #functions = new Map<string, { readonly body: ProcedureBody; readonly lineOf: LineOf }>();
  readonly #called = new Set<string>();
  #scene: Scene;
  #depth = 0;

  constructor(parser: Parser, file: string) {
    this.#parser = parser;
    this.#file = file;
    this.#scene = sceneOf([]);
  }

  async read(sql: string, pause?: () => Promise<void>): Promise<void> {
    const lineOf = lineCounter(sql);
    const entries: (Entry | Piece)[] = [];
    let read = 0;
    for (const piece of pieces(sql)) {
      if (++read % statementsPerPause === 0) await pause?.();
      entries.push(...(piece.kind === "command" ? [piece] : this.#parsed(piece)));
    }
    const nodes = entries.flatMap((entry) => ("node" in entry ? entry.node : []));
    const transactions = new Transactions(nodes);
    this.#scene = sceneOf(nodes);
    for (const entry of entries) {
      if (++read % statementsPerPause === 0) await pause?.();
      if ("problem" in entry) this.#reportUnparsed(entry, lineOf);
      else if ("node" in entry) {
        this.#scene.transaction = transactions.numberFor(entry.node);
        this.#statement(entry, lineOf);
      } else this.#command(entry, lineOf);
    }
  }

  /** As it is, without placeholders, or in pieces between all semicolons. */
  #parsed(piece: Piece): Entry[] {
    const asIs = this.#parser.statements(piece.text);
    if ("result" in asIs) return asIs.result.map((node) => ({ piece, text: piece.text, node }));
    const filled = this.#placeholders.filled(piece.text);
    if (filled !== null) {
      const parsed = this.#parser.statements(filled);
      if ("result" in parsed) return parsed.result.map((node) => ({ piece, text: filled, node }));
    }
    const parts = rawPieces(piece.text).map((part) => ({ ...part, start: piece.start + part.start }));
    return parts.length > 1
      ? parts.flatMap((part) => this.#parsed(part))
      : [{ piece, problem: asIs.problem }];
  }

  #statement({ piece, text, node }: Statement, lineOf: LineOf): void {
    for (const { severity, why, whatInstead, action } of concernsOf(node, this.#scene)) {
      const { start, shown } = placeOf(text, node, action);
      this.#report(severity, lineOf(piece.start + start), shown, why, whatInstead);
    }
    const inText = (position: number) => lineOf(piece.start + position);
    this.#procedures({ piece, text, node }, inText);
    if (takesBack(node)) this.#scene.created.clear();
    else learn(node, this.#scene);
    if (piece.sentBy?.startsWith("\\gexec") === true) {
      const targets = as(node, "SelectStmt")?.targetList ?? [];
      const texts = targets.flatMap((target) => {
        const value = as(target, "ResTarget")?.val;
        return value === undefined ? [] : computedTexts(value, new Map(), this.#placeholders);
      });
      this.#computed(texts, excerpt(piece.text), () => lineOf(piece.start));
    }
  }

  /** `DO` blocks run; functions run when they are called. */
  #procedures({ text, node }: Statement, lineOf: LineOf): void {
    const { kind, inner } = opened(node);
    const body = kind === "DoStmt" || kind === "CreateFunctionStmt" ? bodyOf(text, node) : null;
    if (body !== null) {
      if (kind === "DoStmt") this.#body(body, lineOf);
      else this.#functions.set(keyOf(stringsOf(inner.funcname as Node[])), { body, lineOf });
    }
    // What a view, rule, trigger or policy calls does not run now.
    if (/^(?:View|Rule|Create(?!TableAs))/.test(kind)) return;
    for (const name of calls(node)) this.#call(name);
    const foreign = mainCalls(node).find((name) => !isBuiltIn(name) && !this.#functions.has(keyOf(name)));
    if (foreign !== undefined) {
      const why = `${oneLine(foreign.join("."))}() runs, and what it does is not in this file.`;
      this.#report("risky", lineOf(0), excerpt(text), why, "Look up what it does to rows and locks.");
    }
  }

  #call(name: readonly string[]): void {
    const key = keyOf(name);
    const called = this.#functions.get(key);
    if (called === undefined || this.#called.has(key)) return;
    this.#called.add(key);
    this.#body(called.body, called.lineOf);
  }

  #body(body: ProcedureBody, lineOf: LineOf): void {
    if (this.#depth >= maxDepth) return;
    this.#inside(() => {
      const firstLine = lineOf(body.start);
      if (body.language === "sql") {
        const lines = lineCounter(body.sql);
        this.#nested(body.sql, (position) => firstLine + lines(position) - 1);
      } else if (body.language === "plpgsql") this.#plpgsql(body, firstLine, lineOf(0));
      else {
        const why = `Its body is in ${oneLine(body.language)}, which is not read here.`;
        this.#report("risky", lineOf(0), excerpt(body.statement), why, readIt);
      }
    });
  }

  #plpgsql(body: ProcedureBody, firstLine: number, statementLine: number): void {
    let tree = this.#parser.procedure(body.statement);
    if ("problem" in tree) {
      const filled = this.#placeholders.filled(body.statement);
      if (filled !== null) tree = this.#parser.procedure(filled);
    }
    if ("problem" in tree) {
      const why = `PostgreSQL cannot parse the procedure: ${oneLine(tree.problem)}.`;
      this.#report("unparsed", statementLine, excerpt(body.statement), why, readIt);
      return;
    }
    const { steps, assignments } = procedureOf(tree.result);
    const variables = this.#variables(assignments);
    for (const step of steps) {
      const line = firstLine + step.line - 1;
      if (step.kind === "sql") {
        const lines = lineCounter(step.sql);
        this.#nested(step.sql, (position) => line + lines(position) - 1);
      } else if (step.kind === "expression") {
        const node = this.#expression(step.sql);
        if (node !== null) for (const name of calls(node)) this.#call(name);
      } else {
        const node = this.#expression(step.expression);
        const texts = node === null ? [] : computedTexts(node, variables, this.#placeholders);
        this.#computed(texts, excerpt(`EXECUTE ${step.expression}`), () => line);
      }
    }
  }

  #expression(sql: string): Node | null {
    const parsed = this.#parser.statements(`SELECT ${sql}`);
    if ("problem" in parsed) return null;
    return as(as(parsed.result[0], "SelectStmt")?.targetList?.[0], "ResTarget")?.val ?? null;
  }

  #variables(assignments: readonly Assignment[]): Variables {
    const variables = new Map<string, Node[]>();
    const add = (name: string, node: Node | null | undefined) => {
      if (node === null || node === undefined) return;
      const key = name.toLowerCase();
      variables.set(key, [...(variables.get(key) ?? []), node]);
    };
    for (const assignment of assignments) {
      if (assignment.kind === "expression") {
        add(assignment.variable, this.#expression(assignment.expression));
        continue;
      }
      const parsed = this.#parser.statements(assignment.query);
      const targets = "result" in parsed ? as(parsed.result[0], "SelectStmt")?.targetList : undefined;
      (targets ?? []).forEach((node, index) => {
        const target = as(node, "ResTarget");
        const column = target?.name ?? stringsOf(as(target?.val, "ColumnRef")?.fields).at(-1);
        const name = assignment.isRecord
          ? `${assignment.variables[0]}.${column}`
          : assignment.variables[index];
        if (name !== undefined) add(name, target?.val);
      });
    }
    return variables;
  }

  /** SQL that is put together while the migration runs. What could not be seen is said. */
  #computed(texts: readonly ComputedText[], shown: string, lineOf: LineOf): void {
    const before = this.findings.length;
    this.#inside(() => {
      for (const { sql } of texts) {
        if ("result" in this.#parser.statements(sql)) this.#nested(sql, lineOf);
      }
    });
    const seen = texts.length > 0 && texts.every(({ complete }) => complete);
    if (this.findings.length > before || seen) return;
    const why = "It runs SQL that is put together only then; what cannot be seen counts as risky.";
    this.#report(
      "risky",
      lineOf(0),
      shown,
      why,
      "Write the statements out, or say in the release what they do.",
    );
  }

  /** Statements inside a body: what they create may depend on a condition. */
  #nested(sql: string, lineOf: LineOf): void {
    for (const piece of pieces(sql)) {
      if (piece.kind === "command") continue;
      for (const entry of this.#parsed(piece)) {
        if ("problem" in entry) this.#reportUnparsed(entry, lineOf);
        else this.#statement(entry, lineOf);
      }
    }
  }

  #inside(read: () => void): void {
    const { certainty } = this.#scene;
    this.#scene.certainty = "perhaps";
    this.#depth++;
    read();
    this.#depth--;
    this.#scene.certainty = certainty;
  }

  /** A command of psql on a line of its own. */
  #command({ text, start }: Piece, lineOf: LineOf): void {
    if (/^\\(?:if|elif|else)\b/.test(text)) this.#scene.certainty = "perhaps";
    else if (/^\\c(?:onnect)?\b/.test(text)) this.#scene.created.clear();
    else if (/^\\(?:i|ir|include|include_relative)\b/.test(text)) {
      const why = "It includes another file, which is not read here.";
      this.#report("risky", lineOf(start), oneLine(text), why, readIt);
    } else if (text.startsWith("\\!")) {
      this.#report("risky", lineOf(start), oneLine(text), "It runs a command of the shell.", readIt);
    }
  }

  #reportUnparsed({ piece, problem }: Unparsed, lineOf: LineOf): void {
    const why = `PostgreSQL cannot parse it: ${oneLine(problem)}. It counts as risky.`;
    this.#report("unparsed", lineOf(piece.start), excerpt(piece.text), why, readIt);
  }

  #report(severity: Severity, line: number, statement: string, why: string, whatInstead: string): void {
    this.findings.push({ severity, file: this.#file, line, statement, why, whatInstead });
  }
}

const keyOf = (name: readonly string[]): string => (name[0] === "public" ? name.slice(1) : name).join(".");

const sceneOf = (nodes: readonly Node[]): Scene => ({
  created: new Created(),
  constraints: new Map(),
  remade: remadeBy(nodes),
  transaction: 0,
  certainty: "surely",
});
