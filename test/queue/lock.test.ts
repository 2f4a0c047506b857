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
  const locks = () => clients.map((client) => redisLock(client, "{test}"));

  test("is taken by one of many at once, and again when it was given back", async () => {
    const tries = await Promise.all(
      Array.from({ length: 20 }, (_, n) => locks()[n % 2]?.take("announce acme/shop#1", 60_000)),
    );
    const held = tries.filter((one) => one !== null);
    expect(held).toHaveLength(1);
    expect(await locks()[0]?.take("announce acme/shop#2", 60_000)).not.toBeNull();
    await held[0]?.release();
    expect(await locks()[1]?.take("announce acme/shop#1", 60_000)).not.toBeNull();
  });

  test("runs out by itself, and who had it does not take it from the next one", async () => {
    const [one, other] = locks();
    const first = await one?.take("ends", 20);
    let second = null;
    while (second === null) second = (await other?.take("ends", 60_000)) ?? null;
    await first?.release();
    expect(await one?.take("ends", 60_000)).toBeNull();
  });
});
