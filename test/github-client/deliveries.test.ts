import { expect, test } from "@jest/globals";
import { failedDeliveries, redeliverFailed } from "../../src/github/deliveries.ts";
import { setUp } from "./setup.ts";

const attempt = (id: number, guid: string, statusCode: number) => ({
  id,
  guid,
  statusCode,
  at: "2026-01-01T10:00:00Z",
});

test("a delivery is asked for again when all its attempts failed, by the newest of them, in order", () => {
  expect(failedDeliveries([attempt(5, "b", 502), attempt(4, "a", 500), attempt(2, "a", 504)])).toEqual([
    4, 5,
  ]);
});

test("a delivery that came through is not asked for again", () => {
  expect(failedDeliveries([attempt(4, "a", 200), attempt(2, "a", 500), attempt(1, "b", 202)])).toEqual([]);
});

test("a delivery that failed again and again is given up", () => {
  expect(failedDeliveries([1, 2, 3, 4].map((id) => attempt(id, "a", 500)))).toEqual([]);
});

test("what failed while the app was away arrives, once", async () => {
  let now = Date.parse("2026-01-01T10:00:00Z");
  const received: string[] = [];
  let status = 503;
  const world = setUp({
    clock: () => new Date(now),
    sink: async ({ guid }) => {
      if (status === 200) received.push(guid);
      return status;
    },
  });
  const { webhooks } = world.github;
  for (let count = 0; count < 130; count += 1) world.pull.edit({ by: "bea", body: `version ${count}` });
  await webhooks.idle();
  now += 60_000;
  status = 200;
  const before = new Date(now).toISOString();
  const failed = new Set(webhooks.log.map(({ guid }) => guid));
  expect(await redeliverFailed(world.clients.app, null)).toBe(failed.size);
  await webhooks.idle();
  expect(new Set(received)).toEqual(failed);
  expect(received).toHaveLength(failed.size);
  expect(await redeliverFailed(world.clients.app, before)).toBe(0);
});
