import { randomUUID } from "node:crypto";
import type { Redis } from "ioredis";

/** Keeps replicas from doing the same thing at the same time. */
export interface Lock {
  /** Takes it for at most so long. Null: somebody has it. */
  take(name: string, milliseconds: number): Promise<Held | null>;
}

export interface Held {
  /** Gives it back, unless it has run out. */
  release(): Promise<void>;
}

/** Only who took it gives it back: it may have run out, and be another one's by now. */
const releaseScript = `
if redis.call("GET", KEYS[1]) == ARGV[1] then return redis.call("DEL", KEYS[1]) end
return 0
`;

/** A lock that all replicas on one Redis share. Redis itself lets go of what a process that died had taken. */
export const redisLock = (redis: Redis, prefix: string): Lock => ({
  async take(name, milliseconds) {
    const key = `${prefix}:lock:${name}`;
    const token = randomUUID();
    const taken = await redis.set(key, token, "PX", milliseconds, "NX");
    if (taken === null) return null;
    return {
      release: async () => {
        await redis.eval(releaseScript, 1, key, token);
      },
    };
  },
});
