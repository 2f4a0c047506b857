import { describe, expect, test } from "@jest/globals";
import { writeExternalId } from "../../src/domain/external-id.ts";
import { emptyLedger } from "../../src/domain/ledger.ts";
import { writeLedger } from "../../src/domain/ledger-text.ts";
import { type OwnWants, readOwnRuns } from "../../src/github/read/own-runs.ts";
import { name, setUp } from "./setup.ts";

const check = "Release checklist: main";
type World = ReturnType<typeof setUp>;

const read = (world: World, wants: Partial<OwnWants> = {}) =>
  readOwnRuns(world.octokit, name, {
    appId: world.app.id,
    pull: world.pull.number,
    head: world.pull.headSha,
    check,
    left: [],
    search: "if-missing",
    ...wants,
  });

const ledgerText = (pull: number, revision: number): string => {
  const written = writeLedger({ ...emptyLedger(pull), revision }, "For people");
  if (!written) throw new Error("the ledger does not fit");
  return written.text;
};

interface Run {
  readonly pull?: number;
  readonly revision?: number;
  readonly successor?: string;
  readonly runName?: string;
  readonly text?: string;
}

const report = (
  world: World,
  sha: string,
  { pull, revision, successor, runName, text }: Run = {},
): number => {
  const number = pull ?? world.pull.number;
  return world.repo.checkRun({
    app: world.app,
    sha,
    name: runName ?? check,
    status: "completed",
    conclusion: "action_required",
    externalId: writeExternalId({ pull: number, successor: successor ?? null }),
    output: {
      title: "t",
      summary: "s",
      text: text ?? (revision === undefined ? "" : ledgerText(number, revision)),
    },
  }).id;
};

const push = (world: World, files: Record<string, string>, force = false): string =>
  world.repo.push(world.pull.head, { files, by: "alice", force });

describe("the ledger", () => {
  test("is read from the head's own run", async () => {
    const world = setUp();
    const id = report(world, world.pull.headSha, { revision: 3 });
    expect(await read(world)).toMatchObject({ current: { id, pull: 1 }, stale: [], ledger: { revision: 3 } });
  });

  test("is not there on a new pull request, which costs one request", async () => {
    const world = setUp();
    await world.octokit.rest.meta.root().catch(() => null);
    world.github.requests.list.length = 0;
    expect(await read(world, { search: "never" })).toEqual({
      current: null,
      stale: [],
      ledger: null,
      damaged: null,
    });
    expect(world.github.requests.list.filter(({ method }) => method === "GET")).toHaveLength(1);
  });

  test("comes along from the head that a push left, whose run is stale now", async () => {
    const world = setUp();
    const before = world.pull.headSha;
    const id = report(world, before, { revision: 3 });
    push(world, { "a.txt": "a" });
    expect(await read(world, { left: [before] })).toMatchObject({
      current: null,
      stale: [{ id, sha: before }],
      ledger: { revision: 3 },
    });
  });

  test("is found among the commits when nobody told of the push", async () => {
    const world = setUp();
    report(world, world.pull.headSha, { revision: 3 });
    push(world, { "a.txt": "a" });
    push(world, { "b.txt": "b" });
    expect(await read(world)).toMatchObject({ current: null, ledger: { revision: 3 } });
  });

  test("is found behind a forced push that nobody told of", async () => {
    const world = setUp();
    report(world, world.pull.headSha, { revision: 3 });
    push(world, { "a.txt": "a" }, true);
    expect(await read(world)).toMatchObject({ current: null, ledger: { revision: 3 } });
  });

  test("with the highest revision wins after a forced push back to an old commit", async () => {
    const world = setUp();
    const old = world.pull.headSha;
    report(world, old, { revision: 3 });
    const newer = push(world, { "a.txt": "a" });
    report(world, newer, { revision: 8 });
    world.repo.setBranch(world.pull.head, old, { by: "alice" });
    expect(world.pull.headSha).toBe(old);
    expect(await read(world, { left: [newer] })).toMatchObject({
      current: { sha: old },
      stale: [{ sha: newer }],
      ledger: { revision: 8 },
    });
    expect((await read(world, { search: "always" })).ledger?.revision).toBe(8);
  });

  test("is followed from a superseded run to its successor, and round in a circle only once", async () => {
    const world = setUp();
    const old = world.pull.headSha;
    const newer = push(world, { "a.txt": "a" });
    report(world, old, { revision: 3, successor: newer });
    report(world, newer, { revision: 8, successor: old });
    world.repo.setBranch(world.pull.head, old, { by: "alice" });
    expect(await read(world, { search: "never" })).toMatchObject({
      current: { sha: old },
      stale: [],
      ledger: { revision: 8 },
    });
  });

  test("goes along when the pull request is retargeted, and the run under the old name is stale", async () => {
    const world = setUp();
    const id = report(world, world.pull.headSha, { revision: 3 });
    expect(await read(world, { check: "Release checklist: production" })).toMatchObject({
      current: null,
      stale: [{ id }],
      ledger: { revision: 3 },
    });
  });

  test("of another pull request at the same commit is not ours", async () => {
    const world = setUp();
    const id = report(world, world.pull.headSha, { pull: 99, revision: 3 });
    expect(await read(world)).toMatchObject({ current: { id, pull: 99 }, stale: [], ledger: null });
  });

  test("that a run of ours wrongly holds for another pull request does not count", async () => {
    const world = setUp();
    report(world, world.pull.headSha, { text: ledgerText(99, 3) });
    expect((await read(world)).ledger).toBeNull();
  });

  test("of another app is nobody's", async () => {
    const world = setUp();
    world.repo.checkRun({
      sha: world.pull.headSha,
      name: check,
      status: "completed",
      conclusion: "success",
      externalId: "pull:1",
      output: { title: "t", summary: "s", text: ledgerText(1, 900) },
    });
    expect(await read(world)).toMatchObject({ current: null, ledger: null });
  });

  test("that is damaged is said", async () => {
    const world = setUp();
    const id = report(world, world.pull.headSha, { text: ledgerText(1, 3).replace('"revision"', '"rev') });
    expect((await read(world)).damaged).toEqual({
      what: "the ledger",
      why: `the check run ${id} on ${world.pull.headSha.slice(0, 7)} holds one that this version of the app cannot read`,
    });
  });

  test("costs no second request when the checks were read already", async () => {
    const world = setUp();
    const onHead = (await read(world)).current;
    expect(onHead).toBeNull();
    world.github.requests.list.length = 0;
    await read(world, { onHead: [], search: "never" });
    expect(world.github.requests.list).toEqual([]);
  });
});
