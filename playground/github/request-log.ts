/** What clients asked for, for tests and figures. */

export interface LoggedRequest {
  method: string;
  path: string;
  /** Template, or the path itself when no route knows it. */
  route: string;
  status: number;
  /** App slug, login, or `anonymous`. */
  by: string;
  at: string;
  body: Record<string, unknown>;
}

const TOKEN_ROUTE = "/app/installations/{id}/access_tokens";

export class RequestLog {
  /** The newest requests, oldest first. */
  list: LoggedRequest[] = [];
  /** By method and route template, such as `GET /repos/{owner}/{repo}/pulls/{number}`. */
  counts = new Map<string, number>();
  total = 0;
  /** Everything that asks: GET and GraphQL queries. */
  reads = 0;
  /** Everything that changes something. Tokens do not count. */
  writes = 0;
  readonly #limit: number;

  constructor(limit = 10_000) {
    this.#limit = limit;
  }

  add(request: LoggedRequest): void {
    this.total++;
    const key = `${request.method} ${request.route}`;
    this.counts.set(key, (this.counts.get(key) ?? 0) + 1);
    if (request.route === "/graphql") {
      if (/^\s*mutation\b/.test(String(request.body.query))) this.writes++;
      else this.reads++;
    } else if (request.method === "GET" || request.method === "HEAD") this.reads++;
    else if (request.route !== TOKEN_ROUTE) this.writes++;
    this.list.push(request);
    if (this.list.length > this.#limit * 1.1) this.list.splice(0, this.list.length - this.#limit);
  }

  reset(): void {
    this.list = [];
    this.counts = new Map();
    this.total = 0;
    this.reads = 0;
    this.writes = 0;
  }
}
