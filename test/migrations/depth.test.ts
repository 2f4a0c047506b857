import { describe, expect, test } from "@jest/globals";
import { analyseMigration } from "../../src/domain/migrations/analyse.ts";

const repeated = (before: string, middle: string, after: string) => (times: number) =>
  `SELECT ${before.repeat(times)}${middle}${after.repeat(times)}`;

const shapes: readonly [string, (times: number) => string][] = [
  ["operators", repeated("1+", "1", "")],
  ["joined texts", repeated("a||", "b", "")],
  ["casts", repeated("", "a", "::int")],
  ["tests", repeated("", "a", " IS NULL")],
  ["collations", repeated("", "a", ' COLLATE "C"')],
  ["time zones", repeated("", "a", " AT TIME ZONE 'utc'")],
  ["joins", repeated("", "1 FROM a", " JOIN b ON true")],
  ["unions", repeated("", "1", " UNION SELECT 1")],
  ["unions with commas", repeated("", "1, 'a'", " UNION ALL SELECT 1, 'a'")],
  ["brackets", repeated("(", "1", ")")],
  ["subqueries", repeated("(SELECT ", "1", ")")],
  ["subqueries in tests", repeated("EXISTS (SELECT ", "1", ")")],
  ["subqueries with operators", repeated("1 + (SELECT 2 + ", "1", ")")],
  ["calls", repeated("f(", "1", ")")],
  ["calls with commas", repeated("f(1, ", "1", ")")],
  ["cases", repeated("CASE WHEN a THEN b ELSE ", "1", " END")],
  ["negations", repeated("NOT ", "a", "")],
];

describe("what nests too deep is said, and the parser lives on", () => {
  test.each(shapes)("%s", async (_, shape) => {
    for (const times of [1_000, 1_800, 2_300, 3_000, 5_500, 9_000, 30_000]) {
      const { findings } = await analyseMigration(`${shape(times)};`, "a.sql");
      const reasons = findings.map(({ why }) => why);
      expect(reasons.every((why) => /nested too deep|memory exhausted|not in this file/.test(why))).toBe(
        true,
      );
    }
    expect((await analyseMigration("DROP TABLE a", "a.sql")).risk).toBe("destructive");
  });
});

test("what is long but not deep is read", async () => {
  const rows = Array.from({ length: 5_000 }, (_, at) => `(${at}, 'text', now(), ARRAY[1, 2])`).join(", ");
  const unions = Array.from({ length: 1_000 }, (_, at) => `SELECT ${at}, 'text'`).join(" UNION ALL ");
  const columns = Array.from({ length: 1_000 }, (_, at) => `c${at} numeric(10, 2) NOT NULL DEFAULT 0`).join(
    ", ",
  );
  const sql = `INSERT INTO a VALUES ${rows}; INSERT INTO a ${unions}; CREATE TABLE b (${columns}); DROP TABLE a;`;
  const { count } = await analyseMigration(sql, "a.sql");
  expect(count).toEqual({ destructive: 1, risky: 0, unparsed: 0 });
});
