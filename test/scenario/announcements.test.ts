import { afterEach, describe, expect, test } from "@jest/globals";
import { createSlack, type Slack } from "../../playground/slack/index.ts";
import { createReceiver } from "../../playground/slack/receiver.ts";
import { createWorld, isTicked, itemOf, repliesOn, type Send, seen } from "./world.ts";

const open: { close(): Promise<void> }[] = [];
afterEach(() => Promise.all(open.splice(0).map((one) => one.close())));

const slackWorld = async (
  post: string,
  extra = "",
): Promise<{ slack: Slack; world: ReturnType<typeof createWorld> }> => {
  const slack = await createSlack().listen();
  open.push(slack);
  const targets = JSON.stringify({ acme: { stakeholders: { type: "slack", url: slack.url("releases") } } });
  return { slack, world: createWorld({ config: config(post, extra), targets }) };
};

const config = (post: string, extra = ""): string => `checklist:
  release: [{ base: main }]
  items:
    - id: rollback
      title: Rollback plan confirmed
      questions: { how: How do we revert? }
    - { id: tell, title: Stakeholders notified, notify: { to: [stakeholders], post: ${post} } }
${extra}`;

describe("an announcement to Slack", () => {
  test("on-tick: a signer reads the preview and ticks; the receipt opens the gate", async () => {
    const { slack, world } = await slackWorld("on-tick");
    const pull = await world.open();
    await world.answer(pull, "bob", "rollback", "how", "git revert, then deploy");
    await world.tick(pull, "bob", "rollback");
    expect(slack.messages).toEqual([]);
    expect(seen(world.check(pull))).toMatchInlineSnapshot(`
"action_required: Blocked: waiting for anyone with write access, Stakeholders notified

**Blocked.** 1 of 2 items are done.

### What is missing

- Stakeholders notified: anyone with write access can send it: read the preview first, then tick the box or comment \`/checklist announce\`

| item | state | evidence |
|---|---|---|
| Rollback plan confirmed | ✅ done | signed by bob on 2026-03-02 at 5b55bba |
| Stakeholders notified | ⏳ waiting | waiting for anyone with write access |

### Announcement

To stakeholders:

> **Release announced: acme/shop \`#1\`: Release 1.0**
> 
> - Into: main from release/1 at 5b55bba
> - By: alice
> - How do we revert?: git revert, then deploy
> - Rollback plan confirmed: signed by bob on 2026-03-02 at 5b55bba
> 
> <https://github.com/acme/shop/pull/1>"
`);
    await world.tick(pull, "bea", "tell");
    expect(slack.messages.map(({ text }) => text)).toMatchInlineSnapshot(`
[
  "Release announced: acme/shop #1: Release 1.0
Into: main from release/1 at 5b55bba
By: alice
How do we revert?: git revert, then deploy
Rollback plan confirmed: signed by bob on 2026-03-02 at 5b55bba
https://github.com/acme/shop/pull/1",
]
`);
    expect(seen(world.check(pull))).toMatchInlineSnapshot(`
"success: Ready: 2 of 2 items done

**Ready to merge.** 2 of 2 items are done.

| item | state | evidence |
|---|---|---|
| Rollback plan confirmed | ✅ done | signed by bob on 2026-03-02 at 5b55bba |
| Stakeholders notified | ✅ done | announced: to stakeholders on 2026-03-02 |

### Announcement

To stakeholders:

> **Release announced: acme/shop \`#1\`: Release 1.0**
> 
> - Into: main from release/1 at 5b55bba
> - By: alice
> - How do we revert?: git revert, then deploy
> - Rollback plan confirmed: signed by bob on 2026-03-02 at 5b55bba
> 
> <https://github.com/acme/shop/pull/1>"
`);
    await world.finish();
    expect(slack.messages).toHaveLength(1);
  });

  test("when-ready: posted as soon as all else is done", async () => {
    const { slack, world } = await slackWorld("when-ready");
    const pull = await world.open();
    await world.tick(pull, "bob", "rollback");
    expect(slack.messages).toHaveLength(0);
    await world.answer(pull, "bob", "rollback", "how", "git revert");
    expect(slack.messages).toHaveLength(1);
    expect(world.check(pull).title).toBe("Ready: 2 of 2 items done");
    expect(isTicked(pull, "tell")).toBe(true);
    await world.finish();
  });

  test("a failure is shown with its reason, keeps the gate closed, and is tried again with growing pauses", async () => {
    const { slack, world } = await slackWorld("on-tick");
    const pull = await world.open();
    await world.answer(pull, "bob", "rollback", "how", "git revert");
    await world.tick(pull, "bob", "rollback");
    slack.fail(403);
    await world.tick(pull, "bea", "tell");
    expect(seen(world.check(pull))).toMatchInlineSnapshot(`
"failure: Blocked: tell could not be sent

**Blocked.** 1 of 2 items are done.

### What is missing

- Stakeholders notified: sending failed: stakeholders: refused with HTTP 403, action_prohibited. It is tried again by itself; the button Announce tries at once

| item | state | evidence |
|---|---|---|
| Rollback plan confirmed | ✅ done | signed by bob on 2026-03-02 at 5b55bba |
| Stakeholders notified | ❌ failed | sending failed |

### Announcement

To stakeholders:

> **Release announced: acme/shop \`#1\`: Release 1.0**
> 
> - Into: main from release/1 at 5b55bba
> - By: alice
> - How do we revert?: git revert
> - Rollback plan confirmed: signed by bob on 2026-03-02 at 5b55bba
> 
> <https://github.com/acme/shop/pull/1>"
`);
    expect(itemOf(pull, "tell")).toMatchInlineSnapshot(`
"- [x] Stakeholders notified <!-- item:tell -->
  ⚠ sending failed: stakeholders: refused with HTTP 403, action_prohibited"
`);
    await world.advance(31_000);
    await world.advance(121_000);
    slack.recover();
    expect(slack.messages).toHaveLength(0);
    await world.advance(500_000);
    expect(world.check(pull).conclusion).toBe("failure");
    await world.advance(101_000);
    expect(slack.messages).toHaveLength(1);
    expect(world.check(pull).title).toBe("Ready: 2 of 2 items done");
    expect(itemOf(pull, "tell")).toBe("- [x] Stakeholders notified <!-- item:tell -->");
    await world.finish();
  });

  test("given up after a few times; the Announce button tries again", async () => {
    const { slack, world } = await slackWorld("on-tick");
    const pull = await world.open();
    slack.fail(404);
    await world.tick(pull, "bea", "tell");
    for (const wait of [31_000, 121_000, 601_000, 3_600_000]) await world.advance(wait);
    expect(world.check(pull).summary).toContain(
      "Stakeholders notified: sending failed: stakeholders: refused with HTTP 404, no_service. To try again, press the button Announce, or comment `/checklist announce`",
    );
    slack.recover();
    const [run] = world.repo.checkRuns(pull.headSha, "Release checklist: main");
    await world.act(() => run?.requestAction("announce", { by: "bob" }));
    expect(slack.messages).toHaveLength(1);
    expect(world.check(pull).summary).toContain(
      "| Stakeholders notified | ✅ done | announced: to stakeholders",
    );
    await world.finish();
  });
});

describe("promise 8: announced once", () => {
  test.each(["timeout", "reset", 500] as const)(
    "%s: unclear, shown to a person, and never sent again by itself",
    async (how) => {
      const sent: string[] = [];
      const details = {
        timeout: "no answer in time",
        reset: "the connection broke",
        500: "answered with HTTP 500",
      };
      const send: Send = async (_, { text }) => {
        sent.push(text);
        return { outcome: "unclear", detail: `${details[how]}: it may have arrived` };
      };
      const targets = '{"acme": {"stakeholders": {"type": "slack", "url": "https://hooks.test/x"}}}';
      const world = createWorld({ config: config("on-tick"), targets, send });
      const pull = await world.open();
      await world.tick(pull, "bea", "tell");
      expect(itemOf(pull, "tell")).toContain("⚠ it is unclear whether it was sent: stakeholders: ");
      expect(world.check(pull).summary).toContain(
        "Look there. If it is missing, press the button Announce; if it is there, comment `/checklist announced https://…` with its link",
      );
      for (const wait of [31_000, 121_000, 601_000, 3_600_000]) await world.advance(wait);
      await world.restart();
      expect(sent).toHaveLength(1);
      await world.comment(pull, "bob", "/checklist announced https://acme.slack.com/archives/C1/p1");
      expect(world.check(pull).summary).toContain("| Stakeholders notified | ✅ done |");
      expect(sent).toHaveLength(1);
      await world.finish();
    },
  );

  test("the button was pressed, and the receipt could not be written: it is not pressed twice", async () => {
    const { slack, world } = await slackWorld("on-tick");
    const pull = await world.open();
    const [run] = world.repo.checkRuns(pull.headSha, "Release checklist: main");
    const heal = world.github.faults.add({
      match: { method: "PATCH", path: /\/check-runs\// },
      after: 1,
      status: 502,
    });
    await world.act(() => run?.requestAction("announce", { by: "bob" }));
    expect(slack.messages).toHaveLength(1);
    heal();
    await world.advance(120_000);
    expect(slack.messages).toHaveLength(1);
    // The process that sent it knows what became of it.
    expect(world.check(pull).summary).toContain("announced: to stakeholders");
    await world.finish();
  });
});

describe("other places", () => {
  test("a webhook of one's own gets a signed message", async () => {
    const receiver = await createReceiver({ secret: "shared secret" }).listen();
    open.push(receiver);
    const targets = JSON.stringify({
      "*": { stakeholders: { type: "webhook", url: receiver.url("/hook"), secret: "shared secret" } },
    });
    const world = createWorld({ config: config("on-tick"), targets });
    const pull = await world.open();
    await world.tick(pull, "bea", "tell");
    expect(receiver.refused).toBe(0);
    expect(receiver.received.map(({ body }) => body)).toMatchInlineSnapshot(`
[
  {
    "id": "acme/shop#1:tell",
    "lines": [
      {
        "label": "Into",
        "text": "main from release/1 at 5b55bba",
      },
      {
        "label": "By",
        "text": "alice",
      },
      {
        "label": "Still open",
        "text": "Rollback plan confirmed (0 of 2 done)",
      },
    ],
    "text": "Release announced: acme/shop #1: Release 1.0
Into: main from release/1 at 5b55bba
By: alice
Still open: Rollback plan confirmed (0 of 2 done)
https://github.com/acme/shop/pull/1",
    "title": "Release announced: acme/shop #1: Release 1.0",
    "url": "https://github.com/acme/shop/pull/1",
  },
]
`);
    await world.finish();
  });

  test("mentions get one comment, where they are live", async () => {
    const world = createWorld({
      config: `checklist:
  release: [{ base: main }]
  items:
    - { id: tell, title: Tell, notify: { to: ["@acme/support", "@bob"] } }
`,
    });
    const pull = await world.open({ title: "Release for @everyone #1 <b>" });
    await world.tick(pull, "bea", "tell");
    expect(repliesOn(pull)).toMatchInlineSnapshot(`
[
  "@acme/support @bob

**Release announced: acme/shop \`#1\`: Release for \`@everyone\` \`#1\` \\<b>**

- Into: main from release/1 at 5b55bba
- By: alice

<https://github.com/acme/shop/pull/1>",
]
`);
    expect(seen(world.check(pull))).toMatchInlineSnapshot(`
"success: Ready: 1 of 1 items done

**Ready to merge.** 1 of 1 items are done.

| item | state | evidence |
|---|---|---|
| Tell | ✅ done | announced: to \`@acme/support\` on 2026-03-02; to \`@bob\` on 2026-03-02 · [\`@acme/support\`](https://github.com/acme/shop/pull/1#issuecomment-1021) · [\`@bob\`](https://github.com/acme/shop/pull/1#issuecomment-1021) |

### Announcement

To \`@acme/support\`, \`@bob\`:

> **Release announced: acme/shop \`#1\`: Release for \`@everyone\` \`#1\` \\<b>**
> 
> - Into: main from release/1 at 5b55bba
> - By: alice
> 
> <https://github.com/acme/shop/pull/1>"
`);
    await world.finish();
  });

  test("a target of another owner is not known", async () => {
    const world = createWorld({
      config: config("on-tick"),
      targets: '{"evil": {"stakeholders": {"type": "slack", "url": "https://hooks.test/x"}}}',
    });
    const pull = await world.open();
    expect(world.check(pull).title).toBe("Blocked: unknown notification target stakeholders (and 1 more)");
    await world.finish();
  });
});

describe("a crash between claim and receipt", () => {
  test("a comment is looked for, and found", async () => {
    const world = createWorld({
      config:
        "checklist:\n  release: [{ base: main }]\n  items:\n    - { id: tell, title: Tell, notify: {} }\n",
    });
    const pull = await world.open();
    const stop = world.github.onResponse(({ method, path }) => {
      if (method === "POST" && /\/issues\/1\/comments$/.test(path)) world.kill();
    });
    await world.tick(pull, "bea", "tell");
    stop();
    expect(world.check(pull).conclusion).toBe("action_required");
    await world.restart();
    expect(repliesOn(pull)).toHaveLength(1);
    expect(world.check(pull).title).toBe("Ready: 1 of 1 items done");
    await world.finish();
  });

  test("a comment that was not written yet is written", async () => {
    const world = createWorld({
      config:
        "checklist:\n  release: [{ base: main }]\n  items:\n    - { id: tell, title: Tell, notify: {} }\n",
    });
    const pull = await world.open();
    const stop = world.github.onRequest(({ method, path }) => {
      if (
        method === "GET" &&
        /\/issues\/1\/comments$/.test(path) &&
        world.check(pull).text.includes("claimed")
      )
        world.kill();
    });
    await world.tick(pull, "bea", "tell");
    stop();
    expect(repliesOn(pull)).toHaveLength(0);
    await world.restart();
    expect(repliesOn(pull)).toHaveLength(1);
    expect(world.check(pull).title).toBe("Ready: 1 of 1 items done");
    await world.finish();
  });

  test("for Slack nobody can tell: it is shown, with what to do, and not sent again", async () => {
    const sent: string[] = [];
    const send: Send = async (_, { text }) => {
      sent.push(text);
      world.kill();
      return { outcome: "sent", detail: "accepted" };
    };
    const world = createWorld({
      config: config("on-tick"),
      targets: '{"acme": {"stakeholders": {"type": "slack", "url": "https://hooks.test/x"}}}',
      send,
    });
    const pull = await world.open();
    await world.tick(pull, "bea", "tell");
    await world.restart();
    expect(sent).toHaveLength(1);
    expect(seen(world.check(pull))).toMatchInlineSnapshot(`
"failure: Blocked: unclear whether tell was sent (and 1 more)

**Blocked.** 0 of 2 items are done.

### What is missing

- Stakeholders notified: it is unclear whether it was sent: stakeholders: the app stopped while sending: nobody can tell whether it arrived. Look there. If it is missing, press the button Announce; if it is there, comment \`/checklist announced https://…\` with its link
- Rollback plan confirmed: anyone with write access can answer its questions and sign it

To sign, tick the box in the description, or comment \`/checklist sign rollback\`.

| item | state | evidence |
|---|---|---|
| Rollback plan confirmed | ⏳ waiting | waiting for anyone with write access |
| Stakeholders notified | ❌ failed | unclear |

### Announcement

To stakeholders:

> **Release announced: acme/shop \`#1\`: Release 1.0**
> 
> - Into: main from release/1 at 5b55bba
> - By: alice
> - Still open: Rollback plan confirmed (0 of 2 done)
> 
> <https://github.com/acme/shop/pull/1>"
`);
    expect(itemOf(pull, "tell")).toMatchInlineSnapshot(`
"- [x] Stakeholders notified <!-- item:tell -->
  ⚠ it is unclear whether it was sent: stakeholders: the app stopped while sending: nobody can tell whether it arrived"
`);
    await world.comment(pull, "bob", "/checklist announced https://acme.slack.com/archives/C1/p1");
    expect(world.check(pull).summary).toContain("| Stakeholders notified | ✅ done |");
    expect(sent).toHaveLength(1);
    await world.finish();
  });
});
