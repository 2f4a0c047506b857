import type { Node } from "libpg-query";
import { as } from "./ast.ts";
import { excerpt } from "./excerpt.ts";
import { tokenAt } from "./lexer.ts";
import { positionOf } from "./position.ts";

export interface Place {
  /** Position in the statement's text. */
  readonly start: number;
  /** The statement or its part on one short line. */
  readonly shown: string;
}

/** Where a statement, or one action of an `ALTER TABLE`, stands, and how it reads. */
export function placeOf(text: string, node: Node, action: number | undefined): Place {
  const statement = as(node, "AlterTableStmt");
  const table = statement?.relation?.location;
  if (action === undefined || table === undefined) return { start: 0, shown: excerpt(text) };
  const first = afterName(text, positionOf(text, table));
  const starts = actionStarts(text, first);
  const start = starts[action] ?? first;
  const end = (starts[action + 1] ?? text.length + 1) - 1;
  const head = text.slice(0, first).trimEnd();
  const shown = excerpt(`${head} ${action > 0 ? "… " : ""}${text.slice(start, end)}`);
  return { start, shown: shown.replace(/\s*,$/, "") };
}

/** Behind `schema.table` or `table *`. */
function afterName(text: string, from: number): number {
  let expectsName = true;
  for (let at = from; at < text.length; ) {
    const token = tokenAt(text, at);
    const character = text[token.start];
    const isName = token.kind === "word" || token.kind === "quoted";
    if (token.kind !== "space" && token.kind !== "comment") {
      if (isName && !expectsName) return token.start;
      if (!isName && character !== "." && character !== "*") return token.start;
      expectsName = character === ".";
    }
    at = token.end;
  }
  return text.length;
}

/** Where the actions begin that commas outside brackets separate. */
function actionStarts(text: string, from: number): number[] {
  const starts: number[] = [];
  let depth = 0;
  let begins = true;
  for (let at = from; at < text.length; ) {
    const token = tokenAt(text, at);
    at = token.end;
    if (token.kind === "space" || token.kind === "comment") continue;
    if (begins) starts.push(token.start);
    const character = text[token.start];
    if (character === "(" || character === "[") depth++;
    else if (character === ")" || character === "]") depth--;
    begins = character === "," && depth === 0;
  }
  return starts;
}
