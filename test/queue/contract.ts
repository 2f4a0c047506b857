import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { keyOf, type Look, mergeWork, type Queue, type Work, work } from "../../src/queue/queue.ts";
import type { Failure } from "../../src/queue/retry.ts";
import { edit, editWork, heldLooks, numbers, pull, push } from "./works.ts";

export interface Opening {
  readonly look: Look;
  readonly concurrency?: number;
  readonly backOff?: (failures: number) => number;
  readonly attempts?: number;
}

/** A world in which a queue runs. */
export interface World {
  open(opening: Opening): Promise<Queue>;
  /** Milliseconds since the epoch. */
  now(): number;
  /** What the queues reported, oldest first. */
  readonly failures: readonly Failure[];
  /** Lets time pass until it holds; fails when it never does. */
  until(what: string, holds: () => boolean | Promise<boolean>): Promise<void>;
  /** Resolves when the queue has taken what these `add`s brought, whether or not they are done. */
  taken(adds: readonly Promise<void>[]): Promise<void>;
  /** Stops all queues that it opened. */
  close(): Promise<void>;
}

const never = (): number => 60 * 60 * 1_000;

/** What every queue has to keep. Both implementations run it. */
export const keepsTheContract = (create: () => Promise<World>): void => {
  let world: World;
  beforeEach(async () => {
    world = await create();
  });
  afterEach(async () => {
    await world.close();
  });

  test("an idle pull request is looked at at once, with the work that was added", async () => {
    const { look, seen } = heldLooks();
    const queue = await world.open({ look });
    const added = queue.add(pull(1), { ...editWork(5), pushes: [push("abc")], fresh: true });
    await world.until("the look", () => seen.length === 1);
    expect(seen[0]).toMatchObject({
      key: pull(1),
      work: { why: ["pull_request.edited"], edits: [edit(5)], pushes: [push("abc")], fresh: true, since: 5 },
    });
    expect(await queue.depth()).toBe(1);
    seen[0]?.end();
    await added;
    await world.until("an empty queue", async () => (await queue.depth()) === 0);
  });

  test("what comes during a look is merged into one following look", async () => {
    const { look, seen } = heldLooks();
    const queue = await world.open({ look });
    const adds = [queue.add(pull(1), editWork(1))];
    await world.until("the first look", () => seen.length === 1);
    const edits = [2, 3, 4].map(editWork);
    const sweep = work("sweep", 9, { pushes: [push("abc")], fresh: true });
    for (const one of [...edits, sweep]) {
      adds.push(queue.add(pull(1), one));
      await world.taken(adds.slice(1));
    }
    expect(seen).toHaveLength(1);
    seen[0]?.end();
    await world.until("the second look", () => seen.length === 2);
    expect(seen[1]?.work).toEqual([...edits, sweep].reduce(mergeWork));
    seen[1]?.end();
    await Promise.all(adds);
    await world.until("an empty queue", async () => (await queue.depth()) === 0);
    expect(seen).toHaveLength(2);
  });

  test("names differ in case, and installations change, but the pull request is the same", async () => {
    const { look, seen } = heldLooks();
    const queue = await world.open({ look });
    const adds = [queue.add(pull(1), editWork(1))];
    await world.until("the first look", () => seen.length === 1);
    adds.push(queue.add(pull(1, { owner: "ACME", repo: "Shop", installation: 2 }), editWork(2)));
    await world.taken(adds.slice(1));
    expect(seen).toHaveLength(1);
    seen[0]?.end();
    await world.until("the second look", () => seen.length === 2);
    expect(seen[1]?.key.installation).toBe(2);
    seen[1]?.end();
    await Promise.all(adds);
  });

  test("there are never more looks at once than allowed, and all come to their turn", async () => {
    const { look, seen } = heldLooks();
    const queue = await world.open({ look, concurrency: 3 });
    const adds = Array.from({ length: 8 }, (_, n) => queue.add(pull(n), editWork(n)));
    await world.taken(adds);
    for (let ended = 0; ended < 8; ended += 1) {
      await world.until(`look ${ended}`, () => seen.length === Math.min(ended + 3, 8));
      seen[ended]?.end();
    }
    await Promise.all(adds);
    expect(new Set(seen.map(({ key }) => key.number)).size).toBe(8);
  });

  test("a look that fails is tried again with the same work, and what came since", async () => {
    const { look, seen } = heldLooks();
    const queue = await world.open({ look, backOff: () => 20 });
    const adds = [queue.add(pull(1), editWork(1))];
    for (const [index, expected] of [[1], [1], [1, 2]].entries()) {
      await world.until(`look ${index}`, () => seen.length === index + 1);
      expect(seen[index] && numbers(seen[index].work)).toEqual(expected);
      if (index === 1) {
        adds.push(queue.add(pull(1), editWork(2)));
        await world.taken(adds.slice(1));
      }
      if (index < 2) seen[index]?.fail();
      else seen[index]?.end();
    }
    await Promise.all(adds);
    await world.until("an empty queue", async () => (await queue.depth()) === 0);
    expect(world.failures.map(({ key, failures }) => [keyOf(key), failures])).toEqual([
      ["acme/shop#1", 1],
      ["acme/shop#1", 2],
    ]);
    expect(world.failures[0]?.error).toEqual(new Error("GitHub is away"));
    expect(world.failures[0]?.next).toBe(20);
  });

  test("a new event cuts the back-off short", async () => {
    const { look, seen } = heldLooks();
    const queue = await world.open({ look, backOff: never });
    const adds = [queue.add(pull(1), editWork(1))];
    await world.until("the first look", () => seen.length === 1);
    seen[0]?.fail();
    await world.until("the failure", () => world.failures.length === 1);
    adds.push(queue.add(pull(1), editWork(2)));
    await world.taken(adds.slice(1));
    await world.until("the second look", () => seen.length === 2);
    expect(seen[1] && numbers(seen[1].work)).toEqual([1, 2]);
    seen[1]?.end();
    await Promise.all(adds);
  });

  test("an event that came while the look was failing cuts the back-off short as well", async () => {
    const { look, seen } = heldLooks();
    const queue = await world.open({ look, backOff: never });
    const adds = [queue.add(pull(1), editWork(1))];
    await world.until("the first look", () => seen.length === 1);
    adds.push(queue.add(pull(1), editWork(2)));
    await world.taken(adds.slice(1));
    seen[0]?.fail();
    await world.until("the second look", () => seen.length === 2);
    expect(seen[1] && numbers(seen[1].work)).toEqual([1, 2]);
    seen[1]?.end();
    await Promise.all(adds);
  });

  test("a pull request that always fails does not block the others", async () => {
    const done: number[] = [];
    const queue = await world.open({
      concurrency: 1,
      backOff: never,
      attempts: 3,
      look: async ({ number }) => {
        if (number === 0) throw new Error("poison");
        done.push(number);
        return { again: null };
      },
    });
    const poisoned = queue.add(pull(0), editWork(0));
    poisoned.catch(() => "given up when the queue stops");
    await world.until("the failure", () => world.failures.length === 1);
    await Promise.all([1, 2, 3].map((n) => queue.add(pull(n), editWork(n))));
    await world.until("the others", () => done.length === 3);
  });

  test("after so many failures the work is given up, and a new event starts afresh", async () => {
    let broken = true;
    const looks: Work[] = [];
    const queue = await world.open({
      backOff: () => 5,
      attempts: 3,
      look: async (_, looked) => {
        looks.push(looked);
        if (broken) throw new Error("GitHub is away");
        return { again: null };
      },
    });
    queue.add(pull(1), editWork(1)).catch(() => "given up");
    await world.until("the last failure", () => world.failures.at(-1)?.next === null);
    expect(world.failures.map(({ failures }) => failures)).toEqual([1, 2, 3]);
    broken = false;
    await queue.add(pull(1), editWork(2));
    await world.until("an empty queue", async () => (await queue.depth()) === 0);
    expect(looks).toHaveLength(4);
    expect(looks[3]?.edits).toContainEqual(edit(2));
  });

  test.each([
    ["an earlier wish replaces a later one", 60_000, 300],
    ["a later wish does not replace an earlier one", 300, 60_000],
    ["a look without a wish takes none back", 300, null],
  ])("a look can ask to be repeated: %s", async (_, first, second) => {
    const looks: Work[] = [];
    const wishes = [first, second];
    const started = world.now();
    const queue = await world.open({
      look: async (_, looked) => {
        looks.push(looked);
        return { again: wishes.shift() ?? null };
      },
    });
    await queue.add(pull(1), editWork(1));
    await world.until("the first look", () => looks.length > 0);
    await queue.add(pull(1), editWork(2));
    await world.until("the repetition", () => looks.some(({ why }) => why.includes("again")));
    expect(world.now() - started).toBeLessThan(60_000);
    await world.until("an empty queue", async () => (await queue.depth()) === 0);
    expect(looks.flatMap(numbers)).toEqual([1, 2]);
  });

  test("a look that ends well begins the count of failures anew", async () => {
    const { look, seen } = heldLooks();
    const queue = await world.open({ look, backOff: never });
    const adds: Promise<void>[] = [];
    for (const [index, ends] of [false, true, false].entries()) {
      adds.push(queue.add(pull(1), editWork(index)));
      await world.until(`look ${index}`, () => seen.length === index + 1);
      // The next event waits already when this look ends.
      adds.push(queue.add(pull(1), editWork(index)));
      await world.taken(adds);
      if (ends) seen[index]?.end();
      else seen[index]?.fail();
    }
    await world.until("the last look", () => seen.length === 4);
    seen[3]?.end();
    await Promise.all(adds);
    expect(world.failures.map(({ failures }) => failures)).toEqual([1, 1]);
  });

  test("draining lets the running look end and takes no new work", async () => {
    const { look, seen } = heldLooks();
    const queue = await world.open({ look });
    const added = queue.add(pull(1), editWork(1));
    await world.until("the look", () => seen.length === 1);
    const drained = queue.drain(60_000);
    await expect(queue.add(pull(2), editWork(2))).rejects.toThrow("takes no more work on acme/shop#2");
    seen[0]?.end();
    await Promise.all([drained, added]);
    expect(seen).toHaveLength(1);
  });

  test("draining ends in time although a look does not", async () => {
    const { look, seen } = heldLooks();
    const queue = await world.open({ look });
    const added = queue.add(pull(1), editWork(1)).catch((error: unknown) => error);
    await world.until("the look", () => seen.length === 1);
    let drained = false;
    const draining = queue.drain(300).then(() => {
      drained = true;
    });
    await world.until("the end", () => drained);
    await draining;
    seen[0]?.end();
    await added;
  });
};
