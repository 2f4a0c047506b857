import { randomInt } from "node:crypto";
import { expect, test } from "@jest/globals";
import { check } from "./check.ts";

/**
 * Stories in which people, bots, the app, pushes and webhooks come in any order. `npm run properties` plays many
 * more of them.
 */
test.each([
  ["a fixed seed", 20_261_120],
  ["a fresh seed", randomInt(2 ** 31)],
])(
  "every tick has an owner, and none is lost, with %s",
  async (_, seed) => {
    const { runs, failure } = await check({ seed, runs: 60 });
    expect(failure).toBeNull();
    expect(runs).toBe(60);
  },
  60_000,
);
