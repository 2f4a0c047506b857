import { expect, test } from "@jest/globals";
import { createGitHub } from "../../playground/github/index.ts";
import type { Lock } from "../../src/queue/lock.ts";
import { createRuntime } from "../../src/runtime.ts";
import { FakeTimers } from "../queue/fake-timers.ts";
import { until } from "./cluster.ts";

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

test("every replica sweeps at its start, then only one of them, and another one when that has ended", async () => {
  const github = createGitHub();
  const app = github.app({ slug: "release-checklist", permissions: { metadata: "read" } });
  const held = new Set<string>();
  const lock: Lock = {
    async take(name) {
      if (held.has(name)) return null;
      held.add(name);
      return { release: async () => void held.delete(name) };
    },
  };
  const replicas = [1, 2, 3].map(() => {
    const timers = new FakeTimers();
    let visits = 0;
    let sweeps = 0;
    const runtime = createRuntime({
      credentials: { appId: app.id, privateKey: app.privateKey, webhookSecret: "secret" },
      apiUrl: "https://api.github.test",
      targets: new Map(),
      sweepIntervalMinutes: 5,
      log: silent as never,
      timers,
      transport: {
        fetch: (input, init) => {
          if (String(input).includes("/app/installations")) sweeps += 1;
          return github.fetch(input, init);
        },
      },
      shared: {
        add: async () => {},
        depth: async () => 0,
        drain: async () => {},
        // Every replica looks whether work was left behind.
        pendingKeys: async () => {
          visits += 1;
          return [];
        },
        lock,
      },
    });
    return { runtime, timers, visits: () => visits, sweeps: () => sweeps };
  });
  const sweeps = () => replicas.map((replica) => replica.sweeps());
  const interval = async (): Promise<void> => {
    const before = replicas.map(({ visits }) => visits());
    for (const { timers } of replicas) timers.step();
    await until("all intervals", () =>
      replicas.every(({ visits, timers }, index) => timers.size === 0 || visits() > (before[index] ?? 0)),
    );
  };

  for (const { runtime } of replicas) runtime.start();
  await until("the first sweeps", () => sweeps().join() === "1,1,1");
  await interval();
  await until("one sweep", () => sweeps().join() === "2,1,1");
  await interval();
  await until("one more", () => sweeps().join() === "3,1,1");
  await replicas[0]?.runtime.drain(0);
  await interval();
  await until("the sweep of the next one", () => sweeps()[1] === 2);
  expect(sweeps()).toEqual([3, 2, 1]);
});
