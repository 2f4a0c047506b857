import { describe, expect, test } from "@jest/globals";
import { analyseMigration } from "../../src/domain/migrations/analyse.ts";
import { migrationsAtLeast, migrationsRisk, type RangeFile } from "../../src/domain/migrations/risk.ts";
import { found } from "./found.ts";

const added = (path: string, after: string): RangeFile => ({ path, before: null, after });

describe("what a range adds", () => {
  test("nothing", async () => {
    const risk = await migrationsRisk([added("README.md", "DROP TABLE a;"), added("src/a.ts", "")]);
    expect(risk).toEqual({
      risk: "none",
      files: [],
      count: { destructive: 0, risky: 0, unparsed: 0 },
      wayBack: [],
    });
  });

  test("the worst file decides; the files stand in the order of their paths", async () => {
    const risk = await migrationsRisk([
      added("db/migrations/2.sql", "CREATE INDEX ON a (b); DROP TABLE a; ALTER TABLE a MODIFY b int;"),
      added("db/migrations/1.sql", "CREATE TABLE a (b int);"),
    ]);
    expect(risk.risk).toBe("destructive");
    expect(risk.count).toEqual({ destructive: 1, risky: 1, unparsed: 1 });
    expect(risk.files.map(({ file, risk }) => `${file} ${risk}`)).toEqual([
      "db/migrations/1.sql harmless",
      "db/migrations/2.sql destructive",
    ]);
  });

  test("an edited file counts whole; one that is gone or the same counts for nothing", async () => {
    const files: RangeFile[] = [
      { path: "a.sql", before: "DROP TABLE a;", after: "DROP TABLE a; SELECT 1;" },
      { path: "b.sql", before: "DROP TABLE b;", after: "DROP TABLE b;" },
      { path: "c.sql", before: "DROP TABLE c;", after: null },
    ];
    expect((await migrationsRisk(files)).files.map(({ file }) => file)).toEqual(["a.sql"]);
  });

  test("the way back is named, and not judged", async () => {
    const paths = ["1_a.down.sql", "x/migrations/9/down.sql", "U2__a.sql", "db/revert/a.sql", "1_a.undo.sql"];
    const risk = await migrationsRisk(paths.map((path) => added(path, "DROP TABLE a;")));
    expect(risk.risk).toBe("none");
    expect(risk.wayBack).toHaveLength(paths.length);
  });

  test("names that only look like the way back are judged", async () => {
    const paths = ["V2__shut_down.sql", "slowdown.sql", "db/deploy/revert.sql"];
    const risk = await migrationsRisk(paths.map((path) => added(path, "DROP TABLE a;")));
    expect(risk.files.map(({ file, risk }) => `${file} ${risk}`)).toEqual(
      [...paths].sort().map((path) => `${path} destructive`),
    );
  });

  test.each([
    "db/migrate/20260101_add_users.rb",
    "app/migrations/0002_auto.py",
    "migrations/1-users.ts",
    "migrations/changelog.xml",
    "alembic/versions/ab12_x.py",
  ])("%s is no SQL: it cannot be judged and counts as risky", async (path) => {
    const { risk, count } = await migrationsRisk([added(path, "drop_table :users")]);
    expect({ risk, count }).toEqual({ risk: "risky", count: { destructive: 0, risky: 0, unparsed: 1 } });
  });

  test.each([
    "app/migrations/__init__.py",
    "migrations/index.ts",
    "migrations/1-users.test.ts",
    "migrations/meta/_journal.json",
    "migrations/README.md",
    "migrations/migration_lock.toml",
    "src/users.rb",
  ])("%s is no migration", async (path) => {
    expect((await migrationsRisk([added(path, "DROP TABLE a;")])).risk).toBe("none");
  });

  test("templates of SQL are SQL, and the paths can be configured", async () => {
    const files = [added("x/1.sql.j2", "DROP TABLE {{ a }};"), added("db/2.sql", "DROP TABLE b;")];
    const { files: judged } = await migrationsRisk(files, { paths: ["x/**", "**/*.sql", "!db/**"] });
    expect(judged.map(({ file, risk }) => `${file} ${risk}`)).toEqual(["x/1.sql.j2 destructive"]);
  });

  test("a file whose text could not be had is risky", async () => {
    const file = { path: "a.sql", before: null, after: null, unreadable: "GitHub gives no text of it" };
    const { risk, files } = await migrationsRisk([file]);
    expect(risk).toBe("risky");
    expect(files[0]?.findings[0]?.why).toBe("The file was not looked into: GitHub gives no text of it.");
  });

  test("after too many files, the rest is not looked into", async () => {
    const files = Array.from({ length: 201 }, (_, at) => added(`m/${1000 + at}.sql`, "SELECT 1;"));
    const { risk, count } = await migrationsRisk(files);
    expect({ risk, unparsed: count.unparsed }).toEqual({ risk: "risky", unparsed: 1 });
  });

  test("what is destructive is risky too", async () => {
    const of = async (sql: string) => {
      const risk = await migrationsRisk([added("a.sql", sql)]);
      return [migrationsAtLeast(risk, "risky"), migrationsAtLeast(risk, "destructive")];
    };
    expect(await of("DROP TABLE a")).toEqual([true, true]);
    expect(await of("CREATE INDEX ON a (b)")).toEqual([true, false]);
    expect(await of("GO\nEXEC x")).toEqual([true, false]);
    expect(await of("SELECT 1")).toEqual([false, false]);
    const none = await migrationsRisk([]);
    expect([migrationsAtLeast(none, "risky"), migrationsAtLeast(none, "destructive")]).toEqual([
      false,
      false,
    ]);
  });
});

describe("what is shown", () => {
  test("a finding says why, and what to do instead", async () => {
    const { findings } = await analyseMigration("CREATE INDEX i ON a (b);", "db/1.sql");
    expect(findings).toEqual([
      {
        severity: "risky",
        file: "db/1.sql",
        line: 1,
        statement: "CREATE INDEX i ON a (b)",
        why: "Nobody can write to the table while the index is built.",
        whatInstead: "CREATE INDEX CONCURRENTLY, outside a transaction.",
      },
    ]);
  });

  test("literals and comments are left out, and the statement stays one short line", async () => {
    const sql = `UPDATE users /* x */ SET token = 'hunter2',\n  note = $$secret$$, "na\u202Eme" = E'a\\'b'`;
    expect(await found(sql)).toEqual([
      `destructive 1 UPDATE users SET token = '…', note = $$…$$, "name" = '…'`,
    ]);
    const [long = ""] = await found(`DELETE FROM a USING ${"b, ".repeat(500)} c`);
    expect([...long.replace("destructive 1 ", "")]).toHaveLength(120);
  });

  test("of very many findings the worst are listed, and all are counted", async () => {
    const sql = `${"CREATE INDEX ON a (b);\n".repeat(80)}DROP TABLE a;`;
    const { findings, count } = await analyseMigration(sql, "a.sql");
    expect(count).toEqual({ destructive: 1, risky: 80, unparsed: 0 });
    expect(findings).toHaveLength(50);
    expect(findings.at(-1)).toMatchObject({ severity: "destructive", line: 81 });
  });
});

describe("bounds", () => {
  test("a file that is too long is not looked into", async () => {
    expect(await found("DROP TABLE a;", { maxBytes: 12 })).toEqual(["unparsed 1 "]);
    expect(await found("DROP TABLE a;", { maxBytes: 13 })).toEqual(["destructive 1 DROP TABLE a"]);
    expect(await found("DROP TABLE ä;", { maxBytes: 13 })).toEqual(["unparsed 1 "]);
  });

  test.each([
    ["brackets", `SELECT ${"(".repeat(100_000)}1`],
    ["operators", `SELECT ${"1+".repeat(200_000)}1`],
    ["blocks", `DO $$ ${"BEGIN ".repeat(3_000)} NULL; ${"END; ".repeat(3_000)} $$`],
    ["braces", "{{".repeat(200_000)],
    ["quotes", "'".repeat(200_001)],
  ])("what is nested too deep or never ends is said: %s", async (_, sql) => {
    const { risk, count } = await analyseMigration(sql, "a.sql");
    expect({ risk, unparsed: count.unparsed }).toEqual({ risk: "risky", unparsed: 1 });
  });

  test("texts made of texts come to an end", async () => {
    const names = Array.from({ length: 60 }, (_, at) => `s${at}`);
    const doubled = names.map((name, at) => `${name} := s${at + 1} || s${at + 1};`).join(" ");
    const sql = `DO $$ DECLARE ${names.map((name) => `${name} text;`).join(" ")} BEGIN ${doubled} EXECUTE s0; END $$`;
    expect(await found(sql)).toEqual(["risky 1 EXECUTE s0"]);
  });

  test("others get their turn while a big file is read, and may end it", async () => {
    let turns = 0;
    const sql = "SELECT 1;\n".repeat(2_000);
    await analyseMigration(sql, "a.sql", {
      pause: async () => {
        turns++;
      },
    });
    expect(turns).toBe(8);
    const end = new Error("long enough");
    await expect(analyseMigration(sql, "a.sql", { pause: () => Promise.reject(end) })).rejects.toBe(end);
  });
});
