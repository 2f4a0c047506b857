import { describe, expect, test } from "@jest/globals";
import { blockOf, createWorld, isTicked, seen } from "../scenario/world.ts";
import { checkIn, footOf, openIn, organisation, ownPath, push } from "./stage.ts";

const locked = `checklist:
  release: [{ base: main }]
  may: { override: "role:admin" }
  items:
    - id: rollback
      title: Rollback plan confirmed
      signers: { from: "@acme/sre", not: author }
      locked: true
    - id: e2e
      title: End-to-end tests pass
      locked: { except: [check] }
    - { id: notes, title: Release notes read }
`;

describe("what the organisation locks holds in a repository with a file of its own", () => {
  test("beside its own items, with the check that it may name itself", async () => {
    const world = createWorld({
      config: `checklist:
  release: [{ base: production }]
  items:
    - { id: own, title: Our own }
    - { id: e2e, check: e2e / shop }
`,
    });
    organisation(world, locked);
    const pull = await world.open();
    expect(blockOf(pull)).toMatchInlineSnapshot(`
"<!-- release-checklist:begin -->
## Release checklist

**Decided by the app**
- [ ] End-to-end tests pass <!-- item:e2e -->

**Signed off by people**
- [ ] Rollback plan confirmed (\`@acme/sre\`, not the author) <!-- item:rollback -->
- [ ] Our own <!-- item:own -->

Who signed what: the **Release checklist: main** check. Help: comment \`/checklist help\`.
<!-- release-checklist:end -->"
`);
    expect(footOf(world.check(pull).summary)).toMatchInlineSnapshot(
      `"Release Checklist 0.1.0 · .github/release.yml at 5394b4b, acme/.github:.github/release.yml at 80ff559 · comment \`/checklist help\` for help"`,
    );
    await world.finish();
  });

  test("where the file loosens it: the locked form counts, and the check says so, with the line", async () => {
    const world = createWorld({
      config: `checklist:
  enforcement: evaluate
  may:
    override: ["role:write"]
  items:
    - { id: own, title: Our own, required: false }
    - id: rollback
      signers: { from: "role:write" }
      required: false
    - { id: e2e, remove: true }
`,
    });
    organisation(world, locked);
    const pull = await world.open();
    await world.tick(pull, "bob", "rollback");
    expect(isTicked(pull, "rollback")).toBe(false);
    await world.comment(pull, "bob", "/checklist override because I may");
    expect(seen(world.check(pull))).toMatchInlineSnapshot(`
"action_required: Blocked: waiting for @acme/sre, Rollback plan confirmed (and 1 more)

**Blocked.** 0 of 2 items are done.

### What is missing

- Rollback plan confirmed: \`@acme/sre\` (but not the author) can sign it; the tick of \`bob\` was taken back: it needs \`@acme/sre\`
- End-to-end tests pass: anyone with write access can sign it

To sign, tick the box in the description, or comment \`/checklist sign rollback own e2e\`.

### Good to know

- .github/release.yml, line 2: This loosens "enforcement", locked by acme/.github:.github/release.yml: it must stay "active". The locked form counts.
- .github/release.yml, line 4: This loosens "may.override", locked by acme/.github:.github/release.yml: only role:admin may do that. The locked form counts.
- .github/release.yml, line 8: This loosens "signers.from" of the item "rollback", locked by acme/.github:.github/release.yml: only \`@acme/sre\` may sign. The locked form counts.
- .github/release.yml, line 9: This loosens "required" of the item "rollback", locked by acme/.github:.github/release.yml: it must stay true. The locked form counts.
- .github/release.yml, line 10: This removes the item "e2e", locked by acme/.github:.github/release.yml: it must stay. The locked form counts.

| item | state | evidence |
|---|---|---|
| Rollback plan confirmed | ⏳ waiting | waiting for \`@acme/sre\` |
| Our own (does not block) | ⏳ waiting | waiting for anyone with write access |
| End-to-end tests pass | ⏳ waiting | waiting for anyone with write access |"
`);
    await world.finish();
  });

  test.each([
    ["empty", ""],
    ["without our key", "changelog: {}\n"],
    ["with nothing behind the key", "checklist:\n"],
    [
      "a release rule that matches nothing",
      "checklist: { release: [{ base: nowhere }], items: [{ id: a, title: A }] }\n",
    ],
  ])("when it is %s", async (_, config) => {
    const world = createWorld({ config });
    organisation(world, locked);
    const pull = await world.open({ head: "feature" });
    expect(isTicked(pull, "rollback")).toBe(false);
    expect(isTicked(pull, "e2e")).toBe(false);
    expect(world.check(pull).conclusion).toBe("action_required");
    await world.finish();
  });

  test("when it is broken: the repair is held to the locked items, and can be merged", async () => {
    const world = createWorld({ config: "checklist: { itmes: [] }\n" });
    organisation(world, locked);
    const pull = await world.open({ head: "repair", files: { [ownPath]: "checklist: {}\n" } });
    expect(seen(world.check(pull))).toMatchInlineSnapshot(`
"action_required: Blocked: waiting for @acme/sre, Rollback plan confirmed (and 1 more)

**Blocked.** 0 of 2 items are done.

### What is missing

- Rollback plan confirmed: \`@acme/sre\` (but not the author) can sign it
- End-to-end tests pass: anyone with write access can sign it

To sign, tick the box in the description, or comment \`/checklist sign rollback e2e\`.

### Good to know

- .github/release.yml is broken (line 1: Unknown key "itmes" (did you mean "items"?)), so that only what the organisation locks is asked for. Repair the file.

| item | state | evidence |
|---|---|---|
| Rollback plan confirmed | ⏳ waiting | waiting for \`@acme/sre\` |
| End-to-end tests pass | ⏳ waiting | waiting for anyone with write access |"
`);
    const release = await world.open({ head: "release/2" });
    expect(world.check(release).title).toBe("Blocked: .github/release.yml is broken");
    await world.tick(pull, "bea", "rollback");
    await world.tick(pull, "bob", "e2e");
    expect(world.check(pull).title).toBe("Ready: 2 of 2 items done");
    await world.act(() => pull.merge({ by: "root" }));
    expect(world.check(release).summary).not.toContain("broken");
    // The merge is settled once its own repair can be read.
    await world.sweep();
    await world.finish();
  });

  test("when it is broken: checks and deployments that are reported move the locked items at once", async () => {
    const world = createWorld({ config: "checklist: { itmes: [] }\n" });
    organisation(
      world,
      `checklist:
  release: [{ base: main }]
  items:
    - { id: e2e, title: End-to-end, check: e2e, locked: true }
    - { id: staging, title: Staging, deployment: { environment: staging }, locked: true }
`,
    );
    const pull = await world.open({ head: "repair" });
    await world.report(pull, "e2e", "success");
    expect(isTicked(pull, "e2e")).toBe(true);
    const by = "github-actions[bot]";
    const deployment = await world.act(() => world.repo.deploy(pull.headSha, { environment: "staging", by }));
    await world.act(() => deployment.status("success", { by }));
    expect(world.check(pull).title).toBe("Ready: 2 of 2 items done");
    await world.finish();
  });

  test("when GitHub does not show the organisation's file", async () => {
    const world = createWorld({ config: "checklist: { items: [{ id: own, title: Own }] }\n" });
    organisation(world, locked);
    world.github.faults.add({ match: { path: /acme\/\.github\/contents/ }, status: 403 });
    const pull = await world.open();
    expect(seen(world.check(pull))).toMatchInlineSnapshot(`
"failure: Blocked: the organisation's configuration (acme/.github) cannot be read

### What is missing

- The organisation's configuration (acme/.github) cannot be read: GitHub refuses it: A fault on purpose (403)"
`);
  });

  test("when nobody knows what the organisation locks, its file being broken", async () => {
    const world = createWorld({
      config: "checklist: { release: [{ base: main }], items: [{ id: own, title: Own }] }\n",
    });
    const shared = organisation(world, "checklist: { itmes: [] }\n");
    const pull = await world.open({ head: "feature" });
    expect(seen(world.check(pull))).toMatchInlineSnapshot(`
"failure: Blocked: acme/.github:.github/release.yml is broken

### What is missing

- acme/.github:.github/release.yml:1:14 (checklist.itmes): Unknown key "itmes" (did you mean "items"?)"
`);
    // Its own repair is not locked out.
    shared.push("repair", { files: { [ownPath]: locked }, by: "alice" });
    const repair = await world.act(() =>
      shared.openPull({ by: "alice", head: "repair", base: "main", title: "Repair" }),
    );
    expect(checkIn(shared, repair)).toBe("success: Not a release pull request");
    await world.act(() => repair.merge({ by: "root" }));
    expect(isTicked(pull, "rollback")).toBe(false);
    expect(isTicked(pull, "own")).toBe(false);
    await world.finish();
  });
});

test("a broken organisation file opens no gate: its newest valid version goes on deciding everywhere", async () => {
  const world = createWorld({ config: "checklist: { items: [{ id: own, title: Own }] }\n" });
  const shared = organisation(world, locked);
  const pull = await world.open();
  const inShared = await openIn(world, shared, "feature");
  await push(world, shared, { [ownPath]: locked.replace("locked: true", "lokced: true") });
  expect(isTicked(pull, "rollback")).toBe(false);
  expect(world.check(pull).summary.match(/- acme.*/)?.[0]).toMatchInlineSnapshot(
    `"- acme/.github:.github/release.yml is broken (line 8: Unknown key "lokced" (did you mean "locked"?)). Its last valid version, 80ff559, goes on deciding until it is repaired."`,
  );
  expect(checkIn(shared, inShared)).toMatchInlineSnapshot(
    `"action_required: Blocked: waiting for @acme/sre, Rollback plan confirmed (and 2 more)"`,
  );
  await world.finish();
});

test("nobody is asked for more than before by a file that locks nothing", async () => {
  const world = createWorld({ config: "checklist: { items: [{ id: own, title: Own }] }\n" });
  organisation(world, "checklist: { items: [{ id: other, title: Other }] }\n");
  const pull = await world.open();
  expect(isTicked(pull, "own")).toBe(false);
  expect(isTicked(pull, "other")).toBeUndefined();
  expect(footOf(world.check(pull).summary)).not.toContain("acme/.github");
  await world.finish();
});
