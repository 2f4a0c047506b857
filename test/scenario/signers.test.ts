import { describe, expect, test } from "@jest/globals";
import { createWorld, isTicked, itemOf, repliesOn, seen } from "./world.ts";

const items = (rules: string): string => `checklist:
  release: [{ base: main }]
  may: { override: ["role:admin"], waive: ["role:maintain"] }
  items:
${rules}`;

const signedBy = (rule: string): string => items(`    - { id: go, title: Go, signers: ${rule} }\n`);

describe("who may sign", () => {
  test.each([
    ["a team", '{ from: ["@acme/sre"] }', "bea", "bob"],
    ["a role", '{ from: ["role:maintain"] }', "sam", "bob"],
    ["a higher role", '{ from: ["role:maintain"] }', "root", "bob"],
    ["a person", "{ from: [bob] }", "bob", "bea"],
    ["any of several", '{ from: ["@acme/sre", bob] }', "bob", "carol"],
    ["not the author", "{ not: [author] }", "bob", "alice"],
    ["not who wrote commits", "{ not: [contributors] }", "bob", "alice"],
  ])("%s: %s", async (_, rule, may, mayNot) => {
    const world = createWorld({ config: signedBy(rule) });
    world.repo.setRole("carol", "write");
    const pull = await world.open({ by: "alice" });
    await world.tick(pull, mayNot, "go");
    expect(isTicked(pull, "go")).toBe(false);
    expect(itemOf(pull, "go")).toContain(`⚠ the tick of \`${mayNot}\` was taken back: `);
    await world.tick(pull, may, "go");
    expect(isTicked(pull, "go")).toBe(true);
    expect(itemOf(pull, "go")).not.toContain("⚠");
    expect(world.check(pull).title).toBe("Ready: 1 of 1 items done");
    await world.finish();
  });

  test("a refused tick: the box is empty again, the reason stands under it, and in the check", async () => {
    const world = createWorld({
      config: signedBy('{ from: ["@acme/sre", "role:maintain"], not: [author] }'),
    });
    const pull = await world.open({ by: "alice" });
    await world.tick(pull, "bob", "go");
    expect(itemOf(pull, "go")).toMatchInlineSnapshot(`
"- [ ] Go (\`@acme/sre\` or anyone with maintain access, not the author) <!-- item:go -->
  ⚠ the tick of \`bob\` was taken back: it needs \`@acme/sre\` or maintain access"
`);
    expect(seen(world.check(pull))).toMatchInlineSnapshot(`
"action_required: Blocked: waiting for @acme/sre or anyone with maintain access, Go

**Blocked.** 0 of 1 items are done.

### What is missing

- Go: \`@acme/sre\` or anyone with maintain access (but not the author) can sign it; the tick of \`bob\` was taken back: it needs \`@acme/sre\` or maintain access

To sign, tick the box in the description, or comment \`/checklist sign go\`.

| item | state | evidence |
|---|---|---|
| Go | ⏳ waiting | waiting for \`@acme/sre\` or anyone with maintain access |"
`);
    await world.tick(pull, "alice", "go");
    expect(itemOf(pull, "go")).toMatchInlineSnapshot(`
"- [ ] Go (\`@acme/sre\` or anyone with maintain access, not the author) <!-- item:go -->
  ⚠ the tick of \`alice\` was taken back: the author does not sign this"
`);
    await world.finish();
  });

  test("a bot never, unless it is named", async () => {
    const world = createWorld({
      config: items(
        '    - { id: go, title: Go }\n    - { id: auto, title: Auto, signers: { from: ["release-bot[bot]"] } }\n',
      ),
    });
    world.repo.setRole("release-bot[bot]", "write");
    const pull = await world.open();
    await world.tick(pull, "release-bot[bot]", "go", "auto");
    expect([isTicked(pull, "go"), isTicked(pull, "auto")]).toEqual([false, true]);
    expect(itemOf(pull, "go")).toMatchInlineSnapshot(`
"- [ ] Go <!-- item:go -->
  ⚠ the tick of the bot \`release-bot\` was taken back: a bot does not sign"
`);
    await world.finish();
  });

  test("count: 2: the first tick is taken back and shown as 1 of 2; the same person counts once", async () => {
    const world = createWorld({ config: signedBy('{ from: ["role:write"], count: 2 }') });
    const pull = await world.open();
    await world.tick(pull, "bea", "go");
    expect(itemOf(pull, "go")).toMatchInlineSnapshot(`
"- [ ] Go (anyone with write access, 2 people) <!-- item:go -->
  ⚠ 1 of 2: \`bea\`"
`);
    expect(seen(world.check(pull))).toMatchInlineSnapshot(`
"action_required: Blocked: waiting for anyone with write access, Go

**Blocked.** 0 of 1 items are done.

### What is missing

- Go: 1 of 2 signatures (bea): anyone with write access can sign it

To sign, tick the box in the description, or comment \`/checklist sign go\`.

| item | state | evidence |
|---|---|---|
| Go | ⏳ waiting | 1 of 2: bea |"
`);
    await world.tick(pull, "bea", "go");
    expect(isTicked(pull, "go")).toBe(false);
    await world.tick(pull, "bob", "go");
    expect(itemOf(pull, "go")).toMatchInlineSnapshot(
      `"- [x] Go (anyone with write access, 2 people) <!-- item:go -->"`,
    );
    expect(seen(world.check(pull))).toMatchInlineSnapshot(`
"success: Ready: 1 of 1 items done

**Ready to merge.** 1 of 1 items are done.

| item | state | evidence |
|---|---|---|
| Go | ✅ done | signed by bea on 2026-03-02 at 5b55bba; signed by bob on 2026-03-02 at 5b55bba |"
`);
    await world.untick(pull, "sam", "go");
    expect(world.check(pull).conclusion).toBe("action_required");
    await world.finish();
  });

  test("for a pull request that a bot opened, the author is also whoever pushed its head", async () => {
    const world = createWorld({ config: signedBy("{ not: [author] }") });
    world.repo.push("release-please--branches--main", { by: "bob", files: { "a.txt": "a\n" } });
    const pull = await world
      .act(() => world.repo.openPull({ by: "release-please[bot]", head: "release-please--branches--main" }))
      .catch(() => null);
    if (pull === null) throw new Error("the bot could not open a pull request");
    await world.tick(pull, "bob", "go");
    expect(isTicked(pull, "go")).toBe(false);
    await world.tick(pull, "bea", "go");
    expect(world.check(pull).title).toBe("Ready: 1 of 1 items done");
    await world.finish();
  });

  test("nobody is left: the check says so instead of waiting for ever", async () => {
    const world = createWorld({ config: signedBy("{ from: [alice], not: [author] }") });
    const pull = await world.open({ by: "alice" });
    expect(seen(world.check(pull))).toMatchInlineSnapshot(`
"failure: Blocked: nobody can sign Go

**Blocked.** 0 of 1 items are done.

### What is missing

- Go: nobody can sign it: \`@alice\` may, but not the author, and nobody else is left. It can be waived with \`/checklist waive go …\`, or the configuration names others

| item | state | evidence |
|---|---|---|
| Go | ❌ failed | nobody can sign it |"
`);
    await world.finish();
  });

  test("nobody of the team is left", async () => {
    const world = createWorld({
      config: signedBy('{ from: ["@acme/sre"], not: [author, contributors], count: 2 }'),
    });
    world.repo.push("release/1", { by: "sam", files: { "s.txt": "s\n" } });
    const pull = await world.open({ by: "sam" });
    expect(world.check(pull).summary).toContain(
      "Go: nobody can sign it: `@acme/sre` may, but not the author nor the authors of its commits, and that leaves 1 of 2.",
    );
    world.github.team("acme/sre", ["bob"]);
    await world.advance(6 * 60_000);
    await world.sweep();
    expect(world.check(pull).title).toBe("Blocked: waiting for @acme/sre, Go");
    await world.finish();
  });

  test("without the permission to read teams: said, and blocked", async () => {
    const world = createWorld({ config: signedBy('{ from: ["@acme/sre"] }') });
    world.grant({ members: "none" });
    await world.settle();
    const pull = await world.open();
    await world.tick(pull, "bea", "go");
    expect(itemOf(pull, "go")).toMatchInlineSnapshot(`
"- [ ] Go (\`@acme/sre\`) <!-- item:go -->
  ⚠ the tick of \`bea\` was taken back: the members of \`@acme/sre\` cannot be read: permission missing: the app may not do this (GitHub answered 403: resource not accessible by integration)"
`);
    expect(world.check(pull).conclusion).toBe("action_required");
    world.grant({});
    await world.restart();
    if (isTicked(pull, "go") !== true) await world.tick(pull, "bea", "go");
    expect(world.check(pull).title).toBe("Ready: 1 of 1 items done");
    await world.finish();
  });
});

describe("rights that are lost later", () => {
  test("who left the team has not signed any more, and the check says who and why", async () => {
    const world = createWorld({ config: signedBy('{ from: ["@acme/sre"] }') });
    const pull = await world.open();
    await world.tick(pull, "bea", "go");
    expect(world.check(pull).conclusion).toBe("success");
    world.github.removeFromTeam("acme/sre", "bea");
    await world.advance(6 * 60_000);
    await world.sweep();
    expect(itemOf(pull, "go")).toMatchInlineSnapshot(`
"- [ ] Go (\`@acme/sre\`) <!-- item:go -->
  ⚠ the sign-off of \`bea\` has ended: bea may not sign: it needs \`@acme/sre\`"
`);
    expect(seen(world.check(pull))).toMatchInlineSnapshot(`
"action_required: Blocked: waiting for @acme/sre, Go

**Blocked.** 0 of 1 items are done.

### What is missing

- Go: \`@acme/sre\` can sign it

To sign, tick the box in the description, or comment \`/checklist sign go\`.

### Good to know

- Go: the sign-off of bea (2026-03-02 at 5b55bba) has ended: bea may not sign: it needs \`@acme/sre\`.

| item | state | evidence |
|---|---|---|
| Go | ⏳ waiting | waiting for \`@acme/sre\` |"
`);
    await world.tick(pull, "sam", "go");
    expect(world.check(pull).title).toBe("Ready: 1 of 1 items done");
    await world.finish();
  });

  test("what is remembered of rights does not open a gate", async () => {
    const world = createWorld({
      config: items(
        '    - { id: go, title: Go, signers: { from: ["@acme/sre"] } }\n    - { id: on, title: On }\n',
      ),
    });
    const pull = await world.open();
    await world.tick(pull, "bea", "go");
    world.github.removeFromTeam("acme/sre", "bea");
    await world.tick(pull, "bob", "on");
    expect(world.check(pull).conclusion).toBe("action_required");
    expect(isTicked(pull, "go")).toBe(false);
    await world.finish();
  });
});

describe("request-signers", () => {
  test("asks those who still owe a signature, once, with live mentions", async () => {
    const world = createWorld({
      config: items(
        '    - { id: go, title: Go, signers: { from: ["@acme/sre", bob] } }\n    - { id: on, title: On *air* }\n',
      ).replace("  may:", "  request-signers: true\n  may:"),
    });
    const pull = await world.open();
    expect(repliesOn(pull)).toMatchInlineSnapshot(`
[
  "This release waits for signatures. Tick the box in the description, or comment \`/checklist sign <item>\`.

- Go: @acme/sre, @bob
- On \\*air\\*: anyone with write access",
]
`);
    await world.push(pull, "alice", { "b.txt": "b\n" });
    await world.tick(pull, "bea", "go");
    await world.untick(pull, "bea", "go");
    await world.restart();
    expect(repliesOn(pull)).toHaveLength(1);
    await world.finish();
  });
});
