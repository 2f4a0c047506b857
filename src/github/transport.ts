import { causesOf, limitedUntil, PassingFault } from "./errors.ts";
import { type Clock, type Cost, createPace, documentedLimits, type Limits, realClock } from "./pace.ts";
import { routeOf } from "./route.ts";

export interface Quota {
  /** `core`, `graphql`, … as GitHub names the pools. */
  readonly resource: string;
  readonly limit: number;
  readonly remaining: number;
  /** Milliseconds since the epoch. */
  readonly resetAt: number;
}

export interface TransportOptions {
  readonly fetch?: typeof fetch;
  readonly limits?: Limits;
  /** Milliseconds from sending to the last byte of the answer. */
  readonly timeout?: number;
  readonly clock?: Clock;
  /** Called once for each request that was sent; status 0 when no answer came. */
  readonly onRequest?: (method: string, route: string, status: number, milliseconds: number) => void;
  readonly onQuota?: (quota: Quota) => void;
}

/** As much of a `Response` as Octokit looks at, with the body read. */
export interface Answer {
  readonly status: number;
  readonly url: string;
  readonly headers: Headers;
  readonly body: string | null;
  text(): Promise<string>;
  arrayBuffer(): Promise<ArrayBuffer>;
}

export type Fetch = (url: string, init: RequestInit) => Promise<Answer>;

const defaultTimeout = 15_000;
/** A wait that is shorter is worth sitting out; for a longer one the look ends and comes back. */
const patience = 5_000;
const repeats = 2;

/**
 * `fetch` for one installation's client: paced, timed, counted, patient with rate limits, and repeating only what
 * can be repeated without harm. It throws nothing but {@link PassingFault}; every complete answer is returned.
 */
export const createTransport = (options: TransportOptions = {}): Fetch => {
  const clock = options.clock ?? realClock;
  const pace = createPace(options.limits ?? documentedLimits, clock);
  const closedUntil = new Map<string, number>();

  const untilOpen = async (pool: string, label: string): Promise<void> => {
    const until = Math.max(closedUntil.get(pool) ?? 0, closedUntil.get("all") ?? 0);
    const wait = until - Date.now();
    if (wait <= 0) return;
    if (wait > patience)
      throw new PassingFault(`GitHub's rate limit is reached (${label})`, { retryAt: until });
    await clock.sleep(wait);
  };

  const once = async (url: string, init: RequestInit, call: Call): Promise<Answer> => {
    await untilOpen(call.pool, call.label);
    const leave = await pace.enter(call.cost);
    const sent = clock.now();
    let status = 0;
    try {
      const response = await complete(options.fetch ?? fetch, url, init, options.timeout ?? defaultTimeout);
      status = response.status;
      return response;
    } catch (error) {
      throw noAnswer(error, call.label);
    } finally {
      leave();
      options.onRequest?.(call.method, call.route, status, clock.now() - sent);
    }
  };

  const note = async (response: Answer): Promise<void> => {
    const quota = quotaOf(response.headers);
    if (quota) options.onQuota?.(quota);
    if (response.status !== 403 && response.status !== 429) return;
    const until = limitedUntil(response.status, Object.fromEntries(response.headers), await response.text());
    if (until === null) return;
    // The hour's quota is one pool's; the other limits are the whole installation's.
    closedUntil.set(quota?.remaining === 0 ? quota.resource : "all", until);
  };

  return async (url, init) => {
    const call = callOf(url, init);
    for (let tries = 1; ; tries += 1) {
      try {
        const response = await once(url, init, call);
        await note(response);
        if (response.status >= 500 && call.repeatable && tries <= repeats) {
          await clock.sleep(pause(tries));
          continue;
        }
        return response;
      } catch (error) {
        if (!(error instanceof Unanswered) || !mayRepeat(call, error, tries)) throw error;
        await clock.sleep(pause(tries));
      }
    }
  };
};

/** No answer came: nothing tells whether the request was carried out, unless it never reached GitHub. */
class Unanswered extends PassingFault {
  readonly reached: boolean;
  readonly timedOut: boolean;

  constructor(label: string, code: string) {
    const timedOut = code === "TimeoutError";
    const reached = !neverSent.has(code);
    super(`GitHub did not answer (${label}: ${timedOut ? "time-out" : code})`, { unclear: reached });
    this.reached = reached;
    this.timedOut = timedOut;
  }
}

const neverSent = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "UND_ERR_CONNECT_TIMEOUT",
  "ENETUNREACH",
]);

const noAnswer = (error: unknown, label: string): Unanswered => {
  const codes = causesOf(error).map(({ code, name }) => String(typeof code === "string" ? code : name));
  return new Unanswered(label, codes.find((code) => code === "TimeoutError") ?? codes.at(-1) ?? "unknown");
};

interface Call {
  readonly method: string;
  readonly route: string;
  readonly label: string;
  readonly pool: "core" | "graphql";
  readonly cost: Cost;
  /** Doing it twice changes nothing that doing it once does not. */
  readonly repeatable: boolean;
}

const callOf = (url: string, init: RequestInit): Call => {
  const method = (init.method ?? "GET").toUpperCase();
  const route = routeOf(url);
  const graphql = route === "/graphql";
  const token = route.endsWith("/access_tokens");
  // Every GraphQL request of ours is a query.
  const reads = method === "GET" || graphql;
  return {
    method,
    route,
    label: `${method} ${route}`,
    pool: graphql ? "graphql" : "core",
    cost: { points: reads ? 1 : 5, creates: method === "POST" && !graphql && !token },
    repeatable: reads || token,
  };
};

/** Reads twice more, but not after a time-out, which took long enough; a PATCH once more if it never reached GitHub; a POST never. */
const mayRepeat = (call: Call, fault: Unanswered, tries: number): boolean =>
  call.repeatable
    ? !fault.timedOut && tries <= repeats
    : call.method === "PATCH" && !fault.reached && tries === 1;

const pause = (tries: number): number => 100 * 3 ** (tries - 1) * (1 + Math.random());

/** Takes the whole body here, so that one which breaks off is a fault and not a shorter answer. */
const complete = async (
  send: typeof fetch,
  url: string,
  init: RequestInit,
  timeout: number,
): Promise<Answer> => {
  const response = await send(url, { ...init, signal: AbortSignal.timeout(timeout) });
  const text = await response.text();
  return {
    status: response.status,
    url: response.url,
    headers: response.headers,
    body: text === "" ? null : text,
    text: async () => text,
    arrayBuffer: async () => new TextEncoder().encode(text).buffer as ArrayBuffer,
  };
};

const quotaOf = (headers: Headers): Quota | null => {
  const [limit, remaining, reset] = ["limit", "remaining", "reset"].map((name) =>
    headers.get(`x-ratelimit-${name}`),
  );
  if (limit == null || remaining == null || reset == null) return null;
  return {
    resource: headers.get("x-ratelimit-resource") ?? "core",
    limit: Number(limit),
    remaining: Number(remaining),
    resetAt: Number(reset) * 1_000,
  };
};
