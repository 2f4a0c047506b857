import { describe, expect, test } from "@jest/globals";
import { createWorld, isTicked, itemOf, type Pull, type World } from "../scenario/world.ts";

/** Everybody may sign here: what counts is whether somebody did. */
const config = "checklist:\n  release: [{ base: main }]\n  items:\n    - { id: go, title: Go }\n";

const start = async (options = {}): Promise<{ world: World; pull: Pull }> => {
  const world = createWorld({ config, ...options });
  return { world, pull: await world.open({ body: "Text" }) };
};

const expectNone = async (world: World, pull: Pull, why: string): Promise<void> => {
  expect(isTicked(pull, "go")).toBe(false);
  expect(world.check(pull).conclusion).toBe("action_required");
  expect(itemOf(pull, "go")).toContain(`⚠ ${why}`);
  await world.tick(pull, "bob", "go");
  expect(world.check(pull).title).toBe("Ready: 1 of 1 items done");
  await world.finish();
};

describe("promise 5: no tick is invented", () => {
  test("one that comes with the opening text, such as a template, counts for nobody", async () => {
    const { world, pull: first } = await start();
    const pull = await world.open({ head: "release/2", body: first.body.replace("[ ] Go", "[x] Go") });
    await expectNone(world, pull, "a tick was taken back: it came with the opening text");
  });

  test("one that comes along with a pasted block", async () => {
    const { world, pull } = await start();
    const ticked = pull.body.replace("[ ] Go", "[x] Go");
    world.github.webhooks.mode = "hold";
    await world.act(() => pull.edit({ by: "bea", body: "Text" }));
    await world.act(() => pull.edit({ by: "bea", body: ticked }));
    world.github.webhooks.mode = "auto";
    world.github.webhooks.release();
    await world.settle();
    await expectNone(world, pull, "the tick of `bea` was taken back: it came along with a text");
  });

  test("one by a bot", async () => {
    const { world, pull } = await start();
    world.repo.setRole("helper[bot]", "write");
    await world.tick(pull, "helper[bot]", "go");
    await expectNone(world, pull, "the tick of the bot `helper` was taken back: a bot does not sign");
  });

  test("one whose event was lost is settled by the history", async () => {
    const { world, pull } = await start();
    world.github.webhooks.mode = "hold";
    await world.tick(pull, "bea", "go");
    for (const { id } of world.github.webhooks.pending()) world.github.webhooks.drop(id);
    world.github.webhooks.mode = "auto";
    await world.sweep();
    expect(world.check(pull).summary).toContain("signed by bea");
    await world.finish();
  });

  test("where the history is refused as well, nobody knows who it was: it is taken back", async () => {
    const { world, pull } = await start({ github: { forbidEditHistory: true } });
    world.github.webhooks.mode = "hold";
    await world.tick(pull, "bea", "go");
    for (const { id } of world.github.webhooks.pending()) world.github.webhooks.drop(id);
    world.github.webhooks.mode = "auto";
    await world.sweep();
    await expectNone(world, pull, "a tick was taken back: nobody knows who ticked it");
  });

  test("an older edit that comes late does not tick again what was unticked since", async () => {
    const { world, pull } = await start();
    world.github.webhooks.mode = "hold";
    await world.tick(pull, "bea", "go");
    const [late] = world.github.webhooks.pending();
    world.github.webhooks.mode = "auto";
    await world.untick(pull, "bea", "go");
    if (late) await world.act(() => world.github.webhooks.deliver(late.id));
    await world.sweep();
    expect(isTicked(pull, "go")).toBe(false);
    expect(world.check(pull).conclusion).toBe("action_required");
    await world.finish();
  });
});
