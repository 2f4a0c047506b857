import { describe, expect, test } from "@jest/globals";
import { createWorld, type Pull, seen, type World } from "./world.ts";

const valid = `checklist:
  release: [{ base: main, head: "release/**" }]
  items:
    - { id: go, title: Go }
`;
const broken = `checklist:
  release: [{ base: main }]
  items:
    - { id: go, title: Go, singers: { from: [alice] } }
`;

const configure = (world: World, text: string): Promise<string> =>
  world.act(() => world.repo.push("main", { by: "root", files: { ".github/release.yml": text } }));

describe("a broken configuration", () => {
  test("the newest valid version goes on deciding, and the check says where the new one is broken", async () => {
    const world = createWorld({ config: valid });
    const pull = await world.open();
    await world.tick(pull, "bob", "go");
    await configure(world, broken);
    expect(seen(world.check(pull))).toMatchInlineSnapshot(`
"success: Ready: 1 of 1 items done

**Ready to merge.** 1 of 1 items are done.

### Good to know

- .github/release.yml is broken (line 4: Unknown key "singers" (did you mean "signers"?)). Its last valid version, 5394b4b, goes on deciding until it is repaired.
- Only the name of the head or a label makes this a release, and the author chooses both: a rule with base alone cannot be dodged.

| item | state | evidence |
|---|---|---|
| Go | ✅ done | signed by bob on 2026-03-02 at 5b55bba |"
`);
    await configure(world, valid.replace("title: Go", "title: Go on"));
    expect(world.check(pull).summary).not.toContain("is broken");
    expect(world.check(pull).summary).toContain("Go on");
    await world.finish();
  });

  test("YAML that cannot be parsed names line and column", async () => {
    const world = createWorld({ config: "checklist:\n  items: [{ id: go\n" });
    const pull = await world.open();
    expect(seen(world.check(pull))).toMatchInlineSnapshot(`
"failure: Blocked: .github/release.yml is broken

### What is missing

- .github/release.yml:2:18: Something above is not closed: a quotation mark or a bracket is missing, or this is indented too little"
`);
    await world.finish();
  });

  test("with no valid version: default releases and other branches are blocked, others pass and can repair it", async () => {
    const world = createWorld({ config: broken });
    world.repo.push("production", { by: "root", files: { "p.txt": "p\n" } });
    const release = await world.open({ head: "release/1" });
    const labelled = await world.open({ head: "fix-1" });
    await world.act(() => labelled.label("release", { by: "alice" }));
    const elsewhere = await world.open({ head: "fix-2", base: "production" });
    const repair = await world.open({ head: "repair", files: { ".github/release.yml": valid } });
    expect(seen(world.check(release))).toMatchInlineSnapshot(`
"failure: Blocked: .github/release.yml is broken

### What is missing

- .github/release.yml:4:28 (checklist.items\\[0\\].singers): Unknown key "singers" (did you mean "signers"?)"
`);
    expect(world.check(labelled).conclusion).toBe("failure");
    expect(world.check(elsewhere, "production").conclusion).toBe("failure");
    expect(seen(world.check(repair))).toMatchInlineSnapshot(`
"success: Not a release pull request

\`.github/release.yml\` is broken; by the default rules this pull request is no release, so it may pass and repair the file."
`);
    await world.act(() => repair.merge({ by: "root" }));
    expect(world.check(release).title).toBe("Blocked: waiting for anyone with write access, Go");
    await world.finish();
  });

  test("that the head brings along counts for nothing: the default branch decides", async () => {
    const world = createWorld({ config: valid });
    const pull = await world.open({ files: { ".github/release.yml": "checklist:\n  items: []\n" } });
    expect(world.check(pull).title).toBe("Blocked: waiting for anyone with write access, Go");
    await world.finish();
  });
});

describe("a configuration that cannot be read", () => {
  test("blocks, and is not taken for absent", async () => {
    const world = createWorld({ config: valid });
    const heal = world.github.faults.add({ match: { path: /\/contents\// }, status: 403 });
    const pull = await world.open();
    expect(seen(world.check(pull))).toMatchInlineSnapshot(`
"failure: Blocked: the configuration of the release checklist cannot be read

### What is missing

- The configuration of the release checklist cannot be read: GitHub refuses it: A fault on purpose (403)"
`);
    heal();
    await world.advance(10 * 60_000);
    await world.sweep();
    expect(world.check(pull).title).toBe("Blocked: waiting for anyone with write access, Go");
    await world.finish();
  });

  test("blocks those that are no release too: nobody can tell", async () => {
    const world = createWorld({ config: valid });
    world.github.faults.add({ match: { path: /\/contents\// }, status: 403 });
    const pull: Pull = await world.open({ head: "feature" });
    expect(world.check(pull).conclusion).toBe("failure");
    await world.finish();
  });
});

describe("what a configuration may name that does not exist", () => {
  test("an unknown notification target blocks its item, and says who repairs it", async () => {
    const world = createWorld({
      config: `checklist:
  release: [{ base: main }]
  items:
    - { id: tell, title: Tell them, notify: { to: [stakeholders] } }
`,
    });
    const pull = await world.open();
    expect(seen(world.check(pull))).toMatchInlineSnapshot(`
"failure: Blocked: unknown notification target stakeholders

**Blocked.** 0 of 1 items are done.

### What is missing

- Tell them: the server knows no notification target named stakeholders; an admin adds it to NOTIFICATION_TARGETS

| item | state | evidence |
|---|---|---|
| Tell them | ❌ failed | unknown target stakeholders |

### Announcement

To stakeholders:

> **Release announced: acme/shop \`#1\`: Release 1.0**
> 
> - Into: main from release/1 at 5b55bba
> - By: alice
> 
> <https://github.com/acme/shop/pull/1>"
`);
    await world.tick(pull, "bob", "tell");
    expect(world.check(pull).conclusion).toBe("failure");
    await world.finish();
  });

  test("a team that does not exist blocks, and says so", async () => {
    const world = createWorld({
      config: `checklist:
  release: [{ base: main }]
  items:
    - { id: go, title: Go, signers: { from: ["@acme/nobody"] } }
`,
    });
    const pull = await world.open();
    await world.tick(pull, "bob", "go");
    expect(seen(world.check(pull))).toMatchInlineSnapshot(`
"action_required: Blocked: waiting for @acme/nobody, Go

**Blocked.** 0 of 1 items are done.

### What is missing

- Go: \`@acme/nobody\` can sign it; the tick of \`bob\` was taken back: the members of \`@acme/nobody\` cannot be read: there is no such team, or the app may not see it: it needs members: read in that organisation

To sign, tick the box in the description, or comment \`/checklist sign go\`.

| item | state | evidence |
|---|---|---|
| Go | ⏳ waiting | waiting for \`@acme/nobody\` |"
`);
    await world.finish();
  });
});
