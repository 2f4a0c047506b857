import { expect, test } from "@jest/globals";
import { type ReleaseRecord, readRecord } from "../../src/domain/record/record.ts";
import { reportOf } from "../../src/domain/report/report.ts";
import { recordMarker } from "../../src/render/record.ts";
import { deploy, followUp, ready, type Story } from "../follow-up/support.ts";

const bodyOf = ({ pull }: Story): string => {
  const found = pull.comments.filter(({ body }) => body.includes(recordMarker));
  expect(found).toHaveLength(1);
  return found[0]?.body ?? "";
};

const recordOf = (story: Story): ReleaseRecord => {
  const json = /```json\n(.*)\n```/.exec(bodyOf(story))?.[1] ?? "";
  const record = readRecord(json);
  if (record === null) throw new Error(`no record: ${json}`);
  return record;
};

test("the record follows the release to its end, and no further", async () => {
  const story = await ready();
  const { world, pull } = story;
  await world.act(() => pull.merge({ by: "bob" }));
  expect(recordOf(story)).toMatchObject({
    times: { deployed: null },
    outcomes: [],
    followUp: { number: 2, closed: null },
    announcements: [{ about: "stakeholders", receipts: [{ outcome: "sent" }] }],
  });

  const merged = world.repo.sha("main");
  await deploy(story, merged);
  const issue = followUp(story);
  await world.advance(30 * 60_000);
  await world.tick(issue, "bea", "figures");
  await world.act(() => world.repo.tag("v1.0", merged, { by: "bob" }));
  await world.act(() => world.repo.release("v1.0", { by: "bob" }));
  const [people = ""] = bodyOf(story).split("\n\n<details>");
  expect(
    people
      .replaceAll(pull.headSha, "HEAD")
      .replaceAll(pull.headSha.slice(0, 7), "HEAD")
      .replace(/merged as `\w+`/, "merged as `MERGED`"),
  ).toMatchInlineSnapshot(`
"<!-- release-checklist:record -->
### Release record

**Merged as ready. Outcome: successful.**

| | |
|---|---|
| release | Release 1.0, by \`@alice\` |
| commit | \`HEAD\` into main, merged as \`MERGED\` |
| opened | 2026-03-02 10:00 UTC |
| ready | 2026-03-02 10:00 UTC, under a minute later |
| merged | 2026-03-02 10:00 UTC, under a minute later, by \`@bob\` |
| in production | 2026-03-02 10:00 UTC, under a minute later |
| outcome | successful, 2026-03-02 10:30 UTC, by \`@bea\` |
| brings | 1 commit |
| follow-up | [#2](https://github.com/acme/shop/issues/2), closed 2026-03-02 10:30 UTC |

| item | state | evidence | open for |
|---|---|---|---|
| CI is green | ✅ done | [ci](https://github.com/acme/shop/runs/1024) | under a minute |
| Rollback plan confirmed | ✅ done | \`@bob\`, 2026-03-02 10:00 UTC, at \`HEAD\` · At what do we roll back? — Errors above 5 % · Who decides it? — alice | under a minute |
| Stakeholders notified | ✅ done |  | under a minute |
| Deployed to production | ✅ done |  | under a minute |
| Watched for half an hour | ✅ done |  | 30 min |
| Figures are normal | ✅ done | \`@bea\`, 2026-03-02 10:30 UTC, at \`60040ce\` | 30 min |
| Final tag made | ✅ done |  | 30 min |
| Release notes published | ✅ done | [v1.0](https://github.com/acme/shop/releases/tag/v1.0) | 30 min |

#### Announced

- Stakeholders notified to stakeholders: sent on 2026-03-02 10:00 UTC (message 17.1 in C0123456)
- the outcome to stakeholders: sent on 2026-03-02 10:30 UTC (message 17.2 in C0123456)"
`);
  const record = recordOf(story);
  expect(record.times.deployed).toBe("2026-03-02T10:00:08Z");
  expect(
    record.items
      .filter(({ phase }) => phase !== "before-merge")
      .map(({ id, state, done }) => [id, state, done]),
  ).toEqual([
    ["production", "done", "2026-03-02T10:00:08.000Z"],
    ["watched", "done", "2026-03-02T10:30:08.000Z"],
    ["figures", "done", "2026-03-02T10:30:09Z"],
    ["tag", "done", "2026-03-02T10:30:10.000Z"],
    ["notes", "done", "2026-03-02T10:30:11.000Z"],
  ]);
  await world.finish();
});

test("a roll-back, its incident and what it teaches stand in the record, and in the figures", async () => {
  const story = await ready();
  const { world, pull } = story;
  await world.act(() => pull.merge({ by: "bob" }));
  await deploy(story, world.repo.sha("main"));
  const issue = followUp(story);
  await world.advance(40 * 60_000);
  await world.act(() =>
    issue.comment({ by: "bob", body: "/checklist outcome rolled-back Baskets were lost" }),
  );
  await world.answer(issue, "bob", "retrospective", "caught", "Yes: the tests of baskets");
  await world.answer(issue, "bob", "retrospective", "followed", "Yes");
  await world.tick(issue, "bob", "retrospective");
  const record = recordOf(story);
  expect(record.outcomes).toEqual([
    { result: "rolled-back", by: "bob", at: "2026-03-02T10:40:09Z", note: "Baskets were lost" },
  ]);
  expect(record.lessons).toMatchObject([
    { question: "Should an item have caught it?", text: "Yes: the tests of baskets", by: "bob" },
    { question: "Was the list followed?", text: "Yes", by: "bob" },
  ]);
  expect(bodyOf(story)).toContain("**Merged as ready. Outcome: rolled back (Baskets were lost).**");
  const period = { from: "2026-03-01T00:00:00Z", to: "2026-03-08T00:00:00Z" };
  expect(reportOf([record], { period, quietAfter: 1 }).stability).toMatchObject({
    failed: 1,
    rolledBack: 1,
    // Deployed 10:00:08, said to be rolled back 10:40:09.
    timeToRecover: { median: 40 * 60 + 1 },
  });
  await world.finish();
});

test("an override is in the record with its reason", async () => {
  const story = await ready();
  const { world, pull } = story;
  await world.untick(pull, "bob", "rollback");
  await world.comment(pull, "root", "/checklist override Payments are down");
  await world.act(() => pull.merge({ by: "root" }));
  const record = recordOf(story);
  expect(record).toMatchObject({
    verdict: "overridden",
    override: { by: "root", reason: "Payments are down" },
    bypass: null,
  });
  expect(record.items.find(({ id }) => id === "rollback")).toMatchObject({
    state: "waiting",
    done: null,
    caught: 1,
  });
  await world.finish();
});

test("a release is in production once it runs wherever it is deployed to, and what happens later does not change that", async () => {
  const story = await ready({
    config: `checklist:
  items:
    - { id: ci, title: CI is green, check: ci }
    - { id: rollback, title: Rollback plan confirmed, questions: { limits: When?, decides: Who? } }
    - { id: canary, title: Runs on the canary, phase: deploy, deployment: { environment: canary } }
    - { id: production, title: Runs in production, phase: deploy, deployment: { environment: production } }
    - { id: figures, title: Figures are normal, phase: after-deploy }
`,
  });
  const { world, pull } = story;
  await world.act(() => pull.merge({ by: "bob" }));
  const merged = world.repo.sha("main");
  await world.act(() => {
    world.repo.deploy(merged, { environment: "canary", by: "github-actions[bot]" }).status("success");
  });
  expect(recordOf(story).times.deployed).toBeNull();
  await world.advance(600_000);
  await deploy(story, merged);
  const { deployed } = recordOf(story).times;
  expect(deployed).toBe("2026-03-02T10:10:09Z");
  await deploy(story, pull.headSha, "failure");
  await world.tick(followUp(story), "bob", "figures");
  expect(recordOf(story).times.deployed).toBe(deployed);
  await world.finish();
});
