import type { Limits } from "../limits.ts";
import { ok, type Routes } from "../routing.ts";

export function limitRoutes(routes: Routes, limits: Limits): void {
  routes.on("GET", "/rate_limit", (call) => {
    const headers = limits.headers(call.caller);
    const core = {
      limit: Number(headers["x-ratelimit-limit"]),
      remaining: Number(headers["x-ratelimit-remaining"]),
      used: Number(headers["x-ratelimit-used"]),
      reset: Number(headers["x-ratelimit-reset"]),
      resource: "core",
    };
    return ok({ resources: { core, graphql: { ...core, resource: "graphql" } }, rate: core });
  });
}
