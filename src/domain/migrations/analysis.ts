import type { Node } from "libpg-query";
import { concernsOf } from "./concerns/statement.ts";
import { Created } from "./created.ts";
import { excerpt, oneLine } from "./excerpt.ts";
import type { MigrationFinding, Severity } from "./finding.ts";
import { learn } from "./learn.ts";
import { placesOf } from "./locate.ts";
import { attempt, type Parser } from "./parser.ts";
import { Placeholders } from "./placeholders.ts";
import { lineCounter } from "./position.ts";
import { type LineOf, Procedures, type Reader } from "./procedures.ts";
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

const statementsPerPause = 500;
const readIt = "Read it, and say in the release what it does.";

/** Reads one file in order and collects what there is to say about it. */
export class Analysis implements Reader {
  readonly findings: MigrationFinding[] = [];
  readonly parser: Parser;
  readonly #file: string;
  readonly placeholders = new Placeholders();
  readonly #procedures = new Procedures(this);
  #scene: Scene;

  constructor(parser: Parser, file: string) {
    this.parser = parser;
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

  isSql(text: string): boolean {
    const filled = this.placeholders.filled(text);
    return [text, filled].some((one) => one !== null && "result" in this.parser.statements(one));
  }

  /** As it is, without placeholders, or in pieces between all semicolons. */
  #parsed(piece: Piece): Entry[] {
    const asIs = this.parser.statements(piece.text);
    if ("result" in asIs) return asIs.result.map((node) => ({ piece, text: piece.text, node }));
    const filled = this.placeholders.filled(piece.text);
    if (filled !== null) {
      const parsed = this.parser.statements(filled);
      if ("result" in parsed) return parsed.result.map((node) => ({ piece, text: filled, node }));
    }
    const parts = rawPieces(piece.text).map((part) => ({ ...part, start: piece.start + part.start }));
    return parts.length > 1
      ? parts.flatMap((part) => this.#parsed(part))
      : [{ piece, problem: asIs.problem }];
  }

  #statement({ piece, text, node }: Statement, lineOf: LineOf): void {
    const concerns = attempt(() => concernsOf(node, this.#scene));
    if ("problem" in concerns) {
      this.#reportUnparsed({ piece, problem: concerns.problem }, lineOf);
      return;
    }
    const placeOf = placesOf(text, node);
    for (const { severity, why, whatInstead, action } of concerns.result) {
      const { start, shown } = placeOf(action);
      this.report(severity, lineOf(piece.start + start), shown, why, whatInstead);
    }
    const inText = (position: number) => lineOf(piece.start + position);
    this.#procedures.statement(text, node, inText);
    if (takesBack(node)) this.#scene.created.clear();
    else learn(node, this.#scene);
    if (piece.sentBy?.startsWith("\\gexec") === true) this.#procedures.results(text, node, inText);
  }

  nested(sql: string, lineOf: LineOf): void {
    this.#perhaps(() => {
      for (const piece of pieces(sql)) {
        if (piece.kind === "command") continue;
        for (const entry of this.#parsed(piece)) {
          if ("problem" in entry) this.#reportUnparsed(entry, lineOf);
          else this.#statement(entry, lineOf);
        }
      }
    });
  }

  conditional(node: Node, text: string, lineOf: LineOf): void {
    this.#perhaps(() =>
      this.#statement({ piece: { kind: "statement", start: 0, text }, text, node }, lineOf),
    );
  }

  /** What is created in a body may depend on a condition. */
  #perhaps(read: () => void): void {
    const { certainty } = this.#scene;
    this.#scene.certainty = "perhaps";
    read();
    this.#scene.certainty = certainty;
  }

  found(): number {
    return this.findings.length;
  }

  /** A command of psql on a line of its own. */
  #command({ text, start }: Piece, lineOf: LineOf): void {
    if (/^\\(?:if|elif|else)\b/.test(text)) this.#scene.certainty = "perhaps";
    else if (/^\\c(?:onnect)?\b/.test(text)) this.#scene.created.clear();
    else if (/^\\(?:i|ir|include|include_relative)\b/.test(text)) {
      const why = "It includes another file, which is not read here.";
      this.report("risky", lineOf(start), oneLine(text), why, readIt);
    } else if (text.startsWith("\\!")) {
      this.report("risky", lineOf(start), oneLine(text), "It runs a command of the shell.", readIt);
    }
  }

  #reportUnparsed({ piece, problem }: Unparsed, lineOf: LineOf): void {
    const why = `PostgreSQL cannot parse it: ${oneLine(problem)}. It counts as risky.`;
    this.report("unparsed", lineOf(piece.start), excerpt(piece.text), why, readIt);
  }

  report(severity: Severity, line: number, statement: string, why: string, whatInstead: string): void {
    this.findings.push({ severity, file: this.#file, line, statement, why, whatInstead });
  }
}

const sceneOf = (nodes: readonly Node[]): Scene => ({
  created: new Created(),
  constraints: new Map(),
  remade: remadeBy(nodes),
  transaction: 0,
  certainty: "surely",
});
