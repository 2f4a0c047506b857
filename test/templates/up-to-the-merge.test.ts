import { describe, expect, test } from "@jest/globals";
import { early, filled, meaning, names } from "./resolved.ts";
import { everything, sign, workOff, worldOf } from "./work.ts";

const always = { timezone: "Europe/Berlin", open: "Mon-Sun" };

/** As those write it who let programs decide whatever programs can. */
const automatic = (name: string): object => {
  const ids = new Set(meaning({ extends: name }).items.map(({ id }) => id));
  const items = [
    { id: "staging", deployment: { environment: "staging" } },
    { id: "production", deployment: { environment: "production" } },
    { id: "window", window: always },
  ].filter(({ id }) => ids.has(id));
  return { extends: name, checks: filled(name), ...(items.length > 0 ? { items } : {}) };
};

describe.each(names)("a release by the template %s", (name) => {
  test("by people alone, with every slot open: the gate waits for all of them, and for the announcement", async () => {
    const world = worldOf({ extends: name });
    const pull = await world.open({ files: everything });
    const items = early(meaning({ extends: name }));
    await sign(
      world,
      pull,
      items.filter(({ kind }) => kind === "manual"),
    );
    expect(world.check(pull).conclusion).toBe("action_required");
    for (const item of items.filter(({ kind }) => kind !== "manual")) await workOff(world, pull, item);
    expect(world.check(pull)).toMatchObject({
      conclusion: "success",
      title: expect.stringMatching(`^Ready: ${items.length} of ${items.length} items done`),
    });
    await world.finish();
  });

  test("by programs where they can: the gate opens with the last item, and not before", async () => {
    const checklist = automatic(name);
    const world = worldOf(checklist);
    const pull = await world.open({ files: everything });
    const items = early(meaning(checklist));
    for (const item of items) {
      await workOff(world, pull, item);
      const rest = items.slice(items.indexOf(item) + 1).filter(({ kind }) => kind !== "window");
      const { conclusion, title } = world.check(pull);
      expect([item.id, conclusion]).toEqual([item.id, rest.length === 0 ? "success" : "action_required"]);
      expect(title).toMatch(rest.length === 0 ? /^Ready: (\d+) of \1 items done/ : /^Blocked: /);
    }
    await world.finish();
  }, 60_000);
});
