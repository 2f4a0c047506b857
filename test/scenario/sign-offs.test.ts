import { describe, expect, test } from "@jest/globals";
import { blockOf, createWorld, isTicked, itemOf, repliesOn, seen } from "./world.ts";

const items = (rules: string): string => `checklist:
  release: [{ base: main }]
  items:
${rules}`;

/** GitHub does not tell how the branch moved. */
const noActivity = { match: { route: "/repos/{owner}/{repo}/activity" }, status: 403 } as const;

describe("how long a sign-off holds", () => {
  test("by default through pushes, and the check says how many commits ago it was given", async () => {
    const world = createWorld({ config: items("    - { id: go, title: Go }\n") });
    const pull = await world.open();
    await world.tick(pull, "bob", "go");
    for (const name of ["b", "c"]) await world.push(pull, "alice", { [`${name}.txt`]: "x\n" });
    expect(world.check(pull).title).toBe("Ready: 1 of 1 items done");
    expect(world.check(pull).summary).toContain("signed by bob on 2026-03-02 at 5b55bba, 2 commits since");
    await world.finish();
  });

  test("dismiss-stale: true: any change ends it, and the check says by which commit and file", async () => {
    const world = createWorld({ config: items("    - { id: go, title: Go, dismiss-stale: true }\n") });
    const pull = await world.open();
    expect(itemOf(pull, "go")).toMatch(/<!-- item:go@[0-9a-f]{7} -->$/);
    await world.tick(pull, "bob", "go");
    expect(world.check(pull).conclusion).toBe("success");
    await world.push(pull, "alice", { "b.txt": "b\n" });
    expect(itemOf(pull, "go")).toMatchInlineSnapshot(`
"- [ ] Go <!-- item:go@60040ce -->
  ⚠ the sign-off of \`bob\` has ended: 60040ce changed b.txt"
`);
    expect(seen(world.check(pull))).toMatchInlineSnapshot(`
"action_required: Blocked: waiting for anyone with write access, Go

**Blocked.** 0 of 1 items are done.

### What is missing

- Go: anyone with write access can sign it

To sign, tick the box in the description, or comment \`/checklist sign go\`.

### Good to know

- Go: the sign-off of bob (2026-03-02 at 5b55bba) has ended: 60040ce changed b.txt.

| item | state | evidence |
|---|---|---|
| Go | ⏳ waiting | waiting for anyone with write access |"
`);
    await world.tick(pull, "bob", "go");
    expect(world.check(pull).title).toBe("Ready: 1 of 1 items done");
    await world.finish();
  });

  test("dismiss-stale by paths: only a change of these", async () => {
    const world = createWorld({ config: items('    - { id: go, title: Go, dismiss-stale: ["db/**"] }\n') });
    const pull = await world.open();
    await world.tick(pull, "bob", "go");
    await world.push(pull, "alice", { "src/b.ts": "b\n" });
    expect(isTicked(pull, "go")).toBe(true);
    await world.push(pull, "alice", { "db/1.sql": "b\n", "db/2.sql": "c\n" });
    expect(isTicked(pull, "go")).toBe(false);
    expect(itemOf(pull, "go")).toMatch(
      /⚠ the sign-off of `bob` has ended: [0-9a-f]{7} changed db\/1.sql \(and 1 more\)/,
    );
    await world.finish();
  });

  test("a forced push with the same content ends nothing", async () => {
    const world = createWorld({ config: items("    - { id: go, title: Go, dismiss-stale: true }\n") });
    const pull = await world.open();
    const first = pull.headSha;
    await world.tick(pull, "bob", "go");
    await world.act(() => world.repo.push(pull.head, { by: "alice", force: true, message: "reworded" }));
    expect(pull.headSha).not.toBe(first);
    expect(world.check(pull).title).toBe("Ready: 1 of 1 items done");
    expect(isTicked(pull, "go")).toBe(true);
    await world.finish();
  });

  test("a forced push back and forth does not bring an ended sign-off back", async () => {
    const world = createWorld({ config: items("    - { id: go, title: Go, dismiss-stale: true }\n") });
    const pull = await world.open();
    const first = pull.headSha;
    await world.tick(pull, "bob", "go");
    await world.push(pull, "alice", { "b.txt": "b\n" });
    await world.act(() => world.repo.setBranch(pull.head, first, { by: "alice" }));
    expect(world.check(pull).conclusion).toBe("action_required");
    await world.finish();
  });

  test("a tick made while somebody pushed counts for the commit that it was made on", async () => {
    const world = createWorld({ config: items("    - { id: go, title: Go, dismiss-stale: true }\n") });
    const pull = await world.open();
    const page = pull.body;
    world.github.webhooks.mode = "hold";
    await world.act(() => world.repo.push(pull.head, { by: "alice", files: { "b.txt": "b\n" } }));
    await world.act(() => pull.edit({ by: "bob", body: page.replace("[ ] Go", "[x] Go") }));
    world.github.webhooks.mode = "auto";
    world.github.webhooks.release();
    await world.settle();
    expect(isTicked(pull, "go")).toBe(false);
    expect(world.check(pull).conclusion).toBe("action_required");
    await world.finish();
  });

  test("a tick for an older commit takes away none that the same person gave for the head", async () => {
    const world = createWorld({ config: items("    - { id: go, title: Go, dismiss-stale: true }\n") });
    const pull = await world.open();
    const page = pull.body;
    await world.push(pull, "alice", { "b.txt": "b\n" });
    await world.comment(pull, "bob", "/checklist sign go");
    world.github.webhooks.mode = "hold";
    await world.act(() => pull.edit({ by: "release-please[bot]", body: page }));
    await world.act(() => pull.edit({ by: "bob", body: page.replace("[ ] Go", "[x] Go") }));
    world.github.webhooks.mode = "auto";
    world.github.webhooks.release();
    await world.settle();
    expect(itemOf(pull, "go")).toBe(`- [x] Go <!-- item:go@${pull.headSha.slice(0, 7)} -->`);
    expect(world.check(pull).title).toBe("Ready: 1 of 1 items done");
    expect(world.check(pull).summary).toContain(
      `signed by bob by comment on 2026-03-02 at ${pull.headSha.slice(0, 7)}`,
    );
    await world.finish();
  });

  test("a command counts for the head of its time, known to the app by then or not", async () => {
    const world = createWorld({ config: items("    - { id: go, title: Go, dismiss-stale: true }\n") });
    world.kill();
    const pull = await world.open();
    await world.comment(pull, "bob", "/checklist sign go");
    await world.restart();
    expect(world.check(pull).title).toBe("Ready: 1 of 1 items done");
    expect(repliesOn(pull)).toEqual([]);
    await world.finish();
  });

  test("a command for what was pushed and undone unnoticed does not count for what is there again", async () => {
    const world = createWorld({ config: items("    - { id: go, title: Go, dismiss-stale: true }\n") });
    const pull = await world.open();
    const first = pull.headSha;
    world.github.webhooks.mode = "hold";
    await world.push(pull, "alice", { "b.txt": "b\n" });
    const second = pull.headSha;
    await world.comment(pull, "bob", "/checklist sign go");
    await world.act(() => world.repo.setBranch(pull.head, first, { by: "alice" }));
    for (const { id, event } of world.github.webhooks.pending())
      if (event === "pull_request") world.github.webhooks.drop(id);
    world.github.webhooks.mode = "auto";
    world.github.webhooks.release();
    await world.settle();
    expect(world.check(pull).conclusion).toBe("action_required");
    expect(itemOf(pull, "go")).toContain(
      `⚠ the sign-off of \`bob\` has ended: ${first.slice(0, 7)} changed b.txt`,
    );
    expect(second).not.toBe(first);
    await world.finish();
  });

  test("a command waits for the events that tell for which commit it was, where GitHub tells nothing else", async () => {
    const world = createWorld({ config: items("    - { id: go, title: Go, dismiss-stale: [db/**] }\n") });
    world.github.faults.add(noActivity);
    const pull = await world.open();
    world.github.webhooks.mode = "hold";
    await world.comment(pull, "bob", "/checklist sign go");
    await world.push(pull, "alice", { "b.txt": "b\n" });
    await world.push(pull, "alice", { "c.txt": "c\n" });
    const pushes = world.github.webhooks.pending().filter(({ action }) => action === "synchronize");
    const [late, ...others] = pushes;
    for (const one of world.github.webhooks.pending())
      if (one !== late && (one.event === "issue_comment" || others.includes(one)))
        await world.github.webhooks.deliver(one.id);
    await world.settle();
    expect(itemOf(pull, "go")).toContain("nobody can tell for which commit it was meant: sign again");
    world.github.webhooks.mode = "auto";
    world.github.webhooks.release();
    await world.settle();
    expect(world.check(pull).title).toBe("Ready: 1 of 1 items done");
    await world.finish();
  });

  test("a command from before the app knew the head is not taken for one that was meant for it, where GitHub does not tell", async () => {
    const world = createWorld({ config: items("    - { id: go, title: Go, dismiss-stale: true }\n") });
    world.github.faults.add(noActivity);
    world.kill();
    const pull = await world.open();
    await world.comment(pull, "bob", "/checklist sign go");
    await world.restart();
    expect(itemOf(pull, "go")).toMatchInlineSnapshot(`
"- [ ] Go <!-- item:go@5b55bba -->
  ⚠ the tick of \`bob\` was taken back: nobody can tell for which commit it was meant: sign again"
`);
    expect(repliesOn(pull)).toMatchInlineSnapshot(`
[
  "Not done for \`go\`: nobody can tell for which commit it was meant: sign again.",
]
`);
    await world.comment(pull, "bob", "/checklist sign go");
    expect(world.check(pull).title).toBe("Ready: 1 of 1 items done");
    await world.finish();
  });

  test("default true where a bot keeps rebuilding the pull request", async () => {
    const world = createWorld({ config: items("    - { id: go, title: Go }\n") });
    world.repo.setRole("release-please[bot]", "write");
    const pull = await world.open({ by: "release-please[bot]", head: "release-please--branches--main" });
    await world.tick(pull, "bob", "go");
    expect(isTicked(pull, "go")).toBe(true);
    await world.push(pull, "release-please[bot]", { "CHANGELOG.md": "1.1\n" });
    expect(isTicked(pull, "go")).toBe(false);
    await world.finish();
  });
});

describe("a bot that rewrites the whole description", () => {
  test("unticks nothing: the block comes back with its boxes and answers", async () => {
    const world = createWorld({
      config: items(
        "    - { id: go, title: Go }\n    - { id: plan, title: Plan, questions: { how: How? } }\n",
      ),
    });
    world.repo.setRole("release-please[bot]", "write");
    const pull = await world.open({ body: "## 1.0\n\n* one" });
    await world.tick(pull, "bob", "go");
    await world.answer(pull, "bob", "plan", "how", "git revert");
    await world.act(() => pull.edit({ by: "release-please[bot]", body: "## 1.1\n\n* one\n* two" }));
    expect(pull.body.startsWith("## 1.1\n\n* one\n* two\n")).toBe(true);
    expect(isTicked(pull, "go")).toBe(true);
    expect(itemOf(pull, "plan")).toContain("How? <!-- answer:how --> git revert");
    await world.finish();
  });

  test("also under a person's token, and while the app was away", async () => {
    const world = createWorld({ config: items("    - { id: go, title: Go }\n") });
    const pull = await world.open({ body: "## 1.0" });
    await world.tick(pull, "bob", "go");
    world.kill();
    await world.act(() => pull.edit({ by: "alice", body: "## 1.1" }));
    await world.restart();
    expect(isTicked(pull, "go")).toBe(true);
    expect(world.check(pull).title).toBe("Ready: 1 of 1 items done");
    await world.finish();
  });
});

describe("questions", () => {
  const config = items(
    "    - { id: plan, title: Rollback plan, questions: { code: Revert the code?, data: Revert the data? }, signers: { from: [bob, bea] } }\n",
  );

  test("a tick before the answers stays, shows that they are missing, and counts once they are there", async () => {
    const world = createWorld({ config });
    const pull = await world.open();
    await world.tick(pull, "bob", "plan");
    expect(itemOf(pull, "plan")).toMatchInlineSnapshot(`
"- [x] Rollback plan (\`@bob\` or \`@bea\`) <!-- item:plan -->
  ⚠ answer missing
  - Revert the code? <!-- answer:code -->
  - Revert the data? <!-- answer:data -->"
`);
    expect(seen(world.check(pull))).toMatchInlineSnapshot(`
"action_required: Blocked: answer missing, Rollback plan

**Blocked.** 0 of 1 items are done.

### What is missing

- Rollback plan: still to be answered in the description: Revert the code? Revert the data?

| item | state | evidence |
|---|---|---|
| Rollback plan | ⏳ waiting | answer missing |"
`);
    await world.answer(pull, "bob", "plan", "code", "git revert");
    expect(world.check(pull).title).toBe("Blocked: answer missing, Rollback plan");
    await world.answer(pull, "bob", "plan", "data", "from the backup\nof last night");
    expect(itemOf(pull, "plan")).toMatchInlineSnapshot(`
"- [x] Rollback plan (\`@bob\` or \`@bea\`) <!-- item:plan -->
  - Revert the code? <!-- answer:code --> git revert
  - Revert the data? <!-- answer:data --> from the backup
    of last night"
`);
    expect(world.check(pull).title).toBe("Ready: 1 of 1 items done");
    expect(world.check(pull).text).toContain("Revert the data? — from the backup of last night (`@bob`");
    await world.finish();
  });

  test("an answer changed by somebody who may not sign ends the sign-off; by a signer it does not", async () => {
    const world = createWorld({ config });
    const pull = await world.open();
    await world.answer(pull, "bob", "plan", "code", "git revert");
    await world.answer(pull, "bob", "plan", "data", "backup");
    await world.tick(pull, "bob", "plan");
    await world.answer(pull, "bea", "plan", "data", "backup of Monday");
    expect(world.check(pull).title).toBe("Ready: 1 of 1 items done");
    await world.answer(pull, "alice", "plan", "data", "no need");
    expect(itemOf(pull, "plan")).toMatchInlineSnapshot(`
"- [ ] Rollback plan (\`@bob\` or \`@bea\`) <!-- item:plan -->
  ⚠ the sign-off of \`bob\` has ended: alice changed an answer
  - Revert the code? <!-- answer:code --> git revert
  - Revert the data? <!-- answer:data --> no need"
`);
    expect(seen(world.check(pull))).toMatchInlineSnapshot(`
"action_required: Blocked: waiting for @bob or @bea, Rollback plan

**Blocked.** 0 of 1 items are done.

### What is missing

- Rollback plan: \`@bob\` or \`@bea\` can sign it

To sign, tick the box in the description, or comment \`/checklist sign plan\`.

### Good to know

- Rollback plan: the sign-off of bob (2026-03-02 at 5b55bba) has ended: alice changed an answer.

| item | state | evidence |
|---|---|---|
| Rollback plan | ⏳ waiting | waiting for \`@bob\` or \`@bea\` |"
`);
    await world.tick(pull, "bea", "plan");
    expect(world.check(pull).title).toBe("Ready: 1 of 1 items done");
    await world.finish();
  });

  test("an answer taken away makes it missing again", async () => {
    const world = createWorld({ config });
    const pull = await world.open();
    await world.answer(pull, "bob", "plan", "code", "git revert");
    await world.answer(pull, "bob", "plan", "data", "backup");
    await world.tick(pull, "bob", "plan");
    await world.answer(pull, "bob", "plan", "data", "");
    expect(world.check(pull).title).toBe("Blocked: answer missing, Rollback plan");
    await world.finish();
  });

  test("answers may come with the command, numbered like the questions", async () => {
    const world = createWorld({ config });
    const pull = await world.open();
    await world.comment(pull, "bob", "/checklist sign plan\n1. git revert\n2. from the backup");
    expect(world.check(pull).title).toBe("Ready: 1 of 1 items done");
    expect(blockOf(pull)).toContain("Revert the data? <!-- answer:data --> from the backup");
    expect(isTicked(pull, "plan")).toBe(true);
    await world.finish();
  });
});
