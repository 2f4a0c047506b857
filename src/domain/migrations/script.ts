import { type Token, tokenAt } from "./lexer.ts";

/** One statement of a script, or a command of psql such as `\i other.sql`. */
export interface Piece {
  readonly kind: "statement" | "command";
  /** Where it begins in the script: at its first word, after spaces and comments. */
  readonly start: number;
  readonly text: string;
  /** The command of psql that sent the statement instead of a semicolon, such as `\gexec`. */
  readonly sentBy?: string;
}

const UP = /^--\s*(?:migrate:up|\+(?:goose|migrate|micrate)\s+up)\b/i;
const DOWN = /^--\s*(?:migrate:down|\+(?:goose|migrate|micrate)\s+down)\b/i;
const COPY_IN = /^copy\b[^;]*\bfrom\s+stdin\b/i;
const SENDS = /^\\(?:g|gx|gset|gexec|gdesc|watch|crosstabview|bind|parse|sendpipeline)\b/;

/**
 * The statements of a script in order. Left out are the data below `COPY … FROM stdin`, and the part that leads
 * back in the files of dbmate, goose, sql-migrate and micrate; only when the part that leads up is marked too.
 */
export function pieces(script: string): Piece[] {
  const result: Piece[] = [];
  let sawUp = false;
  let down = false;
  const open = new Statement();
  const finish = (end: number, sentBy?: string) => {
    if (open.start >= 0 && !down) {
      const text = script.slice(open.start, end);
      result.push({
        kind: "statement",
        start: open.start,
        text,
        ...(sentBy === undefined ? {} : { sentBy }),
      });
    }
    open.reset();
  };
  for (let at = 0; at < script.length; ) {
    const token = tokenAt(script, at);
    at = token.end;
    const text = script.slice(token.start, token.end);
    if (token.kind === "space") continue;
    if (token.kind === "comment") {
      const marksUp = UP.test(text);
      if (!marksUp && !DOWN.test(text)) continue;
      finish(token.start);
      sawUp ||= marksUp;
      down = !marksUp && sawUp;
    } else if (token.kind === "backslash") {
      at = lineEnd(script, token.start);
      const command = script.slice(token.start, at).trim();
      if (open.start >= 0 && SENDS.test(command)) finish(token.start, command);
      else if (!down) result.push({ kind: "command", start: token.start, text: command });
    } else if (text === ";" && open.ends()) {
      const copies = open.start >= 0 && COPY_IN.test(script.slice(open.start, token.start));
      finish(token.start);
      if (copies) at = dataEnd(script, token.end);
    } else {
      open.add(token, text);
    }
  }
  finish(script.length);
  return result;
}

/** Every piece between semicolons, whatever brackets stand around: for what cannot be parsed as a whole. */
export function rawPieces(script: string): Piece[] {
  const result: Piece[] = [];
  let start = -1;
  const finish = (end: number) => {
    if (start >= 0) result.push({ kind: "statement", start, text: script.slice(start, end) });
    start = -1;
  };
  for (let at = 0; at < script.length; ) {
    const token = tokenAt(script, at);
    at = token.end;
    if (token.kind === "space" || token.kind === "comment") continue;
    if (script[token.start] === ";") finish(token.start);
    else if (start < 0) start = token.start;
  }
  finish(script.length);
  return result;
}

/** The statement being read: a semicolon inside brackets or `BEGIN ATOMIC … END` does not end it. */
class Statement {
  start = -1;
  #brackets = 0;
  #blocks = 0;
  #lastWord = "";

  add(token: Token, text: string): void {
    if (this.start < 0) this.start = token.start;
    if (text === "(") this.#brackets++;
    else if (text === ")") this.#brackets = Math.max(0, this.#brackets - 1);
    if (token.kind !== "word") return;
    const word = text.toLowerCase();
    if (word === "atomic" && this.#lastWord === "begin") this.#blocks = 1;
    else if (this.#blocks > 0 && word === "case") this.#blocks++;
    else if (this.#blocks > 0 && word === "end") this.#blocks--;
    this.#lastWord = word;
  }

  ends(): boolean {
    return this.#brackets === 0 && this.#blocks === 0;
  }

  reset(): void {
    this.start = -1;
    this.#brackets = 0;
    this.#blocks = 0;
    this.#lastWord = "";
  }
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end < 0 ? text.length : end;
}

/** Behind the line `\.` that ends the data, or the end of the script. */
function dataEnd(script: string, from: number): number {
  const mark = /^\\\.\r?$/gm;
  mark.lastIndex = lineEnd(script, from);
  return mark.test(script) ? mark.lastIndex : script.length;
}
