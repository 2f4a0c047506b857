import { type Job, Queue as Jobs, type JobsOptions, Worker } from "bullmq";
import { type Lock, redisLock } from "./lock.ts";
import {
  keyOf,
  type Look,
  mergeWork,
  nothingLater,
  type PullKey,
  type Queue,
  type Work,
  work,
} from "./queue.ts";
import { connect } from "./redis.ts";
import { backOff, defaultAttempts, type Failure, longestPlan } from "./retry.ts";
import { systemTimers } from "./timers.ts";
import { type Stored, WorkStore } from "./work-store.ts";

export interface BullQueueOptions {
  readonly url: string;
  readonly look: Look;
  /** Looks at once in this replica. */
  readonly concurrency: number;
  readonly onError: (failure: Failure) => void;
  /** Trouble with Redis or with the queue itself, for the log; it is repeated until it is over. */
  readonly onTrouble: (error: Error) => void;
  /** Milliseconds to wait after so many failures in a row (1, 2, …). Default: `backOff` with jitter. */
  readonly backOff?: (failures: number) => number;
  /** After so many failures in a row the job ends; the work stays for the sweep. Default 100. */
  readonly attempts?: number;
  /** Begins all names in Redis. The braces keep them on one node of a cluster. Default `{release-checklist}`. */
  readonly prefix?: string;
  /** Milliseconds after which the looks of a replica that died go to another one. Default 10,000. */
  readonly lockDuration?: number;
}

export interface BullQueue extends Queue {
  /**
   * Pull requests with work that no look has covered yet. Nearly always a job stands for it; after a crash between
   * storing both, or when the job was given up, only a new `add` brings it back: the sweep does that.
   */
  pendingKeys(): Promise<PullKey[]>;
  readonly lock: Lock;
}

/** Names the pull request of a look (`id`), or of a planned one with its time. */
type Data = { readonly id: string } | { readonly key: PullKey; readonly at: number };

class LookFailed extends Error {
  readonly key: PullKey;
  /** How many works the look was to cover. */
  readonly read: number;
  readonly delay: number;

  constructor(key: PullKey, read: number, delay: number, cause: unknown) {
    // BullMQ stores the message, so it says nothing of the cause, which may quote somebody's text.
    super("The look failed", { cause });
    this.key = key;
    this.read = read;
    this.delay = delay;
  }
}

/** As long as GitHub keeps deliveries: whatever could not be looked at in that time is left to the edit history. */
const longestKept = 3 * 24 * 60 * 60 * 1_000;

/**
 * The queue of several replicas that share one Redis. `add` resolves when the work is stored there.
 *
 * A job only says *visit this pull request's list*; BullMQ sees to it that there is at most one active and one
 * following job for each. Of its deduplication options `keepLastIfActive` makes the following one, and `reschedule`
 * makes an event bring a job in back-off forward. A look whose replica dies is handed on when its lock has run out.
 */
export const bullQueue = async (options: BullQueueOptions): Promise<BullQueue> => {
  const { look, attempts = defaultAttempts, lockDuration = 10_000, prefix = "{release-checklist}" } = options;
  const wait = options.backOff ?? backOff;
  const connection = await connect(options.url, options.onTrouble);
  const store = new WorkStore(connection.commands, prefix);
  const jobs = new Jobs<Data>("looks", {
    connection: connection.commands,
    prefix,
    streams: { events: { maxLen: 100 } },
  });
  const kept: JobsOptions = { removeOnComplete: true, removeOnFail: true, stackTraceLimit: 0 };
  let closing = false;

  const visit = async (id: string): Promise<void> => {
    await jobs.add(
      "look",
      { id },
      {
        ...kept,
        attempts,
        backoff: { type: "custom" },
        deduplication: { id, keepLastIfActive: true, reschedule: true },
      },
    );
  };

  const put = async (key: PullKey, added: Work): Promise<void> => {
    await store.push(key, added);
    await visit(keyOf(key));
  };

  /** Of several plans the earliest stands. */
  const plan = async (key: PullKey, again: number): Promise<void> => {
    const delay = Math.min(Math.max(again, 0), longestPlan);
    const at = Date.now() + delay;
    const id = `again ${keyOf(key)}`;
    const standing = await jobs.getDeduplicationJobId(id);
    const data = standing ? (await jobs.getJob(standing))?.data : undefined;
    if (data && "at" in data && data.at <= at) return;
    await jobs.add(
      "again",
      { key, at },
      { ...kept, attempts, backoff: { type: "custom" }, delay, deduplication: { id, replace: true } },
    );
  };

  const process = async ({ data, attemptsMade }: Job<Data>): Promise<void> => {
    if ("at" in data) return put(data.key, work("again", Date.now()));
    const { key, stored } = await store.read(data.id);
    const [first, ...others] = stored.map((one) => one.work);
    if (!key || !first) return;
    try {
      const { again } = await look(key, others.reduce(mergeWork, first), nothingLater);
      if (again !== null) await plan(key, again);
      if ((await store.remove(data.id, stored)) > 0) await visit(data.id);
    } catch (error) {
      if (attemptsMade + 1 >= attempts) await store.remove(data.id, stored.filter(isTooOld));
      throw new LookFailed(key, stored.length, wait(attemptsMade + 1), error);
    }
  };

  const worker = new Worker<Data>("looks", process, {
    connection: connection.worker,
    prefix,
    concurrency: options.concurrency,
    lockDuration,
    stalledInterval: lockDuration / 2,
    // A look that kills its process again and again is left to the sweep, so that it cannot stop everybody for good.
    maxStalledCount: 5,
    runRetryDelay: 1_000,
    settings: {
      backoffStrategy: (failures, _type, error) =>
        error instanceof LookFailed ? error.delay : wait(failures),
    },
  });

  /** BullMQ keeps the following job back while one is in back-off: work that came during the failed look brings it forward. */
  const bringForward = async (id: string, read: number): Promise<void> => {
    if ((await store.waiting(id)) > read) await visit(id);
  };

  worker.on("error", options.onTrouble);
  jobs.on("error", options.onTrouble);
  worker.on("failed", (job, error) => {
    if (!(error instanceof LookFailed) || !job) return options.onTrouble(error);
    const { key, read, delay, cause } = error;
    const failures = job.attemptsMade;
    options.onError({ key, error: cause, failures, next: failures >= attempts ? null : delay });
    bringForward(keyOf(key), read).catch(options.onTrouble);
  });

  return {
    add: async (key, added) => {
      if (closing) throw new Error(`The queue is stopping and takes no more work on ${keyOf(key)}`);
      await put(key, added);
    },
    depth: () => store.size(),
    pendingKeys: () => store.keys(),
    lock: redisLock(connection.commands, prefix),
    /** What waits stays in Redis, for another replica or the next start. */
    drain: async (milliseconds) => {
      closing = true;
      await within(milliseconds, worker.close());
      connection.close();
    },
  };
};

const isTooOld = ({ work: { since } }: Stored): boolean => Date.now() - since > longestKept;

const within = (milliseconds: number, promise: Promise<unknown>): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const cancel = systemTimers.after(milliseconds, () => resolve(undefined));
    promise.then(resolve, reject).finally(cancel);
  });
