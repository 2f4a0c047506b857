import { afterEach, describe, expect, test } from "@jest/globals";
import { readGroupRef } from "../../src/domain/merge-group.ts";
import { createWorld, type Pull, type World } from "../scenario/world.ts";

const config = `
checklist:
  release:
    - base: main
      head: release/**
  items:
    - id: ci
      title: CI is green
      check: ci
`;

let world: World;
afterEach(() => expect(world.github.unknownRoutes).toEqual([]));

function setUp(options: Parameters<typeof createWorld>[0] = {}): World {
  world = createWorld({
    config,
    ...options,
    permissions: { merge_queues: "read" },
  });
  world.repo.ruleset({
    branches: ["main"],
    requiredChecks: [{ name: "Release checklist: main", appId: world.app.id }],
    mergeQueue: true,
  });
  return world;
}

async function open(head: string): Promise<Pull> {
  world.repo.push(head, { files: { [`${head}.txt`]: `${head}\n` }, by: "alice" });
  const pull = world.repo.openPull({ by: "alice", head, body: "" });
  await world.settle();
  return pull;
}

async function green(pull: Pull): Promise<void> {
  world.repo.checkRun({ app: "github-actions", name: "ci", sha: pull.headSha }).complete("success");
  await world.settle();
}

const answers = (): (string | null)[] =>
  world.github.requests.list
    .filter(({ route }) => route.endsWith("/check-runs") || route.endsWith("/check-runs/{id}"))
    .flatMap(({ body }) => {
      const { external_id: id, output } = body as { external_id?: string; output?: { title?: string } };
      return id?.startsWith("group:") ? [output?.title ?? null] : [];
    });

describe("a merge queue", () => {
  test("lands a ready release: the group is answered from the verdict on its own head", async () => {
    setUp();
    const pull = await open("release/1");
    await green(pull);
    pull.enqueue({ by: "alice" });
    await world.settle();
    expect(pull.state).toBe("closed");
    expect(answers()).toEqual([`Ready: #${pull.number}`]);
  });

  test("lands a pull request that is no release", async () => {
    setUp();
    const pull = await open("feature/1");
    pull.enqueue({ by: "alice" });
    await world.settle();
    expect(pull.state).toBe("closed");
  });

  test("does not land behind a release that is no longer ready", async () => {
    setUp();
    const release = await open("release/1");
    await green(release);
    const feature = await open("feature/1");
    world.github.webhooks.mode = "hold";
    release.enqueue({ by: "alice" });
    feature.enqueue({ by: "alice" });
    world.repo.checkRun({ app: "github-actions", name: "ci", sha: release.headSha }).complete("failure");
    const held = world.github.webhooks.pending();
    const first = held.filter(({ event }) => event === "check_run" || event === "check_suite");
    for (const { id } of first) await world.github.webhooks.deliver(id);
    await world.github.webhooks.release();
    world.github.webhooks.mode = "auto";
    await world.settle();
    expect(release.state).toBe("open");
    expect(answers()[0]).toMatch(/^Blocked: #1/);
  });
});

describe("the ref of a merge group", () => {
  test.each([
    [`refs/heads/gh-readonly-queue/main/pr-104-${"a".repeat(40)}`, { base: "main", pull: 104 }],
    [`refs/heads/gh-readonly-queue/release/1.x/pr-7-${"b".repeat(40)}`, { base: "release/1.x", pull: 7 }],
    ["refs/heads/main", null],
    [`refs/heads/gh-readonly-queue/main/pr-x-${"a".repeat(40)}`, null],
  ])("%s", (ref, expected) => {
    expect(readGroupRef(ref)).toEqual(expected);
  });
});
