import { describe, expect, test } from "@jest/globals";
import { found, lines } from "./found.ts";

describe("what the file creates itself is nobody's yet", () => {
  test.each([
    [
      "a table",
      "CREATE TABLE a (b int); CREATE INDEX ON a (b); ALTER TABLE a ALTER b SET NOT NULL, ADD PRIMARY KEY (b);",
    ],
    ["a table with its schema", "CREATE TABLE public.a (b int); CREATE INDEX ON a (b); DROP TABLE a;"],
    ["a table of another case", 'CREATE TABLE Users (b int); TRUNCATE users; DELETE FROM "users";'],
    ["a table that may have existed", "CREATE TABLE IF NOT EXISTS a (b int); CREATE INDEX ON a (b);"],
    ["a table made by a query", "CREATE TABLE a AS SELECT 1 AS b; ALTER TABLE a RENAME TO c; DROP TABLE c;"],
    ["a table made in a block", "DO $$ BEGIN CREATE TABLE a (b int); END $$; CREATE INDEX ON a (b);"],
    ["a temporary table", "CREATE TEMP TABLE a (b int); DELETE FROM a; DROP TABLE a;"],
    ["a column", "ALTER TABLE a ADD COLUMN b int; ALTER TABLE a DROP COLUMN b;"],
    ["a view", "CREATE MATERIALIZED VIEW a AS SELECT 1; CREATE INDEX ON a (b); REFRESH MATERIALIZED VIEW a;"],
    ["a schema", "CREATE SCHEMA a; CREATE TABLE a.b (c int); DROP SCHEMA a CASCADE;"],
    ["a type", "CREATE TYPE a AS ENUM ('b'); ALTER TYPE a RENAME VALUE 'b' TO 'c'; DROP TYPE a CASCADE;"],
    [
      "a function",
      "CREATE FUNCTION a() RETURNS int LANGUAGE sql AS 'SELECT 1'; REVOKE ALL ON FUNCTION a() FROM public;",
    ],
    [
      "a trigger anew",
      "DROP TRIGGER IF EXISTS a ON b; CREATE TRIGGER a BEFORE INSERT ON b FOR EACH ROW EXECUTE FUNCTION c();",
    ],
    ["a policy anew", "DROP POLICY a ON public.b; CREATE POLICY a ON b USING (true);"],
    [
      "a constraint anew",
      "ALTER TABLE a DROP CONSTRAINT odd; ALTER TABLE a ADD CONSTRAINT odd CHECK (b > 1) NOT VALID;",
    ],
    ["an index", "CREATE INDEX CONCURRENTLY a ON b (c); DROP INDEX a;"],
  ])("%s", async (_, sql) => {
    expect(await found(sql)).toEqual([]);
  });

  test.each([
    ["a table that may have existed", "CREATE TABLE IF NOT EXISTS a (b int); TRUNCATE a;", "TRUNCATE a"],
    [
      "a table made under a condition",
      "DO $$ BEGIN CREATE TABLE a (b int); END $$; DROP TABLE a;",
      "DROP TABLE a",
    ],
    ["a table of another schema", "CREATE TABLE x.a (b int); DROP TABLE a;", "DROP TABLE a"],
    ["a table of another case", 'CREATE TABLE "Users" (b int); DROP TABLE Users;', "DROP TABLE Users"],
    [
      "a table hidden by a temporary one",
      "CREATE TEMP TABLE a (b int); DROP TABLE public.a;",
      "DROP TABLE public.a",
    ],
    [
      "the table behind the temporary one",
      "CREATE TEMP TABLE a (b int); DROP TABLE a; TRUNCATE a;",
      "TRUNCATE a",
    ],
    [
      "what another search path means",
      "CREATE TABLE a (b int); SET search_path = x; DROP TABLE a;",
      "DROP TABLE a",
    ],
    [
      "public after another search path",
      "SET search_path = x; CREATE TABLE a (b int); DROP TABLE public.a;",
      "DROP TABLE public.a",
    ],
    ["what was rolled back", "BEGIN; CREATE TABLE a (b int); ROLLBACK; DROP TABLE a;", "DROP TABLE a"],
    ["a table created later", "DROP TABLE a; CREATE TABLE a (b int);", "DROP TABLE a"],
    ["one of two", "CREATE TABLE a (b int); DROP TABLE a, c;", "DROP TABLE a, c"],
    [
      "a column that may have existed",
      "ALTER TABLE a ADD COLUMN IF NOT EXISTS b int; UPDATE a SET b = 1;",
      "UPDATE a SET b = 1",
    ],
    [
      "a column dropped before",
      "ALTER TABLE a DROP COLUMN b, ADD COLUMN b int;",
      "ALTER TABLE a DROP COLUMN b",
    ],
  ])("but not %s", async (_, sql, statement) => {
    expect(await found(sql)).toEqual([`destructive 1 ${statement}`]);
  });

  test("an old table under a new name stays old, and its name can be new", async () => {
    const sql = lines(
      "CREATE TABLE next (b int);",
      "ALTER TABLE a RENAME TO old;",
      "ALTER TABLE next RENAME TO a;",
      "CREATE INDEX ON a (b);",
      "DROP TABLE old;",
    );
    expect(await found(sql)).toEqual(["risky 2 ALTER TABLE a RENAME TO old", "destructive 5 DROP TABLE old"]);
  });

  test("a new column is filled in one go: nothing is lost, but every row is locked", async () => {
    expect(await found("ALTER TABLE a ADD COLUMN b int; UPDATE a SET b = 1;")).toEqual([
      "risky 1 UPDATE a SET b = 1",
    ]);
    expect(await found("ALTER TABLE a ADD COLUMN b int; UPDATE a SET b = 1, c = 2;")).toEqual([
      "destructive 1 UPDATE a SET b = 1, c = 2",
    ]);
  });
});

describe("a constraint that is added and validated", () => {
  const add = "ALTER TABLE a ADD CONSTRAINT b CHECK (c > 0) NOT VALID;";
  const validate = "ALTER TABLE a VALIDATE CONSTRAINT b;";
  test.each([
    ["in the file's one transaction", [add, validate], [2]],
    ["in one of its own", ["BEGIN;", add, validate, "COMMIT;"], [3]],
    ["in two", ["BEGIN;", add, "COMMIT;", "BEGIN;", validate, "COMMIT;"], []],
    ["outside of any", [add, validate, "VACUUM a;"], []],
    ["each by itself", [add, "COMMIT;", validate], []],
  ])("%s", async (_, sql, expected) => {
    const statement = "ALTER TABLE a VALIDATE CONSTRAINT b";
    expect(await found(lines(...sql))).toEqual(expected.map((line) => `risky ${line} ${statement}`));
  });
});

describe("the kind of a dropped constraint", () => {
  test.each([
    "a_b_check",
    "chk_b",
    "a_b_fkey",
    "fk_a_b",
    "FK_1a2b3c",
    "b_not_null",
    "fk_rails_0a1b",
    "a_fk1",
  ])("%s is harmless", async (name) =>
    expect(await found(`ALTER TABLE a DROP CONSTRAINT "${name}"`)).toEqual([]),
  );
  test.each(["a_pkey", "PK_1a2b", "a_b_key", "uq_a_b", "UQ_1a2b", "a_unique", "odd"])(
    "%s is risky",
    async (name) => expect(await found(`ALTER TABLE a DROP CONSTRAINT "${name}"`)).toHaveLength(1),
  );
  test("what the file adds is known, whatever its name", async () => {
    const add = (what: string) =>
      `ALTER TABLE a ADD CONSTRAINT odd ${what} NOT VALID; ALTER TABLE a DROP CONSTRAINT odd;`;
    expect(await found(add("CHECK (b > 0)"))).toEqual([]);
    expect(
      await found(
        "ALTER TABLE a ADD CONSTRAINT b_fkey UNIQUE USING INDEX i; ALTER TABLE a DROP CONSTRAINT b_fkey;",
      ),
    ).toHaveLength(1);
  });
});
