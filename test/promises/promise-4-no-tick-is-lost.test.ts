import { describe, expect, test } from "@jest/globals";
import { createWorld, isTicked, type Pull, type World } from "../scenario/world.ts";

const ids = ["one", "two", "three", "four"];
const config = `checklist:
  release: [{ base: main }]
  items:
    - { id: e2e, title: E2E passes, check: e2e }
${ids.map((id) => `    - { id: ${id}, title: Item ${id} }`).join("\n")}
`;

const start = async (): Promise<{ world: World; pull: Pull }> => {
  const world = createWorld({ config });
  world.repo.setRole("release-please[bot]", "write");
  return { world, pull: await world.open({ body: "Text" }) };
};

const boxOf = (id: string): [string, string] => [`[ ] Item ${id}`, `[x] Item ${id}`];

const expectAll = async (world: World, pull: Pull): Promise<void> => {
  expect(ids.map((id) => isTicked(pull, id))).toEqual([true, true, true, true]);
  expect(world.check(pull).title).toBe("Ready: 5 of 5 items done");
  await world.finish();
};

describe("promise 4: no tick is lost", () => {
  test("several people, one after the other", async () => {
    const { world, pull } = await start();
    await world.report(pull, "e2e", "success");
    const page = pull.body;
    await world.act(() => pull.edit({ by: "bob", body: page.replace(...boxOf("one")) }));
    await world.tick(pull, "bea", "two", "three");
    await world.tick(pull, "sam", "four");
    await expectAll(world, pull);
  });

  test("ticks within one second", async () => {
    const { world, pull } = await start();
    await world.report(pull, "e2e", "success");
    await world.act(() => {
      for (const id of ids) pull.edit({ by: "bob", body: pull.body.replace(...boxOf(id)) });
    });
    await expectAll(world, pull);
  });

  test("ticked while the app was writing, again and again", async () => {
    const { world, pull } = await start();
    const left = [...ids];
    world.github.onRequest(({ method, path }) => {
      const id = method === "PATCH" && /\/pulls\/1$/.test(path) ? left.shift() : undefined;
      if (id !== undefined) pull.edit({ by: "bob", body: pull.body.replace(...boxOf(id)) });
    });
    for (const conclusion of ["success", "failure", "success", "failure", "success"])
      await world.report(pull, "e2e", conclusion);
    await world.sweep();
    expect(left).toEqual([]);
    await expectAll(world, pull);
  });

  test("a bot rewrites the description between every two ticks", async () => {
    const { world, pull } = await start();
    await world.report(pull, "e2e", "success");
    for (const [index, id] of ids.entries()) {
      await world.tick(pull, "bob", id);
      await world.act(() => pull.edit({ by: "release-please[bot]", body: `Text ${index}` }));
    }
    await expectAll(world, pull);
  });

  test("webhooks that come in the wrong order, twice, or never", async () => {
    const { world, pull } = await start();
    await world.report(pull, "e2e", "success");
    const { webhooks } = world.github;
    webhooks.mode = "hold";
    for (const id of ids) await world.tick(pull, "bob", id);
    const [first, second, ...rest] = webhooks.pending().toReversed();
    if (first) webhooks.drop(first.id);
    if (second) await webhooks.deliver(second.id);
    for (const { id } of rest) await webhooks.deliver(id);
    webhooks.mode = "auto";
    await world.sweep();
    await expectAll(world, pull);
  });

  test("the app crashes at each of its writes", async () => {
    const { world, pull } = await start();
    await world.report(pull, "e2e", "success");
    for (const id of ids) {
      const stop = world.github.onResponse(({ method }) => {
        if (method === "PATCH") world.kill();
      });
      await world.tick(pull, "bob", id);
      stop();
      await world.restart();
    }
    await expectAll(world, pull);
  });
});
