import { createHmac } from "node:crypto";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, test } from "@jest/globals";
import { createGitHub, type Delivery } from "../../playground/github/index.ts";
import { setUp } from "./setup.ts";

const names = (deliveries: readonly Delivery[]) =>
  deliveries.map(({ event, action }) => (action ? `${event}.${action}` : event));

describe("deliveries", () => {
  test("never come before the answer of the request that caused them", async () => {
    const { github, kit, at, seen } = setUp();
    await github.webhooks.idle();
    seen.length = 0;
    await kit.rest.pulls.update({ ...at, pull_number: 1, body: "x" });
    expect(seen).toEqual([]);
    await github.webhooks.idle();
    expect(names(seen)).toEqual(["pull_request.edited"]);
  });

  test("are the same in every world with the same seed", async () => {
    const worlds = [1, 2].map(() => setUp({ clock: () => new Date("2026-03-02T10:00:00Z") }));
    for (const { github } of worlds) await github.webhooks.idle();
    const [one, two] = worlds.map(({ seen }) =>
      JSON.stringify(seen.map((delivery) => ({ ...delivery, duration: 0 }))),
    );
    expect(one).toBe(two);
    const other = setUp({ clock: () => new Date("2026-03-02T10:00:00Z"), seed: "other" });
    await other.github.webhooks.idle();
    expect(other.seen[0]?.guid).not.toBe(worlds[0]?.seen[0]?.guid);
  });

  test("go to apps that are installed, subscribed and permitted", async () => {
    const { github, repo } = setUp();
    await github.webhooks.idle();
    const heard: string[] = [];
    github.webhooks.sink = async ({ app, event }) => {
      heard.push(`${app} ${event}`);
      return 200;
    };
    github.app({ slug: "elsewhere", permissions: { contents: "read" }, events: ["push"] });
    repo.installApp(
      github.app({ slug: "listener", permissions: { contents: "read", checks: "read" }, events: ["push"] }),
    );
    repo.push("main", { files: { x: "y" }, by: "alice" });
    await github.webhooks.idle();
    expect(heard.sort()).toEqual([
      "listener installation",
      "listener push",
      "release-checklist check_suite",
      "release-checklist push",
    ]);
  });
});

describe("held deliveries", () => {
  test("can be delivered in any order, dropped, doubled and failed", async () => {
    const { github, pull, seen } = setUp();
    const { webhooks } = github;
    await webhooks.idle();
    seen.length = 0;
    webhooks.mode = "hold";
    for (const body of ["1", "2", "3", "4"]) pull.edit({ by: "alice", body });
    await webhooks.idle();
    expect(seen).toEqual([]);
    const [first, second, third, fourth] = webhooks.pending() as [Delivery, Delivery, Delivery, Delivery];
    const again = webhooks.duplicate(fourth.id);
    webhooks.drop(first.id);
    webhooks.fail(second.id, 503);
    webhooks.reorder([again.id, fourth.id]);
    await webhooks.deliverAll();
    expect(seen.map(({ id }) => id)).toEqual([again.id, fourth.id, third.id]);
    expect(again.guid).toBe(fourth.guid);
    expect(webhooks.find(first.id)).toBeUndefined();
    expect(webhooks.find(second.id)).toMatchObject({ statusCode: 503 });
    expect(() => webhooks.drop(first.id)).toThrow("No held delivery");
  });

  test("go out in order when they are released", async () => {
    const { github, pull, seen } = setUp();
    await github.webhooks.idle();
    seen.length = 0;
    github.webhooks.mode = "hold";
    pull.edit({ by: "alice", body: "1" });
    pull.label("x", { by: "alice" });
    github.webhooks.release();
    await github.webhooks.idle();
    expect(names(seen)).toEqual(["pull_request.edited", "pull_request.labeled"]);
  });
});

test("in bad weather deliveries are lost, doubled and overtaken, the same ones for the same seed", async () => {
  const run = async (seed: number) => {
    const { github, pull, seen } = setUp();
    await github.webhooks.idle();
    seen.length = 0;
    github.webhooks.disturb({ seed, lost: 0.2, doubled: 0.2, late: 0.3, lateMs: 20 });
    for (let count = 0; count < 100; count++) pull.edit({ by: "alice", body: `${count}` });
    await github.webhooks.idle();
    return seen.map(({ guid }) => guid);
  };
  const first = await run(1);
  const distinct = new Set(first);
  expect(distinct.size).toBeLessThan(95);
  expect(first.length).toBeGreaterThan(distinct.size + 5);
  expect([...(await run(1))].sort()).toEqual([...first].sort());
  expect(await run(2)).not.toEqual(first);
});

describe("the delivery log", () => {
  test("is paged by cursor, tells failures, and delivers again with the same GUID", async () => {
    let status = 500;
    const { github, pull, appKit } = setUp();
    const heard: Delivery[] = [];
    await github.webhooks.idle();
    github.webhooks.sink = async (delivery) => {
      heard.push(delivery);
      return status;
    };
    for (let count = 0; count < 5; count++) pull.edit({ by: "alice", body: `${count}` });
    await github.webhooks.idle();
    const page = await appKit.rest.apps.listWebhookDeliveries({ per_page: 2 });
    expect(page.headers.link).toMatch(/cursor=v1_\d+>; rel="next"/);
    const all = await appKit.paginate(appKit.rest.apps.listWebhookDeliveries, { per_page: 3 });
    expect(all.slice(0, 5).map(({ event, action, status_code }) => [event, action, status_code])).toEqual(
      Array(5).fill(["pull_request", "edited", 500]),
    );
    expect(all.length).toBeGreaterThan(5);
    status = 200;
    const [newest] = all as [(typeof all)[0]];
    await appKit.rest.apps.redeliverWebhookDelivery({ delivery_id: newest.id });
    await github.webhooks.idle();
    expect(heard.at(-1)).toMatchObject({ guid: newest.guid, redelivery: true });
    const { data } = await appKit.rest.apps.getWebhookDelivery({ delivery_id: newest.id });
    expect([data.guid, data.request.payload]).toMatchObject([newest.guid, { action: "edited" }]);
  });

  test("keeps only the newest", async () => {
    const { github, pull } = setUp({ deliveryLogLimit: 10 });
    for (let count = 0; count < 50; count++) pull.edit({ by: "alice", body: `${count}` });
    await github.webhooks.idle();
    expect(github.webhooks.log.length).toBeLessThanOrEqual(11);
  });
});

describe("over HTTP", () => {
  interface Got {
    headers: http.IncomingHttpHeaders;
    body: string;
  }

  async function receiver(status: number | "never"): Promise<{ url: string; got: Got[]; close: () => void }> {
    const got: Got[] = [];
    const server = http.createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      got.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
      if (status !== "never") response.writeHead(status).end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const close = () => {
      server.close();
      server.closeAllConnections();
    };
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, got, close };
  }

  function world(webhookUrl: string, webhookTimeoutMs = 10_000) {
    const github = createGitHub({ webhookTimeoutMs });
    const app = github.app({
      slug: "x",
      permissions: { contents: "read" },
      events: ["push"],
      webhookUrl,
      webhookSecret: "secret",
    });
    const repo = github.repo("acme/shop", { collaborators: { alice: "write" } });
    repo.installApp(app);
    return { github, repo, app };
  }

  test("they are signed and named as GitHub does it", async () => {
    const { url, got, close } = await receiver(202);
    const { github, repo, app } = world(url);
    repo.push("main", { files: { x: "ü" }, by: "alice" });
    await github.webhooks.idle();
    close();
    github.webhooks.close();
    const push = got.find(({ headers }) => headers["x-github-event"] === "push") as Got;
    expect(push.headers["x-hub-signature-256"]).toBe(
      `sha256=${createHmac("sha256", "secret").update(push.body).digest("hex")}`,
    );
    expect(push.headers["x-github-delivery"]).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(push.headers["x-github-hook-installation-target-id"]).toBe(String(app.id));
    expect(github.webhooks.log.map(({ statusCode }) => statusCode)).toEqual([202, 202]);
  });

  test("no answer in time, and nobody there, are failures in the log", async () => {
    const { url, close } = await receiver("never");
    const { github, repo, app } = world(url, 50);
    repo.push("main", { files: { x: "1" }, by: "alice" });
    await github.webhooks.idle();
    close();
    app.webhookUrl = url;
    repo.push("main", { files: { x: "2" }, by: "alice" });
    await github.webhooks.idle();
    github.webhooks.close();
    expect(github.webhooks.log.filter(({ event }) => event === "push").map(({ status }) => status)).toEqual([
      "timed out",
      "failed to connect to host",
    ]);
  });
});
