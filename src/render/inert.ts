/** Makes people's text harmless in GitHub's Markdown: it shows what was written and does nothing. */

const BOUNDARY = /[\p{Cc}\u2028\u2029]+/gu;
/** Marks that turn the direction of text around, and could make it read as something else. */
const DIRECTION = /[\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;

/**
 * In order: code as written; addresses; accounts and mail addresses; references to issues; the rest. GitHub
 * neither mentions nor links what stands in code.
 */
const TOKEN = new RegExp(
  [
    "(?<code>(?<!`)`[^`#\\[\\]<>]+`(?!`))",
    '(?<url>(?:https?://|www\\.)[^\\s<>`"]*)',
    "(?<name>(?:(?<![\\w.+@/-])[\\w.+@/-]*)?@\\w(?:[\\w./@-]*\\w)?)",
    "(?<reference>(?:(?<![\\w./-])[\\w./-]+)?#\\d\\w*|\\bGH-\\d\\w*)",
  ].join("|"),
  "gi",
);
const SPECIAL = /[\\`*[\]<&~|$]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu;
/** Addresses that GitHub turns into a reference, and those that cannot stand between `<` and `>`. */
const REFERRING = /^www|[@#[\]\\]|\/(?:issues|pull|pulls|discussions|commit)\//i;

/**
 * One line of Markdown that shows this text: no mention, no reference, no closing keyword or `[skip ci]` that
 * works, no HTML, no line break, no box. Pairs of single backticks keep their meaning; addresses stay links.
 */
export function inert(text: string): string {
  const line = text.replace(BOUNDARY, " ").replace(DIRECTION, "").replace(/\s+/g, " ").trim();
  let result = "";
  let end = 0;
  for (const match of line.matchAll(TOKEN)) {
    result = join(result, escaped(line.slice(end, match.index)));
    result = join(result, token(match[0], match.groups ?? {}));
    end = match.index + match[0].length;
  }
  return join(result, escaped(line.slice(end)));
}

const escaped = (text: string): string => text.replace(SPECIAL, "\\$&");

function token(text: string, { code, url }: Record<string, string | undefined>): string {
  if (code !== undefined) return code;
  if (url === undefined) return `\`${text}\``;
  const address = url.replace(/[.,;:!?'")\]*_]+$/, "");
  const tail = escaped(url.slice(address.length));
  return (REFERRING.test(address) ? `\`${address}\`` : `<${address}>`) + tail;
}

/** Two pieces of code must not touch: their backticks would become one longer run. */
const join = (left: string, right: string): string =>
  left.endsWith("`") && right.startsWith("`") ? `${left} ${right}` : left + right;

/** As `inert`, at the beginning of a line: it does not become a heading, list, quotation, rule or underline. */
export const inertLine = (text: string): string =>
  inert(text).replace(/^(?:[-+>#=]|(?<number>\d{1,9})(?=[.)]))/, (start, ...rest) => {
    const { number } = rest.at(-1) as { number?: string };
    return number === undefined ? `\\${start}` : `${number}\\`;
  });

/** At most so many characters, with an ellipsis in place of what was cut. Not in the middle of a character. */
export function cut(text: string, length: number): string {
  const characters = [...text];
  return characters.length <= length
    ? text
    : `${characters
        .slice(0, length - 1)
        .join("")
        .trimEnd()}…`;
}
