import { readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { expect, test } from "@jest/globals";
import { readEnv, variableNames } from "../../src/env.ts";
import { parseTargets } from "../../src/notify/targets.ts";

const text = readFileSync(".env.example", "utf8");

test(".env.example names every variable that is read, and no other", () => {
  expect(Object.keys(parseEnv(text)).sort()).toEqual([...variableNames].sort());
});

test("each has a line of explanation above it", () => {
  const lines = text.split("\n");
  for (const name of variableNames) {
    const at = lines.findIndex((line) => line.startsWith(`${name}=`));
    const above = lines.slice(0, at).reverse();
    expect([name, above.find((line) => !/^[A-Z_]+=/.test(line))]).toEqual([
      name,
      expect.stringMatching(/^# .{10,}/),
    ]);
  }
});

test("its values are the defaults", () => {
  expect(readEnv(parseEnv(text), parseTargets)).toEqual(readEnv({}, parseTargets));
});

test("its example of targets is right", () => {
  const example = /^# Example: (.*)$/m.exec(text)?.[1];
  expect(parseTargets(example)).toMatchObject({ ok: true });
});
