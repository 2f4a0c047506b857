import { describe, expect, test } from "@jest/globals";
import { pino } from "pino";
import { Probot } from "probot";
import { testPrivateKey } from "../../playground/github/index.ts";
import type { Event } from "../../src/affected.ts";
import { type AppOptions, createApp, createReceiver } from "../../src/app.ts";
import { createFollowUps } from "../../src/github/follow-ups.ts";
import { createOpenPulls } from "../../src/github/open-pulls.ts";
import { readIdentity } from "../../src/github/read/identity.ts";
import type { PullKey, Work } from "../../src/queue/queue.ts";
import { createSweep } from "../../src/sweep.ts";
import { setUp } from "./setup.ts";

/** The app without its looks: what the events of the fake GitHub lead to. */
const receiving = (changes: Partial<AppOptions> = {}) => {
  const world = setUp({ sink: async () => 200 });
  const { clients, github } = world;
  const added: { key: PullKey; work: Work }[] = [];
  const queue = { add: async (key: PullKey, work: Work) => void added.push({ key, work }) };
  const pulls = createOpenPulls();
  const onError = (where: string, error: unknown) => {
    throw new Error(where, { cause: error });
  };
  const sweep = createSweep({ clients, queue, pulls, configured: async () => true, onError });
  const forgotten: string[] = [];
  const options: AppOptions = {
    identity: () => readIdentity(clients.app),
    clients,
    queue,
    pulls,
    followUps: createFollowUps(() => 1_000),
    learnFollowUps: async () => {},
    sweep,
    readBeforeWriting: () => false,
    restingOn: () => [],
    interest: () => "awaited",
    awaits: async () => true,
    answerGroup: async () => {},
    forgetPeople: () => forgotten.push("people"),
    now: () => 1_000,
    ...changes,
  };
  const receive = createReceiver(options);
  github.webhooks.sink = async ({ guid, event, payload }) => {
    await receive({ id: guid, name: event, payload: payload as Event["payload"] });
    return 200;
  };
  /** What was looked at because of what happened since the last time. */
  const taken = async (): Promise<string[]> => {
    await github.webhooks.idle();
    expect(github.webhooks.log.filter(({ statusCode }) => statusCode !== 200)).toEqual([]);
    return added
      .splice(0)
      .map(({ key, work }) => `${key.owner}/${key.repo}#${key.number} ${work.why.join()}`);
  };
  return { ...world, options, added, taken, forgotten };
};

/** The usual world once the events of its making are over. */
const settled = async (changes: Partial<AppOptions> = {}) => {
  const world = receiving(changes);
  await world.taken();
  world.github.requests.reset();
  return world;
};

describe("what happens on GitHub leads to a look", () => {
  test("with the edit and who made it", async () => {
    const world = await settled();
    world.pull.edit({ by: "bea", body: "Changed" });
    await world.github.webhooks.idle();
    expect(world.added).toMatchObject([
      {
        key: { installation: world.installation.id, owner: "acme", repo: "app", number: 1 },
        work: {
          why: ["pull_request.edited"],
          edits: [{ by: { login: "bea" }, from: "Notes", to: "Changed", head: world.pull.headSha }],
          since: 1_000,
        },
      },
    ]);
    expect(world.github.requests.list.map(({ path }) => path)).toEqual(["/app"]);
  });

  test("with the commit that a push left", async () => {
    const world = await settled();
    const before = world.pull.headSha;
    world.repo.push("release/1.0", { files: { "a.txt": "a" }, by: "alice" });
    await world.github.webhooks.idle();
    expect(world.added.map(({ work }) => [work.why, work.pushes])).toEqual([
      [
        ["pull_request.synchronize"],
        [{ from: before, to: world.pull.headSha, at: expect.stringMatching(/Z$/) }],
      ],
    ]);
  });

  test("for a check on the head, by its own link", async () => {
    const world = await settled();
    world.repo.checkRun({
      sha: world.pull.headSha,
      name: "unit",
      status: "completed",
      conclusion: "success",
    });
    expect(await world.taken()).toEqual(expect.arrayContaining(["acme/app#1 check_run.completed"]));
  });

  test("for a check or status on a fork's head, found by commit without asking", async () => {
    const world = await settled();
    const fork = world.repo.fork({ by: "tom" });
    fork.push("patch", { files: { "a.txt": "a" }, by: "tom", from: "main" });
    const pull = world.repo.openPull({ by: "tom", head: "patch", fork });
    await world.taken();
    world.github.requests.reset();
    world.repo.status({ by: "alice", sha: pull.headSha, context: "ci", state: "success" });
    expect(await world.taken()).toEqual(["acme/app#2 status"]);
    for (const name of ["a", "b", "c"]) world.repo.checkRun({ sha: pull.headSha, name, status: "queued" });
    expect(await world.taken()).toEqual(["a", "b", "c"].map(() => "acme/app#2 check_run.created"));
    expect(new Set(world.github.requests.list.map(({ path }) => path))).toEqual(new Set(["/app"]));
  });

  test("for a check on a head that came after the listing", async () => {
    const world = await settled();
    world.repo.status({ by: "alice", sha: world.pull.headSha, context: "ci", state: "pending" });
    await world.taken();
    const sha = world.repo.push("release/1.0", { files: { "a.txt": "a" }, by: "alice" });
    await world.taken();
    world.repo.status({ by: "alice", sha, context: "ci", state: "success" });
    expect(await world.taken()).toEqual(["acme/app#1 status"]);
  });

  test("for none when the commit is no head", async () => {
    const world = await settled();
    world.repo.status({ by: "alice", sha: world.repo.sha("main"), context: "ci", state: "success" });
    expect(await world.taken()).toEqual([]);
  });

  test("everywhere in the repository when its configuration changes", async () => {
    const world = await settled();
    world.repo.push("main", { files: { ".github/release.yml": "checklist: {}" }, by: "alice" });
    expect(await world.taken()).toEqual(["acme/app#1 push"]);
    world.repo.push("main", { files: { "a.txt": "a" }, by: "alice" });
    expect(await world.taken()).toEqual([]);
  });

  test("everywhere in the installation when its owner's configuration changes", async () => {
    const world = await settled();
    world.github
      .repo("acme/.github")
      .push("main", { files: { ".github/release.yml": "checklist: {}" }, by: "acme" });
    expect(await world.taken()).toContain("acme/app#1 push");
  });

  test("in a repository that was added to the installation", async () => {
    const world = receiving();
    world.github.repo("globex/app").push("next", { files: { "n.txt": "n" }, by: "globex", from: "main" });
    world.github.repo("globex/app").openPull({ by: "globex", head: "next" });
    world.github.repo("globex/other");
    const installation = world.github.install(world.app, "globex", ["other"]);
    await world.taken();
    world.github.repo("globex/app").installApp(world.app);
    expect(await world.taken()).toEqual(["globex/app#1 installation_repositories.added"]);
    expect(installation.selection).toBe("selected");
  });

  test("and what is remembered of people is void when rights change", async () => {
    const world = await settled();
    world.forgotten.length = 0;
    const payload = { action: "removed", installation: { id: world.installation.id } };
    await createReceiver(world.options)({ id: "1", name: "membership", payload });
    expect(world.forgotten).toEqual(["people"]);
    expect(await world.taken()).toEqual(["acme/app#1 membership.removed"]);
  });
});

test("an event of another sender than an installation is no mistake", async () => {
  const { options } = await settled();
  const payload = {
    action: "opened",
    pull_request: { number: 1, head: { sha: "a" } },
    repository: repository,
  };
  await expect(createReceiver(options)({ id: "1", name: "pull_request", payload })).resolves.toBeUndefined();
});
const repository = { id: 1, name: "app", full_name: "acme/app" };

describe("Probot", () => {
  const probotWith = async (add: () => Promise<void>, deadline: number) => {
    const { options: usual, app } = await settled();
    const options = { ...usual, queue: { add }, deadline };
    const log = pino({ level: "silent" });
    const probot = new Probot({ appId: app.id, privateKey: testPrivateKey(), secret: "s", log });
    await probot.load(createApp(options), { cwd: ".", addHandler: () => {} });
    const payload = {
      action: "opened",
      installation: { id: 1 },
      pull_request: { number: 1, head: { sha: "a" } },
      repository,
    };
    return () => probot.receive({ id: "1", name: "pull_request", payload: payload as never });
  };

  test("hears that the work is done when the look has ended", async () => {
    const look = Promise.withResolvers<void>();
    const receive = await probotWith(() => look.promise, 1_000);
    let heard = false;
    const answer = receive().then(() => {
      heard = true;
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(heard).toBe(false);
    look.resolve();
    await answer;
  });

  test("hears of a failure when the work takes too long, while the look goes on", async () => {
    const look = Promise.withResolvers<void>();
    const end = Promise.withResolvers<string>();
    const receive = await probotWith(async () => {
      await look.promise;
      end.resolve("ended");
    }, 20);
    await expect(receive()).rejects.toThrow("the work was not done within 20 ms; it goes on");
    look.resolve();
    expect(await end.promise).toBe("ended");
  });

  test("hears of a failure when the work could not be taken", async () => {
    const receive = await probotWith(() => Promise.reject(new Error("the queue is closed")), 1_000);
    await expect(receive()).rejects.toThrow("the queue is closed");
  });
});
