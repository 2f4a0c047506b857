import { describe, expect, test } from "@jest/globals";
import { createWorld, seen } from "./world.ts";

describe("a repository without a configuration", () => {
  test("gets nothing written", async () => {
    const world = createWorld({ config: null });
    expect(await world.writesSince(() => world.open({ body: "Hello" }))).toEqual([]);
    await world.finish();
  });

  test("nor does one whose release.yml is only about release notes", async () => {
    const world = createWorld({ config: "changelog:\n  exclude:\n    labels: [chore]\n" });
    expect(await world.writesSince(() => world.open())).toEqual([]);
    await world.finish();
  });

  test.each([
    [
      "a ruleset",
      (world: ReturnType<typeof createWorld>) => {
        world.repo.ruleset({ requiredChecks: [{ name: "Release checklist: main", appId: world.app.id }] });
      },
    ],
    [
      "classic protection",
      (world: ReturnType<typeof createWorld>) => {
        world.repo.protect("main", { requiredChecks: ["Release checklist: main"] });
      },
    ],
  ])("passes where %s requires the check", async (_, protect) => {
    const world = createWorld({ config: null });
    protect(world);
    const pull = await world.open();
    expect(seen(world.check(pull))).toBe(
      "success: No release checklist configured\n\nThe default branch has no `.github/release.yml` with a `checklist` key, so nothing is asked of this pull request.",
    );
    expect(pull.body).toBe("");
    expect(pull.blockers()).toEqual([]);
    await world.finish();
  });

  test("a rule that wants the check from another app is not ours to satisfy", async () => {
    const world = createWorld({ config: null });
    world.repo.protect("main", {
      requiredChecks: [{ name: "Release checklist: main", appId: world.app.id + 1 }],
    });
    expect(await world.writesSince(() => world.open())).toEqual([]);
    await world.finish();
  });

  test("rules that cannot be read count as requiring it", async () => {
    const world = createWorld({ config: null });
    world.github.faults.add({ match: { path: /\/rules\/branches\// }, status: 403 });
    const pull = await world.open();
    expect(world.check(pull).title).toBe("No release checklist configured");
    await world.finish();
  });

  test("the file may be called release-checklist.yml, or stand in the organisation's .github repository", async () => {
    const world = createWorld({ config: null });
    const shared = world.github.repo("acme/.github", {
      files: { ".github/release.yml": "checklist:\n  items:\n    - { id: go, title: Go }\n" },
    });
    shared.installApp(world.app);
    const pull = await world.open();
    expect(world.check(pull).title).toBe("Blocked: waiting for anyone with write access, Go");
    await world.act(() =>
      world.repo.push("main", {
        by: "root",
        files: { ".github/release-checklist.yml": "checklist:\n  items:\n    - { id: stop, title: Stop }\n" },
      }),
    );
    expect(world.check(pull).title).toBe("Blocked: waiting for anyone with write access, Stop");
    await world.finish();
  });

  test("a repository whose configuration goes lets pass what it had blocked as no release", async () => {
    const world = createWorld();
    const pull = await world.open({ head: "feature" });
    await world.act(() => world.repo.push("main", { by: "root", deletes: [".github/release.yml"] }));
    expect(world.check(pull).title).toBe("No release checklist configured");
    await world.finish();
  });
});
