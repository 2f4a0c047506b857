import fc from "fast-check";

/**
 * A statement in which `<name>` is a name, `<t:name>` a table that a schema may stand before, and `^` marks where
 * the finding should point to.
 */
export type Form = string;

/** Where a statement can stand: by itself, or inside something that runs it. */
export type Setting = "plain" | "transaction" | "do" | "execute" | "function" | "sql-function";

export interface Spelling {
  readonly sql: string;
  /** The line on which the finding should be. */
  readonly line: number;
}

const mark = "\u0001";

const space = fc.constantFrom(
  " ",
  "  ",
  "\t",
  "\n",
  "\n    ",
  " /* DROP TABLE x; */ ",
  " -- it's; a comment\n",
  "/**/",
);
const harmless = fc.constantFrom(
  "SELECT 'DROP TABLE users; -- no';",
  "INSERT INTO audit_log (note) VALUES ('it''s; fine'), (E'a\\'; b');",
  "CREATE TABLE fresh (id bigint PRIMARY KEY, note text DEFAULT 'x;y');",
  "COMMENT ON TABLE orders IS $c$TRUNCATE orders; 'quoted'$c$;",
  "/* /* nested; */ DELETE FROM users; */ SET lock_timeout = '2s';",
  'ALTER TABLE "Odd;Name" ADD COLUMN note text;',
  "",
);

const cased = (word: string) =>
  fc
    .tuple(
      fc.constantFrom("upper", "lower", "mixed"),
      fc.array(fc.boolean(), { minLength: word.length, maxLength: word.length }),
    )
    .map(([how, flips]) =>
      how === "upper"
        ? word.toUpperCase()
        : how === "lower"
          ? word.toLowerCase()
          : [...word].map((letter, at) => (flips[at] ? letter.toUpperCase() : letter.toLowerCase())).join(""),
    );

const spelledName = (name: string) => fc.oneof(fc.constant(name), cased(name), fc.constant(`"${name}"`));

function spelledToken(token: string): fc.Arbitrary<string> {
  const [, anchor = "", isTable, name] = /^(\^?)(?:<(t:)?(\w+)>(?=\W*$))?/.exec(token) ?? [];
  const at = anchor === "" ? "" : mark;
  const rest = token.slice(anchor.length);
  if (name === undefined)
    return (/^\w+$/.test(rest) ? cased(rest) : fc.constant(rest)).map((text) => at + text);
  const tail = rest.slice(rest.indexOf(">") + 1);
  const spelled = spelledName(name);
  const full =
    isTable === undefined
      ? spelled
      : fc.tuple(fc.constantFrom("", "public.", '"public".'), spelled).map((parts) => parts.join(""));
  return full.map((text) => at + text + tail);
}

const statementOf = (form: Form): fc.Arbitrary<string> => {
  const parts = form.split(" ");
  return fc
    .tuple(
      fc.tuple(...parts.map(spelledToken)),
      fc.array(space, { minLength: parts.length, maxLength: parts.length }),
    )
    .map(([tokens, spaces]) =>
      tokens.map((token, at) => (at === 0 ? token : `${spaces[at]}${token}`)).join(""),
    );
};

const settings: { readonly [Kind in Setting]: (statement: string) => string } = {
  plain: (statement) => `${statement};`,
  transaction: (statement) => `BEGIN;\n${statement};\nCOMMIT;`,
  do: (statement) =>
    `DO $body$\nDECLARE\n  n int := 0;\nBEGIN\n  IF n = 0 THEN\n    ${statement};\n  END IF;\nEXCEPTION WHEN others THEN NULL;\nEND\n$body$;`,
  execute: (statement) =>
    `do language plpgsql $$ begin\n  raise notice 'x; y';\n  ${mark}execute '${statement.replaceAll(mark, "").replaceAll("'", "''")}';\nend $$;`,
  function: (statement) =>
    `CREATE OR REPLACE FUNCTION clean_up() RETURNS void LANGUAGE plpgsql AS $fn$\nBEGIN\n  ${statement};\nEND $fn$;\nSELECT clean_up();`,
  "sql-function": (statement) =>
    `create function tidy() returns void as $fn$\n  ${statement};\n$fn$ language sql;\nselect tidy();`,
};

/** The statement in many spellings: case, quotes, comments, other statements around it, blocks, line ends, a BOM. */
export function spellings(form: Form, allowed: readonly Setting[]): fc.Arbitrary<Spelling> {
  return fc
    .record({
      statement: statementOf(form.includes("^") ? form : `^${form}`),
      setting: fc.constantFrom(...allowed),
      before: fc.array(harmless, { maxLength: 3 }),
      after: fc.array(harmless, { maxLength: 2 }),
      bom: fc.boolean(),
      crlf: fc.boolean(),
    })
    .map(({ statement, setting, before, after, bom, crlf }) => {
      const marked = [...before, settings[setting](statement), ...after].join("\n");
      const line = marked.slice(0, marked.indexOf(mark)).split("\n").length;
      const sql = marked.replaceAll(mark, "");
      return { sql: (bom ? "\uFEFF" : "") + (crlf ? sql.replaceAll("\n", "\r\n") : sql), line };
    });
}
