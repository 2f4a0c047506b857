import { describe, expect, test } from "@jest/globals";
import { createWorld, isTicked, type Pull, seen, type World } from "../scenario/world.ts";

const config = `checklist:
  release:
    - { base: main, head: "release/**" }
    - { base: production }
  items:
    - { id: e2e, title: E2E passes, check: e2e }
    - { id: go, title: Go }
`;

const ready = async (world: World, pull: Pull): Promise<void> => {
  await world.tick(pull, "bob", "go");
  await world.report(pull, "e2e", "success");
};

/** Whatever was held back never arrives. */
const loseEvents = async <T>(world: World, doing: () => Promise<T>): Promise<T> => {
  world.github.webhooks.mode = "hold";
  const result = await doing();
  for (const { id } of world.github.webhooks.pending()) world.github.webhooks.drop(id);
  world.github.webhooks.mode = "auto";
  return result;
};

describe("a draft", () => {
  test("has its checklist from the start, and may be signed; GitHub itself keeps it from being merged", async () => {
    const world = createWorld({ config });
    world.repo.push("release/1", { by: "alice", files: { "a.txt": "a\n" } });
    const pull = await world.act(() => world.repo.openPull({ by: "alice", head: "release/1", draft: true }));
    expect(world.check(pull).title).toBe("Blocked: e2e never started (and 1 more)");
    await ready(world, pull);
    expect(world.check(pull).title).toBe("Ready: 2 of 2 items done");
    await world.act(() => pull.ready({ by: "alice" }));
    expect(world.check(pull).title).toBe("Ready: 2 of 2 items done");
    await world.act(() => pull.toDraft({ by: "alice" }));
    expect(world.check(pull).title).toBe("Ready: 2 of 2 items done");
    await world.finish();
  });

  test("marked as ready finds what was missed before", async () => {
    const world = createWorld({ config });
    world.repo.push("release/1", { by: "alice", files: { "a.txt": "a\n" } });
    const pull = await world.act(() => world.repo.openPull({ by: "alice", head: "release/1", draft: true }));
    await world.tick(pull, "bob", "go");
    await loseEvents(world, () => world.report(pull, "e2e", "success"));
    await world.act(() => pull.ready({ by: "alice" }));
    await world.sweep();
    expect(world.check(pull).title).toBe("Ready: 2 of 2 items done");
    await world.finish();
  });
});

describe("closed and reopened", () => {
  test("the record is still there, and nothing was written while it was closed", async () => {
    const world = createWorld({ config });
    const pull = await world.open();
    await ready(world, pull);
    const writes = await world.writesSince(async () => {
      await world.act(() => pull.close({ by: "alice" }));
      await world.comment(pull, "bob", "/checklist unsign go");
      await world.sweep();
    });
    expect(writes).toEqual([]);
    await world.act(() => pull.reopen({ by: "alice" }));
    // The comment was written while nobody looked, and is read now.
    expect(world.check(pull).title).toBe("Blocked: waiting for anyone with write access, Go");
    await world.tick(pull, "bea", "go");
    expect(world.check(pull).summary).toContain("signed by bea");
    await world.finish();
  });

  test("with commits that were pushed meanwhile, of which no event told", async () => {
    const world = createWorld({ config });
    const pull = await world.open();
    await ready(world, pull);
    await world.act(() => pull.close({ by: "alice" }));
    await world.push(pull, "alice", { "b.txt": "b\n" });
    await world.act(() => pull.reopen({ by: "alice" }));
    expect(seen(world.check(pull))).toMatchInlineSnapshot(`
"action_required: Blocked: e2e only on an older commit

**Blocked.** 1 of 2 items are done.

### What is missing

- E2E passes: "e2e" ran on 5b55bba, and has not started on 60040ce. Where it does not start by itself, run it for this commit.

### Good to know

- Only the name of the head or a label makes this a release, and the author chooses both: a rule with base alone cannot be dodged.

| item | state | evidence |
|---|---|---|
| E2E passes | ⏳ waiting | only on an older commit |
| Go | ✅ done | signed by bob on 2026-03-02 at 5b55bba, 1 commit since |"
`);
    await world.finish();
  });

  test("with ticks that were set meanwhile", async () => {
    const world = createWorld({ config });
    const pull = await world.open();
    await world.act(() => pull.close({ by: "alice" }));
    await world.tick(pull, "bob", "go");
    await world.act(() => pull.reopen({ by: "alice" }));
    expect(world.check(pull).summary).toContain("| Go | ✅ done | signed by bob");
    await world.finish();
  });

  test("when the event of reopening is lost, the sweep finds it", async () => {
    const world = createWorld({ config });
    const pull = await world.open();
    await world.act(() => pull.close({ by: "alice" }));
    await world.push(pull, "alice", { "b.txt": "b\n" });
    await loseEvents(world, () => world.act(() => pull.reopen({ by: "alice" })));
    await world.sweep();
    expect(world.check(pull).title).toBe("Blocked: e2e never started (and 1 more)");
    await world.finish();
  });
});

describe("merged", () => {
  test("the record is written once, and only commands get an answer", async () => {
    const world = createWorld({ config });
    const pull = await world.open();
    await ready(world, pull);
    const { text: _, ...before } = world.check(pull);
    await world.act(() => pull.merge({ by: "alice" }));
    const merged = world.check(pull);
    expect(merged).toMatchObject({ ...before, summary: expect.stringContaining(before.summary) });
    const writes = await world.writesSince(async () => {
      await world.untick(pull, "bob", "go");
      await world.report(pull, "e2e", "failure");
    });
    expect(writes).toEqual([]);
    await world.comment(pull, "bob", "/checklist unsign go");
    expect(pull.comments.at(-1)?.body).toContain(
      "This release was merged: `/checklist unsign` comes too late.",
    );
    expect({ ...world.check(pull), text: "" }).toEqual({ ...merged, text: "" });
    await world.finish();
  });
});

describe("retargeted", () => {
  test("the record goes along, and the run under the old base's name is superseded", async () => {
    const world = createWorld({ config });
    world.repo.push("production", { by: "root", files: { "p.txt": "p\n" } });
    const pull = await world.open();
    await ready(world, pull);
    await world.act(() => pull.edit({ by: "alice", base: "production" }));
    expect(seen(world.check(pull, "production"))).toMatchInlineSnapshot(`
"success: Ready: 2 of 2 items done

**Ready to merge.** 2 of 2 items are done.

| item | state | evidence |
|---|---|---|
| E2E passes | ✅ done | green · [e2e](https://github.com/acme/shop/runs/1025) |
| Go | ✅ done | signed by bob on 2026-03-02 at 60040ce |"
`);
    expect(seen(world.check(pull, "main"))).toMatchInlineSnapshot(`
"action_required: Superseded by "Release checklist: production"

The checklist of this pull request goes on at 60040ce42e1279ae32683de043b08b3bbb9092fd into \`production\`."
`);
    await world.finish();
  });

  test("once a release, always one: also into a base that no rule names", async () => {
    const world = createWorld({ config });
    world.repo.push("develop", { by: "root", files: { "p.txt": "p\n" } });
    const pull = await world.open();
    await world.act(() => pull.edit({ by: "alice", base: "develop" }));
    expect(world.check(pull, "develop").title).toBe("Blocked: e2e never started (and 1 more)");
    await world.act(() => pull.edit({ by: "alice", base: "main" }));
    expect(world.check(pull, "main").title).toBe("Blocked: e2e never started (and 1 more)");
    expect(world.check(pull, "develop").title).toBe('Superseded by "Release checklist: main"');
    await world.finish();
  });

  test("there and back again, with every event lost: no green of an earlier base stands", async () => {
    const world = createWorld({ config });
    world.repo.push("develop", { by: "root", files: { "p.txt": "p\n" } });
    const pull = await world.open();
    await ready(world, pull);
    await loseEvents(world, () => world.act(() => pull.edit({ by: "alice", base: "develop" })));
    await world.sweep();
    expect(world.check(pull, "develop").title).toBe("Ready: 2 of 2 items done");
    expect(world.check(pull, "main").conclusion).toBe("action_required");
    await world.untick(pull, "bob", "go");
    await loseEvents(world, () => world.act(() => pull.edit({ by: "alice", base: "main" })));
    await world.sweep();
    expect(world.check(pull, "main").title).toBe("Blocked: waiting for anyone with write access, Go");
    expect(world.check(pull, "develop").conclusion).toBe("action_required");
    await world.finish();
  });

  test("one that was no release into its first base becomes one", async () => {
    const world = createWorld({ config });
    world.repo.push("production", { by: "root", files: { "p.txt": "p\n" } });
    const pull = await world.open({ head: "feature" });
    expect(world.check(pull).title).toBe("Not a release pull request");
    await world.act(() => pull.edit({ by: "alice", base: "production" }));
    expect(world.check(pull, "production").title).toBe("Blocked: e2e never started (and 1 more)");
    expect(world.check(pull, "main").conclusion).toBe("action_required");
    await world.finish();
  });

  test("with the base changed and a box ticked in one edit", async () => {
    const world = createWorld({ config });
    world.repo.push("production", { by: "root", files: { "p.txt": "p\n" } });
    const pull = await world.open();
    const body = pull.body.replace("- [ ] Go", "- [x] Go");
    await world.act(() => pull.edit({ by: "bob", base: "production", body }));
    expect(world.check(pull, "production").summary).toContain("| Go | ✅ done | signed by bob");
    expect(isTicked(pull, "go")).toBe(true);
    await world.finish();
  });
});
