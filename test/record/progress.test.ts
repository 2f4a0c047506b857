import { expect, test } from "@jest/globals";
import { readLedger } from "../../src/domain/ledger-text.ts";
import { createWorld, type Pull, type World } from "../scenario/world.ts";

const config = `checklist:
  items:
    - { id: e2e, title: End-to-end tests pass, check: staging-e2e }
    - { id: plan, title: Rollback plan confirmed }
    - { id: sql, title: Migrations validated, check: sql, when: { paths: ["**/*.sql"] } }
`;

const kept = (world: World, pull: Pull) => {
  const ledger = readLedger(world.check(pull).text);
  if (ledger === null || ledger === "damaged") throw new Error("no ledger");
  return {
    ready: ledger.ready,
    ...Object.fromEntries(
      Object.entries(ledger.progress).map(([id, { state, done, caught }]) => [id, { state, done, caught }]),
    ),
  };
};

test("the ledger keeps since when an item is done, and what it caught", async () => {
  const world = createWorld({ config });
  const pull = await world.open();
  expect(kept(world, pull)).toEqual({
    ready: null,
    e2e: { state: "waiting", done: null, caught: 0 },
    plan: { state: "waiting", done: null, caught: 0 },
  });

  await world.report(pull, "staging-e2e", "failure");
  await world.tick(pull, "bea", "plan");
  await world.advance(3_600_000);
  expect(kept(world, pull)).toMatchObject({
    e2e: { state: "failed", done: null, caught: 1 },
    plan: { state: "done", done: "2026-03-02T10:00:03Z", caught: 0 },
  });

  await world.untick(pull, "bob", "plan");
  await world.report(pull, "staging-e2e", "success");
  expect(kept(world, pull)).toMatchObject({
    ready: null,
    e2e: { state: "done", done: "2026-03-02T11:00:05.000Z", caught: 1 },
    plan: { state: "waiting", done: null, caught: 1 },
  });

  await world.tick(pull, "bea", "plan");
  expect(kept(world, pull)).toMatchObject({
    ready: "2026-03-02T11:00:06.000Z",
    plan: { state: "done", done: "2026-03-02T11:00:06Z", caught: 1 },
  });

  await world.push(pull, "alice", { "b.txt": "b\n" });
  expect(kept(world, pull)).toMatchObject({
    ready: "2026-03-02T11:00:06.000Z",
    e2e: { state: "waiting", done: null, caught: 1 },
    plan: { state: "done", done: "2026-03-02T11:00:06Z", caught: 1 },
  });
  await world.finish();
});
