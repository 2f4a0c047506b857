import { describe, expect, test } from "@jest/globals";
import { readChecks } from "../../src/github/read/checks.ts";
import { name, setUp } from "./setup.ts";

const read = (world: ReturnType<typeof setUp>, workflows = false) =>
  readChecks(world.octokit, name, { sha: world.pull.headSha, appId: world.app.id, workflows });

describe("the checks of a commit", () => {
  test("are all there, over many pages, the newest of each name", async () => {
    const world = setUp();
    const { repo, pull } = world;
    for (let count = 0; count < 230; count += 1) {
      repo.checkRun({ sha: pull.headSha, name: `unit (${count})`, status: "queued" });
    }
    repo.checkRun({ sha: pull.headSha, name: "unit (7)", status: "completed", conclusion: "success" });
    for (let count = 0; count < 130; count += 1) {
      repo.status({ by: "alice", sha: pull.headSha, context: `ci/${count % 3}`, state: "pending" });
    }
    const { checks } = await read(world);
    if (!checks.ok) throw new Error(checks.problem.why);
    expect(checks.value.runs).toHaveLength(230);
    expect(checks.value.runs.find((run) => run.name === "unit (7)")).toMatchObject({
      app: "github-actions",
      status: "completed",
      conclusion: "success",
    });
    expect(checks.value.statuses).toHaveLength(130);
    expect(checks.value.statuses[0]).toMatchObject({
      creator: { login: "alice", kind: "person" },
      state: "pending",
    });
  });

  test("tell the suites and the workflow that a job belongs to", async () => {
    const world = setUp();
    world.repo.workflowRun({
      path: ".github/workflows/ci.yml",
      sha: world.pull.headSha,
      jobs: { build: "success", deploy: null },
    });
    const { checks } = await read(world, true);
    if (!checks.ok) throw new Error(checks.problem.why);
    const { runs, suites, workflows } = checks.value;
    const [workflow] = workflows;
    expect(workflow).toMatchObject({ path: ".github/workflows/ci.yml", status: "in_progress", attempt: 1 });
    expect(runs.map((run) => [run.name, run.suite, run.conclusion]).toSorted()).toEqual([
      ["build", workflow?.suite, "success"],
      ["deploy", workflow?.suite, null],
    ]);
    expect(suites).toMatchObject([{ id: workflow?.suite, app: "github-actions", runs: 2 }]);
  });

  test("do not ask for workflows that no item names", async () => {
    const world = setUp({ without: "actions" });
    const { checks } = await read(world);
    expect(checks.ok).toBe(true);
    expect([...world.github.requests.counts.keys()].some((route) => route.includes("/actions/runs"))).toBe(
      false,
    );
  });

  test("hand the app's own runs on, out of the same answer", async () => {
    const world = setUp();
    world.repo.checkRun({
      app: world.app,
      sha: world.pull.headSha,
      name: "Release checklist: main",
      status: "completed",
      conclusion: "success",
      externalId: "pull:1",
      output: { title: "Ready", summary: "All done", text: "ledger" },
    });
    world.repo.checkRun({ sha: world.pull.headSha, name: "Release checklist: main", status: "queued" });
    const { own } = await read(world);
    expect(own).toMatchObject({
      ok: true,
      value: [{ name: "Release checklist: main", pull: 1, successor: null, title: "Ready", text: "ledger" }],
    });
  });

  test("that the app may not read are a problem in people's words", async () => {
    const world = setUp();
    world.github.faults.add({
      match: { method: "GET", path: /check-suites$/ },
      status: 403,
      headers: { "x-accepted-github-permissions": "checks=read" },
      body: { message: "Resource not accessible by integration" },
    });
    const { checks, own } = await read(world);
    expect(checks).toEqual({
      ok: false,
      problem: {
        what: "the check suites of the head commit",
        why: "permission missing: the app needs checks: read (GitHub answered 403)",
      },
    });
    expect(own.ok).toBe(true);
  });

  test.each([500, 502, "reset"] as const)("that fail with %s for good end the look", async (status) => {
    const world = setUp();
    world.github.faults.add({ match: { path: /check-runs$/ }, status });
    await expect(read(world)).rejects.toMatchObject({ name: "PassingFault" });
  });

  test("that fail once are read all the same", async () => {
    const world = setUp();
    world.github.faults.add({ match: { path: /check-runs$/ }, status: 502, times: 1 });
    expect((await read(world)).checks.ok).toBe(true);
  });
});
