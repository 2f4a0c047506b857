import { describe, expect, test } from "@jest/globals";
import { createWorld } from "../scenario/world.ts";

const config = `checklist:
  release: [{ base: main, head: "release/**" }]
  items:
    - { id: go, title: Go }
`;

describe("promise 9: nobody else is in the way", () => {
  test("a pull request that is no release passes at once, at the cost of one check in its whole life", async () => {
    const world = createWorld({ config });
    world.repo.protect("main", {
      requiredChecks: [{ name: "Release checklist: main", appId: world.app.id }],
    });
    const writes = await world.writesSince(async () => {
      const pull = await world.open({ head: "feature", body: "Text\n\n- [ ] mine" });
      expect(pull.blockers()).toEqual([]);
      await world.act(() => pull.edit({ by: "alice", body: "Text\n\n- [x] mine" }));
      await world.act(() => pull.edit({ by: "alice", title: "Another title" }));
      await world.act(() => pull.label("bug", { by: "alice" }));
      await world.report(pull, "ci", "failure");
      await world.comment(pull, "bob", "/checklist status");
      await world.sweep();
      await world.restart();
      expect(pull.blockers()).toEqual([]);
      expect(pull.body).toBe("Text\n\n- [x] mine");
      expect(pull.comments).toHaveLength(1);
      await world.act(() => pull.merge({ by: "bob" }));
    });
    expect(writes).toEqual(["POST /repos/{owner}/{repo}/check-runs"]);
    await world.finish();
  });

  test("each of its commits gets that one check", async () => {
    const world = createWorld({ config });
    const pull = await world.open({ head: "feature" });
    const writes = await world.writesSince(() => world.push(pull, "alice", { "b.txt": "b\n" }));
    expect(writes).toEqual(["POST /repos/{owner}/{repo}/check-runs"]);
    expect(world.check(pull).conclusion).toBe("success");
    await world.finish();
  });

  test("nor is it in the way of one whose configuration is broken, where the default rules know no release", async () => {
    const world = createWorld({ config: "checklist:\n  items: 7\n" });
    const pull = await world.open({ head: "feature" });
    expect(world.check(pull).conclusion).toBe("success");
    await world.finish();
  });

  test("nor while other pull requests are releases that wait", async () => {
    const world = createWorld({ config });
    const release = await world.open();
    const pull = await world.open({ head: "feature" });
    expect([world.check(release).conclusion, world.check(pull).conclusion]).toEqual([
      "action_required",
      "success",
    ]);
    await world.finish();
  });
});
