import { setTimeout as wait } from "node:timers/promises";
import type { Caller, Tokens } from "./auth.ts";
import { ApiError, Refused } from "./errors.ts";
import type { Fault, Faults } from "./faults.ts";
import type { Limits } from "./limits.ts";
import type { Json } from "./model.ts";
import type { RequestLog } from "./request-log.ts";
import type { Call, Reply, Router } from "./router.ts";
import type { World } from "./world.ts";

/** A request as it comes in, over a socket or not. */
export interface Incoming {
  method: string;
  /** Path and query. */
  target: string;
  headers: Record<string, string | undefined>;
  /** Text of the body; empty when there is none. */
  body: string;
  /** `http://host` as the client wrote it. */
  origin: string;
  signal?: AbortSignal | undefined;
}

/** The connection breaks instead of an answer. */
export class Broken extends Error {
  readonly kind: "timeout" | "reset";

  constructor(kind: "timeout" | "reset") {
    super(kind === "timeout" ? "The answer never comes" : "The connection is closed");
    this.name = "Broken";
    this.kind = kind;
  }
}

export type Hook = (call: Call) => void | Promise<void>;
export type AfterHook = (call: Call, reply: Reply) => void | Promise<void>;

export interface ServerParts {
  world: World;
  router: Router;
  tokens: Tokens;
  faults: Faults;
  limits: Limits;
  log: RequestLog;
}

const nameOf = (caller: Caller): string => {
  if (caller.kind === "user") return caller.account.login;
  return caller.kind === "anonymous" ? "anonymous" : caller.app.slug;
};

const PREFIX = /^\/api\/(v3(?=\/|$)|(?=graphql$))/;

/** Answers requests: faults, hooks, authentication, limits, the route, and the log of it all. */
export class Server {
  latencyMs = 0;
  /** Requests that no route knows, as `GET /path`. A test should end with none. */
  readonly unknownRoutes: string[] = [];
  /** What broke inside: a bug of this GitHub, or a hook of a test that threw. A test should end with none. */
  readonly errors: unknown[] = [];
  readonly before = new Set<Hook>();
  readonly after = new Set<AfterHook>();
  readonly #parts: ServerParts;
  #sequence = 0;

  constructor(parts: ServerParts) {
    this.#parts = parts;
  }

  async handle(incoming: Incoming): Promise<Reply> {
    const { world, router, faults, log, limits } = this.#parts;
    const { method } = incoming;
    const question = incoming.target.indexOf("?");
    const whole = question < 0 ? incoming.target : incoming.target.slice(0, question);
    const prefix = PREFIX.exec(whole)?.[0] ?? "";
    const rest = whole.slice(prefix.length);
    const path = rest.startsWith("/") ? rest : `/${rest}`;
    const matched = router.match(method, path.length > 1 ? path.replace(/\/+$/, "") : path);
    const call: Call = {
      method,
      path,
      route: matched?.route.template ?? path,
      params: matched?.params ?? {},
      query: new URLSearchParams(question < 0 ? "" : incoming.target.slice(question + 1)),
      body: {},
      headers: incoming.headers,
      caller: { kind: "anonymous" },
      base: incoming.origin + prefix,
    };
    let reply: Reply;
    let fault: Fault | undefined;
    let leave = () => {};
    try {
      call.body = parse(incoming.body);
      fault = faults.next({ method, path, route: matched?.route.template, body: call.body });
      const delay = this.latencyMs + (fault?.delayMs ?? 0);
      if (delay > 0) await wait(delay);
      if (fault && !String(fault.kind).startsWith("applied") && fault.kind !== "slow") {
        reply = failure(fault);
      } else {
        call.caller = this.#parts.tokens.identify(incoming.headers.authorization);
        if (call.caller.kind !== "app") leave = limits.enter(call.caller, method);
        for (const hook of this.before) await hook(call);
        if (!matched) throw this.#unknown(method, path);
        reply = await matched.route.handler(call);
        for (const hook of this.after) await hook(call, reply);
        if (fault && fault.kind !== "slow") reply = failure(fault);
      }
    } catch (error) {
      if (error instanceof Broken) {
        log.add({
          method,
          path,
          route: call.route,
          status: 0,
          by: nameOf(call.caller),
          at: world.now(),
          body: call.body,
        });
        throw error;
      }
      if (!(error instanceof ApiError || error instanceof Refused)) this.errors.push(error);
      reply = replyTo(error);
    } finally {
      leave();
    }
    log.add({
      method,
      path,
      route: call.route,
      status: reply.status,
      by: nameOf(call.caller),
      at: world.now(),
      body: call.body,
    });
    return {
      ...reply,
      headers: {
        "x-github-request-id": `FAKE:${(++this.#sequence).toString(16).toUpperCase()}`,
        "x-github-media-type": "github.v3; format=json",
        ...limits.headers(call.caller),
        ...reply.headers,
      },
    };
  }

  #unknown(method: string, path: string): ApiError {
    this.unknownRoutes.push(`${method} ${path}`);
    return new ApiError(501, { message: `the fake GitHub does not know ${method} ${path}` });
  }
}

function parse(body: string): Json {
  if (body === "") return {};
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    throw new ApiError(400, { message: "Problems parsing JSON" });
  }
  if (typeof value !== "object" || value === null)
    throw new ApiError(400, { message: "Body should be a JSON object" });
  return (Array.isArray(value) ? { items: value } : value) as Json;
}

function failure(fault: Fault): Reply {
  const kind = fault.kind;
  if (kind === "timeout" || kind === "applied-then-timeout") throw new Broken("timeout");
  if (kind === "reset" || kind === "applied-then-reset") throw new Broken("reset");
  const status = typeof kind === "number" ? kind : 500;
  return { status, headers: fault.headers, body: fault.body ?? { message: "A fault on purpose" } };
}

function replyTo(error: unknown): Reply {
  if (error instanceof ApiError) return { status: error.status, headers: error.headers, body: error.body };
  if (error instanceof Refused)
    return { status: 422, body: { message: error.message, errors: error.reasons } };
  throw error;
}
