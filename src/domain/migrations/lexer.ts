/**
 * The tokens of SQL that decide where a statement ends, as PostgreSQL and psql see them. Positions are those of
 * JavaScript strings.
 * https://www.postgresql.org/docs/current/sql-syntax-lexical.html
 */
export type TokenKind = "space" | "comment" | "string" | "quoted" | "dollar" | "word" | "backslash" | "other";

export interface Token {
  readonly kind: TokenKind;
  readonly start: number;
  readonly end: number;
}

const SPACE = /[\s\uFEFF]+/y;
const LINE_COMMENT = /--[^\n]*/y;
const WORD = /[A-Za-z_\u0080-\uFFFF][\w$\u0080-\uFFFF]*|\d[\w.]*/y;
const DOLLAR = /\$(?:[A-Za-z_\u0080-\uFFFF][\w\u0080-\uFFFF]*)?\$/y;

const matchAt = (pattern: RegExp, text: string, at: number): number => {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : -1;
};

/** The token that begins here. What is left open goes to the end of the text; a comment left open is no comment. */
export function tokenAt(text: string, start: number): Token {
  const token = (kind: TokenKind, end: number): Token => ({ kind, start, end });
  const character = text[start];
  let end = matchAt(SPACE, text, start);
  if (end > 0) return token("space", end);
  end = matchAt(LINE_COMMENT, text, start);
  if (end > 0) return token("comment", end);
  if (text.startsWith("/*", start)) {
    end = blockCommentEnd(text, start);
    return end < 0 ? token("other", text.length) : token("comment", end);
  }
  if (character === "'") return token("string", quoteEnd(text, start, "'", false));
  if ((character === "e" || character === "E") && text[start + 1] === "'") {
    return token("string", quoteEnd(text, start + 1, "'", true));
  }
  if (character === '"') return token("quoted", quoteEnd(text, start, '"', false));
  end = matchAt(DOLLAR, text, start);
  if (end > 0) {
    const close = text.indexOf(text.slice(start, end), end);
    return token("dollar", close < 0 ? text.length : close + end - start);
  }
  end = matchAt(WORD, text, start);
  if (end > 0) return token("word", end);
  return token(character === "\\" ? "backslash" : "other", start + 1);
}

export function* tokens(text: string, from = 0): Generator<Token> {
  for (let at = from; at < text.length; ) {
    const token = tokenAt(text, at);
    yield token;
    at = token.end;
  }
}

/** Block comments nest in PostgreSQL. */
function blockCommentEnd(text: string, start: number): number {
  const mark = /\/\*|\*\//g;
  mark.lastIndex = start;
  let depth = 0;
  for (let match = mark.exec(text); match !== null; match = mark.exec(text)) {
    depth += match[0] === "/*" ? 1 : -1;
    if (depth === 0) return mark.lastIndex;
  }
  return -1;
}

function quoteEnd(text: string, start: number, quote: string, escapes: boolean): number {
  for (let at = start + 1; at < text.length; at++) {
    if (escapes && text[at] === "\\") at++;
    else if (text[at] === quote) {
      if (text[at + 1] !== quote) return at + 1;
      at++;
    }
  }
  return text.length;
}
