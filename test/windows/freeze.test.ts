import { describe, expect, test } from "@jest/globals";
import { createWorld, type Pull, seen, type World } from "../scenario/world.ts";

const config = (more: string): string =>
  `checklist:\n  release: [{ base: main, head: "release/**" }]\n  freeze-base: true\n${more}  items:\n    - { id: go, title: Go, signers: { from: bea } }\n`;
const window = '    - { id: window, title: Window, window: { timezone: UTC, open: ["Mon 10:00-12:00"] } }\n';

const openOther = (world: World): Promise<Pull> =>
  world.open({ by: "bob", head: "feature", title: "Feature", files: { "feature.txt": "f\n" } });

describe("freeze-base", () => {
  test("others wait while a release is ready, and go on when it was merged", async () => {
    const world = createWorld({ config: config("") });
    const release = await world.open();
    const other = await openOther(world);
    expect(world.check(other).title).toBe("Not a release pull request");
    await world.tick(release, "bea", "go");
    expect(world.check(release).conclusion).toBe("success");
    expect(seen(world.check(other))).toMatchInlineSnapshot(`
"action_required: Blocked: waiting for release #1

### What is missing

- Release \`#1\` into main is ready, so nothing else goes in before it. This opens by itself when the release is merged or closed, or is not ready any more."
`);
    await world.act(() => release.merge({ by: "root" }));
    expect(world.check(other)).toMatchObject({ conclusion: "success", title: "Not a release pull request" });
    await world.finish();
  });

  test("one that is opened meanwhile waits as well, and goes on when the release is not ready any more", async () => {
    const world = createWorld({ config: config("") });
    const release = await world.open();
    await world.tick(release, "bea", "go");
    const other = await openOther(world);
    expect(world.check(other).title).toBe("Blocked: waiting for release #1");
    await world.untick(release, "bea", "go");
    expect(world.check(other).conclusion).toBe("success");
    await world.finish();
  });

  test("outside the window of the release nothing is frozen", async () => {
    const world = createWorld({ config: config("") + window });
    const release = await world.open();
    await world.tick(release, "bea", "go");
    const other = await openOther(world);
    expect(world.check(other).title).toBe("Blocked: waiting for release #1");
    await world.advance(3 * 60 * 60_000);
    expect(world.check(release).title).toContain("Blocked: window closed");
    expect(world.check(other).conclusion).toBe("success");
    await world.finish();
  });

  test("another release does not wait, nor does what goes into another branch", async () => {
    const world = createWorld({ config: config("") });
    world.repo.push("next", { by: "root", files: { "n.txt": "n\n" } });
    const release = await world.open();
    await world.tick(release, "bea", "go");
    const second = await world.open({ head: "release/2", files: { "b.txt": "b\n" } });
    await world.tick(second, "bea", "go");
    expect(world.check(second).conclusion).toBe("success");
    const elsewhere = await world.open({ head: "fix", base: "next", files: { "c.txt": "c\n" } });
    expect(world.check(elsewhere, "next").conclusion).toBe("success");
    await world.finish();
  });

  test("a trial is in nobody's way", async () => {
    const world = createWorld({ config: config("  enforcement: evaluate\n") });
    const release = await world.open();
    await world.tick(release, "bea", "go");
    const other = await openOther(world);
    expect(world.check(other).conclusion).toBe("success");
    await world.finish();
  });

  test("switched off, the default, it costs nothing and blocks nobody", async () => {
    const world = createWorld({ config: config("").replace("  freeze-base: true\n", "") });
    const release = await world.open();
    await world.tick(release, "bea", "go");
    const other = await openOther(world);
    expect(world.check(other).conclusion).toBe("success");
    await world.finish();
  });
});
