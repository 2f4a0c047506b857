import { describe, expect, test } from "@jest/globals";
import { createWorld, isTicked, seen } from "./world.ts";

const config = `checklist:
  release: [{ base: main }]
  items:
    - { id: e2e, title: E2E passes, check: e2e }
    - { id: go, title: Go }
`;

const ours = "Release checklist: main";

describe("pushes", () => {
  test("one run for each commit and base, updated in place, and the old head superseded", async () => {
    const world = createWorld({ config });
    const pull = await world.open();
    const first = pull.headSha;
    await world.tick(pull, "bob", "go");
    await world.report(pull, "e2e", "success");
    expect(world.check(pull).title).toBe("Ready: 2 of 2 items done");
    await world.push(pull, "alice", { "b.txt": "b\n" });
    expect(world.repo.checkRuns(first, ours)).toHaveLength(1);
    expect(world.repo.checkRuns(pull.headSha, ours)).toHaveLength(1);
    const [left] = world.repo.checkRuns(first, ours);
    expect([left?.conclusion, left?.record.output.title, left?.record.output.summary]).toMatchInlineSnapshot(`
[
  "action_required",
  "Superseded by 60040ce",
  "The checklist of this pull request goes on at 60040ce42e1279ae32683de043b08b3bbb9092fd into \`main\`.",
]
`);
    expect(seen(world.check(pull))).toMatchInlineSnapshot(`
"action_required: Blocked: e2e only on an older commit

**Blocked.** 1 of 2 items are done.

### What is missing

- E2E passes: "e2e" ran on 5b55bba, and has not started on 60040ce. Where it does not start by itself, run it for this commit.

| item | state | evidence |
|---|---|---|
| E2E passes | ⏳ waiting | only on an older commit |
| Go | ✅ done | signed by bob on 2026-03-02 at 5b55bba, 1 commit since |"
`);
    await world.finish();
  });

  test("a forced push back to the old commit does not bring back what was true then", async () => {
    const world = createWorld({ config });
    const pull = await world.open();
    const first = pull.headSha;
    await world.tick(pull, "bob", "go");
    await world.report(pull, "e2e", "success");
    await world.push(pull, "alice", { "b.txt": "b\n" });
    await world.untick(pull, "bob", "go");
    await world.act(() => world.repo.setBranch(pull.head, first, { by: "alice" }));
    expect(pull.headSha).toBe(first);
    expect(seen(world.check(pull))).toMatchInlineSnapshot(`
"action_required: Blocked: waiting for anyone with write access, Go

**Blocked.** 1 of 2 items are done.

### What is missing

- Go: anyone with write access can sign it

To sign, tick the box in the description, or comment \`/checklist sign go\`.

### Good to know

- Go: the sign-off of bob (2026-03-02 at 5b55bba) has ended: unticked by bob.

| item | state | evidence |
|---|---|---|
| E2E passes | ✅ done | green · [e2e](https://github.com/acme/shop/runs/1024) |
| Go | ⏳ waiting | waiting for anyone with write access |"
`);
    expect(isTicked(pull, "go")).toBe(false);
    await world.finish();
  });

  test("nor when the event of the push is lost, or comes late", async () => {
    const world = createWorld({ config });
    const pull = await world.open();
    const first = pull.headSha;
    await world.tick(pull, "bob", "go");
    await world.report(pull, "e2e", "success");
    await world.push(pull, "alice", { "b.txt": "b\n" });
    await world.untick(pull, "bob", "go");
    world.github.webhooks.mode = "hold";
    await world.act(() => world.repo.setBranch(pull.head, first, { by: "alice" }));
    const late = world.github.webhooks.pending();
    world.github.webhooks.mode = "auto";
    await world.sweep();
    expect(world.check(pull).conclusion).toBe("action_required");
    expect(isTicked(pull, "go")).toBe(false);
    for (const { id } of late) await world.act(() => world.github.webhooks.deliver(id));
    expect(world.check(pull).conclusion).toBe("action_required");
    await world.finish();
  });

  test("a forced push that throws the base of the ledger away: the record goes on", async () => {
    const world = createWorld({ config });
    const pull = await world.open();
    await world.tick(pull, "bob", "go");
    await world.act(() =>
      world.repo.push(pull.head, { by: "alice", force: true, from: "main", files: { "z.txt": "z\n" } }),
    );
    expect(world.check(pull).summary).toContain("| Go | ✅ done | signed by bob");
    expect(isTicked(pull, "go")).toBe(true);
    await world.finish();
  });

  test("several pushes while the app was away", async () => {
    const world = createWorld({ config });
    const pull = await world.open();
    await world.tick(pull, "bob", "go");
    world.kill();
    for (const name of ["b", "c", "d"]) await world.push(pull, "alice", { [`${name}.txt`]: "x\n" });
    await world.restart();
    expect(world.check(pull).summary).toContain("| Go | ✅ done | signed by bob");
    await world.finish();
  });
});
