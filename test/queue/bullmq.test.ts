import { spawn } from "node:child_process";
import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { Redis } from "ioredis";
import { type BullQueue, bullQueue } from "../../src/queue/bullmq.ts";
import { keyOf, type PullKey, work } from "../../src/queue/queue.ts";
import type { Failure } from "../../src/queue/retry.ts";
import { WorkStore } from "../../src/queue/work-store.ts";
import { keepsTheContract, type Opening, type World } from "./contract.ts";
import { RedisServer, redisIsInstalled } from "./redis-server.ts";
import { edit, editWork, heldLooks, numbers, pull } from "./works.ts";

const installed = redisIsInstalled();
if (!installed)
  console.error(
    "NOT TESTED: the queue on Redis. There is no redis-server on this machine; install it (such as `apt-get install redis-server`).",
  );

let server: RedisServer;
let worlds = 0;

/** Polls until it holds. */
const until = async (what: string, holds: () => boolean | Promise<boolean>): Promise<void> => {
  const deadline = Date.now() + 15_000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`There was no sign of ${what} for 15 seconds`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
};

interface RedisWorld extends World {
  readonly prefix: string;
  readonly troubles: readonly Error[];
  open(opening: Opening): Promise<BullQueue>;
}

const createWorld = async (): Promise<RedisWorld> => {
  worlds += 1;
  const prefix = `{test-${worlds}}`;
  const failures: Failure[] = [];
  const troubles: Error[] = [];
  const opened: BullQueue[] = [];
  return {
    prefix,
    failures,
    troubles,
    now: () => Date.now(),
    open: async ({ concurrency = 10, ...rest }) => {
      const queue = await bullQueue({
        url: server.url,
        prefix,
        concurrency,
        lockDuration: 1_000,
        onError: (failure) => failures.push(failure),
        onTrouble: (error) => troubles.push(error),
        ...rest,
      });
      opened.push(queue);
      return queue;
    },
    until,
    taken: async (adds) => {
      await Promise.all(adds);
    },
    close: async () => {
      await Promise.all(opened.map((queue) => queue.drain(5_000)));
    },
  };
};

const withRedis = installed || process.env.CI ? describe : describe.skip;

withRedis("on Redis", () => {
  beforeAll(async () => {
    server = await RedisServer.start();
  });
  afterAll(async () => {
    await server?.remove();
  });

  describe("the contract", () => {
    keepsTheContract(createWorld);
  });

  const inWorld = async (run: (world: RedisWorld) => Promise<void>): Promise<void> => {
    const world = await createWorld();
    try {
      await run(world);
    } finally {
      await world.close();
    }
  };

  test("`add` resolves when the work is stored, while the look still runs", () =>
    inWorld(async (world) => {
      const { look, seen } = heldLooks();
      const queue = await world.open({ look });
      await queue.add(pull(1), editWork(1));
      await queue.add(pull(1), editWork(2));
      await until("the look", () => seen.length === 1);
      expect(await queue.pendingKeys()).toEqual([pull(1)]);
      seen[0]?.end();
      await until("the following look", () => seen.length === 2 || (seen[0]?.work.edits.length ?? 0) === 2);
      seen[1]?.end();
    }));

  test("several replicas share the work: no edit is lost or doubled, one look at a time on each pull request", () =>
    inWorld(async (world) => {
      const active = new Set<string>();
      const broken: string[] = [];
      const covered = new Map<string, number[]>();
      const byReplica = [0, 0, 0];
      const failing = new Set([3, 17, 40, 41]);
      const lookOf = (replica: number) => async (key: PullKey, looked: Parameters<typeof numbers>[0]) => {
        const id = keyOf(key);
        if (active.has(id)) broken.push(`two looks at ${id}`);
        active.add(id);
        await new Promise((resolve) => setTimeout(resolve, 3));
        active.delete(id);
        const fails = numbers(looked).some((n) => failing.delete(n));
        if (fails) throw new Error("GitHub is away");
        covered.set(id, [...(covered.get(id) ?? []), ...numbers(looked)]);
        byReplica[replica] = (byReplica[replica] ?? 0) + 1;
        return { again: null };
      };
      const queues = await Promise.all(
        [0, 1, 2].map((replica) => world.open({ look: lookOf(replica), concurrency: 2, backOff: () => 10 })),
      );
      const all = Array.from({ length: 200 }, (_, n) => n);
      await Promise.all(all.map((n) => queues[n % 3]?.add(pull(n % 7), editWork(n))));
      await until("an empty queue", async () => (await queues[0]?.depth()) === 0 && active.size === 0);
      expect(broken).toEqual([]);
      expect([...covered.values()].flat().sort((a, b) => a - b)).toEqual(all);
      expect(failing.size).toBe(0);
      expect(byReplica.filter((looks) => looks > 0).length).toBeGreaterThan(1);
    }));

  test("a replica that is killed in the middle of a look leaves it to another one", () =>
    inWorld(async (world) => {
      const replica = spawn(process.execPath, ["test/queue/replica.ts", server.url, world.prefix], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      const gone = once(replica, "exit");
      let said = "";
      replica.stdout.on("data", (data: Buffer) => {
        said += data;
      });
      await until("the look", () => said.includes("looking at 1"));
      const { look, seen } = heldLooks();
      const queue = await world.open({ look });
      await queue.add(pull(1), editWork(2));
      replica.kill("SIGKILL");
      await gone;
      await until("the look of the other replica", () => seen.length === 1);
      expect(seen[0] && numbers(seen[0].work)).toEqual([1, 2]);
      seen[0]?.end();
      await until("an empty queue", async () => (await queue.depth()) === 0);
    }));

  test("a crash between storing the work and the job is made good by the sweep", () =>
    inWorld(async (world) => {
      const redis = new Redis(server.url);
      await new WorkStore(redis, world.prefix).push(pull(1), editWork(1));
      redis.disconnect();
      const { look, seen } = heldLooks();
      const queue = await world.open({ look });
      for (const key of await queue.pendingKeys()) await queue.add(key, work("sweep", 2));
      await until("the look", () => seen.length === 1);
      expect(seen[0]?.work).toMatchObject({ why: ["pull_request.edited", "sweep"], edits: [edit(1)] });
      seen[0]?.end();
      await until("an empty queue", async () => (await queue.pendingKeys()).length === 0);
    }));

  test("work that was given up stays for the sweep, but not for ever", () =>
    inWorld(async (world) => {
      let broken = true;
      const looks: number[][] = [];
      const queue = await world.open({
        backOff: () => 1,
        attempts: 2,
        look: async (_, looked) => {
          looks.push(numbers(looked));
          if (broken) throw new Error("GitHub is away");
          return { again: null };
        },
      });
      const fresh = { ...editWork(2), since: Date.now() };
      await queue.add(pull(1), editWork(1));
      await queue.add(pull(1), fresh);
      await until("giving up", () => world.failures.some(({ next }) => next === null));
      expect(await queue.pendingKeys()).toEqual([pull(1)]);
      broken = false;
      const failed = looks.length;
      await queue.add(pull(1), work("sweep", Date.now()));
      await until("an empty queue", async () => (await queue.depth()) === 0);
      // The first edit is of 1970.
      expect(looks.slice(failed).flat()).toEqual([2]);
    }));

  test("more work than is read at once is looked at in turns", () =>
    inWorld(async (world) => {
      const looks: number[][] = [];
      const redis = new Redis(server.url);
      const store = new WorkStore(redis, world.prefix);
      for (let n = 0; n < 450; n += 1) await store.push(pull(1), editWork(n));
      redis.disconnect();
      const queue = await world.open({
        look: async (_, looked) => {
          looks.push(numbers(looked));
          return { again: null };
        },
      });
      await queue.add(pull(1), work("sweep", 1));
      await until("an empty queue", async () => (await queue.depth()) === 0);
      expect(looks.map(({ length }) => length)).toEqual([200, 200, 50]);
      expect(looks.flat()).toEqual(Array.from({ length: 450 }, (_, n) => n));
    }));

  test("only what was read is removed, also by a worker that comes too late", () =>
    inWorld(async (world) => {
      const redis = new Redis(server.url);
      const store = new WorkStore(redis, world.prefix);
      await store.push(pull(1), editWork(1));
      await store.push(pull(1), editWork(1));
      const id = keyOf(pull(1));
      const first = await store.read(id);
      await store.push(pull(1), editWork(3));
      expect(await store.remove(id, first.stored)).toBe(1);
      expect(await store.remove(id, first.stored)).toBe(1);
      const second = await store.read(id);
      expect(second.stored.map((one) => numbers(one.work))).toEqual([[3]]);
      expect(await store.remove(id, second.stored)).toBe(0);
      expect(await store.keys()).toEqual([]);
      expect(await redis.keys(`${world.prefix}*`)).toEqual([]);
      redis.disconnect();
    }));

  test("work that an older version stored is read as if it had all parts", () =>
    inWorld(async (world) => {
      const redis = new Redis(server.url);
      await redis.rpush(
        `${world.prefix}:work:acme/shop#1`,
        `id ${JSON.stringify({ why: ["sweep"], edits: [], since: 7 })}`,
      );
      const { stored } = await new WorkStore(redis, world.prefix).read("acme/shop#1");
      redis.disconnect();
      expect(stored.map((one) => one.work)).toEqual([work("sweep", 7)]);
    }));

  test("nothing remains in Redis of idle pull requests", () =>
    inWorld(async (world) => {
      const queue = await world.open({ look: async () => ({ again: null }) });
      await Promise.all(Array.from({ length: 50 }, (_, n) => queue.add(pull(n % 20), editWork(n))));
      await until("an empty queue", async () => (await queue.depth()) === 0);
      const redis = new Redis(server.url);
      const own = async () =>
        (await redis.keys(`${world.prefix}*`)).map((key) => key.replace(world.prefix, "")).sort();
      const queueOnly = /^:looks:(?:events|id|meta|marker|stalled|stalled-check)$/;
      await until("the end of all jobs", async () => (await own()).every((key) => queueOnly.test(key)));
      redis.disconnect();
    }));

  test(
    "Redis restarts in the middle of a look: nothing is lost, and new work is taken again",
    () =>
      inWorld(async (world) => {
        const { look, seen } = heldLooks();
        const queue = await world.open({ look, backOff: () => 50 });
        await queue.add(pull(1), editWork(1));
        await until("the look", () => seen.length === 1);
        await queue.add(pull(1), editWork(2));
        await server.kill();
        const stored = queue.add(pull(2), editWork(3)).then(
          () => "stored",
          () => "refused",
        );
        seen[0]?.end();
        await until("the trouble", () => world.troubles.length > 0);
        await server.restart();
        expect(await stored).toBe("stored");
        const ends = setInterval(() => {
          for (const one of seen) one.end();
        }, 5);
        await until("an empty queue", async () => (await queue.depth()) === 0);
        clearInterval(ends);
        expect(new Set(seen.flatMap((one) => numbers(one.work)))).toEqual(new Set([1, 2, 3]));
      }),
    40_000,
  );

  test("a Redis that is not there is said in one clear line, without the address", async () => {
    const opening = bullQueue({
      url: "redis://:secret@127.0.0.1:1",
      look: async () => ({ again: null }),
      concurrency: 1,
      onError: () => {},
      onTrouble: () => {},
    });
    await expect(opening).rejects.toThrow(
      /^REDIS_URL: Redis does not answer at this address \(connect ECONNREFUSED 127.0.0.1:1\)$/,
    );
  }, 15_000);
});
