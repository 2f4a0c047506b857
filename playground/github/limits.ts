import type { Caller } from "./auth.ts";
import { ApiError } from "./errors.ts";
import type { World } from "./world.ts";

/** GitHub's rate limits: told with every answer, and enforced when asked for. */
export interface LimitOptions {
  /** Requests an hour and installation. */
  primary?: number;
  /** Points a minute: 1 for a read, 5 for a write. */
  points?: number;
  /** Requests at the same time. */
  concurrent?: number;
  /** Comments, check runs and the like in a minute. */
  content?: number;
}

interface Window {
  ends: number;
  used: number;
}

interface Budget {
  hour: Window;
  minute: Window;
  content: Window;
  flying: number;
}

const HOUR = 3_600_000;
const MINUTE = 60_000;

export class Limits {
  readonly #world: World;
  readonly #budgets = new Map<string, Budget>();
  enforce: LimitOptions | undefined;

  constructor(world: World, enforce: LimitOptions | undefined) {
    this.#world = world;
    this.enforce = enforce;
  }

  #budget(caller: Caller): Budget {
    const key =
      caller.kind === "installation"
        ? `i${caller.installation.id}`
        : caller.kind === "user"
          ? `u${caller.account.id}`
          : caller.kind === "app"
            ? `a${caller.app.id}`
            : "anonymous";
    const now = this.#world.milliseconds();
    let budget = this.#budgets.get(key);
    if (!budget) {
      budget = {
        hour: { ends: now + HOUR, used: 0 },
        minute: { ends: now + MINUTE, used: 0 },
        content: { ends: now + MINUTE, used: 0 },
        flying: 0,
      };
      this.#budgets.set(key, budget);
    }
    if (budget.hour.ends <= now) budget.hour = { ends: now + HOUR, used: 0 };
    if (budget.minute.ends <= now) budget.minute = { ends: now + MINUTE, used: 0 };
    if (budget.content.ends <= now) budget.content = { ends: now + MINUTE, used: 0 };
    return budget;
  }

  headers(caller: Caller): Record<string, string> {
    const { hour } = this.#budget(caller);
    const limit = this.enforce?.primary ?? 5000;
    return {
      "x-ratelimit-limit": String(limit),
      "x-ratelimit-remaining": String(Math.max(limit - hour.used, 0)),
      "x-ratelimit-used": String(hour.used),
      "x-ratelimit-reset": String(Math.ceil(hour.ends / 1000)),
      "x-ratelimit-resource": "core",
    };
  }

  /** Counts a request, refuses it when it is one too many, and returns what to call when it is answered. */
  enter(caller: Caller, method: string): () => void {
    const budget = this.#budget(caller);
    const { enforce } = this;
    const write = method !== "GET";
    const now = this.#world.milliseconds();
    if (enforce) this.#refuse(budget, enforce, write, now, caller);
    budget.hour.used++;
    budget.minute.used += write ? 5 : 1;
    if (write) budget.content.used++;
    budget.flying++;
    return () => {
      budget.flying--;
    };
  }

  #refuse(budget: Budget, limits: LimitOptions, write: boolean, now: number, caller: Caller): void {
    if (limits.primary !== undefined && budget.hour.used >= limits.primary) {
      throw new ApiError(403, { message: "API rate limit exceeded for installation." }, this.headers(caller));
    }
    const secondary = (wait: number) =>
      new ApiError(
        429,
        {
          message:
            "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.",
        },
        { "retry-after": String(Math.max(Math.ceil(wait / 1000), 1)) },
      );
    if (limits.concurrent !== undefined && budget.flying >= limits.concurrent) throw secondary(1000);
    const cost = write ? 5 : 1;
    if (limits.points !== undefined && budget.minute.used + cost > limits.points)
      throw secondary(budget.minute.ends - now);
    if (write && limits.content !== undefined && budget.content.used >= limits.content) {
      throw secondary(budget.content.ends - now);
    }
  }
}
