import { describe, expect, test } from "@jest/globals";
import { createWorld, isTicked, itemOf, type Pull, repliesOn, type Send, seen, type World } from "./world.ts";

const config = `checklist:
  release: [{ base: main }]
  may: { override: ["role:admin"], waive: ["@acme/sre"] }
  items:
    - { id: e2e, title: E2E passes, check: e2e }
    - { id: go, title: Go, signers: { from: ["@acme/sre", bob] } }
    - { id: plan, title: Plan, questions: { how: How do we revert? } }
    - { id: tell, title: Tell, notify: { to: [stakeholders] } }
`;
const targets = '{"acme": {"stakeholders": {"type": "slack", "url": "https://hooks.test/x"}}}';

const start = async (options: { sent?: string[] } = {}): Promise<{ world: World; pull: Pull }> => {
  const send: Send = async (_, { text }) => {
    options.sent?.push(text);
    return { outcome: "sent", detail: "accepted" };
  };
  const world = createWorld({ config, targets, send });
  return { world, pull: await world.open({ by: "alice" }) };
};

const reactions = (pull: Pull): string[] =>
  pull.comments.flatMap(({ author, reactions }) =>
    reactions.map(({ by, content }) => `${author}: ${content} by ${by}`),
  );

describe("commands", () => {
  test("sign and unsign, by signers: a reaction says it all", async () => {
    const { world, pull } = await start();
    await world.comment(pull, "bob", "Looks fine.\n\n/checklist sign go");
    expect(isTicked(pull, "go")).toBe(true);
    expect(reactions(pull)).toEqual(["bob: +1 by release-checklist[bot]"]);
    expect(repliesOn(pull)).toEqual([]);
    await world.comment(pull, "bob", "/checklist unsign go");
    expect(isTicked(pull, "go")).toBe(false);
    expect(world.check(pull).summary).toContain(
      "the sign-off of bob (2026-03-02 at 5b55bba) has ended: unticked by bob",
    );
    await world.finish();
  });

  test("signing is for those who cannot edit the description, too", async () => {
    const world = createWorld({
      config:
        "checklist:\n  release: [{ base: main }]\n  items: [{ id: go, title: Go, signers: { from: [eve] } }]\n",
    });
    const pull = await world.open();
    expect(() => pull.edit({ by: "eve", body: "x" })).toThrow();
    await world.comment(pull, "eve", "/checklist sign go");
    expect(world.check(pull).title).toBe("Ready: 1 of 1 items done");
    await world.finish();
  });

  test("each with its rights, and a refusal that says who may", async () => {
    const { world, pull } = await start();
    for (const command of [
      "sign go",
      "unsign go",
      "waive go it is Friday",
      "override it is Friday",
      "announced https://x.test/1",
    ])
      await world.comment(pull, "eve", `/checklist ${command}`);
    await world.comment(pull, "eve", "/checklist announce");
    await world.comment(pull, "eve", "/checklist recheck");
    expect(repliesOn(pull)).toMatchInlineSnapshot(`
[
  "Not done for \`go\`: it needs \`@acme/sre\` or \`@bob\`.",
  "Not done for \`go\`: it needs \`@acme/sre\` or \`@bob\`.",
  "\`/checklist waive go\` was not done: it needs \`@acme/sre\`.",
  "\`/checklist override\` was not done: it needs admin access.",
  "Not done for \`tell\`: it needs write access.",
  "Not done for \`tell\`: it needs write access.",
  "\`/checklist recheck\` was not done: it needs write access.",
]
`);
    expect(reactions(pull).every((reaction) => reaction.startsWith("eve: confused"))).toBe(true);
    expect(world.check(pull).conclusion).toBe("action_required");
    await world.finish();
  });

  test("status and help answer everybody", async () => {
    const { world, pull } = await start();
    await world.comment(pull, "eve", "/checklist status\n/checklist help");
    expect(repliesOn(pull)).toMatchInlineSnapshot(`
[
  "**Blocked: e2e never started (and 3 more)**

- E2E passes: No check is named "e2e" on 5b55bba.
- Go: \`@acme/sre\` or \`@bob\` can sign it
- Plan: anyone with write access can answer its questions and sign it
- Tell: anyone with write access can send it: read the preview first, then tick the box or comment \`/checklist announce\`

Write one command on a line of its own, in a new comment. Edited comments do not count.

| command | does |
|---|---|
| \`/checklist sign go\` | sign items off, as their boxes do |
| \`/checklist unsign go\` | take that back |
| \`/checklist waive <item> <reason>\` | set an item aside that does not apply |
| \`/checklist override <reason>\` | open the whole gate in an emergency |
| \`/checklist announce\` | post the announcement now |
| \`/checklist announced <link>\` | it was announced elsewhere |
| \`/checklist recheck\` | look at everything again |
| \`/checklist status\` | say what is missing |

Answers stand below the command, numbered like the questions: \`/checklist sign plan\`, then \`1. …\` and so on.

Items: \`e2e\`, \`go\`, \`plan\`, \`tell\`",
]
`);
    await world.finish();
  });

  test("a wrong command gets what would be right", async () => {
    const { world, pull } = await start();
    for (const command of [
      "sing go",
      "sign goo",
      "sign e2e",
      "waive go",
      "override",
      "announced somewhere",
      "outcome success",
    ])
      await world.comment(pull, "root", `/checklist ${command}`);
    expect(repliesOn(pull)).toMatchInlineSnapshot(`
[
  "There is no command \`sing\`. Did you mean \`/checklist sign\`?",
  "There is no item \`goo\` in this checklist. Did you mean \`go\`?",
  "The app itself decides the item \`e2e\`: nobody signs it. \`/checklist waive e2e <reason>\` sets it aside. Possible here: \`go\`, \`plan\` or \`tell\`.",
  "The reason is missing. Right would be \`/checklist waive <item> <reason>\`.",
  "The reason is missing. Right would be \`/checklist override <reason>\`.",
  "A link to the announcement is needed. Right would be \`/checklist announced <link>\`, with \`https://…\`.",
  "\`/checklist outcome\` is for a release that was merged. This one is still open.",
]
`);
    await world.finish();
  });

  test("several in one comment, the good ones are done", async () => {
    const { world, pull } = await start();
    await world.comment(
      pull,
      "bob",
      "/checklist sign go\n/checklist sign e2e\n/checklist sign plan\n1. git revert",
    );
    expect([isTicked(pull, "go"), isTicked(pull, "plan")]).toEqual([true, true]);
    expect(repliesOn(pull)).toHaveLength(1);
    await world.finish();
  });

  test("an edited comment does not count; it is told so once", async () => {
    const { world, pull } = await start();
    world.github.webhooks.mode = "hold";
    const comment = pull.comment({ by: "bob", body: "Hm" });
    await world.advance(1_000);
    comment.edit({ by: "bob", body: "/checklist sign go" });
    world.github.webhooks.mode = "auto";
    world.github.webhooks.release();
    await world.sweep();
    await world.sweep();
    expect(isTicked(pull, "go")).toBe(false);
    expect(repliesOn(pull)).toMatchInlineSnapshot(`
[
  "An edited comment does not count. Write the command in a new comment.",
]
`);
    await world.finish();
  });

  test("each is handled once: not again when it is edited or deleted later, nor after a restart", async () => {
    const { world, pull } = await start();
    const comment = await world.act(() => pull.comment({ by: "bob", body: "/checklist sign go" }));
    await world.untick(pull, "bea", "go");
    await world.restart();
    expect(isTicked(pull, "go")).toBe(false);
    await world.act(() => comment.edit({ by: "bob", body: "/checklist sign go plan" }));
    await world.sweep();
    expect([isTicked(pull, "go"), isTicked(pull, "plan")]).toEqual([false, false]);
    await world.act(() => comment.delete());
    await world.sweep();
    expect(repliesOn(pull)).toEqual([]);
    await world.finish();
  });

  test("one whose event was lost is found by the sweep", async () => {
    const { world, pull } = await start();
    world.github.webhooks.mode = "hold";
    await world.act(() => pull.comment({ by: "bob", body: "/checklist sign go" }));
    for (const { id } of world.github.webhooks.pending()) world.github.webhooks.drop(id);
    world.github.webhooks.mode = "auto";
    await world.sweep();
    expect(isTicked(pull, "go")).toBe(true);
    await world.finish();
  });

  test("bots, code and quotations give no commands", async () => {
    const { world, pull } = await start();
    world.repo.setRole("helper[bot]", "admin");
    await world.comment(pull, "helper[bot]", "/checklist override");
    await world.comment(
      pull,
      "root",
      "```\n/checklist override because\n```\n> /checklist override because\n",
    );
    expect(world.check(pull).conclusion).toBe("action_required");
    expect(repliesOn(pull)).toEqual([]);
    await world.finish();
  });
});

describe("waivers", () => {
  test("set an item aside, visibly, with the reason, until the content changes", async () => {
    const { world, pull } = await start();
    await world.comment(pull, "bea", "/checklist waive e2e staging is *down*");
    expect(itemOf(pull, "e2e")).toMatchInlineSnapshot(`
"- [ ] E2E passes <!-- item:e2e -->
  ⚠ waived by \`bea\`: staging is \\*down\\*"
`);
    expect(world.check(pull).summary).toContain(
      "➖ waived | waived by bea on 2026-03-02: staging is \\*down\\*",
    );
    await world.push(pull, "alice", { "b.txt": "b\n" });
    expect(itemOf(pull, "e2e")).toBe("- [ ] E2E passes <!-- item:e2e -->");
    expect(world.check(pull).summary).toContain(
      "E2E passes: the waiver of bea held for 5b55bba and has ended with that content.",
    );
    await world.finish();
  });

  test("a forced push with the same content keeps it", async () => {
    const { world, pull } = await start();
    await world.comment(pull, "bea", "/checklist waive e2e staging is down");
    await world.act(() => world.repo.push(pull.head, { by: "alice", force: true, message: "reworded" }));
    expect(world.check(pull).summary).toContain("➖ waived");
    await world.finish();
  });
});

describe("overrides", () => {
  test("count for the content that their author saw: not for what was pushed before the app looked", async () => {
    const { world, pull } = await start({});
    world.github.webhooks.mode = "hold";
    await world.comment(pull, "root", "/checklist override customers cannot log in");
    await world.comment(pull, "bea", "/checklist waive go it is small");
    await world.act(() => world.repo.push(pull.head, { by: "alice", files: { "b.txt": "b\n" } }));
    world.github.webhooks.mode = "auto";
    world.github.webhooks.release();
    await world.settle();
    expect(world.check(pull).conclusion).not.toBe("success");
    expect(itemOf(pull, "go")).not.toContain("waived");
    expect(repliesOn(pull)).toMatchInlineSnapshot(`
[
  "\`/checklist override\` was not done: when it was written, the head was 5b55bba, and now it is 60040ce. Look at that, and write it again.",
  "\`/checklist waive go\` was not done: when it was written, the head was 5b55bba, and now it is 60040ce. Look at that, and write it again.",
]
`);
    await world.comment(pull, "root", "/checklist override customers cannot log in");
    expect(world.check(pull).title).toBe("Overridden by @root: customers cannot log in");
    await world.finish();
  });

  test("count for what was pushed before them although the app had read what that push left", async () => {
    const { world, pull } = await start({});
    const end = world.github.onRequest(({ method, path }) => {
      if (method !== "GET" || !/\/issues\/\d+\/comments/.test(path)) return;
      end();
      world.pass(1_000);
      world.repo.push(pull.head, { by: "alice", files: { "b.txt": "b\n" } });
      world.pass(1_000);
      pull.comment({ by: "root", body: "/checklist override customers cannot log in" });
    });
    world.github.webhooks.mode = "hold";
    await world.comment(pull, "bob", "/checklist help");
    const [help] = world.github.webhooks.pending();
    if (help !== undefined) await world.github.webhooks.deliver(help.id);
    await world.settle();
    // Of the push and the override no event tells.
    await world.advance(3_000);
    expect(repliesOn(pull).slice(1)).toEqual([]);
    expect(world.check(pull).title).toBe("Overridden by @root: customers cannot log in");
    world.github.webhooks.release();
    await world.settle();
    expect(world.check(pull).title).toBe("Overridden by @root: customers cannot log in");
    await world.finish();
  });

  test("count where only the commit was made anew before the app looked, with the same content", async () => {
    const { world, pull } = await start({});
    world.github.webhooks.mode = "hold";
    await world.comment(pull, "root", "/checklist override customers cannot log in");
    await world.act(() => world.repo.push(pull.head, { by: "alice", force: true, message: "reworded" }));
    world.github.webhooks.mode = "auto";
    world.github.webhooks.release();
    await world.settle();
    expect(world.check(pull).title).toBe("Overridden by @root: customers cannot log in");
    await world.finish();
  });

  test("open the whole gate, visibly, are announced, and end with the content", async () => {
    const sent: string[] = [];
    const { world, pull } = await start({ sent });
    await world.comment(pull, "root", "/checklist override customers cannot log in");
    expect(seen(world.check(pull))).toMatchInlineSnapshot(`
"success: Overridden by @root: customers cannot log in

**Overridden** by \`@root\`: customers cannot log in. 0 of 4 items are done; the rest was not checked.

### What is missing

- E2E passes: No check is named "e2e" on 5b55bba.
- Go: \`@acme/sre\` or \`@bob\` can sign it
- Plan: anyone with write access can answer its questions and sign it
- Tell: anyone with write access can send it: read the preview first, then tick the box or comment \`/checklist announce\`

To sign, tick the box in the description, or comment \`/checklist sign go plan\`.

| item | state | evidence |
|---|---|---|
| E2E passes | ⏳ waiting | never started |
| Go | ⏳ waiting | waiting for \`@acme/sre\` or \`@bob\` |
| Plan | ⏳ waiting | waiting for anyone with write access |
| Tell | ⏳ waiting | waiting for anyone with write access |

### Announcement

To stakeholders:

> **Release announced: acme/shop \`#1\`: Release 1.0**
> 
> - Into: main from release/1 at 5b55bba
> - By: alice
> - Still open: E2E passes, Go, Plan (0 of 4 done)
> 
> <https://github.com/acme/shop/pull/1>"
`);
    expect(sent).toMatchInlineSnapshot(`
[
  "Release gate overridden: acme/shop #1: Release 1.0
Into: main from release/1 at 5b55bba
By: alice
Overridden by: root: customers cannot log in
Not checked: E2E passes, Go, Plan (0 of 4 done)
https://github.com/acme/shop/pull/1",
]
`);
    expect(isTicked(pull, "go")).toBe(false);
    await world.sweep();
    expect(sent).toHaveLength(1);
    await world.push(pull, "alice", { "b.txt": "b\n" });
    expect(world.check(pull).conclusion).toBe("action_required");
    expect(world.check(pull).summary).toContain(
      "The override of root held for 5b55bba and has ended with that content.",
    );
    await world.finish();
  });

  test("where nothing is announced, a comment tells of it", async () => {
    const world = createWorld({
      config: "checklist:\n  release: [{ base: main }]\n  items: [{ id: go, title: Go }]\n",
    });
    const pull = await world.open();
    await world.comment(pull, "root", "/checklist override customers cannot log in");
    expect(world.check(pull).title).toBe("Overridden by @root: customers cannot log in");
    expect(repliesOn(pull)).toMatchInlineSnapshot(`
[
  "**Release gate overridden: acme/shop \`#1\`: Release 1.0**

- Into: main from release/1 at 5b55bba
- By: alice
- Overridden by: root: customers cannot log in
- Not checked: Go (0 of 1 done)

<https://github.com/acme/shop/pull/1>",
]
`);
    await world.finish();
  });
});

describe("announce and announced", () => {
  test("announce posts at once, although other items are open, and says so", async () => {
    const sent: string[] = [];
    const { world, pull } = await start({ sent });
    await world.comment(pull, "bob", "/checklist announce");
    expect(sent).toMatchInlineSnapshot(`
[
  "Release announced: acme/shop #1: Release 1.0
Into: main from release/1 at 5b55bba
By: alice
Still open: E2E passes, Go, Plan (0 of 4 done)
https://github.com/acme/shop/pull/1",
]
`);
    expect(isTicked(pull, "tell")).toBe(true);
    expect(world.check(pull).conclusion).toBe("action_required");
    await world.finish();
  });

  test("announced with a link: it was done elsewhere", async () => {
    const sent: string[] = [];
    const { world, pull } = await start({ sent });
    await world.comment(pull, "bob", "/checklist announced https://mail.acme.test/1");
    expect(sent).toEqual([]);
    expect(world.check(pull).summary).toContain(
      "| Tell | ✅ done | announced: to stakeholders on 2026-03-02 · [stakeholders](https://mail.acme.test/1) |",
    );
    await world.finish();
  });
});
