import { describe, expect, test } from "@jest/globals";
import { judgeMistake, judgeMutated, judgePairs, judgeValid } from "./generated/judge.ts";
import { mistakes } from "./generated/mistakes.ts";

// A share of what `npm run configurations` judges.

test("anything valid is taken for valid, by editors as well", () => judgeValid(200));

describe("one mistake in anything valid is found alone, with its words, where it was made", () => {
  test.each(mistakes.map((mistake) => [mistake.name, mistake] as const))("%s", (_name, mistake) =>
    judgeMistake(mistake, 10),
  );
});

test("of two mistakes nothing else is found, and mostly both at once", () => {
  expect(judgePairs(200)).toBeGreaterThan(0.5);
});

test("whatever becomes of a valid file: never a crash, and either valid or a finding inside of it", () => {
  const tally = judgeMutated(400);
  // Without all of them the texts would prove nothing.
  expect(Math.min(tally.valid, tally.broken)).toBeGreaterThan(40);
});
