import { describe, expect, test } from "@jest/globals";
import { decideWindow } from "../../src/domain/windows/decide.ts";
import { isTicked, itemOf } from "../scenario/world.ts";
import { early, item, meaning, names, written } from "./resolved.ts";
import { everything, sign, workOff, worldOf } from "./work.ts";

const migration = { "db/migrations/015-more.sql": "alter table carts add column more text;\n" };

describe("confidence", () => {
  const checklist = { extends: "confidence" };
  const items = early(meaning(checklist));
  const one = (id: string) => items.filter((each) => each.id === id);

  test("the rollback plan counts with both answers only", async () => {
    const world = worldOf(checklist);
    const pull = await world.open();
    await world.tick(pull, "bea", "rollback");
    await world.answer(pull, "bea", "rollback", "code", "Redeploy.");
    expect(itemOf(pull, "rollback")).toContain("answer missing");
    await world.answer(pull, "bea", "rollback", "data", "Nothing changes.");
    expect(itemOf(pull, "rollback")).not.toContain("answer missing");
    expect(world.check(pull).summary).toMatch(/Rollback plan confirmed \| ✅ done \| signed by bea/);
    await world.finish();
  });

  test("edge cases are walked through by somebody who is named", async () => {
    const world = worldOf(checklist);
    const pull = await world.open();
    await world.tick(pull, "bea", "edge-cases");
    expect(itemOf(pull, "edge-cases")).toContain("answer missing");
    await sign(world, pull, one("edge-cases"));
    expect(world.check(pull).summary).toMatch(/Edge cases exercised \| ✅ done \| signed by bea/);
    await world.finish();
  });

  test("who verifies the acceptance criteria reads in the check what they are about", async () => {
    const world = worldOf(checklist);
    const pull = await world.open();
    expect(world.check(pull).summary).toContain("### In this release");
    await world.finish();
  });

  test("without migrations nobody is asked about them", async () => {
    const world = worldOf(checklist);
    const pull = await world.open();
    expect(itemOf(pull, "migrations")).toBe("");
    expect(itemOf(pull, "migration-backup")).toBe("");
    await world.push(pull, "alice", migration);
    expect(itemOf(pull, "migrations")).not.toBe("");
    await world.finish();
  });

  test("a backup is confirmed when a migration destroys data, and only then", async () => {
    const world = worldOf(checklist);
    const pull = await world.open({ files: migration });
    expect(itemOf(pull, "migration-backup")).toBe("");
    await world.push(pull, "alice", everything);
    expect(itemOf(pull, "migration-backup")).not.toBe("");
    await sign(world, pull, one("migration-backup"));
    expect(isTicked(pull, "migration-backup")).toBe(true);
    await world.finish();
  });

  test("another migration ends what was said of the way back, and nothing else does", async () => {
    const world = worldOf(checklist);
    const pull = await world.open({ files: everything });
    await sign(world, pull, [...one("rollback"), ...one("migrations"), ...one("monitoring")]);
    await world.push(pull, "alice", { "README.md": "# Shop, improved\n" });
    for (const id of ["rollback", "migrations", "monitoring"])
      expect([id, isTicked(pull, id)]).toEqual([id, true]);
    await world.push(pull, "alice", migration);
    for (const id of ["rollback", "migrations"]) expect([id, isTicked(pull, id)]).toEqual([id, false]);
    expect(isTicked(pull, "monitoring")).toBe(true);
    await world.finish();
  });

  test("the announcement tells who validated what, and the way back", async () => {
    const world = worldOf(checklist);
    const pull = await world.open({ files: everything });
    await sign(
      world,
      pull,
      items.filter(({ kind }) => kind === "manual"),
    );
    for (const announcement of one("stakeholders")) await workOff(world, pull, announcement);
    const said = pull.comments.at(-1)?.body ?? "";
    expect(said).toMatch(/Acceptance criteria verified: signed by bea/);
    expect(said).toMatch(/Regression suite passes on staging: signed by bea/);
    expect(said).toContain("How do we get back to the version before?: About code.");
    expect(said).toContain("What happens to data that was changed or migrated by then?: About data.");
    expect(said).toContain("What moved since the last release, and why?: About moved.");
    await world.finish();
  });
});

describe("zero-rollback", () => {
  const zoned = {
    timezone: "Europe/Berlin",
    closed: [{ from: "2026-12-24", reason: "Tomorrow is Christmas" }],
  };
  const found = item(
    meaning({ extends: "zero-rollback", items: [{ id: "window", window: zoned }] }),
    "window",
  );
  if (found.kind !== "window") throw new Error("It has no window");
  const at = (time: string) => decideWindow(found.window, Date.parse(time));

  test.each([
    ["Tuesday noon", "2026-11-24T12:00:00+01:00", "green", false],
    ["Thursday at the last minute", "2026-11-26T13:59:00+01:00", "green", false],
    ["Monday noon", "2026-11-23T12:00:00+01:00", "green", true],
    ["Friday noon", "2026-11-27T12:00:00+01:00", "green", true],
    ["Friday from 14:00", "2026-11-27T14:00:00+01:00", "failed", false],
    ["peak hours", "2026-11-24T18:00:00+01:00", "failed", false],
    ["the weekend", "2026-11-28T12:00:00+01:00", "failed", false],
  ])("the window on %s", (_, time, state, warned) => {
    const outcome = at(time);
    expect([outcome.state, outcome.caution !== null]).toEqual([state, warned]);
  });

  test("the window on the day before a holiday", () => {
    // A Thursday, which is open otherwise.
    expect(at("2026-12-24T12:00:00+01:00")).toMatchObject({
      state: "failed",
      diagnosis: expect.stringContaining("Tomorrow is Christmas"),
    });
  });

  test("without a time zone somebody signs that it is the right time", () => {
    expect(item(meaning({ extends: "zero-rollback" }), "window")).toMatchObject({ kind: "manual" });
  });

  test("the limits at which it is rolled back, and who decides, are agreed on before", () => {
    const criteria = item(meaning({ extends: "zero-rollback" }), "rollback-criteria");
    for (const limit of ["5 %", "10 minutes", "twice the baseline", "5 minutes", "30 %", "20 %"])
      expect(criteria.help).toContain(limit);
    for (const reason of ["corrupted data", "security hole", "third party", "odd things"])
      expect(criteria.help).toContain(reason);
    expect(criteria).toMatchObject({ questions: [{ id: "limits" }, { id: "decides" }] });
  });

  test.each([
    ["a new column that may be null", "alter table carts add column note text;", false],
    ["a column that goes", "alter table carts drop column note;", true],
    ["a new name", "alter table carts rename column note to notes;", true],
    ["NOT NULL on a column that is there", "alter table carts alter column note set not null;", true],
  ])("%s: whether it takes several steps", async (_, sql, asked) => {
    const world = worldOf({ extends: "zero-rollback" });
    const pull = await world.open({ files: { "db/migrations/016-note.sql": `${sql}\n` } });
    expect(itemOf(pull, "migration-rules")).not.toBe("");
    expect(itemOf(pull, "migration-steps") !== "").toBe(asked);
    await world.finish();
  });

  test("a migration that is no SQL cannot be judged: it is asked about", async () => {
    const world = worldOf({ extends: "zero-rollback" });
    const pull = await world.open({ files: { "db/migrate/20260302_note.rb": "drop_table :notes\n" } });
    expect(itemOf(pull, "migration-steps")).not.toBe("");
    await world.finish();
  });

  test("staging can be decided by a deployment, by a check, or by people", () => {
    const staging = (more: object) => item(meaning({ extends: "zero-rollback", ...more }), "staging").kind;
    expect(staging({})).toBe("manual");
    expect(staging({ checks: { staging: "deploy (staging)" } })).toBe("check");
    expect(staging({ items: [{ id: "staging", deployment: { environment: "staging" } }] })).toBe(
      "deployment",
    );
  });
});

describe("managed-release", () => {
  test("the announcement is the release notes: changes, risks, way back, who decides, who is in charge", async () => {
    const checklist = { extends: "managed-release" };
    const world = worldOf(checklist);
    const pull = await world.open({ files: everything });
    const items = early(meaning(checklist));
    await sign(
      world,
      pull,
      items.filter(({ kind }) => kind === "manual"),
    );
    for (const each of items.filter(({ kind }) => kind !== "manual")) await workOff(world, pull, each);
    const said = pull.comments.at(-1)?.body ?? "";
    for (const line of [
      "In charge: bea",
      "What changes for whom?: About changes.",
      "What could go wrong?: About risks.",
      "How do we get back to the version before?: About code.",
      "Who decides it?: About decides.",
      "Where is it?: About where.",
    ])
      expect(said).toContain(line);
    await world.finish();
  });

  test("a schema change raises the bar", async () => {
    const world = worldOf({ extends: "managed-release" });
    const pull = await world.open();
    expect(itemOf(pull, "schema-change")).toBe("");
    await world.push(pull, "alice", migration);
    expect(itemOf(pull, "schema-change")).not.toBe("");
    await world.finish();
  });
});

describe("seven-steps", () => {
  test("has seven groups, each with what it leads to, and six of them before the merge", () => {
    const { groups = [], items } = written("seven-steps");
    expect(groups.map(({ title }) => title.slice(0, 2))).toEqual(["1.", "2.", "3.", "4.", "5.", "6.", "7."]);
    expect(groups.every(({ expects = "" }) => expects !== "")).toBe(true);
    const isEarly = ({ phase = "before-merge" }) => phase === "before-merge";
    const used = groups.filter(({ title }) => items.some((one) => isEarly(one) && one.group === title));
    expect(used).toEqual(groups.slice(0, 6));
    expect(items.every(({ group }) => group !== undefined)).toBe(true);
  });

  test("the announcement of its end carries every answer, however long the list is", async () => {
    const checklist = { extends: "seven-steps" };
    const world = worldOf(checklist);
    const pull = await world.open({ files: everything });
    const items = early(meaning(checklist));
    await sign(
      world,
      pull,
      items.filter(({ kind }) => kind === "manual"),
    );
    await workOff(world, pull, item(meaning(checklist), "end-announced"));
    const said = pull.comments.at(-1)?.body ?? "";
    const questions = items.flatMap((one) => (one.kind === "manual" ? one.questions : []));
    expect(questions.length).toBeGreaterThan(7);
    for (const { id, text } of questions) expect(said).toContain(`${text}: About ${id}.`);
    expect(said).toMatch(/More: \d+ lines on the pull request/);
    await world.finish();
  });

  test("a bug fix asks for a new candidate", async () => {
    const checklist = { extends: "seven-steps" };
    const world = worldOf(checklist);
    const pull = await world.open({ files: everything });
    await sign(world, pull, [item(meaning(checklist), "candidate")]);
    expect(isTicked(pull, "candidate")).toBe(true);
    await world.push(pull, "alice", { "src/cart.ts": "export const cart = new WeakMap();\n" });
    expect(isTicked(pull, "candidate")).toBe(false);
    await world.finish();
  });
});

describe("hotfix", () => {
  test("is the shortest of them", () => {
    const length = (name: string) =>
      written(name).items.filter(({ when, phase }) => when === undefined && phase === undefined).length;
    expect(length("hotfix")).toBe(Math.min(...names.map(length)));
  });
});
