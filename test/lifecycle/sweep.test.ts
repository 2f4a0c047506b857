import { describe, expect, test } from "@jest/globals";
import { createWorld, type World } from "../scenario/world.ts";

const config = `checklist:
  release: [{ base: main, head: "release/**" }]
  items:
    - { id: go, title: Go }
`;

/** Which pull requests a sweep looks at, some seconds after everything else. */
const sweep = async (world: World): Promise<unknown[]> => {
  await world.advance(10_000);
  const before = world.logs.length;
  await world.sweep();
  return world.logs
    .slice(before)
    .filter(({ message }) => message === "looked")
    .map(({ data }) => data.pull)
    .toSorted();
};

describe("a sweep", () => {
  test("leaves out what is no release and has not changed", async () => {
    const world = createWorld({ config });
    await world.open({ head: "release/1" });
    const feature = await world.open({ head: "feature", files: { "b.txt": "b\n" } });
    expect(await sweep(world)).toEqual(["acme/shop#1", "acme/shop#2"]);
    expect(await sweep(world)).toEqual(["acme/shop#1"]);
    await world.act(() => feature.label("new", { by: "alice" }));
    expect(await sweep(world)).toEqual(["acme/shop#1", "acme/shop#2"]);
    expect(await sweep(world)).toEqual(["acme/shop#1"]);
    await world.finish();
  });

  test("but not when an event of it was lost", async () => {
    const world = createWorld({ config: config.replace("}]", "}, { labels: [release] }]") });
    const feature = await world.open({ head: "feature" });
    await sweep(world);
    world.github.webhooks.mode = "hold";
    await world.act(() => feature.label("release", { by: "alice" }));
    for (const { id } of world.github.webhooks.pending()) world.github.webhooks.drop(id);
    world.github.webhooks.mode = "auto";
    expect(await sweep(world)).toEqual(["acme/shop#1"]);
    expect(world.check(feature).title).toBe("Blocked: waiting for anyone with write access, Go");
    await world.finish();
  });

  test("nor when the configuration has changed unheard", async () => {
    const world = createWorld({ config });
    const feature = await world.open({ head: "feature" });
    await sweep(world);
    world.github.webhooks.mode = "hold";
    await world.act(() =>
      world.repo.push("main", {
        by: "root",
        files: { ".github/release.yml": config.replace("release/**", "feature") },
      }),
    );
    for (const { id } of world.github.webhooks.pending()) world.github.webhooks.drop(id);
    world.github.webhooks.mode = "auto";
    expect(await sweep(world)).toEqual(["acme/shop#1"]);
    expect(world.check(feature).title).toBe("Blocked: waiting for anyone with write access, Go");
    await world.finish();
  });

  test("nor after an hour, nor by a new process", async () => {
    const world = createWorld({ config });
    await world.open({ head: "feature" });
    await sweep(world);
    await world.advance(59 * 60_000);
    expect(await sweep(world)).toEqual([]);
    await world.advance(2 * 60_000);
    expect(await sweep(world)).toEqual(["acme/shop#1"]);
    const before = world.logs.length;
    await world.restart();
    expect(world.logs.slice(before).map(({ message }) => message)).toContain("looked");
    await world.finish();
  });
});
