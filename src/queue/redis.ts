import { Redis } from "ioredis";

export interface RedisConnection {
  /** Gives a command up after some seconds without Redis, so that a webhook gets its answer. */
  readonly commands: Redis;
  /** Waits for Redis as long as it takes: BullMQ's workers need that. */
  readonly worker: Redis;
  readonly close: () => void;
}

/** Waits 0.1 s, 0.2 s … up to 1 s between attempts; ten of them are five and a half seconds. */
const retryStrategy = (times: number): number => Math.min(times * 100, 1_000);
const patience = 10;

/** Resolves when Redis answers; rejects with one clear line when it does not for some seconds. */
export const connect = async (url: string, onTrouble: (error: Error) => void): Promise<RedisConnection> => {
  const errors: Error[] = [];
  const open = (maxRetriesPerRequest: number | null): Redis =>
    new Redis(url, { maxRetriesPerRequest, retryStrategy, disconnectTimeout: 100 }).on(
      "error",
      (error: Error) => {
        errors.splice(0, 1, error);
        onTrouble(error);
      },
    );
  const commands = open(patience);
  try {
    await commands.ping();
  } catch (error) {
    commands.disconnect();
    const [last] = errors;
    // The address is not shown: it may hold a password. ioredis names only host and port.
    throw new Error(`REDIS_URL: Redis does not answer at this address (${last?.message ?? error})`, {
      cause: error,
    });
  }
  const worker = open(null);
  return {
    commands,
    worker,
    close: () => {
      commands.disconnect();
      worker.disconnect();
    },
  };
};
