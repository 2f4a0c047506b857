import type { Node } from "libpg-query";
import { as } from "./ast.ts";
import { excerpt, oneLine } from "./excerpt.ts";
import { tokenAt } from "./lexer.ts";
import { positionOf } from "./position.ts";

export interface Place {
  /** Position in the statement's text. */
  readonly start: number;
  /** The statement or its part on one short line. */
  readonly shown: string;
}

/** Where a statement, or one action of an `ALTER TABLE`, stands, and how it reads. */
export function placesOf(text: string, node: Node): (action: number | undefined) => Place {
  const table = as(node, "AlterTableStmt")?.relation?.location;
  let found:
    | { readonly first: number; readonly starts: readonly number[]; readonly head: string }
    | undefined;
  return (action) => {
    if (action === undefined || table === undefined) return { start: 0, shown: excerpt(text) };
    if (found === undefined) {
      const first = afterName(text, positionOf(text, table));
      found = { first, starts: actionStarts(text, first), head: excerpt(text.slice(0, first)) };
    }
    const { first, starts, head } = found;
    const start = starts[action] ?? first;
    const end = (starts[action + 1] ?? text.length + 1) - 1;
    const part = excerpt(text.slice(start, end)).replace(/\s*,$/, "");
    return { start, shown: oneLine(`${head} ${action > 0 ? "… " : ""}${part}`) };
  };
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
