import { randomUUID } from "node:crypto";
import type { Redis } from "ioredis";
import { keyOf, type PullKey, type Work, work } from "./queue.ts";

/** One work as it lies in its list. */
export interface Stored {
  /** The entry byte for byte: no two are equal, so removing it removes nothing else. */
  readonly entry: string;
  readonly work: Work;
}

export interface Waiting {
  /** As the newest event named it; null when nothing waits. */
  readonly key: PullKey | null;
  /** Oldest first, at most `readAtOnce`. */
  readonly stored: readonly Stored[];
}

/** Edits hold two descriptions of up to 64 KiB each, so what piled up in a long trouble is not read in one go. */
const readAtOnce = 200;

/** Removes entries from a list, and the list's name from the hash when nothing is left. Answers how many are left. */
const removeScript = `
for i = 2, #ARGV do redis.call("LREM", KEYS[1], 1, ARGV[i]) end
local left = redis.call("LLEN", KEYS[1])
if left == 0 then redis.call("HDEL", KEYS[2], ARGV[1]) end
return left
`;

/**
 * What waits to be covered by a look: a Redis list for each pull request, and a hash that names the lists that are
 * not empty. It holds the edits apart from BullMQ's jobs, which may be merged, replaced and given up.
 */
export class WorkStore {
  readonly #redis: Redis;
  readonly #prefix: string;

  constructor(redis: Redis, prefix: string) {
    this.#redis = redis;
    this.#prefix = prefix;
  }

  async push(key: PullKey, work: Work): Promise<void> {
    const id = keyOf(key);
    const results = await this.#redis
      .multi()
      .rpush(this.#list(id), `${randomUUID()} ${JSON.stringify(work)}`)
      .hset(this.#pending, id, JSON.stringify(key))
      .exec();
    const failed = results?.find(([error]) => error);
    if (!results || failed) throw failed?.[0] ?? new Error("Redis gave the transaction up");
  }

  async read(id: string): Promise<Waiting> {
    const [entries, key] = await Promise.all([
      this.#redis.lrange(this.#list(id), 0, readAtOnce - 1),
      this.#redis.hget(this.#pending, id),
    ]);
    return { key: key === null ? null : JSON.parse(key), stored: entries.map(parse) };
  }

  /** Removes exactly these, whatever came since, also when another worker has removed them before. Answers how many are left. */
  async remove(id: string, stored: readonly Stored[]): Promise<number> {
    const entries = stored.map(({ entry }) => entry);
    return Number(await this.#redis.eval(removeScript, 2, this.#list(id), this.#pending, id, ...entries));
  }

  async waiting(id: string): Promise<number> {
    return this.#redis.llen(this.#list(id));
  }

  /** Pull requests whose list is not empty. */
  async keys(): Promise<PullKey[]> {
    return (await this.#redis.hvals(this.#pending)).map((key) => JSON.parse(key));
  }

  async size(): Promise<number> {
    return this.#redis.hlen(this.#pending);
  }

  #list(id: string): string {
    return `${this.#prefix}:work:${id}`;
  }

  get #pending(): string {
    return `${this.#prefix}:pending`;
  }
}

/** A replica of an older version may have written it, without a part that was added since. */
const parse = (entry: string): Stored => ({
  entry,
  work: { ...work("", 0), ...JSON.parse(entry.slice(entry.indexOf(" ") + 1)) },
});
