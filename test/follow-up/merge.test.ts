import { expect, test } from "@jest/globals";
import { readLedger } from "../../src/domain/ledger-text.ts";
import { createWorld, type Pull, type World } from "../scenario/world.ts";

const config = `checklist:
  items:
    - { id: ci, title: CI is green, check: ci }
    - { id: plan, title: Rollback plan confirmed }
`;

const mergeOf = (world: World, pull: Pull) => {
  const ledger = readLedger(world.check(pull).text);
  return ledger === null || ledger === "damaged" ? null : ledger.merge;
};

test("a release that was ready keeps who merged it, and its check stays as it was", async () => {
  const world = createWorld({ config });
  const pull = await world.open();
  await world.report(pull, "ci", "success");
  await world.tick(pull, "bea", "plan");
  const before = world.check(pull);
  await world.act(() => pull.merge({ by: "bob" }));
  const { conclusion, title, summary } = world.check(pull);
  const [verdict] = summary.split("\n\n<details><summary>Release record");
  expect({ conclusion, title, verdict }).toEqual({
    conclusion: before.conclusion,
    title: before.title,
    verdict: before.summary,
  });
  expect(mergeOf(world, pull)).toMatchObject({
    by: "bob",
    sha: world.repo.sha("main"),
    head: pull.headSha,
    verdict: "ready",
    bypassed: false,
    reasons: [],
    items: [
      { id: "ci", state: "done", summary: "green" },
      { id: "plan", state: "done" },
    ],
  });
  await world.finish();
});

test("a release that was blocked is known as bypassed, with what was missing", async () => {
  const world = createWorld({ config });
  const pull = await world.open();
  await world.tick(pull, "bea", "plan");
  await world.act(() => pull.merge({ by: "root" }));
  expect(world.check(pull).conclusion).toBe("action_required");
  expect(mergeOf(world, pull)).toMatchObject({
    by: "root",
    verdict: "blocked",
    bypassed: true,
  });
  expect(mergeOf(world, pull)?.reasons).toMatchInlineSnapshot(`
[
  "CI is green: No check is named "ci" on 5b55bba.",
]
`);
  await world.finish();
});

test("what was no release is left alone", async () => {
  const world = createWorld({ config });
  const pull = await world.open({ head: "feature/1" });
  const writes = await world.writesSince(() => world.act(() => pull.merge({ by: "bob" })));
  expect(writes).toEqual([]);
  await world.finish();
});
