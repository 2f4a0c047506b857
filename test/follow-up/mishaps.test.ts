import { describe, expect, test } from "@jest/globals";
import { deploy, followUp, mergeOf, ready, type Story, shown } from "./support.ts";

const day = 24 * 3_600_000;

async function merged(options: Parameters<typeof ready>[0] = {}): Promise<Story> {
  const story = await ready(options);
  await story.world.act(() => story.pull.merge({ by: "bob" }));
  return story;
}

describe("the boxes of a follow-up", () => {
  test("a tick by somebody who may not is taken back with the reason", async () => {
    const story = await merged();
    const issue = followUp(story);
    await story.world.tick(issue, "bob", "figures");
    expect(shown(issue)).toContain(
      "- [ ] Figures are normal (`@acme/sre`)\n  ⚠ the tick of `bob` was taken back: it needs `@acme/sre`",
    );
    await story.world.tick(issue, "bea", "figures");
    expect(shown(issue)).toContain("- [x] Figures are normal (`@acme/sre`)");
    await story.world.untick(issue, "bea", "figures");
    expect(shown(issue)).toContain("- [ ] Figures are normal (`@acme/sre`)");
    await story.world.finish();
  });

  test("what people write around the checklist stays, also while the app writes", async () => {
    const story = await merged();
    const { world } = story;
    const issue = followUp(story);
    await world.act(() => issue.edit({ by: "bob", body: `${issue.body}\n\nNotes: all calm.\n` }));
    let once = true;
    world.github.onRequest(({ method, path }) => {
      if (!once || method !== "PATCH" || !path.endsWith(`/issues/${issue.number}`)) return;
      once = false;
      issue.edit({ by: "bob", body: `${issue.body}More notes.\n` });
    });
    await deploy(story, world.repo.sha("main"));
    expect(once).toBe(false);
    expect(issue.body).toContain("Notes: all calm.\nMore notes.");
    expect(shown(issue)).toContain("- [x] Deployed to production");
    await world.finish();
  });

  test("a tick of which no event told is found by the sweep, with its owner", async () => {
    const story = await merged();
    const { world } = story;
    const issue = followUp(story);
    world.github.webhooks.mode = "hold";
    issue.edit({ by: "bea", body: issue.body.replace("- [ ] Figures", "- [x] Figures") });
    for (const { id } of world.github.webhooks.pending()) world.github.webhooks.drop(id);
    world.github.webhooks.mode = "auto";
    await world.advance(1_000);
    await world.sweep();
    expect(mergeOf(story)?.followUp?.items.figures?.signs).toMatchObject([{ by: "bea" }]);
    await world.finish();
  });

  test("the mark that was taken out: what is ticked is found all the same", async () => {
    const story = await merged();
    const { world } = story;
    const issue = followUp(story);
    await world.act(() =>
      issue.edit({ by: "bob", body: issue.body.replace(/<!-- release-checklist:follow-up.*-->\n/, "") }),
    );
    await world.tick(issue, "bea", "figures");
    expect(mergeOf(story)?.followUp?.items.figures?.signs).toMatchObject([{ by: "bea" }]);
    await world.finish();
  });
});

describe("what was missed", () => {
  test("a merge while the app is down is found at its start", async () => {
    const story = await ready();
    const { world, pull } = story;
    world.kill();
    pull.merge({ by: "bob" });
    await world.advance(day);
    await world.restart();
    expect(mergeOf(story)).toMatchObject({ by: "bob", verdict: "ready" });
    expect(followUp(story).state).toBe("open");
    await world.finish();
  });

  test("a merge of which no event told is found by the next sweep", async () => {
    const story = await ready();
    const { world, pull } = story;
    world.github.webhooks.mode = "hold";
    pull.merge({ by: "bob" });
    for (const { id } of world.github.webhooks.pending()) world.github.webhooks.drop(id);
    world.github.webhooks.mode = "auto";
    await world.advance(5 * 60_000);
    await world.sweep();
    expect(followUp(story).state).toBe("open");
    await world.finish();
  });

  test("events that come twice, late and in the wrong order change nothing", async () => {
    const story = await ready();
    const { world, pull } = story;
    const { webhooks } = world.github;
    webhooks.mode = "hold";
    const late = async (doing: () => void): Promise<void> => {
      doing();
      for (const { id } of webhooks.pending()) webhooks.duplicate(id);
      webhooks.reorder(
        webhooks
          .pending()
          .map(({ id }) => id)
          .reverse(),
      );
      for (const { id } of webhooks.pending()) void webhooks.deliver(id);
      await world.advance(1_000);
    };
    await late(() => pull.merge({ by: "bob" }));
    const issue = followUp(story);
    await late(() => {
      const by = "github-actions[bot]";
      world.repo.deploy("main", { environment: "production", by }).status("success");
      issue.edit({ by: "bea", body: issue.body.replace("- [ ] Figures", "- [x] Figures") });
    });
    await late(() => world.repo.release("v1.0", { by: "bob" }));
    await late(() => {});
    await world.advance(30 * 60_000);
    webhooks.mode = "auto";
    for (const { id } of webhooks.pending()) void webhooks.deliver(id);
    await world.settle();
    expect(followUp(story).state).toBe("closed");
    expect(mergeOf(story)?.outcomes).toHaveLength(1);
    expect(story.sent).toHaveLength(2);
    await world.finish();
  });

  test("a follow-up that is deleted is not opened again, and the outcome can still be said", async () => {
    const story = await merged();
    const { world, pull } = story;
    const issue = followUp(story);
    world.repo.record.issues.delete(issue.number);
    await world.comment(pull, "bob", "/checklist outcome successful");
    expect(world.repo.issues).toEqual([]);
    expect(mergeOf(story)?.outcomes).toMatchObject([{ status: "successful", by: "bob" }]);
    expect(story.sent).toHaveLength(2);
    await world.finish();
  });
});

describe("what cannot be done at once", () => {
  test("a follow-up that GitHub refuses is opened when the app may", async () => {
    const story = await ready({ permissions: { issues: "read" } });
    const { world, pull } = story;
    await world.act(() => pull.merge({ by: "bob" }));
    expect(world.repo.issues).toEqual([]);
    expect(mergeOf(story)).toMatchObject({ verdict: "ready", followUp: { issue: null } });
    world.grant({});
    await world.settle();
    await world.advance(10 * 60_000);
    expect(followUp(story).state).toBe("open");
    await world.finish();
  });
});

describe("a configuration that cannot be read at the merge", () => {
  test("nothing is settled before it can be", async () => {
    const story = await ready();
    const { world, pull } = story;
    world.kill();
    const heal = world.github.faults.add({ match: { path: /\/contents\// }, status: 403 });
    pull.merge({ by: "bob" });
    await world.restart();
    expect(mergeOf(story)).toBeNull();
    heal();
    await world.advance(10 * 60_000);
    expect(mergeOf(story)).toMatchObject({ verdict: "ready", after: expect.arrayContaining(["figures"]) });
    expect(followUp(story).state).toBe("open");
    await world.finish();
  });
});

describe("a follow-up that lies still", () => {
  test("whoever is in charge is reminded once", async () => {
    const story = await merged();
    const { world } = story;
    const issue = followUp(story);
    await deploy(story, world.repo.sha("main"));
    await world.advance(day - 60_000);
    expect(issue.comments).toEqual([]);
    await world.advance(31 * 60_000);
    await world.advance(12 * 3_600_000);
    await world.advance(12 * 3_600_000);
    await world.advance(day);
    expect(issue.comments.map(({ body }) => body)).toMatchInlineSnapshot(`
[
  "@alice Nothing has moved here for a day. Still open:

- Figures are normal: \`@acme/sre\` can sign it
- Final tag made: No tag named "v\\*" contains 60040ce. Make one, and push it.
- Release notes published: No tag named "v\\*" contains 60040ce, and so no release does. Publish one.

<!-- release-checklist:reminder:1 -->",
]
`);
    await world.finish();
  });

  test("closed by people, it stays closed, and commands in it count", async () => {
    const story = await merged();
    const { world } = story;
    const issue = followUp(story);
    await world.act(() => issue.close({ by: "bob" }));
    expect(issue.state).toBe("closed");
    await world.comment(issue, "alice", "/checklist outcome follow-up Later");
    expect(issue.state).toBe("closed");
    expect(mergeOf(story)?.outcomes).toMatchObject([{ status: "follow-up", note: "Later" }]);
    await world.finish();
  });
});

describe("a final status that does not arrive", () => {
  test("is tried again, and the follow-up waits for it", async () => {
    let refuse = false;
    const texts: string[] = [];
    const story = await merged({
      send: async (_, { text }) => {
        if (refuse) return { outcome: "failed", detail: "answered 404" };
        texts.push(text);
        return { outcome: "sent", detail: "answered ok" };
      },
    });
    const { world } = story;
    const issue = followUp(story);
    refuse = true;
    await world.comment(issue, "alice", "/checklist outcome rolled-back");
    expect(texts).toHaveLength(1);
    refuse = false;
    await world.advance(30_000);
    expect(texts).toHaveLength(2);
    await world.finish();
  });

  test("is sent again when somebody asks for it where it is unclear", async () => {
    let unclear = false;
    const texts: string[] = [];
    const story = await merged({
      send: async (_, { text }) => {
        texts.push(text);
        return unclear
          ? { outcome: "unclear", detail: "no answer came" }
          : { outcome: "sent", detail: "answered ok" };
      },
    });
    const { world } = story;
    const issue = followUp(story);
    unclear = true;
    await world.comment(issue, "alice", "/checklist outcome successful");
    await world.advance(day);
    expect(texts).toHaveLength(2);
    unclear = false;
    await world.comment(issue, "alice", "/checklist announce");
    expect(texts).toHaveLength(3);
    await world.finish();
  });
});
