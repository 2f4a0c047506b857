import { describe, expect, test } from "@jest/globals";
import { createWorld, type World } from "../scenario/world.ts";
import { checkIn, openIn, organisation, ownPath, push, repository } from "./stage.ts";

const items = (...titles: string[]) =>
  `checklist:\n  items:\n${titles.map((title) => `    - { id: ${title.toLowerCase()}, title: ${title}, locked: true }\n`).join("")}`;

/** The webhooks of a push never arrive. */
async function unheard(world: World, doing: () => Promise<unknown>): Promise<void> {
  const { sink } = world.github.webhooks;
  world.github.webhooks.sink = async () => 500;
  await doing();
  world.github.webhooks.sink = sink;
}

describe("a change of the organisation's file", () => {
  test("reaches the open pull requests of all repositories, with a file of their own or without", async () => {
    const world = createWorld({ config: null });
    const shared = organisation(world, items("Go"));
    const api = repository(world, "acme/api", { [ownPath]: items("Own") });
    const [first, second] = [await world.open(), await openIn(world, api)];
    expect(world.check(first).title).toBe("Blocked: waiting for anyone with write access, Go");
    expect(checkIn(api, second)).toBe(
      "action_required: Blocked: waiting for anyone with write access, Go (and 1 more)",
    );
    await push(world, shared, { [ownPath]: items("Go", "Stop") });
    expect(world.check(first).title).toBe("Blocked: waiting for anyone with write access, Go (and 1 more)");
    expect(checkIn(api, second)).toBe(
      "action_required: Blocked: waiting for anyone with write access, Go (and 2 more)",
    );
    await push(world, shared, { [ownPath]: items("Stop") });
    expect(world.check(first).title).toBe("Blocked: waiting for anyone with write access, Stop");
    await world.finish();
  });

  test("is found by the sweep when the push was lost", async () => {
    const world = createWorld({ config: items("Own") });
    const shared = organisation(world, items("Go"));
    const pull = await world.open();
    const other = await openIn(world, repository(world, "acme/api", {}));
    await unheard(world, () => push(world, shared, { [ownPath]: items("Go", "Stop") }));
    expect(world.check(pull).title).toBe("Blocked: waiting for anyone with write access, Go (and 1 more)");
    await world.sweep();
    expect(world.check(pull).title).toBe("Blocked: waiting for anyone with write access, Go (and 2 more)");
    expect(checkIn(world.github.repo("acme/api"), other)).toBe(
      "action_required: Blocked: waiting for anyone with write access, Go (and 1 more)",
    );
    await world.finish();
  });

  test("makes releases of what was none, also by a lost push", async () => {
    const world = createWorld({ config: items("Own") });
    const shared = organisation(world, items("Go"));
    const pull = await world.open({ head: "feature" });
    expect(world.check(pull).title).toBe("Not a release pull request");
    await unheard(world, () =>
      push(world, shared, { [ownPath]: `${items("Go")}  release: [{ base: main }]\n` }),
    );
    await world.sweep();
    expect(world.check(pull).title).toBe("Blocked: waiting for anyone with write access, Go (and 1 more)");
    await world.finish();
  });
});

describe("a change of a file that others extend", () => {
  const extending = "checklist: { extends: acme/standards:lists/a.yml }\n";

  test("reaches the open pull requests of those that extend it, and no others", async () => {
    const world = createWorld({ config: extending });
    const standards = repository(world, "acme/standards", { "lists/a.yml": items("Go") });
    const api = repository(world, "acme/api", { [ownPath]: extending });
    const web = repository(world, "acme/web", { [ownPath]: items("Own") });
    const [first, second] = [await world.open(), await openIn(world, api)];
    await openIn(world, web);
    world.github.requests.list.length = 0;
    await push(world, standards, { "lists/a.yml": items("Stop") });
    expect(world.check(first).title).toBe("Blocked: waiting for anyone with write access, Stop");
    expect(checkIn(api, second)).toBe("action_required: Blocked: waiting for anyone with write access, Stop");
    expect(world.github.requests.list.filter(({ path }) => path.includes("/web/"))).toEqual([]);
    world.github.requests.list.length = 0;
    await push(world, standards, { "lists/b.yml": items("Other") });
    expect(world.github.requests.list).toEqual([]);
    await world.finish();
  });

  test("repairs what was blocked because it was not there", async () => {
    const world = createWorld({ config: extending });
    const standards = repository(world, "acme/standards", {});
    const pull = await world.open();
    expect(world.check(pull).title).toBe("Blocked: acme/standards:lists/a.yml cannot be read");
    await push(world, standards, { "lists/a.yml": items("Go") });
    expect(world.check(pull).title).toBe("Blocked: waiting for anyone with write access, Go");
    await world.finish();
  });

  test("is found by the sweep when the push was lost", async () => {
    const world = createWorld({ config: extending });
    const standards = repository(world, "acme/standards", { "lists/a.yml": items("Go") });
    const pull = await world.open();
    await unheard(world, () => push(world, standards, { "lists/a.yml": items("Stop") }));
    await world.sweep();
    expect(world.check(pull).title).toBe("Blocked: waiting for anyone with write access, Stop");
    await world.finish();
  });
});

describe("a trial for all", () => {
  const trial = "checklist:\n  enforcement: evaluate\n  items: [{ id: go, title: Go }]\n";

  test("passes and says what it would block, in every repository without a file of its own", async () => {
    const world = createWorld({ config: null });
    const shared = organisation(world, trial);
    const api = repository(world, "acme/api", {});
    const web = repository(world, "acme/web", { [ownPath]: items("Own") });
    const [first, second, third] = [await world.open(), await openIn(world, api), await openIn(world, web)];
    expect(`${world.check(first).conclusion}: ${world.check(first).title}`).toBe(
      "success: Would block: waiting for anyone with write access, Go",
    );
    expect(checkIn(api, second)).toBe("success: Would block: waiting for anyone with write access, Go");
    expect(checkIn(web, third)).toBe("action_required: Blocked: waiting for anyone with write access, Own");
    await push(world, shared, { [ownPath]: trial.replace("evaluate", "active") });
    expect(checkIn(api, second)).toBe("action_required: Blocked: waiting for anyone with write access, Go");
    await world.finish();
  });

  test("locked, it takes in those with a file of their own that do not say otherwise", async () => {
    const world = createWorld({ config: items("Own") });
    organisation(world, trial.replace("items", "locked: enforcement\n  items"));
    const api = repository(world, "acme/api", { [ownPath]: `${items("Own")}  enforcement: active\n` });
    const [first, second] = [await world.open(), await openIn(world, api)];
    expect(world.check(first).title).toBe("Would block: waiting for anyone with write access, Own");
    expect(checkIn(api, second)).toBe("action_required: Blocked: waiting for anyone with write access, Own");
    await world.finish();
  });
});
