import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { judgeCorpus } from "./corpus.ts";

const corpus = new URL("corpus/", import.meta.url);
const read = (file: string) => readFileSync(new URL(file, corpus), "utf8");

test("of the labelled migrations no destructive one is missed, and few harmless ones are flagged", async () => {
  const labels: unknown = JSON.parse(read("labels.json"));
  const files = readdirSync(corpus).filter((name) => name.endsWith(".sql"));
  expect(Object.keys(labels as object).sort()).toEqual(files.sort());
  expect(files.length).toBeGreaterThanOrEqual(60);
  const { passes, table } = await judgeCorpus(labels, read);
  expect({ passes, table }).toEqual({ passes: true, table });
});

test("the judgement fails for a missed and for a flagged migration", async () => {
  const judged = (label: string, sql: string) => judgeCorpus({ "a.sql": label }, () => sql);
  expect((await judged("destructive", "SELECT 1")).passes).toBe(false);
  expect((await judged("harmless", "CREATE INDEX ON a (b)")).passes).toBe(false);
  expect((await judged("risky", "DROP TABLE a")).passes).toBe(true);
  expect((await judged("risky", "DROP TABLE a")).table).toContain(
    "a.sql: labelled risky, judged destructive",
  );
  expect((await judgeCorpus({}, () => "")).passes).toBe(false);
  await expect(judged("fine", "")).rejects.toThrow("a.sql must be destructive, risky or harmless");
});
