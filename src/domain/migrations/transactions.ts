import type { Node } from "libpg-query";
import { as, opened } from "./ast.ts";
import { option } from "./concerns/maintenance.ts";

const begins = new Set(["TRANS_STMT_BEGIN", "TRANS_STMT_START"]);
const ends = new Set(["TRANS_STMT_COMMIT", "TRANS_STMT_ROLLBACK", "TRANS_STMT_PREPARE"]);
const undoes = new Set(["TRANS_STMT_ROLLBACK", "TRANS_STMT_ROLLBACK_TO"]);

/** Whether a statement shows that the tool does not put the whole file into one transaction. */
function needsNoTransaction(node: Node): boolean {
  const { kind, inner } = opened(node);
  if (kind === "TransactionStmt") return begins.has(String(inner.kind)) || ends.has(String(inner.kind));
  if (kind === "VacuumStmt") return inner.is_vacuumcmd === true;
  if (kind === "ReindexStmt") return option(inner.params as Node[] | undefined, "concurrently");
  if (kind === "IndexStmt" || kind === "DropStmt") return inner.concurrent === true;
  return kind === "CreatedbStmt" || kind === "DropdbStmt" || kind === "AlterSystemStmt";
}

/**
 * Counts the transactions of a file. Most tools run a file in one; that is taken for granted unless the file begins
 * and ends its own or holds what cannot run in one.
 */
export class Transactions {
  readonly #own: boolean;
  #inBlock = false;
  #number = 0;

  constructor(statements: readonly Node[]) {
    this.#own = statements.some(needsNoTransaction);
  }

  /** The transaction in which this statement runs. */
  numberFor(statement: Node): number {
    const kind = as(statement, "TransactionStmt")?.kind;
    if (this.#own && (kind !== undefined || !this.#inBlock)) this.#number++;
    if (kind !== undefined && begins.has(kind)) this.#inBlock = true;
    if (kind !== undefined && ends.has(kind)) this.#inBlock = false;
    return this.#number;
  }
}

/** Whether a statement takes back what others before it did. */
export function takesBack(statement: Node): boolean {
  const kind = as(statement, "TransactionStmt")?.kind;
  return kind !== undefined && undoes.has(kind);
}
