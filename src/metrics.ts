import { AsyncLocalStorage } from "node:async_hooks";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { Quota } from "./github/transport.ts";
import type { LookMetrics } from "./reconcile/look-metrics.ts";
import type { Handler } from "./webhook-door.ts";

/** What the process tells of itself. prom-client, because it is what Prometheus users know. */
export interface Metrics extends LookMetrics {
  readonly registry: Registry;
  request(method: string, route: string, status: number, milliseconds: number): void;
  quota(installation: string, quota: Quota): void;
  event(name: string, outcome: string): void;
}

/** @param depth Pull requests that wait or are being looked at. */
export function createMetrics(depth: () => Promise<number>): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const name = (what: string): string => `release_checklist_${what}`;
  const requests = new Counter({
    name: name("github_requests_total"),
    help: "Requests to GitHub by method, route and status; status 0 when no answer came.",
    labelNames: ["method", "route", "status"],
    registers,
  });
  const latency = new Histogram({
    name: name("github_request_seconds"),
    help: "How long GitHub took to answer.",
    buckets: [0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15],
    registers,
  });
  const remaining = new Gauge({
    name: name("github_quota_remaining"),
    help: "Requests left until GitHub's quota is renewed, by installation and pool.",
    labelNames: ["installation", "resource"],
    registers,
  });
  const events = new Counter({
    name: name("webhooks_total"),
    help: "Webhooks by event and what came of them.",
    labelNames: ["event", "outcome"],
    registers,
  });
  const looks = new Histogram({
    name: name("look_seconds"),
    help: "How long looks took, by outcome.",
    labelNames: ["outcome"],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers,
  });
  const writes = new Counter({
    name: name("writes_total"),
    help: "What was written to GitHub, by kind.",
    labelNames: ["kind"],
    registers,
  });
  const lags = new Histogram({
    name: name("lag_seconds"),
    help: "From the arrival of a webhook to the verdict that covers it.",
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60, 600],
    registers,
  });
  const announcements = new Counter({
    name: name("announcements_total"),
    help: "Announcements that were tried, by outcome.",
    labelNames: ["outcome"],
    registers,
  });
  new Gauge({
    name: name("queue_depth"),
    help: "Pull requests that wait or are being looked at.",
    registers,
    async collect() {
      this.set(await depth());
    },
  });
  const counting = new AsyncLocalStorage<{ requests: number }>();
  return {
    registry,
    async countRequests(run) {
      const count = { requests: 0 };
      const value = await counting.run(count, run);
      return { value, requests: count.requests };
    },
    request(method, route, status, milliseconds) {
      const count = counting.getStore();
      if (count) count.requests += 1;
      requests.inc({ method, route, status: String(status) });
      latency.observe(milliseconds / 1_000);
    },
    quota: (installation, quota) =>
      remaining.set({ installation, resource: quota.resource }, quota.remaining),
    event: (event, outcome) => events.inc({ event, outcome }),
    look: (outcome, milliseconds) => looks.observe({ outcome }, milliseconds / 1_000),
    write: (kind) => writes.inc({ kind }),
    lag: (milliseconds) => lags.observe(milliseconds / 1_000),
    announcement: (outcome) => announcements.inc({ outcome }),
  };
}

/** `GET /metrics` in Prometheus' text format. */
export const metricsHandler =
  (registry: Registry): Handler =>
  async (request, response) => {
    const path = request.url?.split("?")[0];
    if (path !== "/metrics" || (request.method !== "GET" && request.method !== "HEAD")) return false;
    response.writeHead(200, { "content-type": registry.contentType }).end(await registry.metrics());
    return true;
  };
