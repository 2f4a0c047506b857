import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { Ajv2020 } from "ajv/dist/2020.js";
import { exampleRecord } from "./example.ts";
import { publishedSchema, schemaFile } from "./schema.ts";

const published = JSON.parse(readFileSync(schemaFile, "utf8"));

test("docs/record.schema.json is fresh: `npm run schemas` writes it", () => {
  expect(published).toEqual(JSON.parse(JSON.stringify(publishedSchema())));
});

test("another program can check a record with it", () => {
  const valid = new Ajv2020({ strict: true, validateFormats: false }).compile(published);
  expect([valid(exampleRecord), valid.errors]).toEqual([true, null]);
  for (const wrong of [
    { ...exampleRecord, revision: 0 },
    { ...exampleRecord, more: 1 },
    { ...exampleRecord, pull: { ...exampleRecord.pull, head: "abc" } },
    { ...exampleRecord, times: { ...exampleRecord.times, merged: null } },
  ])
    expect(valid(wrong)).toBe(false);
});
