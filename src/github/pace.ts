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

interface Waiting {
  readonly cost: Cost;
  readonly enter: (leave: () => void) => void;
}

/**
 * Own pacing, because @octokit/plugin-throttling spaces every write by a second and cannot count points. First come,
 * first served, except that others overtake creations while those wait for their own limit. A request is counted when
 * it is sent, not when it is asked for, so that slow answers do not let two minutes' worth meet.
 */
export const createPace = (limits: Limits = documentedLimits, clock: Clock = realClock): Pace => {
  const points = slidingMinute(limits.pointsPerMinute);
  const creations = slidingMinute(limits.creationsPerMinute);
  const waiting: Waiting[] = [];
  let free = limits.concurrent;
  let wakesAt = Number.POSITIVE_INFINITY;

  const pump = (): void => {
    while (free > 0 && waiting.length > 0) {
      const now = clock.now();
      const untilCreation = creations.wait(1, now);
      const index = waiting.findIndex(({ cost }) => !cost.creates || untilCreation === 0);
      const next = waiting[index];
      const wait = next ? points.wait(next.cost.points, now) : untilCreation;
      if (!next || wait > 0) {
        void wakeAt(now + wait, wait);
        return;
      }
      waiting.splice(index, 1);
      send(next, now);
    }
  };

  const send = ({ cost, enter }: Waiting, now: number): void => {
    free -= 1;
    points.take(cost.points, now);
    if (cost.creates) creations.take(1, now);
    let left = false;
    enter(() => {
      if (left) return;
      left = true;
      free += 1;
      pump();
    });
  };

  const wakeAt = async (at: number, wait: number): Promise<void> => {
    if (at >= wakesAt) return;
    wakesAt = at;
    await clock.sleep(wait);
    wakesAt = Number.POSITIVE_INFINITY;
    pump();
  };

  return {
    enter: (cost) =>
      new Promise((enter) => {
        waiting.push({ cost, enter });
        pump();
      }),
  };
};

const minute = 60_000;

/** Counts what was spent in the last sixty seconds. */
const slidingMinute = (limit: number) => {
  const taken: { readonly at: number; readonly cost: number }[] = [];
  let sum = 0;
  return {
    /** Milliseconds until the cost fits. */
    wait(cost: number, now: number): number {
      while (taken[0] && taken[0].at <= now - minute) sum -= taken.shift()?.cost ?? 0;
      let over = sum + cost - limit;
      for (const one of taken) {
        if (over <= 0) break;
        over -= one.cost;
        if (over <= 0) return one.at + minute - now;
      }
      return 0;
    },
    take(cost: number, now: number): void {
      taken.push({ at: now, cost });
      sum += cost;
    },
  };
};
