import { describe, expect, test } from "@jest/globals";
import { createWorld, isTicked, type World } from "../scenario/world.ts";

const bySre = `checklist:
  release: [{ base: main }]
  items:
    - { id: e2e, title: E2E passes, check: e2e }
    - { id: go, title: Go, signers: { from: ["@acme/sre"] } }
`;

const labelled = `checklist:
  release: [{ base: main }]
  items:
    - { id: go, title: Go }
    - { id: db, title: Database looked at, when: { labels: [migration] } }
`;

/** Of what is done here no event arrives. */
async function unheard(world: World, doing: () => unknown): Promise<void> {
  world.github.webhooks.mode = "hold";
  await world.act(doing);
  for (const { id } of world.github.webhooks.pending()) world.github.webhooks.drop(id);
  world.github.webhooks.mode = "auto";
}

describe("somebody leaves the team", () => {
  test("before the gate opens: rights are read afresh, whatever is remembered", async () => {
    const world = createWorld({ config: bySre });
    const pull = await world.open();
    await world.tick(pull, "bea", "go");
    expect(world.check(pull).title).toBe("Blocked: e2e never started");
    await unheard(world, () => world.github.removeFromTeam("acme/sre", "bea"));
    await world.report(pull, "e2e", "success");
    expect(world.check(pull).title).toBe("Blocked: waiting for @acme/sre, Go");
    expect(isTicked(pull, "go")).toBe(false);
    await world.finish();
  });

  test("after it opened: the event closes it at once", async () => {
    const world = createWorld({ config: bySre });
    const pull = await world.open();
    await world.tick(pull, "bea", "go");
    await world.report(pull, "e2e", "success");
    expect(world.check(pull).conclusion).toBe("success");
    await world.act(() => world.github.removeFromTeam("acme/sre", "bea"));
    expect(world.check(pull).title).toBe("Blocked: waiting for @acme/sre, Go");
    await world.finish();
  });

  test("after it opened, and the event is lost: the sweep closes it", async () => {
    const world = createWorld({ config: bySre });
    const pull = await world.open();
    await world.tick(pull, "bea", "go");
    await world.report(pull, "e2e", "success");
    await unheard(world, () => world.github.removeFromTeam("acme/sre", "bea"));
    await world.advance(6 * 60_000);
    await world.sweep();
    expect(world.check(pull).title).toBe("Blocked: waiting for @acme/sre, Go");
    await world.finish();
  });

  test("one who joins may sign at once", async () => {
    const world = createWorld({ config: bySre });
    const pull = await world.open();
    await world.report(pull, "e2e", "success");
    await world.tick(pull, "bob", "go");
    expect(isTicked(pull, "go")).toBe(false);
    await world.act(() => world.github.team("acme/sre", ["bea", "sam", "bob"]));
    expect(isTicked(pull, "go")).toBe(false);
    await world.tick(pull, "bob", "go");
    expect(world.check(pull).title).toBe("Ready: 2 of 2 items done");
    await world.finish();
  });
});

describe("write access", () => {
  test("taken away ends what was signed with it", async () => {
    const world = createWorld({ config: labelled });
    const pull = await world.open();
    await world.tick(pull, "bob", "go");
    expect(world.check(pull).conclusion).toBe("success");
    await world.act(() => world.repo.setRole("bob", "read"));
    expect(world.check(pull).title).toBe("Blocked: waiting for anyone with write access, Go");
    await world.finish();
  });
});

describe("labels", () => {
  test("promise 6: adding one adds its item and closes the gate; taking it off takes nothing away", async () => {
    const world = createWorld({ config: labelled });
    const pull = await world.open();
    await world.tick(pull, "bob", "go");
    expect(world.check(pull).conclusion).toBe("success");
    await world.act(() => pull.label("migration", { by: "alice" }));
    expect(world.check(pull).title).toBe("Blocked: waiting for anyone with write access, Database looked at");
    await world.act(() => pull.unlabel("migration", { by: "alice" }));
    expect(world.check(pull).title).toBe("Blocked: waiting for anyone with write access, Database looked at");
    await world.tick(pull, "bob", "db");
    expect(world.check(pull).title).toBe("Ready: 2 of 2 items done");
    await world.finish();
  });

  test("renamed in the repository to what a rule names: looked at at once", async () => {
    const world = createWorld({ config: labelled });
    const pull = await world.open();
    await world.act(() => pull.label("schema", { by: "alice" }));
    await world.tick(pull, "bob", "go");
    expect(world.check(pull).conclusion).toBe("success");
    await world.act(() => world.repo.renameLabel("schema", "migration", { by: "alice" }));
    expect(world.check(pull).title).toBe("Blocked: waiting for anyone with write access, Database looked at");
    await world.act(() => world.repo.deleteLabel("migration", { by: "alice" }));
    expect(world.check(pull).title).toBe("Blocked: waiting for anyone with write access, Database looked at");
    await world.finish();
  });

  test("the label that made it a release may go: it stays one", async () => {
    const world = createWorld({
      config: "checklist:\n  release: [{ labels: [release] }]\n  items: [{ id: go, title: Go }]\n",
    });
    const pull = await world.open({ head: "feature" });
    expect(world.check(pull).title).toBe("Not a release pull request");
    await world.act(() => pull.label("release", { by: "alice" }));
    expect(world.check(pull).title).toBe("Blocked: waiting for anyone with write access, Go");
    await world.act(() => world.repo.deleteLabel("release", { by: "alice" }));
    expect(world.check(pull).title).toBe("Blocked: waiting for anyone with write access, Go");
    await world.finish();
  });
});
