import { describe, expect, test } from "@jest/globals";
import { found, lines } from "./found.ts";

describe("where a statement ends", () => {
  test.each([
    ["a literal with quotes and semicolons", "SELECT 'it''s; DROP TABLE a;';"],
    ["a literal with escapes", "SELECT E'it\\'s; DROP TABLE a;';"],
    ["a quoted name", 'SELECT 1 AS "a;""DROP TABLE a;";'],
    ["a nested comment", "/* /* ; */ DROP TABLE a; */ SELECT 1;"],
    ["a body between dollars", "COMMENT ON TABLE a IS $x$ $$; DROP TABLE a; $$ $x$;"],
    ["brackets", "CREATE RULE r AS ON INSERT TO new DO ALSO (SELECT 1; SELECT 2);"],
    ["a name with dollars", "SELECT a$b$c; SELECT a$b$c;"],
  ])("%s does not end it", async (_, sql) => {
    expect(await found(`CREATE TABLE new (a int); ${sql}`)).toEqual([]);
    expect(await found(`CREATE TABLE new (a int); ${sql} DROP TABLE b;`)).toEqual([
      "destructive 1 DROP TABLE b",
    ]);
  });

  test("a body of SQL that is no text holds statements with semicolons", async () => {
    const body = "BEGIN ATOMIC SELECT CASE WHEN a THEN 1 END FROM t; DELETE FROM t; END";
    const define = `CREATE FUNCTION f() RETURNS void ${body};`;
    expect(await found(define)).toEqual([]);
    expect(await found(`${define}\nSELECT f();`)).toEqual([
      `destructive 1 CREATE FUNCTION f() RETURNS void ${body}`,
    ]);
  });

  test("the last statement needs no semicolon, and empty ones are none", async () => {
    expect(await found(";;\n;\nDROP TABLE a")).toEqual(["destructive 3 DROP TABLE a"]);
    expect(await found("")).toEqual([]);
    expect(await found("-- nothing yet\n")).toEqual([]);
  });

  test("a comment that is left open is no comment", async () => {
    expect(await found("/* a /* b */ DROP TABLE a;")).toEqual(["unparsed 1 /* a /* b */ DROP TABLE a;"]);
  });

  test("what cannot be parsed does not hide what follows", async () => {
    const sql = lines("ALTER TABLE a MODIFY b int;", "SELECT (1;", "DROP TABLE c;", "DROP TABLE d");
    expect(await found(sql)).toEqual([
      "unparsed 1 ALTER TABLE a MODIFY b int",
      "unparsed 2 SELECT (1",
      "destructive 3 DROP TABLE c",
      "destructive 4 DROP TABLE d",
    ]);
  });
});

describe("lines", () => {
  test("each action of an ALTER TABLE has its own", async () => {
    const sql = lines(
      "",
      "-- note",
      'ALTER TABLE "Größe" -- why',
      "  DROP COLUMN ä, -- a, b",
      "  ADD COLUMN c numeric(1, 2) DEFAULT 1,",
      "",
      "  ALTER d SET NOT NULL;",
    );
    expect(await found(sql)).toEqual([
      'destructive 4 ALTER TABLE "Größe" DROP COLUMN ä',
      'risky 7 ALTER TABLE "Größe" … ALTER d SET NOT NULL',
    ]);
  });

  test("CRLF and a byte order mark change nothing", async () => {
    expect(await found("\uFEFFSELECT 1;\r\n\r\nDROP TABLE a;\r\n")).toEqual(["destructive 3 DROP TABLE a"]);
  });
});

describe("psql", () => {
  test("its commands are no SQL", async () => {
    const sql = lines("\\set ON_ERROR_STOP on", "\\timing", "\\echo it's DROP TABLE a;", "DROP TABLE b;");
    expect(await found(sql)).toEqual(["destructive 4 DROP TABLE b"]);
  });

  test("the data of a COPY is none either", async () => {
    const sql = lines("COPY a (b) FROM stdin;", "it's", "DROP TABLE a;", "\\.", "DROP TABLE b;");
    expect(await found(sql)).toEqual(["destructive 5 DROP TABLE b"]);
  });

  test("included files and the shell are risky", async () => {
    expect(await found(lines("\\i other.sql", "\\ir ../x.sql", "\\! rm -rf data"))).toEqual([
      "risky 1 \\i other.sql",
      "risky 2 \\ir ../x.sql",
      "risky 3 \\! rm -rf data",
    ]);
  });

  test("\\gexec runs what a query gives", async () => {
    expect(await found("SELECT format('DROP TABLE %I', tablename) FROM pg_tables \\gexec")).toEqual([
      "destructive 1 DROP TABLE …",
    ]);
    expect(await found("SELECT command FROM chores\n\\gexec\nDROP TABLE a;")).toEqual([
      "risky 1 SELECT command FROM chores",
      "destructive 3 DROP TABLE a",
    ]);
  });

  test("after \\connect, what was created is elsewhere; under \\if, it may have existed", async () => {
    const sql = ["CREATE TABLE a (b int);", "DROP TABLE a;"];
    expect(await found(lines(...sql))).toEqual([]);
    expect(await found(lines(sql[0] ?? "", "\\c other", sql[1] ?? ""))).toEqual([
      "destructive 3 DROP TABLE a",
    ]);
    expect(await found(lines("\\if :new", ...sql, "\\endif"))).toEqual(["destructive 3 DROP TABLE a"]);
  });
});

describe("placeholders", () => {
  test.each([
    ["ALTER TABLE {{ schema }}.users DROP COLUMN a"],
    ["ALTER TABLE {{ env('x;y', \"it's\") }}.users DROP COLUMN a"],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: Flyway writes them so
    ["ALTER TABLE ${prefix}_users DROP COLUMN a"],
    ["ALTER TABLE $(prefix)_users DROP COLUMN a"],
    ["ALTER TABLE :schema.users DROP COLUMN :column"],
    ['ALTER TABLE :"schema".users DROP COLUMN a'],
    [`ALTER TABLE "{{ index .Options "Namespace" }}".users DROP COLUMN a`],
    ["ALTER TABLE <%= table %> DROP COLUMN a"],
    ["ALTER TABLE %(table)s DROP COLUMN a"],
    ["ALTER TABLE @prefix@users DROP COLUMN a"],
    ["{% if drop %} ALTER TABLE users DROP COLUMN a"],
  ])("around them is read: %s", async (sql) => {
    expect(await found(`${sql};`)).toEqual([
      expect.stringMatching(/^destructive 1 ALTER TABLE .*DROP COLUMN/),
    ]);
  });

  test("values are no danger", async () => {
    const sql = lines(
      "UPDATE users SET state = :'state' WHERE id = :id;",
      "INSERT INTO a VALUES (?, $1, %s, '{{ x }}');",
      "SELECT a::text, b[1:2] FROM t WHERE c ? 'd';",
    );
    expect(await found(sql)).toEqual([]);
  });

  test("the same one is the same name, another one is not", async () => {
    expect(await found("CREATE TABLE {{ a }} (b int); CREATE INDEX ON {{ a }} (b);")).toEqual([]);
    expect(await found("CREATE TABLE {{ a }} (b int); DROP TABLE {{ c }};")).toEqual([
      "destructive 1 DROP TABLE …",
    ]);
  });

  test("in the place of a statement, nothing can be said", async () => {
    expect(await found("{{ statement }};")).toEqual([expect.stringMatching(/^unparsed 1 /)]);
  });
});

describe("the way back in the same file", () => {
  test.each([
    ["-- migrate:up", "-- migrate:down"],
    ["-- +goose Up", "-- +goose Down"],
    ["-- +migrate Up", "-- +migrate Down notransaction"],
  ])("%s", async (up, down) => {
    expect(await found(lines(up, "CREATE TABLE a (b int);", down, "DROP TABLE b;"))).toEqual([]);
    expect(await found(lines(up, "DROP TABLE c;", down, "DROP TABLE b;"))).toEqual([
      "destructive 2 DROP TABLE c",
    ]);
    expect(await found(lines(down, "DROP TABLE b;", up, "DROP TABLE c;"))).toEqual([
      "destructive 2 DROP TABLE b",
      "destructive 4 DROP TABLE c",
    ]);
    expect(await found(lines(up, down, "DROP TABLE b;", up, "DROP TABLE c;"))).toEqual([
      "destructive 5 DROP TABLE c",
    ]);
  });

  test("a marker alone, or inside a literal, marks nothing", async () => {
    expect(await found(lines("-- migrate:down", "DROP TABLE a;"))).toEqual(["destructive 2 DROP TABLE a"]);
    const literal = lines("-- migrate:up", "SELECT '", "-- migrate:down", "';", "DROP TABLE a;");
    expect(await found(literal)).toEqual(["destructive 5 DROP TABLE a"]);
  });
});
