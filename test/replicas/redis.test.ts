import { describe, expect, test } from "@jest/globals";
import { RedisServer, redisIsInstalled } from "../queue/redis-server.ts";
import { type Cluster, createCluster, type Pull, type Replica, tick, until } from "./cluster.ts";

const installed = redisIsInstalled();
if (!installed)
  console.error(
    "NOT TESTED: several replicas on Redis. There is no redis-server on this machine; install it (such as `apt-get install redis-server`).",
  );

const config = `checklist:
  release: [{ base: main }]
  items:
    - { id: go, title: Go }
    - { id: tell, title: Tell them, notify: { to: [stakeholders], post: when-ready } }
`;

const ready = "Ready: 2 of 2 items done";

interface Given {
  readonly redis: RedisServer;
  readonly cluster: Cluster;
  /** The one that was started. */
  readonly first: Replica;
  open(head: string): Pull;
  /** How often Slack got the message about it. */
  announced(pull: Pull): number;
}

/** Both mostly wait, so they run side by side. */
const scenario = (name: string, play: (given: Given) => Promise<void>): void => {
  test.concurrent(name, async () => {
    const redis = await RedisServer.start();
    const cluster = await createCluster({ config, redisUrl: redis.url, sweep: 0.05 });
    try {
      const first = await cluster.start();
      await play({
        redis,
        cluster,
        first,
        open(head) {
          cluster.repo.push(head, { by: "alice", files: { [`${head}.txt`]: "a\n" } });
          return cluster.repo.openPull({ by: "alice", head, title: head });
        },
        announced({ number }) {
          const link = new RegExp(`/pull/${number}\\b`);
          return cluster.slack.messages.filter(({ payload }) => link.test(JSON.stringify(payload))).length;
        },
      });
    } finally {
      await cluster.close();
      await redis.remove();
    }
  }, 90_000);
};

(installed || process.env.CI ? describe : describe.skip)("two replicas on one Redis", () => {
  scenario(
    "share the work, and one takes over what the other left when it was killed: nothing lost, nothing sent twice",
    async ({ cluster, first, open, announced }) => {
      const pulls = ["a", "b", "c", "d", "e", "f"].map(open);
      await until("all blocks", () => pulls.every((pull) => pull.body.includes("item:go")));
      const [early, sending, ...others] = pulls as [Pull, Pull, ...Pull[]];

      // One look is killed before it has claimed anything, another while Slack has the message and has not answered.
      cluster.github.faults.add({
        match: ({ method, body }) => method === "PATCH" && body.external_id === `pull:${early.number}`,
        times: 1,
        status: "timeout",
      });
      cluster.slack.fail("timeout", 1);
      tick(sending, "bob", "go");
      await until("the message", () => announced(sending) === 1);
      tick(early, "bob", "go");
      await until("the look's write", () => cluster.github.faults.count === 1);
      const second = await cluster.start();
      await cluster.kill(first);

      for (const pull of others) tick(pull, "bob", "go");
      await until("the others", () => others.every((pull) => cluster.title(pull) === ready));
      await until("the look that was killed", () => cluster.title(early) === ready);
      await until("the truth about the message", () => /unclear/.test(cluster.title(sending) ?? ""));
      expect(pulls.map(announced)).toEqual(pulls.map(() => 1));
      expect(cluster.summary(early)).toContain("| Go | ✅ done | signed by bob");

      const third = await cluster.start();
      expect(await cluster.stop(second)).toBe(0);
      expect(await cluster.stop(third)).toBe(0);
    },
  );

  scenario(
    "share the work; one that is stopped leaves nothing undone, and a Redis that restarts loses nothing",
    async ({ redis, cluster, first, open, announced }) => {
      const second = await cluster.start();
      const pulls = ["a", "b", "c", "d", "e", "f", "g", "h"].map(open);
      await until("all blocks", () => pulls.every((pull) => pull.body.includes("item:go")));
      const looks = ({ stdout }: Replica) => stdout().split('"msg":"looked"').length - 1;
      await until("looks of both", () => looks(first) > 0 && looks(second) > 0);

      cluster.github.faults.add({ match: { method: "PATCH" }, times: 4, status: "slow", delayMs: 1_000 });
      for (const pull of pulls) tick(pull, "bob", "go");
      await until("looks that take their time", () => cluster.github.faults.count > 0);
      const stopping = Date.now();
      expect(await cluster.stop(second)).toBe(0);
      expect(Date.now() - stopping).toBeLessThan(10_000);
      await until("all verdicts", () => pulls.every((pull) => cluster.title(pull) === ready));

      const during = open("during");
      await redis.kill();
      const without = open("without");
      await redis.restart();
      const after = open("after");
      const late = [during, without, after];
      await until("the later blocks", () => late.every((pull) => pull.body.includes("item:go")));
      for (const pull of late) tick(pull, "bob", "go");
      await until("the later verdicts", () => late.every((pull) => cluster.title(pull) === ready));
      expect([...pulls, ...late].map(announced)).toEqual([...pulls, ...late].map(() => 1));
    },
  );
});
