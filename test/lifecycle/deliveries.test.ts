import { describe, expect, test } from "@jest/globals";
import { createWorld, isTicked, type World } from "../scenario/world.ts";

const config = `checklist:
  release: [{ base: main }]
  items:
    - { id: e2e, title: E2E passes, check: e2e }
    - { id: go, title: Go }
    - { id: sure, title: Sure }
`;

const hold = (world: World) => {
  world.github.webhooks.mode = "hold";
};
const ids = (world: World): number[] => world.github.webhooks.pending().map(({ id }) => id);
const auto = (world: World) => {
  world.github.webhooks.mode = "auto";
};

describe("a lost webhook", () => {
  test.each(["opened", "ticked", "pushed", "reported", "commented"] as const)(
    "%s: the sweep finds what it told",
    async (what) => {
      const world = createWorld({ config });
      const lost = async <T>(name: string, doing: () => Promise<T>): Promise<T> => {
        if (name !== what) return doing();
        hold(world);
        const result = await doing();
        for (const id of ids(world)) world.github.webhooks.drop(id);
        auto(world);
        await world.sweep();
        return result;
      };
      const pull = await lost("opened", () => world.open());
      await lost("ticked", () => world.tick(pull, "bob", "go"));
      await lost("pushed", () => world.push(pull, "alice", { "b.txt": "b\n" }));
      await lost("reported", () => world.report(pull, "e2e", "success"));
      await lost("commented", () => world.comment(pull, "bea", "/checklist sign sure"));
      expect(world.check(pull).title).toBe("Ready: 3 of 3 items done");
      expect(world.check(pull).summary).toContain("| Go | ✅ done | signed by bob");
      expect(world.check(pull).summary).toContain("| Sure | ✅ done | signed by bea");
      await world.finish();
    },
  );

  test("all of them, and the process with them: the next start finds everything", async () => {
    const world = createWorld({ config });
    hold(world);
    const pull = await world.open();
    await world.sweep();
    await world.tick(pull, "bob", "go");
    await world.tick(pull, "bea", "sure");
    await world.push(pull, "alice", { "b.txt": "b\n" });
    await world.report(pull, "e2e", "success");
    for (const id of ids(world)) world.github.webhooks.drop(id);
    auto(world);
    await world.restart();
    expect(world.check(pull).title).toBe("Ready: 3 of 3 items done");
    expect(world.check(pull).summary).toContain("| Sure | ✅ done | signed by bea");
    await world.finish();
  });
});

describe("a webhook that failed", () => {
  const redeliveries = (world: World): number =>
    world.github.requests.list.filter(({ route }) => route.endsWith("/attempts")).length;

  test("is asked for again at the start, and every few minutes since", async () => {
    const world = createWorld({ config });
    const pull = await world.open();
    hold(world);
    await world.tick(pull, "bob", "go");
    for (const id of ids(world)) world.github.webhooks.fail(id);
    auto(world);
    await world.advance(60_000);
    await world.act(() => world.runtime.start());
    expect(redeliveries(world)).toBe(1);
    expect(world.github.webhooks.log.filter(({ redelivery }) => redelivery)).toMatchObject([
      { event: "pull_request", action: "edited", statusCode: 200 },
    ]);
    expect(isTicked(pull, "go")).toBe(true);
    expect(world.check(pull).summary).toContain("| Go | ✅ done | signed by bob");

    hold(world);
    await world.advance(60_000);
    await world.tick(pull, "bea", "sure");
    for (const id of ids(world)) world.github.webhooks.fail(id, 503);
    auto(world);
    await world.advance(5 * 60_000);
    expect(redeliveries(world)).toBe(2);
    expect(world.check(pull).summary).toContain("| Sure | ✅ done | signed by bea");
    await world.advance(5 * 60_000);
    expect(redeliveries(world)).toBe(2);
    await world.finish();
  });

  test("tells who ticked where the edit history is refused", async () => {
    const world = createWorld({ config, github: { forbidEditHistory: true } as never });
    const pull = await world.open();
    hold(world);
    await world.tick(pull, "bob", "go");
    for (const id of ids(world)) world.github.webhooks.fail(id);
    auto(world);
    await world.act(() => world.runtime.start());
    await world.advance(1_000);
    expect(world.check(pull).summary).toContain("| Go | ✅ done | signed by bob");
    await world.finish();
  });

  test("that cannot be asked for again does not stop the sweep", async () => {
    const world = createWorld({ config });
    const pull = await world.open();
    world.github.faults.add({ match: { path: /\/app\/hook\/deliveries/ }, status: 403 });
    hold(world);
    await world.tick(pull, "bob", "go");
    for (const id of ids(world)) world.github.webhooks.fail(id);
    auto(world);
    await world.act(() => world.runtime.start());
    expect(world.check(pull).summary).toContain("| Go | ✅ done | signed by bob");
    expect(world.logs.map(({ message }) => message)).toContain(
      "failed deliveries could not be asked for again",
    );
    await world.finish();
  });
});

describe("late and doubled webhooks", () => {
  test("every event twice writes no more than once", async () => {
    const story = async (doubled: number) => {
      const world = createWorld({ config });
      world.github.webhooks.disturb({ seed: 1, doubled });
      const writes = await world.writesSince(async () => {
        const pull = await world.open();
        await world.tick(pull, "bob", "go");
        await world.untick(pull, "bob", "go");
        await world.tick(pull, "bea", "go", "sure");
        await world.report(pull, "e2e", "success");
        await world.comment(pull, "bob", "/checklist status");
      });
      const [pull] = world.repo.pulls;
      const check = pull && world.check(pull);
      await world.finish();
      return { writes, check };
    };
    const once = await story(0);
    expect(once.check?.title).toBe("Ready: 3 of 3 items done");
    expect(await story(1)).toEqual(once);
  });

  test("an edit that comes after a newer one brings nothing back", async () => {
    const world = createWorld({ config });
    const pull = await world.open();
    hold(world);
    await world.tick(pull, "bob", "go");
    const [tick = 0] = ids(world);
    await world.untick(pull, "bob", "go");
    const untick = ids(world).filter((id) => id !== tick);
    for (const id of untick) await world.github.webhooks.deliver(id);
    await world.settle();
    expect(isTicked(pull, "go")).toBe(false);
    await world.github.webhooks.deliver(tick);
    auto(world);
    await world.settle();
    expect(isTicked(pull, "go")).toBe(false);
    expect(world.check(pull).summary).toContain("| Go | ⏳ waiting |");
    // A start reads the history, and tells of the sign-off that was and ended.
    await world.restart();
    expect(world.check(pull).summary).toContain("has ended: unticked by bob");
    expect(isTicked(pull, "go")).toBe(false);
    await world.finish();
  });

  test("an old edit, delivered again days later, brings nothing back", async () => {
    const world = createWorld({ config });
    const pull = await world.open();
    hold(world);
    await world.tick(pull, "bob", "go");
    const copy = world.github.webhooks.duplicate(ids(world)[0] ?? 0);
    for (const id of ids(world).filter((id) => id !== copy.id)) await world.github.webhooks.deliver(id);
    auto(world);
    await world.settle();
    expect(isTicked(pull, "go")).toBe(true);
    await world.untick(pull, "bea", "go");
    await world.advance(2 * 24 * 60 * 60_000);
    await world.github.webhooks.deliver(copy.id);
    await world.settle();
    expect(isTicked(pull, "go")).toBe(false);
    await world.restart();
    expect(isTicked(pull, "go")).toBe(false);
    await world.finish();
  });

  test("opening and closing in the wrong order", async () => {
    const world = createWorld({ config });
    hold(world);
    const pull = await world.open();
    await world.act(() => pull.close({ by: "alice" }));
    await world.act(() => pull.reopen({ by: "alice" }));
    world.github.webhooks.reorder(ids(world).toReversed());
    world.github.webhooks.release();
    await world.settle();
    expect(world.check(pull).title).toBe("Blocked: e2e never started (and 2 more)");
    expect(world.repo.checkRuns(pull.headSha, "Release checklist: main")).toHaveLength(1);
    await world.finish();
  });
});
