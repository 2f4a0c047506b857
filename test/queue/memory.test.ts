import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { memoryQueue } from "../../src/queue/memory.ts";
import {
  keyOf,
  type Later,
  type Look,
  type LookResult,
  type Queue,
  type Work,
} from "../../src/queue/queue.ts";
import { backOff, type Failure, longestPlan } from "../../src/queue/retry.ts";
import { keepsTheContract, type World } from "./contract.ts";
import { FakeTimers, settle } from "./fake-timers.ts";
import { editWork, heldLooks, numbers, pull } from "./works.ts";

const createWorld = async (): Promise<World> => {
  const timers = new FakeTimers();
  const failures: Failure[] = [];
  const opened: Queue[] = [];
  return {
    failures,
    now: () => timers.now(),
    open: async ({ look, concurrency = 10, ...rest }) => {
      const queue = memoryQueue({
        look,
        timers,
        concurrency,
        onError: (failure) => failures.push(failure),
        ...rest,
      });
      opened.push(queue);
      return queue;
    },
    until: async (what, holds) => {
      await settle();
      while (!(await holds())) {
        if (!timers.step())
          throw new Error(`Nothing happens any more, and there is still no sign of ${what}`);
        await settle();
      }
    },
    taken: async () => {},
    close: async () => {
      const drained = Promise.all(opened.map((queue) => queue.drain(0)));
      await settle();
      while (timers.step()) await settle();
      await drained;
    },
  };
};

describe("in memory", () => {
  keepsTheContract(createWorld);

  test("`add` resolves only when a look that covers the work has ended well", async () => {
    const timers = new FakeTimers();
    const { look, seen } = heldLooks();
    const queue = memoryQueue({ look, timers, concurrency: 1, onError: () => {} });
    const ended: string[] = [];
    const first = queue.add(pull(1), editWork(1)).then(() => ended.push("first"));
    const second = queue.add(pull(1), editWork(2)).then(() => ended.push("second"));
    seen[0]?.fail();
    await settle();
    expect(ended).toEqual([]);
    seen[1]?.end();
    await Promise.all([first, second]);
    expect(seen[1] && numbers(seen[1].work)).toEqual([1, 2]);
  });

  describe("a look that runs", () => {
    const running = () => {
      const { look: held, seen } = heldLooks();
      const later: Later[] = [];
      const look: Look = (key, given, after) => {
        later.push(after);
        return held(key, given, after);
      };
      const queue = memoryQueue({ look, timers: new FakeTimers(), concurrency: 1, onError: () => {} });
      return { queue, seen, later };
    };

    test("sees what came since it began, and takes it on", async () => {
      const { queue, seen, later } = running();
      const adds = [1, 2, 3].map((n) => queue.add(pull(1), editWork(n)));
      expect(numbers(later[0]?.waiting() ?? editWork(0))).toEqual([2, 3]);
      later[0]?.take();
      expect(later[0]?.waiting()).toBeNull();
      seen[0]?.end();
      await Promise.all(adds);
      expect(seen).toHaveLength(1);
      expect(await queue.depth()).toBe(0);
    });

    test("fails with what it took", async () => {
      const { queue, seen, later } = running();
      const adds = [1, 2].map((n) => queue.add(pull(1), editWork(n)));
      later[0]?.take();
      adds.push(queue.add(pull(1), editWork(3)));
      seen[0]?.fail();
      await settle();
      expect(seen[1] && numbers(seen[1].work)).toEqual([1, 2, 3]);
      seen[1]?.end();
      await Promise.all(adds);
    });

    test("takes nothing any more once it has ended", async () => {
      const { queue, seen, later } = running();
      const first = queue.add(pull(1), editWork(1));
      seen[0]?.end();
      await first;
      const second = queue.add(pull(1), editWork(2));
      const third = queue.add(pull(1), editWork(3));
      expect(later[0]?.waiting()).toBeNull();
      later[0]?.take();
      expect(numbers(later[1]?.waiting() ?? editWork(0))).toEqual([3]);
      seen[1]?.end();
      await second;
      seen[2]?.end();
      await third;
    });
  });

  test("the look starts in the same tick when the queue is idle", () => {
    const { look, seen } = heldLooks();
    const queue = memoryQueue({ look, timers: new FakeTimers(), concurrency: 1, onError: () => {} });
    void queue.add(pull(1), editWork(1));
    expect(seen).toHaveLength(1);
  });

  test("`add` rejects with the last error when the work is given up", async () => {
    const timers = new FakeTimers();
    const look = async (): Promise<LookResult> => {
      throw new Error("GitHub is away");
    };
    const queue = memoryQueue({ look, timers, concurrency: 1, attempts: 2, onError: () => {} });
    const added = queue.add(pull(1), editWork(1)).catch((error: Error) => error);
    await settle();
    timers.step();
    expect(await added).toMatchObject({
      message: "The look at acme/shop#1 failed 2 times",
      cause: new Error("GitHub is away"),
    });
    expect(await queue.depth()).toBe(0);
  });

  test("draining works off what waits for a place, and rejects what is in back-off", async () => {
    const timers = new FakeTimers();
    const { look, seen } = heldLooks();
    const queue = memoryQueue({ look, timers, concurrency: 1, onError: () => {} });
    const failing = queue.add(pull(1), editWork(1)).catch((error: Error) => error.message);
    seen[0]?.fail();
    await settle();
    const running = queue.add(pull(2), editWork(2));
    const waiting = queue.add(pull(3), editWork(3));
    const drained = queue.drain(1_000);
    seen[1]?.end();
    await settle();
    seen[2]?.end();
    await Promise.all([running, waiting, drained]);
    expect(await failing).toBe("The queue stopped while acme/shop#1 waited to be tried again");
    expect(timers.size).toBe(0);
  });

  test("nothing remains of an idle pull request", async () => {
    const timers = new FakeTimers();
    const queue = memoryQueue({
      look: async () => ({ again: null }),
      timers,
      concurrency: 2,
      onError: () => {},
    });
    await Promise.all(Array.from({ length: 1_000 }, (_, n) => queue.add(pull(n), editWork(n))));
    expect([await queue.depth(), timers.size]).toEqual([0, 0]);
  });

  test("a wish for a far day is a look after one day", async () => {
    const timers = new FakeTimers();
    const looks: number[] = [];
    const queue = memoryQueue({
      look: async () => ({ again: looks.push(timers.now()) === 1 ? 400 * longestPlan : null }),
      timers,
      concurrency: 1,
      onError: () => {},
    });
    await queue.add(pull(1), editWork(1));
    timers.step();
    expect(looks).toEqual([1_000_000, 1_000_000 + longestPlan]);
  });
});

test("the back-off doubles from a second to a minute, less up to a half", () => {
  expect([1, 2, 3, 6, 7, 8, 5_000].map((failures) => backOff(failures, 0))).toEqual([
    1_000, 2_000, 4_000, 32_000, 60_000, 60_000, 60_000,
  ]);
  expect([1, 7].map((failures) => backOff(failures, 1))).toEqual([500, 30_000]);
});

type Step =
  | { readonly do: "add"; readonly pull: number }
  | { readonly do: "end"; readonly which: number; readonly again: boolean }
  | { readonly do: "fail"; readonly which: number }
  | { readonly do: "time" };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant("add" as const), pull: fc.nat(3) }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant("end" as const), which: fc.nat(5), again: fc.boolean() }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("fail" as const), which: fc.nat(5) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("time" as const) }) },
);

/** Runs a story of steps and keeps account of what the queue did. */
class Story {
  readonly timers = new FakeTimers();
  readonly running: {
    id: string;
    work: Work;
    end: (result: LookResult) => void;
    fail: (error: Error) => void;
  }[] = [];
  readonly covered = new Set<number>();
  readonly order = new Map<string, number[]>();
  readonly settled: number[] = [];
  readonly broken: string[] = [];
  readonly queue: Queue;
  #added = 0;

  constructor(concurrency: number) {
    this.queue = memoryQueue({
      timers: this.timers,
      concurrency,
      onError: () => {},
      look: (key, work) =>
        new Promise((resolve, reject) => {
          const id = keyOf(key);
          if (this.running.some((one) => one.id === id)) this.broken.push(`two looks at ${id}`);
          this.running.push({ id, work, end: resolve, fail: reject });
          if (this.running.length > concurrency) this.broken.push(`${this.running.length} looks at once`);
        }),
    });
  }

  get added(): number {
    return this.#added;
  }

  async play(step: Step): Promise<void> {
    if (step.do === "add") this.#add(step.pull);
    else if (step.do === "time") this.timers.step();
    else {
      const [one] = this.running.splice(step.which % Math.max(1, this.running.length), 1);
      if (step.do === "fail") one?.fail(new Error("GitHub is away"));
      else if (one) {
        for (const n of numbers(one.work)) this.covered.add(n);
        this.order.set(one.id, [...(this.order.get(one.id) ?? []), ...numbers(one.work)]);
        one.end({ again: step.again ? 1_000 : null });
      }
    }
    await settle();
  }

  #add(number: number): void {
    this.#added += 1;
    const n = this.#added;
    void this.queue.add(pull(number), editWork(n)).then(() => {
      this.settled.push(n);
      if (!this.covered.has(n)) this.broken.push(`add ${n} resolved before its look ended`);
    });
  }
}

test("whatever happens: no edit is lost or doubled, one look at a time, bounded looks, every add settles", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 60 }),
      fc.integer({ min: 1, max: 3 }),
      async (steps, concurrency) => {
        const story = new Story(concurrency);
        for (const one of steps) await story.play(one);
        // From here on GitHub is well.
        while (story.running.length > 0 || story.timers.size > 0) {
          if (story.running.length > 0) await story.play({ do: "end", which: 0, again: false });
          else await story.play({ do: "time" });
        }
        expect(story.broken).toEqual([]);
        expect(story.settled).toHaveLength(story.added);
        const looked = [...story.order.values()];
        expect(looked.flat().sort((a, b) => a - b)).toEqual(
          Array.from({ length: story.added }, (_, n) => n + 1),
        );
        for (const order of looked) expect(order).toEqual([...order].sort((a, b) => a - b));
        expect(await story.queue.depth()).toBe(0);
      },
    ),
    { numRuns: 300 },
  );
});

test("a queue that stops in the middle of anything settles every add", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 40 }),
      fc.integer({ min: 1, max: 3 }),
      async (steps, concurrency) => {
        const timers = new FakeTimers();
        const looks: (() => void)[] = [];
        const queue = memoryQueue({
          timers,
          concurrency,
          onError: () => {},
          look: () =>
            new Promise((resolve, reject) =>
              looks.push(() => (looks.length % 2 ? resolve({ again: 5 }) : reject())),
            ),
        });
        const adds: Promise<string>[] = [];
        for (const one of steps) {
          if (one.do === "add")
            adds.push(
              queue.add(pull(one.pull), editWork(1)).then(
                () => "done",
                (error: Error) => error.message,
              ),
            );
          else if (one.do === "time") timers.step();
          else looks.shift()?.();
        }
        const drained = queue.drain(1_000);
        await settle();
        while (timers.step()) await settle();
        await drained;
        for (const outcome of await Promise.all(adds))
          expect(outcome).toMatch(/^done$|^The look at|^The queue stopped/);
        expect([await queue.depth(), timers.size]).toEqual([0, 0]);
      },
    ),
    { numRuns: 200 },
  );
});
