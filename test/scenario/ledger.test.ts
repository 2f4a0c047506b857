import { describe, expect, test } from "@jest/globals";
import { createWorld, isTicked, itemOf, repliesOn, type Send, seen } from "./world.ts";

const config = `checklist:
  release: [{ base: main }]
  items:
    - { id: go, title: Go }
    - { id: on, title: On }
`;
const name = "Release checklist: main";

describe("a lost ledger", () => {
  /** As after GitHub has deleted the check data, which it keeps for 400 days. */
  const forget = (world: ReturnType<typeof createWorld>, sha: string): void => {
    const runs = world.repo.record.checkRunsBySha.get(sha) ?? [];
    world.repo.record.checkRunsBySha.set(
      sha,
      runs.filter((run) => run.app.slug !== "release-checklist"),
    );
    for (const suite of world.repo.record.suitesBySha.get(sha) ?? [])
      suite.runs = suite.runs.filter((run) => run.app.slug !== "release-checklist");
  };

  test("blocks, until somebody with write access starts afresh", async () => {
    const world = createWorld({ config });
    const pull = await world.open();
    await world.tick(pull, "bob", "go");
    forget(world, pull.headSha);
    await world.restart();
    expect(seen(world.check(pull))).toMatchInlineSnapshot(`
"failure: Blocked: the record of sign-offs was lost (and 1 more)

**Blocked.** 1 of 2 items are done.

### What is missing

- The description shows a checklist whose record cannot be found. To go on without it, somebody with write access comments \`/checklist recheck\`: then what the edit history tells counts, and the rest has to be signed again
- On: anyone with write access can sign it

To sign, tick the box in the description, or comment \`/checklist sign on\`.

| item | state | evidence |
|---|---|---|
| Go | ✅ done | signed by bob on 2026-03-02 at 5b55bba |
| On | ⏳ waiting | waiting for anyone with write access |"
`);
    await world.comment(pull, "eve", "/checklist recheck");
    expect(repliesOn(pull)).toMatchInlineSnapshot(`
[
  "\`/checklist recheck\` was not done: it needs write access.",
]
`);
    expect(world.check(pull).title).toContain("the record of sign-offs was lost");
    await world.comment(pull, "bob", "/checklist recheck");
    expect(world.check(pull).title).not.toContain("lost");
    for (const item of ["go", "on"]) if (isTicked(pull, item) !== true) await world.tick(pull, "bob", item);
    expect(world.check(pull).title).toBe("Ready: 2 of 2 items done");
    await world.finish();
  });

  test("is not what a sweep wrote in the second of the opening, on a commit that was left at once", async () => {
    const world = createWorld({ config });
    world.github.webhooks.mode = "hold";
    const pull = await world.open();
    await world.sweep();
    world.repo.push(pull.head, { by: "alice", files: { "b.txt": "b\n" } });
    world.github.webhooks.mode = "auto";
    world.github.webhooks.release();
    await world.settle();
    expect(world.check(pull).title).toBe("Blocked: waiting for anyone with write access, Go (and 1 more)");
    await world.finish();
  });

  test("is not confirmed by a comment from before", async () => {
    const world = createWorld({ config });
    const pull = await world.open();
    await world.comment(pull, "bob", "/checklist recheck");
    forget(world, pull.headSha);
    await world.tick(pull, "bob", "go");
    await world.restart();
    await world.sweep();
    expect(world.check(pull).title).toContain("the record of sign-offs was lost");
    await world.comment(pull, "bob", "/checklist recheck");
    expect(world.check(pull).title).not.toContain("lost");
    await world.finish();
  });

  describe("and an override", () => {
    const announcing = `${config}    - { id: tell, title: Tell, notify: { to: [stakeholders] } }\n`;
    const targets = '{"acme": {"stakeholders": {"type": "slack", "url": "https://hooks.test/x"}}}';
    const start = async () => {
      const sent: string[] = [];
      const send: Send = async (_, { title }) => {
        sent.push(title);
        return { outcome: "sent", detail: "accepted" };
      };
      const world = createWorld({ config: announcing, targets, send });
      return { world, sent, pull: await world.open({ by: "alice" }) };
    };

    test("that comes after it is announced: it opens the gate", async () => {
      const { world, sent, pull } = await start();
      forget(world, pull.headSha);
      await world.restart();
      await world.comment(pull, "root", "/checklist override customers cannot log in");
      expect(world.check(pull).title).toBe("Overridden by @root: customers cannot log in");
      expect(sent).toEqual(["Release gate overridden: acme/shop #1: Release 1.0"]);
      await world.finish();
    });

    test("that came before it holds, and is not announced a second time", async () => {
      const { world, sent, pull } = await start();
      await world.comment(pull, "root", "/checklist override customers cannot log in");
      expect(sent).toEqual(["Release gate overridden: acme/shop #1: Release 1.0"]);
      forget(world, pull.headSha);
      await world.restart();
      expect(world.check(pull).title).toBe("Overridden by @root: customers cannot log in");
      expect(sent).toEqual(["Release gate overridden: acme/shop #1: Release 1.0"]);
      expect(world.check(pull).text).toContain(
        "the record was lost: nobody can tell whether it was announced",
      );
      await world.finish();
    });
  });
});

describe("two pull requests with the same head and base", () => {
  test("one decides for the commit; the other points to it", async () => {
    const world = createWorld({ config });
    const pull = await world.open({ by: "alice" });
    await world.act(() => {
      world.repo.push("twin", { by: "bob", from: "main", files: {} });
      world.repo.setBranch("twin", pull.headSha, { by: "bob" });
    });
    const twin = await world.act(() => world.repo.openPull({ by: "bob", head: "twin" }));
    expect(twin.headSha).toBe(pull.headSha);
    expect(world.repo.checkRuns(pull.headSha, name)).toHaveLength(1);
    expect(twin.body).toMatchInlineSnapshot(`
"<!-- release-checklist:begin -->
## Release checklist

⚠ The same commit is to go into the same branch with \`#1\`, and the checklist is there. What is signed there counts here as well.

Who signed what: the **Release checklist: main** check. Help: comment \`/checklist help\`.
<!-- release-checklist:end -->"
`);
    await world.tick(pull, "bob", "go", "on");
    expect(world.check(pull).conclusion).toBe("success");
    await world.act(() => pull.close({ by: "alice" }));
    await world.sweep();
    expect(world.check(twin).conclusion).not.toBe("success");
    expect(itemOf(twin, "go")).toBe("- [ ] Go <!-- item:go -->");
    await world.finish();
  });

  test("a release decides before one that is none", async () => {
    const world = createWorld({
      config: config.replace("{ base: main }", "{ base: main, labels: [release] }"),
    });
    const pull = await world.open({ by: "alice" });
    expect(world.check(pull).title).toBe("Not a release pull request");
    await world.act(() => {
      world.repo.push("twin", { by: "bob", from: "main", files: {} });
      world.repo.setBranch("twin", pull.headSha, { by: "bob" });
    });
    const twin = await world.act(() => world.repo.openPull({ by: "bob", head: "twin" }));
    await world.act(() => twin.label("release", { by: "bob" }));
    expect(world.check(pull).conclusion).toBe("action_required");
    expect(itemOf(twin, "go")).toBe("- [ ] Go <!-- item:go -->");
    await world.sweep();
    expect(world.check(pull).conclusion).toBe("action_required");
    await world.finish();
  });
});

test("a check that a crash left standing on an older commit is superseded by the look that opens the gate", async () => {
  const world = createWorld({ config });
  const pull = await world.open({ by: "alice" });
  const left = pull.headSha;
  const old = (): string | null | undefined => world.repo.checkRuns(left, name).at(-1)?.record.output.title;
  const end = world.github.onRequest(({ method, body }) => {
    if (method !== "PATCH" || !JSON.stringify(body).includes("Superseded")) return;
    end();
    world.kill();
    throw new Error("the process is gone");
  });
  await world.push(pull, "alice", { "b.txt": "b\n" });
  expect(old()).toContain("Blocked");
  await world.comment(pull, "root", "/checklist override customers cannot log in");
  await world.restart();
  expect(world.check(pull).title).toBe("Overridden by @root: customers cannot log in");
  expect(old()).toBe(`Superseded by ${pull.headSha.slice(0, 7)}`);
  await world.finish();
});

describe("two processes at once", () => {
  test("what one signed, the other reads: the record is GitHub's", async () => {
    const world = createWorld({ config });
    const pull = await world.open();
    await world.tick(pull, "bob", "go");
    await world.restart();
    await world.tick(pull, "bea", "on");
    await world.restart();
    expect(world.check(pull).title).toBe("Ready: 2 of 2 items done");
    expect(world.check(pull).text).toContain("signed by `@bob`");
    await world.finish();
  });
});
