/** What goes wrong on purpose. */

export interface FaultRequest {
  method: string;
  path: string;
  /** The route template, when there is one. */
  route: string | undefined;
  body: Record<string, unknown>;
}

/**
 * A number answers with that status and does nothing. `timeout` never answers, `reset` closes the connection, `slow`
 * answers rightly after `delayMs`. With `applied-then-…` the request does its work, and only the answer is lost.
 */
export type FaultKind =
  | number
  | "timeout"
  | "reset"
  | "slow"
  | "applied-then-500"
  | "applied-then-timeout"
  | "applied-then-reset";

export interface FaultRule {
  match: ((request: FaultRequest) => boolean) | { method?: string; path?: RegExp; route?: string };
  /** How often; for ever when absent. */
  times?: number;
  /** How many matching requests pass before the first fault. */
  after?: number;
  status: FaultKind;
  headers?: Record<string, string>;
  body?: unknown;
  delayMs?: number;
}

export interface RandomFaults {
  seed: number;
  /** Share of requests that go wrong, 0 to 1. */
  rate: number;
  kinds?: readonly FaultKind[];
  delayMs?: number;
  /** Requests that may go wrong; all when absent. */
  match?: (request: FaultRequest) => boolean;
}

export interface Fault {
  kind: FaultKind;
  headers: Record<string, string>;
  body: unknown;
  delayMs: number;
}

/** Mulberry32: small, fast, and the same everywhere. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const SLOW_MS = 1000;

function matches(rule: FaultRule, request: FaultRequest): boolean {
  const { match } = rule;
  if (typeof match === "function") return match(request);
  return (
    (match.method === undefined || match.method === request.method) &&
    (match.path === undefined || match.path.test(request.path)) &&
    (match.route === undefined || match.route === request.route)
  );
}

export class Faults {
  #rules: Array<{ rule: FaultRule; left: number; skip: number }> = [];
  #random: { options: RandomFaults; next: () => number } | undefined;
  /** How many requests have gone wrong. */
  count = 0;

  /** Adds a rule and returns a function that takes it away again. */
  add(rule: FaultRule): () => void {
    const entry = { rule, left: rule.times ?? Number.POSITIVE_INFINITY, skip: rule.after ?? 0 };
    this.#rules.push(entry);
    return () => {
      this.#rules = this.#rules.filter((one) => one !== entry);
    };
  }

  /** Lets requests go wrong at random, the same ones for the same seed and order; `undefined` ends it. */
  random(options: RandomFaults | undefined): void {
    this.#random = options && { options, next: seededRandom(options.seed) };
  }

  clear(): void {
    this.#rules = [];
    this.#random = undefined;
  }

  next(request: FaultRequest): Fault | undefined {
    const fault = this.#fromRules(request) ?? this.#fromChance(request);
    if (fault) this.count++;
    return fault;
  }

  #fromRules(request: FaultRequest): Fault | undefined {
    for (const entry of this.#rules) {
      if (entry.left <= 0 || !matches(entry.rule, request)) continue;
      if (entry.skip > 0) {
        entry.skip--;
        continue;
      }
      entry.left--;
      const { status, headers, body, delayMs } = entry.rule;
      return {
        kind: status,
        headers: headers ?? {},
        body,
        delayMs: delayMs ?? (status === "slow" ? SLOW_MS : 0),
      };
    }
    return undefined;
  }

  #fromChance(request: FaultRequest): Fault | undefined {
    if (!this.#random) return undefined;
    const { options, next } = this.#random;
    if (options.match && !options.match(request)) return undefined;
    if (next() >= options.rate) return undefined;
    const kinds = options.kinds ?? [500, 502, "reset", "applied-then-500", "slow"];
    const kind = kinds[Math.floor(next() * kinds.length)] as FaultKind;
    return {
      kind,
      headers: {},
      body: undefined,
      delayMs: kind === "slow" ? (options.delayMs ?? SLOW_MS) : 0,
    };
  }
}
