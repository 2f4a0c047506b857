import { describe, expect, test } from "@jest/globals";
import { readOptions } from "../../bench/options.ts";
import { quantile, table } from "../../bench/table.ts";

describe("options of the benchmark", () => {
  test("without any, everything is measured", () => {
    expect(readOptions([])).toMatchObject({
      parts: ["one", "unticked", "hundred", "events", "memory"],
      modes: ["paced", "burst", "rush"],
      latencies: [40, 0],
      profile: null,
    });
  });

  test("parts can be chosen", () => {
    const options = readOptions([
      "--life",
      "one,memory",
      "--mode",
      "burst",
      "--latency",
      "5",
      "--who",
      "app",
    ]);
    expect(options).toMatchObject({
      parts: ["one", "memory"],
      modes: ["burst"],
      latencies: [5],
      contestants: ["app"],
    });
  });

  test.each([
    [["--life", "two"], "--life two: it must be one of one, unticked, hundred, events, memory"],
    [["--latency", "soon"], "--latency soon: it must be a whole number"],
  ])("%j is refused, and told what would be right", (args, message) => {
    expect(() => readOptions(args)).toThrow(message);
  });
});

test("quantiles are values that were measured", () => {
  const values = [5, 1, 4, 2, 3, 6, 7, 8, 9, 10];
  expect(quantile(values, 0.5)).toBe(6);
  expect(quantile(values, 0.95)).toBe(10);
  expect(quantile(values, 1)).toBe(10);
  expect(quantile([], 0.5)).toBeNull();
});

test("numbers of a table stand to the right, words to the left", () => {
  expect(
    table(
      ["who", "requests"],
      [
        ["app", "100"],
        ["naive", "1751"],
      ],
    ),
  ).toEqual(["who    requests", "─────  ────────", "app         100", "naive      1751"]);
});
