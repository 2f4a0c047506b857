import type { Caller } from "./auth.ts";
import type { Access, Actor, Json, Repo, Role } from "./model.ts";

export interface Reply {
  status: number;
  headers?: Record<string, string>;
  /** Sent as JSON; text is sent as it is. */
  body?: unknown;
}

export interface Call {
  method: string;
  /** Without prefix and query, still encoded. */
  path: string;
  /** The template, such as `/repos/{owner}/{repo}/pulls/{number}`. */
  route: string;
  params: Record<string, string>;
  query: URLSearchParams;
  body: Json;
  headers: Record<string, string | undefined>;
  caller: Caller;
  /** Where the request came in, for `Link` headers. */
  base: string;
}

/** A call on a repository that exists and that the caller may see. */
export interface RepoCall extends Call {
  repo: Repo;
  actor: Actor;
}

export type Needs = ReadonlyArray<readonly [name: string, access: Access]>;

export interface Guard {
  /** What an installation token needs: any one of these. */
  needs?: Needs;
  /** What a person needs. */
  role?: Role;
}

export interface Route {
  method: string;
  template: string;
  handler: (call: Call) => Reply | Promise<Reply>;
}

interface Node {
  literal: Map<string, Node>;
  param: Node | undefined;
  rest: Map<string, Route> | undefined;
  routes: Map<string, Route>;
}

const node = (): Node => ({ literal: new Map(), param: undefined, rest: undefined, routes: new Map() });

/** Finds the route of a path. `{name}` takes one segment, `{name*}` the rest of the path. */
export class Router {
  readonly #root = node();

  add(route: Route): void {
    let at = this.#root;
    for (const segment of route.template.split("/").slice(1)) {
      if (segment.endsWith("*}")) {
        at.rest ??= new Map();
        at.rest.set(route.method, route);
        return;
      }
      if (segment.startsWith("{")) {
        at.param ??= node();
        at = at.param;
      } else {
        const next = at.literal.get(segment) ?? node();
        at.literal.set(segment, next);
        at = next;
      }
    }
    at.routes.set(route.method, route);
  }

  match(method: string, path: string): { route: Route; params: Record<string, string> } | undefined {
    const segments = path.split("/").slice(1);
    const route = this.#find(this.#root, segments, 0, method);
    if (!route) return undefined;
    const params: Record<string, string> = {};
    for (const [index, segment] of route.template.split("/").slice(1).entries()) {
      if (segment.endsWith("*}")) params[segment.slice(1, -2)] = segments.slice(index).map(decode).join("/");
      else if (segment.startsWith("{")) params[segment.slice(1, -1)] = decode(segments[index] as string);
    }
    return { route, params };
  }

  #find(at: Node, segments: readonly string[], index: number, method: string): Route | undefined {
    if (index === segments.length) return at.routes.get(method) ?? at.rest?.get(method);
    const literal = at.literal.get(segments[index] as string);
    const found = literal && this.#find(literal, segments, index + 1, method);
    if (found) return found;
    const param = at.param && this.#find(at.param, segments, index + 1, method);
    return param ?? at.rest?.get(method);
  }
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
