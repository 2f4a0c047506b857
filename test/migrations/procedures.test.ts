import { describe, expect, test } from "@jest/globals";
import { found, lines } from "./found.ts";

const block = (declare: string, ...body: readonly string[]) =>
  lines("DO $$", `DECLARE ${declare}`, "BEGIN", ...body, "END $$;");

describe("SQL that a procedure puts together", () => {
  test.each([
    ["a literal", "", "EXECUTE 'DROP TABLE a';", "DROP TABLE a"],
    ["a template's text", "", `EXECUTE 'DROP TABLE {{ index .Options "Namespace" }}.a';`, "DROP TABLE ….a"],
    ["several statements", "", "EXECUTE 'SELECT 1; DROP TABLE a';", "DROP TABLE a"],
    ["a literal between dollars", "", "EXECUTE $x$DROP TABLE a$x$;", "DROP TABLE a"],
    ["joined parts", "", "EXECUTE 'DROP TABLE ' || quote_ident(x) || ' CASCADE';", "DROP TABLE … CASCADE"],
    [
      "format",
      "",
      "EXECUTE format('ALTER TABLE %I.%I DROP COLUMN %2$I', s, t);",
      "ALTER TABLE ….… DROP COLUMN …",
    ],
    ["format with a text", "", "EXECUTE format('%s TABLE %I', 'DROP', t);", "DROP TABLE …"],
    ["concat", "", "EXECUTE concat('TRUNCATE ', t::regclass);", "TRUNCATE …"],
    ["a variable", "s text;", "s := 'DROP TABLE a'; EXECUTE s;", "DROP TABLE a"],
    ["its first value", "s text := 'DROP TABLE a';", "EXECUTE s;", "DROP TABLE a"],
    [
      "one of several values",
      "s text;",
      "IF x THEN s := 'SELECT 1'; ELSE s := 'TRUNCATE a'; END IF; EXECUTE s;",
      "TRUNCATE a",
    ],
    ["a variable that grows", "s text := 'DROP ';", "s := s || 'TABLE a'; EXECUTE s;", "DROP TABLE a"],
    ["CASE", "", "EXECUTE CASE WHEN x THEN 'SELECT 1' ELSE 'DROP TABLE a' END;", "DROP TABLE a"],
    ["a query's column", "s text;", "SELECT 'DROP TABLE ' || t INTO s FROM u; EXECUTE s;", "DROP TABLE …"],
    [
      "an aggregate",
      "s text;",
      "SELECT string_agg(format('DROP TABLE %I', t), ';') INTO s FROM u; EXECUTE s;",
      "DROP TABLE …",
    ],
    ["a subquery", "", "EXECUTE (SELECT string_agg('TRUNCATE ' || t, ';') FROM u);", "TRUNCATE …"],
    [
      "a loop over a query",
      "r record;",
      "FOR r IN SELECT 'DROP TABLE ' || t AS cmd FROM u LOOP EXECUTE r.cmd; END LOOP;",
      "DROP TABLE …",
    ],
    [
      "a loop over names",
      "r record;",
      "FOR r IN SELECT t FROM u LOOP EXECUTE 'DROP TABLE ' || r.t; END LOOP;",
      "DROP TABLE …",
    ],
    [
      "a loop over an array",
      "s text;",
      "FOREACH s IN ARRAY ARRAY['SELECT 1', 'DROP TABLE a'] LOOP EXECUTE s; END LOOP;",
      "DROP TABLE a",
    ],
    [
      "a loop over its results",
      "r record;",
      "FOR r IN EXECUTE 'DELETE FROM a RETURNING b' LOOP END LOOP;",
      "DELETE FROM a RETURNING b",
    ],
    ["a block in a text", "", "EXECUTE 'DO $x$ BEGIN DROP TABLE a; END $x$';", "DROP TABLE a"],
  ])("%s", async (_, declare, body, statement) => {
    expect(await found(block(declare, "", body))).toEqual([`destructive 5 ${statement}`]);
  });

  test.each([
    ["a parameter's value", "", "EXECUTE x;"],
    ["a text whose middle is open", "", "EXECUTE 'SELECT ' || x;"],
    ["%s of something unknown", "", "EXECUTE format('CREATE TABLE a (%s)', x);"],
    ["a result of EXECUTE", "s text := 'SELECT 1';", "EXECUTE 'SELECT 1' INTO s; EXECUTE s;"],
    ["too many values", "s text;", `${"s := 'SELECT 1'; ".repeat(30)} EXECUTE s;`],
    ["a variable made of itself", "s text;", "s := s || s; EXECUTE s;"],
  ])("what cannot be seen is risky: %s", async (_, declare, body) => {
    expect(await found(block(declare, body))).toEqual([expect.stringMatching(/^risky 4 EXECUTE /)]);
  });

  test.each([
    ["a quoted name", "EXECUTE format('CREATE TABLE %I (a int)', x);"],
    ["a literal", "EXECUTE format('COMMENT ON TABLE a IS %L', x); EXECUTE 'SELECT ' || quote_literal(x);"],
    [
      "the same name again",
      "EXECUTE format('CREATE TABLE %I (a int)', x); EXECUTE format('CREATE INDEX ON %I (a)', x);",
    ],
  ])("what can only be a name or literal is no danger: %s", async (_, body) => {
    expect(await found(block("", body))).toEqual([]);
  });
});

describe("functions", () => {
  const define = lines(
    "CREATE FUNCTION f(a int) RETURNS void LANGUAGE plpgsql AS $$",
    "BEGIN",
    "  DROP TABLE x;",
    "END $$;",
  );

  test("one that is only defined does not run", async () => expect(await found(define)).toEqual([]));

  test.each([
    ["SELECT f(1);"],
    ["SELECT * FROM f(1);"],
    ["INSERT INTO b SELECT public.f(c) FROM d;"],
    ["DO $$ BEGIN PERFORM f(1); END $$;"],
    ["DO $$ DECLARE n int; BEGIN n := f(1); END $$;"],
    ["DO $$ BEGIN EXECUTE 'SELECT f(1)'; END $$;"],
  ])("called by %s", async (call) => {
    expect(await found(`${define}\n${call}`)).toEqual(["destructive 3 DROP TABLE x"]);
  });

  test("the way to them can be long", async () => {
    const outer = "CREATE PROCEDURE g() LANGUAGE plpgsql AS $$ BEGIN PERFORM f(1); END $$; CALL g();";
    expect(await found(`${define}\n${outer}`)).toEqual(["destructive 3 DROP TABLE x"]);
  });

  test("those with the same name are all looked at, and a new one again", async () => {
    const other = "CREATE FUNCTION f(a text) RETURNS void LANGUAGE sql AS 'SELECT 1';";
    expect(await found(`${define}\n${other}\nSELECT f(1);`)).toEqual(["destructive 3 DROP TABLE x"]);
    const again = "CREATE OR REPLACE FUNCTION g() RETURNS int LANGUAGE sql AS 'TRUNCATE y; SELECT 1';";
    const first = "CREATE FUNCTION g() RETURNS int LANGUAGE sql AS 'SELECT 1'; SELECT g();";
    expect(await found(`${first}\n${again}\nSELECT g();`)).toEqual(["destructive 2 TRUNCATE y"]);
  });

  test("what a view, trigger or default calls does not run now", async () => {
    const sql = lines(
      define,
      "CREATE VIEW v AS SELECT f(1);",
      "CREATE TRIGGER t BEFORE INSERT ON b FOR EACH ROW EXECUTE FUNCTION f();",
      "CREATE TABLE n (a int DEFAULT f(1));",
    );
    expect(await found(sql)).toEqual([]);
  });

  test("a body in another language cannot be read", async () => {
    expect(await found("DO LANGUAGE plpython3u $$ plpy.execute('x') $$;")).toEqual([
      "risky 1 DO LANGUAGE plpython3u $$…$$",
    ]);
  });

  test("a body that only returns something does no harm", async () => {
    expect(await found("CREATE FUNCTION f() RETURNS int LANGUAGE sql RETURN 1 + 1; SELECT f();")).toEqual([]);
  });

  test("a type borrowed from a column is no obstacle", async () => {
    const sql =
      "CREATE FUNCTION f(a users.id%TYPE) RETURNS void LANGUAGE plpgsql AS $$ BEGIN DROP TABLE x; END $$; SELECT f(1);";
    expect(await found(sql)).toEqual(["destructive 1 DROP TABLE x"]);
  });

  test("a body that is no PL/pgSQL is said", async () => {
    expect(await found("SELECT 1;\nDO $$ BEGIN IF x DROP TABLE a; END $$;")).toEqual(["unparsed 2 DO $$…$$"]);
  });
});
