/** A reader for the query language of GraphQL: operations, fragments, fields, arguments, directives. */

export type Value =
  | { kind: "literal"; value: unknown }
  | { kind: "variable"; name: string }
  | { kind: "list"; items: Value[] }
  | { kind: "object"; fields: Record<string, Value> };

export type Arguments = Record<string, Value>;

export interface Directive {
  name: string;
  args: Arguments;
}

export type Selection =
  | {
      kind: "field";
      name: string;
      alias: string;
      args: Arguments;
      directives: Directive[];
      selections: Selection[] | undefined;
    }
  | { kind: "inline"; on: string | undefined; directives: Directive[]; selections: Selection[] }
  | { kind: "spread"; name: string; directives: Directive[] };

export interface Operation {
  type: "query" | "mutation";
  name: string | undefined;
  defaults: Record<string, Value>;
  selections: Selection[];
}

export interface Document {
  operations: Operation[];
  fragments: Map<string, { on: string; selections: Selection[] }>;
}

export class SyntaxProblem extends Error {}

const token =
  /\s+|,|#[^\n]*|("""[\s\S]*?"""|"(?:\\.|[^"\\\n])*")|(\.\.\.|[!$():=@[\]{|}])|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|([_A-Za-z]\w*)/gy;

function tokens(text: string): string[] {
  const found: string[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < text.length) {
    const at = token.lastIndex;
    const match = token.exec(text);
    if (!match) throw new SyntaxProblem(`Unexpected character ${JSON.stringify(text[at])} at ${at}`);
    const piece = match[1] ?? match[2] ?? match[3] ?? match[4];
    if (piece !== undefined) found.push(piece);
  }
  return found;
}

class Reader {
  readonly #tokens: string[];
  #at = 0;

  constructor(text: string) {
    this.#tokens = tokens(text);
  }

  get next(): string | undefined {
    return this.#tokens[this.#at];
  }

  take(): string {
    const piece = this.#tokens[this.#at++];
    if (piece === undefined) throw new SyntaxProblem("Unexpected end of the query");
    return piece;
  }

  skip(piece: string): boolean {
    if (this.next !== piece) return false;
    this.#at++;
    return true;
  }

  expect(piece: string): void {
    const found = this.take();
    if (found !== piece) throw new SyntaxProblem(`Expected ${piece}, found ${found}`);
  }

  value(): Value {
    const piece = this.take();
    if (piece === "$") return { kind: "variable", name: this.take() };
    if (piece === "[") {
      const items: Value[] = [];
      while (!this.skip("]")) items.push(this.value());
      return { kind: "list", items };
    }
    if (piece === "{") {
      const fields: Record<string, Value> = {};
      while (!this.skip("}")) {
        const name = this.take();
        this.expect(":");
        fields[name] = this.value();
      }
      return { kind: "object", fields };
    }
    return { kind: "literal", value: literal(piece) };
  }

  args(): Arguments {
    const args: Arguments = {};
    if (!this.skip("(")) return args;
    while (!this.skip(")")) {
      const name = this.take();
      this.expect(":");
      args[name] = this.value();
    }
    return args;
  }

  directives(): Directive[] {
    const found: Directive[] = [];
    while (this.skip("@")) found.push({ name: this.take(), args: this.args() });
    return found;
  }

  selections(): Selection[] {
    this.expect("{");
    const found: Selection[] = [];
    while (!this.skip("}")) found.push(this.selection());
    return found;
  }

  selection(): Selection {
    if (this.skip("...")) {
      if (this.skip("on")) {
        const on = this.take();
        return { kind: "inline", on, directives: this.directives(), selections: this.selections() };
      }
      if (this.next === "{" || this.next === "@") {
        return {
          kind: "inline",
          on: undefined,
          directives: this.directives(),
          selections: this.selections(),
        };
      }
      return { kind: "spread", name: this.take(), directives: this.directives() };
    }
    const first = this.take();
    const name = this.skip(":") ? this.take() : first;
    const args = this.args();
    const directives = this.directives();
    const selections = this.next === "{" ? this.selections() : undefined;
    return { kind: "field", name, alias: first, args, directives, selections };
  }

  #type(): void {
    if (this.skip("[")) {
      this.#type();
      this.expect("]");
    } else this.take();
    this.skip("!");
  }

  operation(): Operation {
    if (this.next === "{")
      return { type: "query", name: undefined, defaults: {}, selections: this.selections() };
    const type = this.take();
    if (type !== "query" && type !== "mutation") throw new SyntaxProblem(`Unexpected ${type}`);
    const name = this.next === "(" || this.next === "{" || this.next === "@" ? undefined : this.take();
    const defaults: Record<string, Value> = {};
    if (this.skip("(")) {
      while (!this.skip(")")) {
        this.expect("$");
        const variable = this.take();
        this.expect(":");
        this.#type();
        if (this.skip("=")) defaults[variable] = this.value();
      }
    }
    this.directives();
    return { type, name, defaults, selections: this.selections() };
  }

  document(): Document {
    const document: Document = { operations: [], fragments: new Map() };
    while (this.next !== undefined) {
      if (this.skip("fragment")) {
        const name = this.take();
        this.expect("on");
        const on = this.take();
        this.directives();
        document.fragments.set(name, { on, selections: this.selections() });
      } else document.operations.push(this.operation());
    }
    return document;
  }
}

function literal(piece: string): unknown {
  if (piece.startsWith('"""')) return piece.slice(3, -3).trim();
  if (piece.startsWith('"')) return JSON.parse(piece);
  if (/^-?\d/.test(piece)) return Number(piece);
  if (piece === "true" || piece === "false") return piece === "true";
  return piece === "null" ? null : piece;
}

const known = new Map<string, Document>();

/** Reads a query; the same text is read only once. */
export function parse(text: string): Document {
  const found = known.get(text);
  if (found) return found;
  const document = new Reader(text).document();
  if (known.size > 500) known.clear();
  known.set(text, document);
  return document;
}
