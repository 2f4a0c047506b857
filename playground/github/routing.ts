import { actorOf, atLeast, botOf, roleOf } from "./access.ts";
import { ApiError, forbidden, notFound, unauthorized, unprocessable } from "./errors.ts";
import type { Actor, App, Issue, Json, Pull, Repo } from "./model.ts";
import { allows } from "./permissions.ts";
import { type Call, type Guard, type Reply, type RepoCall, Router } from "./router.ts";
import { covers, type World } from "./world.ts";

/** The helpers with which the route families are written. */

export const ok = (body: unknown, status = 200): Reply => ({ status, body });
export const created = (body: unknown): Reply => ({ status: 201, body });
export const noContent = (): Reply => ({ status: 204 });

const INACCESSIBLE = "Resource not accessible by integration";

function guardInstallation(call: Call, repo: Repo, guard: Guard): Actor {
  const { caller } = call;
  if (caller.kind !== "installation") throw unauthorized();
  const { app, installation, permissions, repositoryIds } = caller;
  if (installation.suspendedAt !== null) throw forbidden("This installation has been suspended");
  const reachable = covers(installation, repo) && (repositoryIds?.has(repo.id) ?? true);
  const reading = call.method === "GET";
  if (!reachable && (repo.private || !reading)) throw reading ? notFound() : forbidden(INACCESSIBLE);
  const needs = guard.needs ?? [["metadata", "read"]];
  if (!needs.some(([name, access]) => allows(permissions, name, access))) {
    const accepted = needs.map(([name, access]) => `${name}=${access}`).join("; ");
    throw new ApiError(
      403,
      { message: INACCESSIBLE, documentation_url: "https://docs.github.com/rest", status: "403" },
      { "x-accepted-github-permissions": accepted },
    );
  }
  return botOf(app);
}

function guardPerson(call: Call, repo: Repo, guard: Guard): Actor {
  const { caller } = call;
  if (caller.kind === "app") throw forbidden(INACCESSIBLE);
  if (caller.kind !== "user") throw repo.private ? notFound() : unauthorized("Requires authentication");
  const role = roleOf(repo, caller.account);
  if (role === "none") throw notFound();
  if (!atLeast(role, guard.role ?? "read")) throw forbidden(`Must have ${guard.role} rights to Repository.`);
  return actorOf(caller.account);
}

/** Registers routes; those of a repository find it and ask whether the caller may. */
export class Routes {
  readonly router = new Router();
  readonly world: World;

  constructor(world: World) {
    this.world = world;
  }

  on(method: string, template: string, handler: (call: Call) => Reply | Promise<Reply>): void {
    this.router.add({ method, template, handler });
  }

  repo(
    method: string,
    path: string,
    guard: Guard,
    handler: (call: RepoCall) => Reply | Promise<Reply>,
  ): void {
    this.on(method, `/repos/{owner}/{repo}${path}`, (call) => {
      const repo = this.world.repo(`${call.params.owner}/${call.params.repo}`);
      if (!repo) throw notFound();
      const anonymous =
        call.caller.kind === "anonymous" && call.method === "GET" && !repo.private && !guard.role;
      const actor = anonymous
        ? { account: repo.owner }
        : call.caller.kind === "installation"
          ? guardInstallation(call, repo, guard)
          : guardPerson(call, repo, guard);
      if (repo.archived && call.method !== "GET") throw forbidden("Repository was archived so is read-only.");
      return handler({ ...call, repo, actor });
    });
  }
}

/** The app behind a call: only apps may write checks. */
export function appOf(call: Call): App {
  if (call.caller.kind === "installation") return call.caller.app;
  throw forbidden("You must authenticate via a GitHub App.");
}

export function issueOf(call: RepoCall, name = "number"): Issue {
  const issue = call.repo.issues.get(Number(call.params[name]));
  if (!issue) throw notFound();
  return issue;
}

export function pullOf(call: RepoCall): Pull {
  const pull = call.repo.pulls.get(Number(call.params.number));
  if (!pull) throw notFound();
  return pull;
}

/** One page of a list, with the `Link` header by which clients find the next one. */
export function page<Item>(
  call: Call,
  items: readonly Item[],
  show: (item: Item) => unknown,
  wrap?: string,
): Reply {
  const size = Math.min(Math.max(Number(call.query.get("per_page") ?? 30) || 30, 1), 100);
  const at = Math.max(Number(call.query.get("page") ?? 1) || 1, 1);
  const last = Math.max(Math.ceil(items.length / size), 1);
  const shown = items.slice((at - 1) * size, at * size).map(show);
  const body = wrap === undefined ? shown : { total_count: items.length, [wrap]: shown };
  const links: string[] = [];
  const link = (to: number, rel: string) => {
    const query = new URLSearchParams(call.query);
    query.set("page", String(to));
    links.push(`<${call.base}${call.path}?${query}>; rel="${rel}"`);
  };
  if (at > 1) link(at - 1, "prev");
  if (at < last) link(at + 1, "next");
  if (at < last) link(last, "last");
  if (at > 1) link(1, "first");
  return { status: 200, body, ...(links.length > 0 ? { headers: { link: links.join(", ") } } : {}) };
}

type Kind = "string" | "number" | "boolean" | "object" | "array" | "any";

/** Refuses what GitHub refuses of a request body: unknown keys, and keys of another type. */
export function checkFields(
  body: Json,
  fields: Record<string, Kind>,
  required: readonly string[] = [],
): void {
  for (const key in body) {
    const kind = fields[key];
    if (kind === undefined) throw unprocessable(`Invalid request.\n\n"${key}" is not a permitted key.`);
    const value = body[key];
    if (kind === "any" || value === null || value === undefined) continue;
    const is = Array.isArray(value) ? "array" : typeof value;
    if (is !== kind) {
      throw unprocessable(
        `Invalid request.\n\nFor 'properties/${key}', ${JSON.stringify(value)} is not a ${kind}.`,
      );
    }
  }
  const missing = required.filter((key) => body[key] === undefined || body[key] === null);
  if (missing.length > 0) {
    const names = missing.map((key) => `"${key}"`).join(", ");
    throw unprocessable(
      `Invalid request.\n\n${names} ${missing.length > 1 ? "weren't" : "wasn't"} supplied.`,
    );
  }
}

export const text = (body: Json, key: string): string | undefined =>
  typeof body[key] === "string" ? (body[key] as string) : undefined;
