import { randomUUID } from "node:crypto";
import type { Redis } from "ioredis";

/** Keeps replicas from doing the same thing at the same time. */
export interface Lock {
  /** Null: somebody else has it. What a process that died had taken is free again after some seconds. */
  take(name: string): Promise<Held | null>;
}

export interface Held {
  /** Never rejects: what cannot be given back runs out. */
  release(): Promise<void>;
}

/** As long as looks of a dead replica take to be handed on: then this stands in nobody's way. */
const defaultDuration = 10_000;

/** Only its holder may prolong it or give it back: it may have run out, and be another one's by now. */
const ifMine = (command: string): string =>
  `if redis.call("GET", KEYS[1]) == ARGV[1] then return redis.call(${command}) end return 0`;
const prolongScript = ifMine('"PEXPIRE", KEYS[1], ARGV[2]');
const releaseScript = ifMine('"DEL", KEYS[1]');

/**
 * A lock that all replicas on one Redis share. It is prolonged as long as its holder lives.
 *
 * @param duration Milliseconds after which it is free again when its holder died.
 */
export const redisLock = (redis: Redis, prefix: string, duration = defaultDuration): Lock => ({
  async take(name) {
    const key = `${prefix}:lock:${name}`;
    const token = randomUUID();
    if ((await redis.set(key, token, "PX", duration, "NX")) === null) return null;
    const prolonging = setInterval(() => {
      redis.eval(prolongScript, 1, key, token, duration).catch(() => {});
    }, duration / 3).unref();
    return {
      async release() {
        clearInterval(prolonging);
        await redis.eval(releaseScript, 1, key, token).catch(() => {});
      },
    };
  },
});
