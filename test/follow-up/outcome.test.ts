import { describe, expect, test } from "@jest/globals";
import { createWorld } from "../scenario/world.ts";
import { config, deploy, followUp, mergeOf, ready, shown } from "./support.ts";

const plain = `checklist:
  items:
    - { id: go, title: Go }
    - { id: tell, title: Stakeholders notified, notify: { to: stakeholders, post: when-ready } }
`;

describe("a release without items after the merge", () => {
  test("its outcome is said on the pull request, by whoever may, and told once", async () => {
    const { world, pull, sent } = await ready({
      config: plain
        .replace("id: go", "id: rollback")
        .replace("title: Go", "title: Go, questions: { limits: a?, decides: b? }"),
    });
    await world.act(() => pull.merge({ by: "bob" }));
    expect(world.repo.issues).toEqual([]);
    await world.comment(pull, "eve", "/checklist outcome successful");
    expect(pull.comments.at(-1)?.body.split("\n")[0]).toMatchInlineSnapshot(
      `"\`/checklist outcome\` was not done: it needs \`@alice\` or write access."`,
    );
    expect(mergeOf({ world, pull })?.outcomes).toEqual([]);
    await world.comment(pull, "bob", "/checklist outcome successful All figures are fine");
    await world.comment(pull, "bob", "/checklist outcome successful");
    expect(mergeOf({ world, pull })?.outcomes).toHaveLength(1);
    expect(sent.slice(1).map(({ text }) => text)).toMatchInlineSnapshot(`
[
  "Release successful: acme/shop #1: Release 1.0
Note: All figures are fine
By: bob
Commit: 60040ce, merged by bob
https://github.com/acme/shop/pull/1",
]
`);
    await world.finish();
  });

  test("words that are no outcome get those that are", async () => {
    const { world, pull } = await ready();
    await world.act(() => pull.merge({ by: "bob" }));
    await world.comment(pull, "bob", "/checklist outcome great");
    await world.comment(pull, "bob", "/checklist status");
    await world.comment(pull, "bob", "/checklist help");
    expect(
      pull.comments
        .slice(-6)
        .map(({ body }) => body)
        .filter((body) => !body.startsWith("/")),
    ).toMatchInlineSnapshot(`
[
  "There is no outcome \`great\`. Possible are \`successful\`, \`rolled-back\` or \`follow-up\`, and a note behind it.

<!-- release-checklist:reply:1029 -->",
  "**The outcome is not known yet**

Follow-up: <https://github.com/acme/shop/issues/2>

- Deployed to production: Nothing was deployed to production yet. Deploy this commit there.
- Watched for half an hour: The time begins with the deployment to production.
- Figures are normal: \`@acme/sre\` can sign it
- Final tag made: No tag named "v\\*" contains 60040ce. Make one, and push it.
- Release notes published: No tag named "v\\*" contains 60040ce, and so no release does. Publish one.

<!-- release-checklist:reply:1032 -->",
  "Write one command on a line of its own, in a new comment. Edited comments do not count.

| command | does |
|---|---|
| \`/checklist outcome successful\` | say how the release ended; also \`rolled-back\`, \`follow-up\`, and a note |
| \`/checklist incident <link>\` | link an incident to the release |
| \`/checklist announce\` | send a final status again that did not arrive |
| \`/checklist recheck\` | look at everything again |
| \`/checklist status\` | say what is missing |

<!-- release-checklist:reply:1035 -->",
]
`);
    await world.finish();
  });
});

describe("a roll-back", () => {
  test("is told, and asks the two questions before the follow-up closes", async () => {
    const story = await ready();
    const { world, pull, sent } = story;
    await world.act(() => pull.merge({ by: "bob" }));
    const issue = followUp(story);
    await deploy(story, world.repo.sha("main"));
    await world.comment(issue, "alice", "/checklist outcome rolled-back Errors at 7 %");
    expect(issue.state).toBe("open");
    expect(shown(issue)).toMatchInlineSnapshot(`
"## Release checklist

Outcome: rolled back, by \`@alice\`, 2026-03-02 10:00 UTC: Errors at 7 %

It was rolled back, so of what is open only the questions are still asked.

**Deployment**
- [x] Deployed to production (runs 60040ce)

**After the deployment**
- [ ] Watched for half an hour (until 2026-03-02 10:30 UTC)
- [ ] Figures are normal (\`@acme/sre\`)
- [ ] Final tag made (no tag yet)
- [ ] Release notes published (not published yet)

**Looking back**
- [ ] What this release teaches
  - Should an item have caught it?
  - Was the list followed?"
`);
    expect(sent.slice(1)).toMatchInlineSnapshot(`
[
  {
    "answers": "message 17.1 in C0123456",
    "text": "Release rolled back: acme/shop #1: Release 1.0
Note: Errors at 7 %
By: alice
Commit: 60040ce, merged by bob
Follow-up: https://github.com/acme/shop/issues/2
https://github.com/acme/shop/pull/1",
  },
]
`);
    await world.answer(issue, "alice", "retrospective", "caught", "The load test should have");
    await world.answer(issue, "alice", "retrospective", "followed", "Yes");
    await world.tick(issue, "alice", "retrospective");
    expect(issue.state).toBe("closed");
    expect(sent).toHaveLength(2);
    const answers = mergeOf(story)?.followUp?.items.retrospective?.answers;
    expect(answers).toMatchObject({
      caught: { text: "The load test should have", by: "alice" },
      followed: { text: "Yes", by: "alice" },
    });
    await world.finish();
  });

  test("said after a success is a correction, told as one more final status", async () => {
    const story = await ready();
    const { world, pull, sent } = story;
    await world.act(() => pull.merge({ by: "bob" }));
    const issue = followUp(story);
    await world.comment(issue, "alice", "/checklist outcome successful");
    await world.comment(issue, "alice", "/checklist outcome rolled-back Corrupted data");
    expect(sent.slice(1).map(({ text }) => text.split(":")[0])).toEqual([
      "Release successful",
      "Release rolled back",
    ]);
    expect(issue.state).toBe("open");
    await world.finish();
  });
});

describe("a bypass", () => {
  test("is told, and what was open goes into the follow-up", async () => {
    const sent: string[] = [];
    const world = createWorld({
      config,
      targets: JSON.stringify({
        acme: {
          stakeholders: { type: "webhook", url: "https://hooks.test/x", secret: "a-long-enough-secret" },
        },
      }),
      send: async (_, { text }) => {
        sent.push(text);
        return { outcome: "sent", detail: "answered ok" };
      },
    });
    const pull = await world.open();
    await world.report(pull, "ci", "failure");
    await world.act(() => pull.merge({ by: "root" }));
    const story = { world, pull, sent: [] };
    const issue = followUp(story);
    const merged = world.repo.sha("main");
    expect(issue.assignees).toEqual(["root"]);
    expect(
      issue.body
        .slice(issue.body.indexOf("\n") + 1, issue.body.indexOf("Who signed what"))
        .replaceAll(merged, "<merge commit>")
        .replace(/ <!-- .*? -->/g, ""),
    ).toMatchInlineSnapshot(`
"The release **Release 1.0** (https://github.com/acme/shop/pull/1) was merged into \`main\` by \`@root\` on 2026-03-02 10:00 UTC as <merge commit>.

In charge: \`@root\`, since nobody was assigned to the pull request

**It was merged although the check did not allow it.** What was missing then:

- CI is green: "ci" failed. Fix it, or run it again.
- Rollback plan confirmed: anyone with write access can answer its questions and sign it
- Stakeholders notified: the app posts it when all other items are done

<!-- release-checklist:begin -->
## Release checklist

Outcome: not known yet. It is successful when every item is done; or comment \`/checklist outcome successful\`, \`rolled-back\` or \`follow-up\`, with a note behind it.

**Left open at the merge**
- [ ] CI is green
  At the merge: failed
- [ ] Rollback plan confirmed
  - At what do we roll back?
  - Who decides it?

**Deployment**
- [ ] Deployed to production (never deployed to)

**After the deployment**
- [ ] Watched for half an hour (begins when production runs it)
- [ ] Figures are normal (\`@acme/sre\`)
- [ ] Final tag made (no tag yet)
- [ ] Release notes published (not published yet)

**Looking back**
- [ ] What this release teaches
  - Should an item have caught it?
  - Was the list followed?

"
`);
    expect(sent.map((text) => text.replaceAll(merged.slice(0, 7), "<commit>"))).toMatchInlineSnapshot(`
[
  "Release merged without a green checklist: acme/shop #1: Release 1.0
Merged by: root
Commit: <commit>
Missing: CI is green: "ci" failed. Fix it, or run it again.
Missing: Rollback plan confirmed: anyone with write access can answer its questions and sign it
Missing: Stakeholders notified: the app posts it when all other items are done
Follow-up: https://github.com/acme/shop/issues/2
https://github.com/acme/shop/pull/1",
]
`);
    await world.tick(issue, "bob", "ci");
    await world.comment(issue, "bob", "/checklist override It is an emergency");
    expect(issue.comments.at(-1)?.body.split("\n")[0]).toMatchInlineSnapshot(
      `"This release was merged: \`/checklist override\` comes too late. \`/checklist outcome\` says how it ended."`,
    );
    expect(mergeOf(story)).toMatchObject({ bypassed: true, by: "root", followUp: { issue: issue.number } });
    await world.finish();
  });

  test("a push right before the merge leaves a commit without a verdict", async () => {
    const story = await ready();
    const { world, pull } = story;
    world.kill();
    world.repo.push(pull.head, { by: "alice", files: { "late.txt": "late\n" } });
    pull.merge({ by: "root" });
    await world.restart();
    expect(mergeOf(story)).toMatchObject({ verdict: "none", bypassed: true });
    expect(world.check(pull)).toMatchObject({
      conclusion: "action_required",
      title: "Merged before the app looked at this commit",
    });
    expect(followUp(story).body).toContain("It was merged although the check did not allow it.");
    await world.finish();
  });
});

describe("an override", () => {
  test("asks the two questions, even where nothing else follows", async () => {
    const world = createWorld({ config: "checklist:\n  items:\n    - { id: go, title: Go }\n" });
    const pull = await world.open();
    await world.comment(pull, "root", "/checklist override The site is down");
    await world.act(() => pull.merge({ by: "root" }));
    const issue = followUp({ world, pull });
    expect(issue.body).toContain("**The gate was overridden** by `@root`: The site is down");
    expect(shown(issue)).toMatchInlineSnapshot(`
"## Release checklist

Outcome: not known yet. It is successful when every item is done; or comment \`/checklist outcome successful\`, \`rolled-back\` or \`follow-up\`, with a note behind it.

**Looking back**
- [ ] What this release teaches
  - Should an item have caught it?
  - Was the list followed?"
`);
    await world.finish();
  });
});

describe("an incident", () => {
  test("an issue with the label that names the release asks the two questions", async () => {
    const story = await ready();
    const { world, pull } = story;
    await world.act(() => pull.merge({ by: "bob" }));
    const incident = await world.act(() =>
      world.repo.openIssue({ by: "bob", title: "Checkout is down", body: `Since #${pull.number}` }),
    );
    await world.act(() => incident.label("incident", { by: "bob" }));
    expect(mergeOf(story)?.incidents).toMatchObject([
      { link: expect.stringContaining("/issues/"), by: "bob" },
    ]);
    expect(shown(followUp(story))).toContain("What this release teaches");
    await world.finish();
  });

  test("a follow-up that was closed opens again", async () => {
    const story = await ready();
    const { world, pull } = story;
    await world.act(() => pull.merge({ by: "bob" }));
    const issue = followUp(story);
    const merged = world.repo.sha("main");
    await deploy(story, merged);
    await world.act(() => world.repo.release("v1.0", { by: "bob" }));
    await world.tick(issue, "bea", "figures");
    await world.advance(30 * 60_000);
    expect(issue.state).toBe("closed");
    await world.comment(pull, "bob", "/checklist incident https://status.acme.test/42");
    expect(issue.state).toBe("open");
    expect(shown(issue)).toContain("Incident: <https://status.acme.test/42>");
    await world.finish();
  });
});
