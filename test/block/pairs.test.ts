import { describe, expect, test } from "@jest/globals";
import { examples } from "./examples.ts";
import { checkOutside } from "./outside.ts";
import { item, modelOf, random, rollback } from "./support.ts";

const SEED = 20_260_101;
/** CI plays 20,000. */
const PAIRS = Number(process.env.PAIRS ?? 4_000);

describe("promise 3: your text is yours, in pairs of examples of the specifications", () => {
  test("no byte outside changes, boxes are boxes, a second look writes nothing", () => {
    const next = random(SEED);
    const one = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;
    const between = ["\n\n", "\n", "", "\r\n\r\n", "\n    ", "\n> ", "\n- "];
    const full = modelOf([rollback({ code: "revert" })]);
    const small = {
      ...full,
      sections: [{ title: "", items: [item("ci", "CI is green", { checked: true })] }],
    };
    const seen = new Set<string>();
    for (let pair = 0; pair < PAIRS; pair += 1) {
      const body = one(examples).markdown + one(between) + one(examples).markdown;
      seen.add(body);
      // Most of the time goes into parsing the block itself, so that it is a small one nine times in ten.
      checkOutside(body, pair % 10 === 0 ? full : small);
    }
    expect(seen.size).toBeGreaterThan(PAIRS * 0.95);
  }, 300_000);
});
