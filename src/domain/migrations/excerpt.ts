import { tokens } from "./lexer.ts";

const maxLength = 120;
/** Enough of a long statement to fill an excerpt. */
const maxRead = 4_000;
const UNSAFE = /[\p{Cc}\u2028\u2029\u200B-\u200F\u202A-\u202E\u2060-\u2069\uD800-\uDFFF\uFEFF]/gu;

/** Names that stand for a placeholder or a computed part. */
const FILLED = /[\uE000-\uF8FF]+/g;

/** One short line that shows a statement: no comments, and no literals, which may be secrets. */
export function excerpt(sql: string): string {
  let result = "";
  for (const { kind, start, end } of tokens(sql.slice(0, maxRead))) {
    if (kind === "space" || kind === "comment") result += " ";
    else if (kind === "string") result += "'…'";
    else if (kind === "dollar") result += "$$…$$";
    else result += sql.slice(start, end);
  }
  return oneLine(result);
}

export function oneLine(text: string): string {
  const line = text.replace(/\s+/g, " ").replace(FILLED, "…").replace(UNSAFE, "").trim();
  const characters = [...line];
  return characters.length <= maxLength ? line : `${characters.slice(0, maxLength - 1).join("")}…`;
}
