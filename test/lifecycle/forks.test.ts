import { describe, expect, test } from "@jest/globals";
import { createWorld, isTicked, type Pull, type Repo, repliesOn, type World } from "../scenario/world.ts";

const config = `checklist:
  release: [{ base: main, head: "release/**" }]
  items:
    - { id: e2e, title: E2E passes, check: e2e }
    - { id: go, title: Go }
`;

/** The pull request of somebody who may only read, from a fork. */
async function openFromFork(world: World, by = "eve"): Promise<{ fork: Repo; pull: Pull }> {
  const fork = world.repo.fork({ by });
  fork.push("release/1", { by, files: { "a.txt": "a\n" } });
  const pull = await world.act(() =>
    world.repo.openPull({ by, head: "release/1", fork, title: "From outside" }),
  );
  return { fork, pull };
}

/** A pull request of this repository with the same commit. */
const openTwin = (world: World, sha: string, head = "release/2"): Promise<Pull> => {
  world.repo.setBranch(head, sha, { by: "alice" });
  return world.act(() => world.repo.openPull({ by: "alice", head, title: "From inside" }));
};

describe("a pull request from a fork", () => {
  test("is found by its commit, since checks of forks name no pull request", async () => {
    const world = createWorld({ config });
    const { pull } = await openFromFork(world);
    await world.tick(pull, "bob", "go");
    expect(world.check(pull).title).toBe("Blocked: e2e never started");
    await world.report(pull, "e2e", "success");
    expect(world.check(pull).title).toBe("Ready: 2 of 2 items done");
    await world.finish();
  });

  test("so are a commit status and a workflow", async () => {
    const world = createWorld({
      config: `checklist:
  release: [{ base: main }]
  items:
    - { id: status, title: Scanned, check: { name: scan, by: [carol] } }
    - { id: ci, title: CI, check: { workflow: ci.yml } }
`,
    });
    const { fork, pull } = await openFromFork(world);
    await world.act(() => fork.push("release/1", { by: "eve", files: { "b.txt": "b\n" } }));
    await world.act(() => {
      world.repo.setRole("carol", "write");
      world.repo.status({ sha: pull.headSha, context: "scan", state: "success", by: "carol" });
    });
    expect(world.check(pull).summary).toContain("| Scanned | ✅ done |");
    await world.act(() =>
      world.repo.workflowRun({
        path: ".github/workflows/ci.yml",
        sha: pull.headSha,
        event: "pull_request",
        jobs: { test: "success" },
        conclusion: "success",
      }),
    );
    expect(world.check(pull).title).toBe("Ready: 2 of 2 items done");
    await world.finish();
  });

  test("its author may not sign without write access, by box or by comment", async () => {
    const world = createWorld({ config });
    const { pull } = await openFromFork(world);
    await world.report(pull, "e2e", "success");
    await world.tick(pull, "eve", "go");
    expect(isTicked(pull, "go")).toBe(false);
    await world.comment(pull, "eve", "/checklist sign go");
    await world.comment(pull, "eve", "/checklist override let me in");
    expect(world.check(pull).title).toBe("Blocked: waiting for anyone with write access, Go");
    expect(repliesOn(pull)).toMatchInlineSnapshot(`
[
  "Not done for \`go\`: it needs write access.",
  "\`/checklist override\` was not done: it needs admin access.",
]
`);
    await world.finish();
  });

  test("unless the rule names him", async () => {
    const world = createWorld({
      config: `checklist:
  release: [{ base: main }]
  items:
    - { id: go, title: Go, signers: { from: [eve] } }
`,
    });
    const { pull } = await openFromFork(world);
    await world.tick(pull, "eve", "go");
    expect(world.check(pull).title).toBe("Ready: 1 of 1 items done");
    await world.finish();
  });
});

describe("one commit in two pull requests", () => {
  test("the one of this repository decides, also when the fork's was first", async () => {
    const world = createWorld({ config });
    const { pull: outside } = await openFromFork(world);
    await world.report(outside, "e2e", "success");
    await world.tick(outside, "bob", "go");
    expect(world.check(outside).conclusion).toBe("success");
    const inside = await openTwin(world, outside.headSha);
    expect(world.check(inside).title).toBe("Blocked: waiting for anyone with write access, Go");
    await world.sweep();
    expect(world.check(outside).title).toBe("Blocked: waiting for anyone with write access, Go");
    await world.tick(inside, "alice", "go");
    expect(world.check(inside).summary).toContain("signed by alice");
    await world.finish();
  });

  test("when the deciding one is closed, its verdict does not open the other", async () => {
    const world = createWorld({ config });
    const { pull: outside } = await openFromFork(world);
    const inside = await openTwin(world, outside.headSha);
    await world.report(inside, "e2e", "success");
    await world.tick(inside, "alice", "go");
    expect(world.check(inside).conclusion).toBe("success");
    await world.act(() => inside.close({ by: "alice" }));
    expect(world.check(outside).title).toBe("Blocked: waiting for anyone with write access, Go");
    await world.tick(outside, "bob", "go");
    expect(world.check(outside).summary).toContain("signed by bob");
    await world.finish();
  });

  test("when the deciding one moves on, the other decides", async () => {
    const world = createWorld({ config });
    const { pull: outside } = await openFromFork(world);
    const inside = await openTwin(world, outside.headSha);
    await world.report(inside, "e2e", "success");
    await world.tick(inside, "alice", "go");
    await world.push(inside, "alice", { "c.txt": "c\n" });
    expect(world.check(inside).summary).toContain("signed by alice");
    expect(world.check(outside).title).toBe("Blocked: waiting for anyone with write access, Go");
    await world.tick(outside, "bob", "go");
    expect(world.check(outside).summary).toContain("signed by bob");
    await world.finish();
  });

  test("the other keeps its own record meanwhile", async () => {
    const world = createWorld({ config });
    const { fork, pull: outside } = await openFromFork(world);
    await world.tick(outside, "bob", "go");
    await openTwin(world, outside.headSha);
    await world.act(() => fork.push("release/1", { by: "eve", files: { "d.txt": "d\n" } }));
    expect(world.check(outside).summary).toContain("signed by bob");
    await world.finish();
  });

  test("all of it holds when every event is lost, in whatever order they are looked at", async () => {
    const world = createWorld({ config });
    const { fork, pull: outside } = await openFromFork(world);
    await world.tick(outside, "bob", "go");
    const inside = await openTwin(world, outside.headSha);
    await world.tick(inside, "alice", "go");
    world.github.webhooks.mode = "hold";
    await world.push(inside, "alice", { "c.txt": "c\n" });
    for (const { id } of world.github.webhooks.pending()) world.github.webhooks.drop(id);
    await world.sweep();
    await world.sweep();
    expect(world.check(inside).summary).toContain("signed by alice");
    expect(world.check(outside).summary).toContain("signed by bob");
    await world.act(() => fork.push("release/1", { by: "eve", files: { "d.txt": "d\n" } }));
    for (const { id } of world.github.webhooks.pending()) world.github.webhooks.drop(id);
    await world.sweep();
    expect(world.check(outside).summary).toContain("signed by bob");
    await world.finish();
  });
});
