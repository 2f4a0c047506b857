import { describe, expect, test } from "@jest/globals";
import { createWorld, type Opening, seen, type World } from "../scenario/world.ts";

const config = (range: string, more = ""): string =>
  `checklist:\n  release: [{ base: main, head: ["release/**", "release-please--**"] }, { base: production }]\n  range: ${range}\n  items:\n    - { id: scope, title: Scope is clear, lists: scope }\n${more}`;

/** A change that was reviewed and merged into main. */
const merged = async (world: World, opening: Opening & { readonly head: string }): Promise<void> => {
  const pull = await world.open({ by: "bob", files: { [`${opening.head}.txt`]: "x\n" }, ...opening });
  await world.act(() => pull.merge({ by: "root" }));
};

describe("what is in a release", () => {
  test("since the base: pull requests with their issues, and commits without either", async () => {
    const world = createWorld({ config: config("base") });
    world.repo.push("production", { by: "root", files: { "p.txt": "p\n" } });
    const issue = world.repo.openIssue({ by: "eve", title: "Search is slow, says @alice" });
    await merged(world, { head: "search", title: "Index the words", body: `Closes #${issue.number}` });
    await merged(world, { head: "typo", title: "Fix a <b>typo</b>" });
    world.repo.push("main", { by: "root", files: { "quick.txt": "q\n" }, message: "Patch it\n\nSoon." });
    const pull = await world.open({ base: "production", head: "main", title: "Ship it" });
    expect(seen(world.check(pull, "production"))).toMatchInlineSnapshot(`
"action_required: Blocked: waiting for anyone with write access, Scope is clear

**Blocked.** 0 of 1 items are done.

### What is missing

- Scope is clear: anyone with write access can sign it

To sign, tick the box in the description, or comment \`/checklist sign scope\`.

| item | state | evidence |
|---|---|---|
| Scope is clear | ⏳ waiting | waiting for anyone with write access |

### In this release

Since it left the base: 6 commits, 2 pull requests, 1 issue, 4 files.

- [#2](https://github.com/acme/shop/pull/2) Index the words, for [#1](https://github.com/acme/shop/issues/1) Search is slow, says \`@alice\`
- [#3](https://github.com/acme/shop/pull/3) Fix a \\<b>typo\\</b> ⚠ without an issue
- \`778e4c2\` Patch it ⚠ without a pull request of its own
- \`48ed99a\` Change a.txt ⚠ without a pull request of its own"
`);
    await world.finish();
  });

  test("since the last release, for a pull request that release-please keeps", async () => {
    const world = createWorld({
      config: config("auto", "    - { id: sql, title: Migrations tried, when: { paths: ['db/**'] } }\n"),
    });
    await merged(world, { head: "old", title: "Before the release" });
    world.repo.release("v1.0.0", { by: "root" });
    await merged(world, { head: "schema", title: "Add a column", files: { "db/1.sql": "select 1;\n" } });
    const pull = await world.open({
      by: "bob",
      head: "release-please--branches--main",
      title: "chore: release 1.1.0",
      files: { "CHANGELOG.md": "1.1.0\n" },
    });
    expect(seen(world.check(pull))).toMatchInlineSnapshot(`
"action_required: Blocked: waiting for anyone with write access, Scope is clear (and 1 more)

**Blocked.** 0 of 2 items are done.

### What is missing

- Scope is clear: anyone with write access can sign it
- Migrations tried: anyone with write access can sign it

To sign, tick the box in the description, or comment \`/checklist sign scope sql\`.

### Good to know

- Only the name of the head or a label makes this a release, and the author chooses both: a rule with base alone cannot be dodged.

| item | state | evidence |
|---|---|---|
| Scope is clear | ⏳ waiting | waiting for anyone with write access |
| Migrations tried | ⏳ waiting | waiting for anyone with write access |

### In this release

Since v1.0.0: 3 commits, 1 pull request, 0 issues, 2 files.

- [#2](https://github.com/acme/shop/pull/2) Add a column ⚠ without an issue"
`);
    await world.finish();
  });

  test("when nothing was released yet", async () => {
    const world = createWorld({ config: config("last-release") });
    const pull = await world.open();
    expect(seen(world.check(pull))).toMatchInlineSnapshot(`
"action_required: Blocked: waiting for anyone with write access, Scope is clear

**Blocked.** 0 of 1 items are done.

### What is missing

- Scope is clear: anyone with write access can sign it

To sign, tick the box in the description, or comment \`/checklist sign scope\`.

### Good to know

- Only the name of the head or a label makes this a release, and the author chooses both: a rule with base alone cannot be dodged.

| item | state | evidence |
|---|---|---|
| Scope is clear | ⏳ waiting | waiting for anyone with write access |

### In this release

There is no release yet; since it left the base: 1 commit, 0 pull requests, 0 issues, 1 file.

- \`5b55bba\` Change a.txt ⚠ without a pull request of its own"
`);
    await world.finish();
  });

  test("nothing an author can write opens the gate: a release of the head itself hides no file", async () => {
    const world = createWorld({
      config: config(
        "last-release",
        "    - { id: sql, title: Migrations tried, when: { paths: ['db/**'] } }\n",
      ),
    });
    const pull = await world.open({ files: { "db/1.sql": "drop table users;\n" } });
    world.repo.release("v9.0.0", { by: "alice", target: pull.headSha });
    await world.sweep();
    expect(seen(world.check(pull))).toMatchInlineSnapshot(`
"action_required: Blocked: waiting for anyone with write access, Scope is clear (and 1 more)

**Blocked.** 0 of 2 items are done.

### What is missing

- Scope is clear: anyone with write access can sign it
- Migrations tried: anyone with write access can sign it

To sign, tick the box in the description, or comment \`/checklist sign scope sql\`.

### Good to know

- Only the name of the head or a label makes this a release, and the author chooses both: a rule with base alone cannot be dodged.

| item | state | evidence |
|---|---|---|
| Scope is clear | ⏳ waiting | waiting for anyone with write access |
| Migrations tried | ⏳ waiting | waiting for anyone with write access |

### In this release

Since v9.0.0: 0 commits, 0 pull requests, 0 issues, 0 files."
`);
    await world.finish();
  });

  test("too much at once is pointed out", async () => {
    const world = createWorld({ config: config("base") });
    for (let index = 0; index < 101; index++)
      world.repo.push("release/1", {
        by: "alice",
        files: { "a.txt": `${index}\n` },
        message: `Step ${index}`,
      });
    const pull = await world.open();
    const { summary } = world.check(pull);
    expect(summary).toContain("Much at once: 102 commits (more than 100).");
    expect(summary.match(/^- `[0-9a-f]{7}`/gm)).toHaveLength(60);
    expect(summary).toContain("- … and 42 more");
    await world.finish();
  });

  test("costs nothing where no item lists it", async () => {
    const world = createWorld({
      config: "checklist:\n  release: [{ base: main }]\n  items: [{ id: a, title: A }]\n",
    });
    const before = world.github.requests.list.length;
    await world.open();
    const asked = world.github.requests.list.slice(before).map(({ route }) => route);
    expect(asked.filter((route) => /compare|releases|tags/.test(route))).toEqual([]);
    await world.finish();
  });

  test("what GitHub refuses to tell is said, and the item stays for people to sign", async () => {
    const world = createWorld({ config: config("base") });
    world.github.faults.add({ match: { method: "GET", path: /\/compare\// }, times: 100, status: 403 });
    const pull = await world.open();
    expect(seen(world.check(pull))).toMatchInlineSnapshot(`
"action_required: Blocked: waiting for anyone with write access, Scope is clear

**Blocked.** 0 of 1 items are done.

### What is missing

- Scope is clear: anyone with write access can sign it

To sign, tick the box in the description, or comment \`/checklist sign scope\`.

### Good to know

- Only the name of the head or a label makes this a release, and the author chooses both: a rule with base alone cannot be dodged.

| item | state | evidence |
|---|---|---|
| Scope is clear | ⏳ waiting | waiting for anyone with write access |

### In this release

What is in it cannot be listed: what the release brings cannot be read: GitHub refuses it: A fault on purpose (403)"
`);
    await world.tick(pull, "bea", "scope");
    expect(world.check(pull).conclusion).toBe("success");
    await world.finish();
  });
});
