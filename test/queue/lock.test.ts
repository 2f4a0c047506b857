import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { Redis } from "ioredis";
import { redisLock } from "../../src/queue/lock.ts";
import { RedisServer, redisIsInstalled } from "./redis-server.ts";

const installed = redisIsInstalled();
if (!installed) console.error("NOT TESTED: the lock of several replicas. There is no redis-server here.");

(installed || process.env.CI ? describe : describe.skip)("the lock of several replicas", () => {
  let server: RedisServer;
  let clients: Redis[];
  beforeAll(async () => {
    server = await RedisServer.start();
    clients = [new Redis(server.url), new Redis(server.url)];
  });
  afterAll(async () => {
    for (const client of clients) client.disconnect();
    await server.remove();
  });
  const lockOf = (client: number, duration?: number) =>
    redisLock(clients[client] as Redis, "{test}", duration);

  test("is taken by one of many at once, and again when it was given back", async () => {
    const tries = await Promise.all(Array.from({ length: 20 }, (_, n) => lockOf(n % 2).take("one")));
    const held = tries.filter((one) => one !== null);
    expect(held).toHaveLength(1);
    expect(await lockOf(0).take("another")).not.toBeNull();
    await held[0]?.release();
    expect(await lockOf(1).take("one")).not.toBeNull();
  });

  test("stays as long as its holder lives", async () => {
    const held = await lockOf(0, 500).take("alive");
    const redis = clients[1] as Redis;
    const ends = Date.now() + 1_000;
    while (Date.now() < ends) expect(await redis.exists("{test}:lock:alive")).toBe(1);
    await held?.release();
    expect(await redis.exists("{test}:lock:alive")).toBe(0);
  });

  test("of a holder that died is free again, and a holder that comes back does not take it from the next one", async () => {
    const dying = new Redis(server.url);
    const first = await redisLock(dying, "{test}", 60).take("dead");
    dying.disconnect();
    let second = null;
    while (second === null) second = await lockOf(1).take("dead");
    await dying.connect();
    await first?.release();
    dying.disconnect();
    expect(await lockOf(0).take("dead")).toBeNull();
  });
});
