import { describe, expect, test } from "@jest/globals";
import { createWorld, type Pull, repliesOn, type World } from "./world.ts";

const config = `checklist:
  release: [{ base: main }]
  items:
    - { id: e2e, title: E2E, check: e2e }
    - { id: go, title: Go }
`;

const note = "Note of alice\n\n";

/** While the app writes the description the next time, alice writes above it; the app's write erases that. */
const eraseOnce = (world: World, pull: Pull): void => {
  const end = world.github.onRequest(({ method, path }) => {
    if (method !== "PATCH" || !/\/pulls\/1$/.test(path)) return;
    end();
    pull.edit({ by: "alice", body: note + pull.body });
  });
};

/** The app's own edits come back to it as events: these get lost. */
const loseEchoes = (world: World): (() => void) => {
  const { webhooks } = world.github;
  const { sink } = webhooks;
  webhooks.sink = async (delivery) => {
    const { sender } = delivery.payload as { sender: { login: string } };
    if (delivery.event === "pull_request" && sender.login.endsWith("[bot]")) return 200;
    return sink === undefined ? 500 : sink(delivery);
  };
  return () => {
    webhooks.sink = sink;
  };
};

describe("prose that a write of ours erased comes back", () => {
  test("when the event that tells of it is lost, at the next sweep", async () => {
    const world = createWorld({ config });
    const pull = await world.open({ body: "What is new.\n" });
    const endOfLosses = loseEchoes(world);
    eraseOnce(world, pull);
    await world.report(pull, "e2e", "success");
    endOfLosses();
    expect(pull.body).not.toContain(note);
    await world.advance(1_000);
    await world.sweep();
    expect(pull.body).toContain(note);
    await world.finish();
  });

  test("when the process dies after the record was written and before the description", async () => {
    const world = createWorld({ config });
    const pull = await world.open({ body: "What is new.\n" });
    const endOfLosses = loseEchoes(world);
    eraseOnce(world, pull);
    await world.report(pull, "e2e", "success");
    endOfLosses();
    expect(pull.body).not.toContain(note);
    const end = world.github.onResponse(({ method, path }) => {
      if (method === "PATCH" && path.includes("/check-runs/")) world.kill();
    });
    await world.advance(1_000);
    await world.sweep();
    end();
    expect(pull.body).not.toContain(note);
    await world.restart();
    expect(pull.body).toContain(note);
    await world.finish();
  });

  test("when somebody edits once more before it is put back", async () => {
    const world = createWorld({ config });
    const pull = await world.open({ body: "What is new.\n" });
    const endOfLosses = loseEchoes(world);
    eraseOnce(world, pull);
    await world.report(pull, "e2e", "success");
    const end = world.github.onResponse(({ method, path }) => {
      if (method !== "PATCH" || !path.includes("/check-runs/")) return;
      end();
      pull.edit({ by: "bob", body: `${pull.body}\n\nA line of bob.\n` });
    });
    await world.advance(1_000);
    await world.sweep();
    endOfLosses();
    await world.advance(1_000);
    await world.sweep();
    expect(pull.body).toContain(note);
    expect(pull.body).toContain("A line of bob.");
    await world.finish();
  });
});

test("an opening that is told late does not hide the record on an older commit", async () => {
  const world = createWorld({ config });
  const pull = await world.open();
  const opened = world.github.webhooks.log.find(({ action }) => action === "opened");
  if (opened === undefined) throw new Error("nobody was told of the opening");
  await world.tick(pull, "bob", "go");
  world.kill();
  await world.push(pull, "alice", { "b.txt": "b\n" });
  const heal = world.github.faults.add({ match: { path: /^\/app\/installations$/ }, status: 500 });
  await world.restart();
  await world.act(() => void world.github.webhooks.sink?.(opened));
  heal();
  expect(world.check(pull).summary).not.toContain("was lost");
  expect(world.check(pull).text).toContain("bob");
  await world.finish();
});

/** A release that lacks one tick, after which it is announced to a target. */
async function openAnnounced(messages: unknown[]): Promise<{ world: World; pull: Pull }> {
  const world = createWorld({
    config: `${config}    - { id: tell, title: Tell, notify: { to: chat, post: when-ready } }\n`,
    targets: '{"acme": {"chat": {"type": "slack", "url": "https://hooks.slack.test/1"}}}',
    send: async (_target, message) => {
      messages.push(message);
      return { outcome: "sent", detail: "200" };
    },
  });
  const pull = await world.open();
  await world.report(pull, "e2e", "success");
  return { world, pull };
}

const writes = (state: string) => (request: { method: string; body: unknown }) =>
  request.method === "PATCH" && JSON.stringify(request.body).includes(`\\"state\\":\\"${state}\\"`);

test.each([
  ["once, and this look knows it", 1],
  ["as often as it was tried, and the next look knows it", 3],
])("a claim whose answer was lost %s: nothing was sent, so nothing is unclear", async (_, times) => {
  const messages: unknown[] = [];
  const { world, pull } = await openAnnounced(messages);
  world.github.faults.add({ match: writes("claimed"), times, status: "applied-then-500" });
  await world.tick(pull, "bob", "go");
  expect(world.check(pull).text).toContain(times === 1 ? '"state":"sent"' : '"state":"claimed"');
  await world.advance(60_000);
  expect(messages).toHaveLength(1);
  expect(world.check(pull).conclusion).toBe("success");
  await world.finish();
});

test.each([1, 8])("receipts that could not be written %d times are not forgotten", async (times) => {
  const messages: unknown[] = [];
  const { world, pull } = await openAnnounced(messages);
  world.github.faults.add({ match: writes("sent"), times, status: 502 });
  await world.tick(pull, "bob", "go");
  expect(messages).toHaveLength(1);
  for (let minute = 0; minute < 10; minute++) await world.advance(60_000);
  expect(messages).toHaveLength(1);
  expect(world.check(pull).conclusion).toBe("success");
  await world.finish();
});

describe("an answer to a comment, when the process dies", () => {
  const died = async (when: RegExp) => {
    const world = createWorld({ config });
    const pull = await world.open();
    const end = world.github.onResponse(({ method, path }) => {
      if (when.test(`${method} ${path}`)) world.kill();
    });
    await world.comment(pull, "eve", "/checklist sign go");
    end();
    const answers = () => ({
      replies: repliesOn(pull).length,
      reactions: pull.comments.flatMap(({ reactions }) => reactions.map(({ content }) => content)),
    });
    return { world, answers };
  };

  test.each([
    ["before the reply", /^PATCH .*\/check-runs\//],
    ["between the reply and the reaction", /^POST .*\/issues\/1\/comments$/],
  ])("%s: it is given by the next process, once", async (_, when) => {
    const { world, answers } = await died(when);
    expect(answers().reactions).toEqual([]);
    await world.restart();
    expect(answers()).toEqual({ replies: 1, reactions: ["confused"] });
    await world.finish();
  });

  test("an hour ago: it helps nobody any more", async () => {
    const { world, answers } = await died(/^PATCH .*\/check-runs\//);
    await world.advance(3_600_000);
    await world.restart();
    expect(answers()).toEqual({ replies: 0, reactions: [] });
    await world.finish();
  });
});
