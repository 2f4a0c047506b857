import { describe, expect, test } from "@jest/globals";
import { type Cluster, createCluster, tick, until } from "./cluster.ts";

const config = `checklist:
  release: [{ base: main }]
  items:
    - { id: go, title: Go }
    - { id: sure, title: Sure }
`;

const scenario = (name: string, play: (cluster: Cluster) => Promise<void>): void => {
  test.concurrent(name, async () => {
    const cluster = await createCluster({ config });
    try {
      await play(cluster);
    } finally {
      await cluster.close();
    }
  }, 90_000);
};

const edits = (cluster: Cluster) =>
  cluster.github.webhooks.log
    .filter(({ event, action, payload }) => {
      const { sender } = payload as { sender?: { login?: string } };
      return event === "pull_request" && action === "edited" && sender?.login === "bob";
    })
    .map(({ statusCode, redelivery }) => (redelivery ? `${statusCode} again` : `${statusCode}`));

describe("one replica with its queue in memory", () => {
  scenario(
    "SIGTERM lets the look that runs end, refuses what is new, ends with 0, and the next start asks for it",
    async (cluster) => {
      const first = await cluster.start();
      cluster.repo.push("release/1", { by: "alice", files: { "a.txt": "a\n" } });
      const pull = cluster.repo.openPull({ by: "alice", head: "release/1" });
      await until("the block", () => pull.body.includes("item:sure"));
      await cluster.github.webhooks.idle();

      cluster.github.faults.add({
        match: { method: "PATCH", path: /\/check-runs\// },
        times: 1,
        status: "slow",
        delayMs: 1_000,
      });
      tick(pull, "bob", "go");
      await until("the look's write", () => cluster.github.faults.count === 1);
      const stopping = Date.now();
      const ended = cluster.stop(first);
      await until("the app to stop taking webhooks", () => first.stdout().includes("SIGTERM: stopping"));
      tick(pull, "bob", "sure");
      expect(await ended).toBe(0);
      expect(Date.now() - stopping).toBeLessThan(10_000);
      await cluster.github.webhooks.idle();
      // 502 stands for a process that had ended by then, 500 for one that had read it before.
      expect(edits(cluster).sort()).toEqual(["200", expect.stringMatching(/^50[023]$/)]);
      expect(cluster.title(pull)).toBe("Blocked: waiting for anyone with write access, Sure");

      await cluster.start();
      await until("what was refused", () => cluster.title(pull) === "Ready: 2 of 2 items done");
      await until("the webhook that was asked for again", () => edits(cluster).includes("200 again"));
      expect(cluster.summary(pull)).toContain("| Sure | ✅ done | signed by bob");
    },
  );

  scenario("SIGKILL in the middle of a look loses nothing", async (cluster) => {
    const first = await cluster.start();
    cluster.repo.push("release/1", { by: "alice", files: { "a.txt": "a\n" } });
    const pull = cluster.repo.openPull({ by: "alice", head: "release/1" });
    await until("the block", () => pull.body.includes("item:sure"));
    await cluster.github.webhooks.idle();
    cluster.github.faults.add({
      match: { method: "PATCH", path: /\/check-runs\// },
      times: 1,
      status: "timeout",
    });
    tick(pull, "bob", "go");
    tick(pull, "bob", "sure");
    await until("the look's write", () => cluster.github.faults.count === 1);
    await cluster.kill(first);
    await cluster.start();
    await until("the verdict", () => cluster.title(pull) === "Ready: 2 of 2 items done");
    expect(cluster.summary(pull)).toContain("| Go | ✅ done | signed by bob");
  });
});
