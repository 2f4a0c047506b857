import { afterEach, describe, expect, test } from "@jest/globals";
import { Octokit } from "@octokit/rest";
import { answerMergeGroup } from "../../src/reconcile/merge-group.ts";
import { createWorld, type Pull, type World } from "../scenario/world.ts";

const config = `checklist:
  release: [{ base: main, head: "release/**" }]
  items:
    - { id: ci, title: CI is green, check: ci }
    - { id: go, title: Go }
`;

let world: World;
afterEach(() => expect(world.github.unknownRoutes).toEqual([]));

/** Our check is not required of the pull requests themselves, so that the queue takes whatever comes: the group has to hold it. */
function setUp(permissions: Record<string, "read" | "none"> = { merge_queues: "read" }): World {
  world = createWorld({ config, permissions: permissions as never });
  world.repo.ruleset({ branches: ["main"], mergeQueue: true, requiredChecks: ["build"] });
  return world;
}

/** From now on a group needs the check. */
const require = () =>
  world.repo.ruleset({
    branches: ["main"],
    requiredChecks: [{ name: "Release checklist: main", appId: world.app.id }],
  });

const ready = async (pull: Pull): Promise<void> => {
  await world.report(pull, "ci", "success");
  await world.tick(pull, "bob", "go");
};

/** What the app said of the groups, oldest first, with what each was made for. */
const answers = (): string[] =>
  world.github.requests.list
    .filter(({ method, route }) => method !== "GET" && route.includes("/check-runs"))
    .flatMap(({ body }) => {
      const { external_id: id = "", output } = body as {
        external_id?: string;
        output?: { title?: string };
      };
      return id.startsWith("group:") ? [`${id}: ${output?.title}`] : [];
    });

const build = (sha: string) => world.repo.checkRun({ name: "build", sha, conclusion: "success" });

/** Queues them; the groups wait for their builds, and for our check. */
async function queueUp(...pulls: readonly Pull[]): Promise<void> {
  for (const pull of pulls) build(pull.headSha);
  await world.settle();
  await enqueue(...pulls);
}

async function enqueue(...pulls: readonly Pull[]): Promise<void> {
  world.github.webhooks.mode = "hold";
  for (const pull of pulls) pull.enqueue({ by: "alice" });
  require();
  world.github.webhooks.release();
  await world.settle();
}

/** Builds what is queued, so that it lands unless our check holds it. */
async function buildGroups(...pulls: readonly Pull[]): Promise<void> {
  for (const { group } of pulls) if (group) build(group.headSha);
  await world.settle();
}

describe("a merge queue", () => {
  test("several entries that are all ready land, each group answered for all that it lands", async () => {
    setUp();
    const pulls = [
      await world.open({ head: "release/1" }),
      await world.open({ head: "feature/2", files: { "b.txt": "b\n" } }),
      await world.open({ head: "release/3", files: { "c.txt": "c\n" } }),
    ] as const;
    await ready(pulls[0]);
    await ready(pulls[2]);
    await queueUp(...pulls);
    await buildGroups(...pulls);
    expect(pulls.map(({ state }) => state)).toEqual(["closed", "closed", "closed"]);
    expect(answers().toSorted()).toEqual([
      "group:1: Ready: #1",
      "group:2: Ready: #1, #2",
      "group:3: Ready: #1, #2, #3",
    ]);
  });

  test("one that is blocked is thrown out, and what was behind it lands without it", async () => {
    setUp();
    const blocked = await world.open({ head: "release/1" });
    const behind = await world.open({ head: "release/2", files: { "b.txt": "b\n" } });
    await ready(behind);
    await queueUp(blocked, behind);
    await buildGroups(blocked, behind);
    expect([blocked.state, behind.state]).toEqual(["open", "closed"]);
    expect(answers()).toEqual(
      expect.arrayContaining(["group:1: Blocked: #1 not ready", "group:2: Ready: #2"]),
    );
    expect(answers()).not.toContain("group:2: Ready: #1, #2");
  });

  test("one that the app never saw is looked at first", async () => {
    setUp();
    world.github.webhooks.mode = "hold";
    world.repo.push("feature/1", { by: "alice", files: { "b.txt": "b\n" } });
    world.repo.push("release/2", { by: "alice", files: { "c.txt": "c\n" } });
    const feature = world.repo.openPull({ by: "alice", head: "feature/1" });
    const release = world.repo.openPull({ by: "alice", head: "release/2" });
    for (const pull of [feature, release]) build(pull.headSha);
    for (const { id } of world.github.webhooks.pending()) world.github.webhooks.drop(id);
    expect(() => world.check(feature)).toThrow("the app has written no check");
    await enqueue(feature, release);
    await buildGroups(feature, release);
    expect([feature.state, release.state]).toEqual(["closed", "open"]);
    expect(world.check(feature).title).toBe("Not a release pull request");
    expect(world.check(release).title).toBe("Blocked: ci never started (and 1 more)");
  });

  test("whose entries may not be read is answered with a failure that says so", async () => {
    setUp();
    const pull = await world.open({ head: "release/1" });
    await ready(pull);
    world.github.faults.add({
      match: ({ route, body }) => route === "/graphql" && String(body.query).includes("mergeQueue"),
      status: 403,
      body: { message: "Resource not accessible by integration" },
    });
    await queueUp(pull);
    await buildGroups(pull);
    expect(pull.state).toBe("open");
    expect(answers()).toEqual(["group:1: Blocked: the merge queue cannot be read"]);
  });

  test("that GitHub tells of twice is answered once", async () => {
    setUp();
    world.github.webhooks.disturb({ seed: 1, doubled: 1 });
    const pull = await world.open({ head: "release/1" });
    await ready(pull);
    await queueUp(pull);
    await buildGroups(pull);
    expect(pull.state).toBe("closed");
    expect(answers()).toEqual(["group:1: Ready: #1"]);
  });

  test("is not answered blindly while GitHub has troubles: the webhook fails and is delivered again", async () => {
    setUp();
    const pull = await world.open({ head: "release/1" });
    await ready(pull);
    const recover = world.github.faults.add({
      match: { route: "/repos/{owner}/{repo}/pulls/{number}" },
      status: 500,
    });
    build(pull.headSha);
    await world.settle();
    world.github.webhooks.mode = "hold";
    pull.enqueue({ by: "alice" });
    require();
    const group = world.github.webhooks.pending().find(({ event }) => event === "merge_group");
    const again = world.github.webhooks.duplicate(group?.id ?? 0);
    for (const { id } of world.github.webhooks.pending().filter(({ id }) => id !== again.id))
      await world.github.webhooks.deliver(id);
    await world.settle();
    expect(answers()).toEqual([]);
    expect(pull.state).toBe("open");
    recover();
    await world.github.webhooks.deliver(again.id);
    await world.settle();
    expect(answers()).toEqual(["group:1: Ready: #1"]);
  });

  describe("whose list does not name the entry", () => {
    const hideEntries = () =>
      world.github.faults.add({
        match: ({ route, body }) => route === "/graphql" && String(body.query).includes("mergeQueue"),
        status: 200,
        body: { data: { repository: { mergeQueue: null } } },
      });

    test("is answered when nothing is ahead, or what is ahead was found ready", async () => {
      setUp();
      const first = await world.open({ head: "release/1" });
      const second = await world.open({ head: "feature/2", files: { "b.txt": "b\n" } });
      await ready(first);
      hideEntries();
      await queueUp(first);
      await queueUp(second);
      expect(answers()).toEqual(["group:1: Ready: #1", "group:2: Ready: #2"]);
      await buildGroups(first, second);
      expect([first.state, second.state]).toEqual(["closed", "closed"]);
    });

    test("is not answered with success when nobody knows what is ahead", async () => {
      setUp();
      const first = await world.open({ head: "release/1" });
      const second = await world.open({ head: "feature/2", files: { "b.txt": "b\n" } });
      for (const pull of [first, second]) build(pull.headSha);
      await world.settle();
      hideEntries();
      world.github.webhooks.mode = "hold";
      for (const pull of [first, second]) pull.enqueue({ by: "alice" });
      require();
      const groups = world.github.webhooks.pending().filter(({ event }) => event === "merge_group");
      await world.github.webhooks.deliver(groups[1]?.id ?? 0);
      await world.settle();
      expect(answers()).toEqual(["group:2: Blocked: the merge queue cannot be read"]);
      expect(second.state).toBe("open");
    });
  });

  test("waits for a look that another replica does, and does not answer when that does not come", async () => {
    setUp();
    const pull = await world.open({ head: "feature/1" });
    build(pull.headSha);
    await world.settle();
    world.github.webhooks.mode = "hold";
    const entry = pull.enqueue({ by: "alice" });
    const run = world.repo.checkRuns(pull.headSha, "Release checklist: main")[0];
    const installation = world.repo.installApp(world.app);
    const token = world.github.installationToken(installation);
    let slept = 0;
    let lookedAfter = 0;
    const answer = () =>
      answerMergeGroup(
        {
          octokit: new Octokit({
            auth: token,
            baseUrl: "https://api.github.test",
            request: {
              // Until the look was done, no run of ours is there.
              fetch: async (url: string, init: RequestInit) =>
                slept < lookedAfter && url.includes(`/commits/${pull.headSha}/check-runs`)
                  ? Response.json({ total_count: 0, check_runs: [] })
                  : world.github.fetch(url, init),
            },
          }),
          name: { owner: "acme", repo: "shop" },
          app: { id: world.app.id, slug: "release-checklist" },
          look: async () => {},
          waits: [1, 1, 1],
          sleep: async () => {
            slept += 1;
          },
        },
        { head: entry?.headSha ?? "", onto: entry?.baseSha ?? "", pull: pull.number, base: "main" },
      );
    expect(run?.conclusion).toBe("success");
    lookedAfter = 10;
    await expect(answer()).rejects.toThrow("#1 was not looked at yet");
    expect(answers()).toEqual([]);
    slept = 0;
    lookedAfter = 2;
    await answer();
    expect(answers()).toEqual(["group:1: Ready: #1"]);
  });
});
