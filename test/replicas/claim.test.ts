import { expect, test } from "@jest/globals";
import { createGitHub } from "../../playground/github/index.ts";
import { parseTargets } from "../../src/notify/targets.ts";
import type { Lock } from "../../src/queue/lock.ts";
import { memoryQueue } from "../../src/queue/memory.ts";
import { nothingLater, work } from "../../src/queue/queue.ts";
import { systemTimers } from "../../src/queue/timers.ts";
import { createRuntime, type Runtime } from "../../src/runtime.ts";
import { manifest, type Pull } from "../scenario/world.ts";
import { tick } from "./cluster.ts";

const config = `checklist:
  release: [{ base: main }]
  items:
    - { id: go, title: Go }
    - { id: tell, title: Tell them, notify: { to: [stakeholders], post: when-ready } }
`;

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

const exclusive = (): Lock => {
  const held = new Set<string>();
  return {
    async take(name) {
      if (held.has(name)) return null;
      held.add(name);
      return { release: async () => void held.delete(name) };
    },
  };
};
/** As if there were none. */
const open: Lock = { take: async () => ({ release: async () => {} }) };

/** Two replicas look at the same pull request at once, as when the queue takes one of them for dead. */
async function lookAtOnce(lock: Lock, happens: (pull: Pull) => void = (pull) => tick(pull, "bob", "go")) {
  const github = createGitHub({ sink: async () => 200 });
  const app = github.app({
    slug: "release-checklist",
    permissions: manifest.default_permissions,
    events: manifest.default_events,
    webhookSecret: "secret",
  });
  const repo = github.repo("acme/shop", {
    files: { ".github/release.yml": config },
    collaborators: { alice: "write", bob: "write" },
  });
  const installation = repo.installApp(app);
  const targets = parseTargets(
    JSON.stringify({
      acme: { stakeholders: { type: "webhook", url: "https://x.test", secret: "0".repeat(32) } },
    }),
  );
  if (!targets.ok) throw new Error(targets.message);
  let sent = 0;
  /** Those that have not come to their first write yet. */
  let coming = 0;
  const allHere = Promise.withResolvers<void>();
  const arrive = () => {
    coming -= 1;
    if (coming === 0) allHere.resolve();
  };
  const replica = (): Runtime & { waits: boolean } => {
    const self: { waits: boolean } = { waits: false };
    const runtime: Runtime = createRuntime({
      credentials: { appId: app.id, privateKey: app.privateKey, webhookSecret: "secret" },
      apiUrl: "https://api.github.test",
      targets: targets.value,
      sweepIntervalMinutes: 5,
      log: silent as never,
      transport: {
        fetch: async (input, init) => {
          if (self.waits && init?.method === "PATCH") {
            self.waits = false;
            arrive();
            await allHere.promise;
          }
          return github.fetch(input, init);
        },
      },
      send: async () => {
        sent += 1;
        return { outcome: "sent", detail: "accepted" };
      },
      shared: {
        ...memoryQueue({
          look: (...given) => runtime.look(...given),
          timers: systemTimers,
          concurrency: 1,
          onError: () => {},
        }),
        pendingKeys: async () => [],
        lock,
      },
    });
    return Object.assign(self, runtime);
  };
  const replicas = [replica(), replica()];
  repo.push("release/1", { by: "alice", files: { "a.txt": "a\n" } });
  const pull = repo.openPull({ by: "alice", head: "release/1" });
  const key = { installation: installation.id, owner: "acme", repo: "shop", number: pull.number };
  const look = (one: Runtime | undefined) => one?.look(key, work("sweep", Date.now()), nothingLater);
  await look(replicas[0]);
  happens(pull);
  coming = replicas.length;
  for (const one of replicas) one.waits = true;
  const outcomes = await Promise.all(
    replicas.map((one) =>
      (look(one) as Promise<unknown>).then(
        () => "looked",
        (error: Error) => {
          if (one.waits) arrive();
          return error.message;
        },
      ),
    ),
  );
  const after = sent;
  for (const one of replicas) await look(one);
  const title = repo.checkRuns(pull.headSha, "Release checklist: main").at(-1)?.record.output.title;
  return { outcomes: outcomes.toSorted(), sent: [after, sent], title, followUps: repo.issues.length };
}

test("only one of two replicas that look at once announces; the other tries again and finds the receipt", async () => {
  expect(await lookAtOnce(exclusive())).toEqual({
    outcomes: ["another replica is announcing", "looked"],
    sent: [1, 1],
    title: "Ready: 2 of 2 items done",
    followUps: 0,
  });
});

test("without the lock both would send, since both claim in the same check run", async () => {
  expect((await lookAtOnce(open)).sent).toEqual([2, 2]);
});

const goesPast = (pull: Pull): void => void pull.merge({ by: "alice" });

test("only one of two replicas opens the follow-up of a merge, and tells of the bypass", async () => {
  expect(await lookAtOnce(exclusive(), goesPast)).toMatchObject({
    outcomes: ["another replica is announcing", "looked"],
    sent: [1, 1],
    followUps: 1,
  });
});

test("without the lock both would tell of it", async () => {
  expect((await lookAtOnce(open, goesPast)).sent).toEqual([2, 2]);
});
