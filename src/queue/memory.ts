import {
  keyOf,
  type Later,
  type Look,
  mergeWork,
  type PullKey,
  type Queue,
  type Work,
  work,
} from "./queue.ts";
import { backOff, defaultAttempts, type Failure, longestPlan } from "./retry.ts";
import type { Timers } from "./timers.ts";

export interface MemoryQueueOptions {
  readonly look: Look;
  readonly timers: Timers;
  /** Milliseconds to wait after so many failures in a row (1, 2, …). Default: `backOff` with jitter. */
  readonly backOff?: (failures: number) => number;
  /** Looks at once over all pull requests. */
  readonly concurrency: number;
  readonly onError: (failure: Failure) => void;
  /** After so many failures in a row the work is given up, and its `add`s reject. Default 100. */
  readonly attempts?: number;
}

/** Work on one key, with those who wait for the look that covers it. */
interface Batch {
  readonly work: Work;
  readonly waiters: readonly Waiter[];
}

interface Waiter {
  readonly done: () => void;
  readonly failed: (reason: Error) => void;
}

/** One look. It may take on what came since it began. */
interface Running {
  batch: Batch;
}

/** One busy pull request. Idle ones have none. */
interface Entry {
  key: PullKey;
  /** What the next look has to cover; null while a look runs and nothing came since. */
  next: Batch | null;
  running: Running | null;
  failures: number;
  /** Takes back the timer of the back-off; null when not in back-off. */
  stopWaiting: (() => void) | null;
}

interface Plan {
  readonly at: number;
  readonly cancel: () => void;
}

const merge = (a: Batch | null, b: Batch): Batch =>
  a ? { work: mergeWork(a.work, b.work), waiters: [...a.waiters, ...b.waiters] } : b;

/**
 * The queue of a single process. Works on a pull request that is being looked at wait and are merged into one
 * following look; an idle one is looked at in the same tick.
 *
 * `add` resolves when a look that covers the work has ended well, however many attempts that took; it rejects when
 * the queue gave the work up or was drained before. So a caller who wants an answer in time sets its own limit.
 *
 * Of several `again` the earliest stands, and a look for another reason does not take it back.
 */
export const memoryQueue = (options: MemoryQueueOptions): Queue => {
  const { look, timers, concurrency, onError, attempts = defaultAttempts } = options;
  const wait = options.backOff ?? backOff;
  const entries = new Map<string, Entry>();
  /** Entries whose look may start, in order of arrival. */
  const ready = new Set<Entry>();
  const plans = new Map<string, Plan>();
  let running = 0;
  let closing = false;
  let whenEmpty: (() => void) | null = null;

  const forget = (entry: Entry): void => {
    ready.delete(entry);
    entries.delete(keyOf(entry.key));
    if (entries.size === 0) whenEmpty?.();
  };

  const giveUp = (entry: Entry, reason: Error): void => {
    entry.stopWaiting?.();
    entry.stopWaiting = null;
    const batches = [entry.running?.batch, entry.next];
    entry.running = entry.next = null;
    for (const batch of batches) for (const waiter of batch?.waiters ?? []) waiter.failed(reason);
    forget(entry);
  };

  const makeReady = (entry: Entry): void => {
    entry.stopWaiting?.();
    entry.stopWaiting = null;
    ready.add(entry);
  };

  const start = (): void => {
    for (const entry of ready) {
      if (running >= concurrency) return;
      ready.delete(entry);
      void run(entry);
    }
  };

  const run = async (entry: Entry): Promise<void> => {
    const batch = entry.next;
    if (!batch) return;
    entry.next = null;
    const one: Running = { batch };
    entry.running = one;
    running += 1;
    try {
      const { again } = await look(entry.key, batch.work, laterThan(one, entry));
      running -= 1;
      succeeded(entry, one, again);
    } catch (error) {
      running -= 1;
      failed(entry, one, error);
    }
    start();
  };

  const laterThan = (one: Running, entry: Entry): Later => ({
    waiting: () => (entry.running === one ? (entry.next?.work ?? null) : null),
    take: () => {
      if (entry.running !== one || entry.next === null) return;
      one.batch = merge(one.batch, entry.next);
      entry.next = null;
    },
  });

  const succeeded = (entry: Entry, one: Running, again: number | null): void => {
    if (entry.running !== one) return;
    entry.running = null;
    entry.failures = 0;
    for (const waiter of one.batch.waiters) waiter.done();
    if (again !== null) plan(entry.key, again);
    if (entry.next) makeReady(entry);
    else forget(entry);
  };

  const failed = (entry: Entry, one: Running, error: unknown): void => {
    if (entry.running !== one) return;
    entry.running = null;
    entry.failures += 1;
    const newer = entry.next !== null;
    entry.next = entry.next ? merge(one.batch, entry.next) : one.batch;
    const { key, failures } = entry;
    if (failures >= attempts || closing) {
      giveUp(entry, new Error(`The look at ${keyOf(key)} failed ${failures} times`, { cause: error }));
      onError({ key, error, failures, next: null });
      return;
    }
    const next = newer ? 0 : wait(failures);
    if (newer) makeReady(entry);
    else
      entry.stopWaiting = timers.after(next, () => {
        makeReady(entry);
        start();
      });
    onError({ key, error, failures, next });
  };

  const plan = (key: PullKey, again: number): void => {
    if (closing) return;
    const id = keyOf(key);
    const delay = Math.min(Math.max(again, 0), longestPlan);
    const at = timers.now() + delay;
    const standing = plans.get(id);
    if (standing && standing.at <= at) return;
    standing?.cancel();
    const cancel = timers.after(delay, () => {
      plans.delete(id);
      put(key, { work: work("again", timers.now()), waiters: [] });
    });
    plans.set(id, { at, cancel });
  };

  const put = (key: PullKey, batch: Batch): void => {
    const id = keyOf(key);
    const entry = entries.get(id) ?? { key, next: null, running: null, failures: 0, stopWaiting: null };
    entries.set(id, entry);
    // A reinstalled app has a new installation id; the newest event knows it.
    entry.key = key;
    entry.next = merge(entry.next, batch);
    if (!entry.running) makeReady(entry);
    start();
  };

  return {
    add: (key, added) =>
      new Promise((done, failed) => {
        if (closing) failed(new Error(`The queue is stopping and takes no more work on ${keyOf(key)}`));
        else put(key, { work: added, waiters: [{ done, failed }] });
      }),

    depth: async () => entries.size,

    /** What waits for a free place is still looked at, as far as the time allows; what is in back-off is not. */
    drain: async (milliseconds) => {
      closing = true;
      for (const { cancel } of plans.values()) cancel();
      plans.clear();
      for (const entry of [...entries.values()])
        if (entry.stopWaiting)
          giveUp(entry, new Error(`The queue stopped while ${keyOf(entry.key)} waited to be tried again`));
      if (entries.size > 0) {
        await new Promise<void>((resolve) => {
          const cancel = timers.after(milliseconds, resolve);
          whenEmpty = () => {
            cancel();
            resolve();
          };
        });
      }
      for (const entry of [...entries.values()])
        giveUp(entry, new Error(`The queue stopped before the look at ${keyOf(entry.key)} ended`));
    },
  };
};
