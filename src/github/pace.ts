import { setTimeout as sleep } from "node:timers/promises";

/** Time as the client sees it; tests bring their own. */
export interface Clock {
  /** Milliseconds on a clock that never goes back. */
  now(): number;
  sleep(milliseconds: number): Promise<unknown>;
}

export const realClock: Clock = {
  now: () => performance.now(),
  sleep: (milliseconds) => sleep(milliseconds),
};

/**
 * What one installation may ask of GitHub.
 * @see https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits
 */
export interface Limits {
  /** Requests under way at once. GitHub allows 100, for REST and GraphQL together; half is left to other replicas. */
  readonly concurrent: number;
  /** A read costs 1, a write 5. */
  readonly pointsPerMinute: number;
  /** Comments, reactions, check runs: everything that a POST creates. */
  readonly creationsPerMinute: number;
}

export const documentedLimits: Limits = { concurrent: 50, pointsPerMinute: 900, creationsPerMinute: 80 };

/** What a request costs in the coin of {@link Limits}. */
export interface Cost {
  readonly points: number;
  readonly creates: boolean;
}

export interface Pace {
  /** Resolves when the request may be sent, at once as long as the limits are far. Call what it returns when the answer is there. */
  enter(cost: Cost): Promise<() => void>;
}

/** Own pacing, because @octokit/plugin-throttling spaces every write by a second and cannot count points. */
export const createPace = (limits: Limits = documentedLimits, clock: Clock = realClock): Pace => {
  const points = slidingMinute(limits.pointsPerMinute);
  const creations = slidingMinute(limits.creationsPerMinute);
  const slots = createSlots(limits.concurrent);
  return {
    async enter(cost) {
      const now = clock.now();
      const at = Math.max(cost.creates ? creations(1, now) : now, points(cost.points, now));
      if (at > now) await clock.sleep(at - now);
      return slots();
    },
  };
};

const minute = 60_000;

/**
 * Reserves a place in a limit that holds for every stretch of sixty seconds, first come first served.
 * Returns the time from which the cost fits.
 */
const slidingMinute = (limit: number): ((cost: number, now: number) => number) => {
  const taken: { at: number; cost: number }[] = [];
  let sum = 0;
  return (cost, now) => {
    let at = Math.max(now, taken.at(-1)?.at ?? now);
    for (let oldest = taken[0]; oldest; oldest = taken[0]) {
      const over = oldest.at + minute;
      if (over > at && sum + cost <= limit) break;
      taken.shift();
      sum -= oldest.cost;
      at = Math.max(at, over);
    }
    taken.push({ at, cost });
    sum += cost;
    return at;
  };
};

const createSlots = (count: number): (() => Promise<() => void>) => {
  let free = count;
  const waiting: (() => void)[] = [];
  const leave = () => {
    const next = waiting.shift();
    if (next) next();
    else free += 1;
  };
  return async () => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    let left = false;
    return () => {
      if (left) return;
      left = true;
      leave();
    };
  };
};
