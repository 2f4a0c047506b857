import { tokens } from "./lexer.ts";

const first = 0xe000;
const room = 0xf8ff - first;

/** What opens twice never closes, and the length is bounded: the time stays linear whatever somebody writes. */
const BLOCKS = /\{%[^{}]{0,300}%\}|\{#[^{}]{0,300}#\}|<%[-#][^<>]{0,300}%>/g;
const QUOTING = /\{\{[^{}]{0,300}\}\}|<%[^<>]{0,300}%>/g;
const NAMES = new RegExp(
  [
    QUOTING,
    /\$\{[^${}\n]{0,200}\}|\$\([^$()\n]{0,200}\)|\{\w[^{}\n]{0,200}\}/,
    /%\(\w{1,100}\)[sd]|%[sdI]\b|@\w{1,100}@|@@?\w+|(?<![:\w]):\w+|\?/,
  ]
    .map(({ source }) => source)
    .join("|"),
  "g",
);

/**
 * Puts names in the place of a template's placeholders (`{{ x }}`, `${x}`, `:x`, `:'x'`, `%(x)s`, `<%= x %>`),
 * so that PostgreSQL's parser can read around them. Lines stay where they are. The same placeholder becomes the
 * same name: one character that nobody else uses, because PostgreSQL cuts names at 63 bytes.
 */
export class Placeholders {
  readonly #names = new Map<string, string>();

  /** The statement without placeholders, or null when it has none. */
  filled(statement: string): string | null {
    let result = "";
    let plain = "";
    const flush = () => {
      result += this.#fill(plain);
      plain = "";
    };
    const open = statement.replace(BLOCKS, (block) => block.replace(/[^\n]/g, " "));
    for (const { kind, start, end } of tokens(withoutQuotes(open))) {
      const text = open.slice(start, end);
      if (kind === "string" || kind === "quoted") {
        // psql's `:'name'` and `:"name"` become a literal and a name.
        plain = plain.replace(/(?<!:):$/, "");
        flush();
      }
      if (kind === "string" || kind === "quoted" || kind === "comment") {
        flush();
        result += text.replace(QUOTING, (match) => this.#standIn(match));
      } else plain += text;
    }
    flush();
    return result === statement ? null : result;
  }

  #fill(text: string): string {
    return text.replace(NAMES, (match) => this.#standIn(match));
  }

  /** Line breaks stay, so that lines are still counted right. */
  #standIn(placeholder: string): string {
    return this.nameFor(placeholder) + placeholder.replace(/[^\n]/g, "");
  }

  /** The same text gets the same name. */
  nameFor(placeholder: string): string {
    let name = this.#names.get(placeholder);
    if (name === undefined) {
      if (this.#names.size > room) return String.fromCharCode(first + room);
      name = String.fromCharCode(first + this.#names.size);
      this.#names.set(placeholder, name);
    }
    return name;
  }
}

/** A template's own quotes, inside `{{ … }}` and `<% … %>`, do not begin a literal of SQL. */
const withoutQuotes = (text: string): string =>
  text.replace(QUOTING, (match) => match.replace(/['"$]/g, "_"));
