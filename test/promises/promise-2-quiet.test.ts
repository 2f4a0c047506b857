import { describe, expect, test } from "@jest/globals";
import { createWorld, type Pull, type World } from "../scenario/world.ts";

const config = `checklist:
  release: [{ base: main }]
  request-signers: true
  items:
    - { id: ci, title: CI, check: { workflow: ci.yml } }
    - { id: e2e, title: E2E passes, check: "e2e (*)" }
    - { id: log, title: Log, changed: [CHANGELOG.md] }
    - { id: sql, title: SQL, when: { paths: ["**/*.sql"] }, dismiss-stale: true }
    - { id: go, title: Go, signers: { from: ["@acme/sre"], not: [author, contributors], count: 2 }, dismiss-stale: ["a.txt"] }
    - { id: plan, title: Plan, questions: { how: How do we revert? } }
    - { id: tell, title: Tell, notify: { to: ["@acme/support"] } }
`;

/** A release with everything in it. After each step, looking again writes nothing. */
const story: Readonly<Record<string, (world: World, pull: Pull) => Promise<unknown>>> = {
  "it was opened": async () => {},
  "checks have begun": async (world, pull) => {
    await world.act(() =>
      world.repo.workflowRun({ path: ".github/workflows/ci.yml", sha: pull.headSha, jobs: { build: null } }),
    );
    await world.report(pull, "e2e (1)", "failure");
    // Details of what still goes on may wait for the next sweep.
    await world.sweep();
  },
  "somebody ticked who may not": (world, pull) => world.tick(pull, "alice", "go"),
  "one of two has signed": (world, pull) => world.tick(pull, "bea", "go"),
  "the second has signed": (world, pull) => world.comment(pull, "sam", "/checklist sign go"),
  "a tick without its answer": (world, pull) => world.tick(pull, "bob", "plan"),
  "the answer came": (world, pull) => world.answer(pull, "bob", "plan", "how", "git revert\nthen deploy"),
  "prose was written into the block": (world, pull) =>
    world.act(() =>
      pull.edit({
        by: "bob",
        body: pull.body.replace("## Release checklist", "## Release checklist\nHello"),
      }),
    ),
  "a wrong command": (world, pull) => world.comment(pull, "bob", "/checklist sing go"),
  "an item was waived": (world, pull) => world.comment(pull, "root", "/checklist waive log nothing to tell"),
  "a commit was pushed": (world, pull) =>
    world.push(pull, "alice", { "db/1.sql": "select 1;\n", "a.txt": "b\n" }),
  "a commit with the same content was pushed": (world, pull) =>
    world.act(() => world.repo.push(pull.head, { by: "alice", force: true, message: "again" })),
  "it was retargeted": async (world, pull) => {
    world.repo.push("next", { by: "alice", files: { "n.txt": "n\n" } });
    await world.act(() => pull.edit({ by: "alice", base: "next" }));
  },
  "it was announced": (world, pull) => world.tick(pull, "bea", "tell"),
  "it was overridden": (world, pull) =>
    world.comment(pull, "root", "/checklist override the house is on fire"),
  "it was closed": (world, pull) => world.act(() => pull.close({ by: "alice" })),
};

describe("promise 2: quiet", () => {
  test("a second look at an unchanged pull request writes nothing, by the same process or a new one", async () => {
    const world = createWorld({ config });
    const pull = await world.open({ body: "Text" });
    for (const [step, happens] of Object.entries(story)) {
      await happens(world, pull);
      expect([step, await world.writesSince(() => world.sweep())]).toEqual([step, []]);
      expect([step, await world.writesSince(() => world.restart())]).toEqual([step, []]);
    }
    await world.finish();
  });

  test("webhooks that come twice or late write nothing", async () => {
    const world = createWorld({ config });
    const pull = await world.open({ body: "Text" });
    await world.tick(pull, "bea", "go");
    await world.answer(pull, "bob", "plan", "how", "git revert");
    await world.tick(pull, "bob", "plan");
    await world.comment(pull, "sam", "/checklist sign go");
    await world.sweep();
    const deliveries = [...world.github.webhooks.log];
    const writes = await world.writesSince(async () => {
      for (const delivery of deliveries.toReversed()) {
        await world.runtime.receive({
          id: delivery.guid,
          name: delivery.event,
          payload: delivery.payload,
        } as never);
        await world.settle();
      }
    });
    expect(writes).toEqual([]);
    await world.finish();
  });

  test("checks that no item names cost nothing at all", async () => {
    const world = createWorld({ config });
    const pull = await world.open();
    const before = world.github.requests.total;
    for (let number = 0; number < 20; number++) await world.report(pull, `lint ${number}`, "success");
    expect(world.github.requests.total - before).toBe(0);
    await world.finish();
  });
});
