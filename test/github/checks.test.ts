import { describe, expect, test } from "@jest/globals";
import { failure, setUp } from "./setup.ts";

const output = { title: "t", summary: "s" };

describe("check runs", () => {
  test("every POST makes a new run, and the newest of a name is the latest", async () => {
    const { kit, at, pull } = setUp();
    const fields = { ...at, name: "gate", head_sha: pull.headSha, external_id: "1" };
    const first = await kit.rest.checks.create({ ...fields, conclusion: "success" });
    const second = await kit.rest.checks.create({ ...fields, status: "in_progress" });
    const list = async (filter: "all" | "latest") =>
      (await kit.rest.checks.listForRef({ ...at, ref: pull.headSha, filter })).data.check_runs.map(
        (run) => run.id,
      );
    expect(await list("latest")).toEqual([second.data.id]);
    expect(await list("all")).toEqual([second.data.id, first.data.id]);
  });

  test("a conclusion changes in place; a completed run is not reopened", async () => {
    const { kit, at, pull } = setUp();
    const { data } = await kit.rest.checks.create({
      ...at,
      name: "gate",
      head_sha: pull.headSha,
      conclusion: "failure",
      output,
    });
    const update = async (fields: object) => {
      const { data: run } = await kit.rest.checks.update({ ...at, check_run_id: data.id, ...fields });
      return [run.status, run.conclusion];
    };
    expect(await update({ conclusion: "success" })).toEqual(["completed", "success"]);
    expect(await update({ status: "in_progress" })).toEqual(["completed", "success"]);
  });

  test("only the app that made a run may change it, and no person makes one", async () => {
    const { kit, at, repo, pull, as } = setUp();
    const run = repo.checkRun({ app: "other", name: "gate", sha: pull.headSha });
    expect(
      await failure(kit.rest.checks.update({ ...at, check_run_id: run.id, conclusion: "success" })),
    ).toMatch(/^403 .*created it/);
    const create = as("bob").rest.checks.create({ ...at, name: "gate", head_sha: pull.headSha });
    expect(await failure(create)).toMatch(/^403 .*GitHub App/);
  });

  test.each([
    ["an unknown SHA", { head_sha: "f".repeat(40) }, "No commit found for SHA"],
    ["completed without a conclusion", { status: "completed" }, '"conclusion" wasn\'t supplied'],
    ["a wrong conclusion", { conclusion: "great" }, "is not a member"],
    ["a long summary", { output: { title: "t", summary: "x".repeat(65_536) } }, "Only 65535 characters"],
    ["a long text", { output: { ...output, text: "x".repeat(65_536) } }, "Only 65535 characters"],
    ["no summary", { output: { title: "t" } }, '"summary" wasn\'t supplied'],
    [
      "too many buttons",
      { actions: Array(4).fill({ label: "l", description: "d", identifier: "i" }) },
      "No more than 3",
    ],
    [
      "a long label",
      { actions: [{ label: "l".repeat(21), description: "d", identifier: "i" }] },
      "maximum is 20",
    ],
    [
      "a long description",
      { actions: [{ label: "l", description: "d".repeat(41), identifier: "i" }] },
      "maximum is 40",
    ],
    [
      "a long identifier",
      { actions: [{ label: "l", description: "d", identifier: "i".repeat(21) }] },
      "maximum is 20",
    ],
    ["an unknown field", { colour: "red" }, '"colour" is not a permitted key'],
    [
      "an unknown field in the output",
      { output: { ...output, colour: "red" } },
      '"colour" is not a permitted key',
    ],
  ])("%s is refused", async (_, fields: object, message) => {
    const { kit, at, pull } = setUp();
    const request = kit.request("POST /repos/{owner}/{repo}/check-runs", {
      ...at,
      name: "gate",
      head_sha: pull.headSha,
      ...fields,
    });
    const text = await failure(request);
    expect(text).toContain("422");
    expect(text).toContain(message);
  });

  test("more than 50 annotations are refused, and those sent add up", async () => {
    const { kit, at, pull } = setUp();
    const one = {
      path: "a.txt",
      start_line: 1,
      end_line: 1,
      annotation_level: "notice" as const,
      message: "m",
    };
    const send = (count: number) =>
      kit.rest.checks.create({
        ...at,
        name: "gate",
        head_sha: pull.headSha,
        output: { ...output, annotations: Array(count).fill(one) },
      });
    expect(await failure(send(51))).toContain("No more than 50");
    const { data } = await send(50);
    await kit.rest.checks.update({ ...at, check_run_id: data.id, output: { ...output, annotations: [one] } });
    const all = await kit.paginate(kit.rest.checks.listAnnotations, {
      ...at,
      check_run_id: data.id,
      per_page: 100,
    });
    expect(all).toHaveLength(51);
  });

  test("past a thousand of a name the oldest are gone", () => {
    const { repo } = setUp();
    const first = repo.checkRun({ name: "gate", sha: "release/1", conclusion: "success" });
    for (let count = 0; count < 1000; count++) repo.checkRun({ name: "gate", sha: "release/1" });
    const runs = repo.checkRuns("release/1", "gate");
    expect([runs.length, runs.some((run) => run.id === first.id)]).toEqual([1000, false]);
  });

  test("buttons tell only the app that has them, and people need write access", async () => {
    const { repo, pull, app, told } = setUp();
    const actions = [{ label: "Announce", description: "Sends it", identifier: "announce" }];
    const run = repo.checkRun({ app, name: "gate", sha: pull.headSha, conclusion: "failure", actions });
    const other = repo.checkRun({
      app: "other",
      name: "lint",
      sha: pull.headSha,
      conclusion: "failure",
      actions,
    });
    await told();
    run.requestAction("announce", { by: "bob" });
    run.rerequest({ by: "bob" });
    other.rerequest({ by: "bob" });
    expect(() => run.requestAction("announce", { by: "rita" })).toThrow("rita may not");
    expect(() => run.requestAction("other", { by: "bob" })).toThrow("has no button");
    expect(await told()).toEqual(["check_run.requested_action by bob", "check_run.rerequested by bob"]);
  });
});

describe("check suites", () => {
  test("follow their runs, and say once that they are completed", async () => {
    const { repo, told } = setUp();
    const suite = repo.checkSuite({ app: "ci", sha: "release/1" });
    const runs = ["a", "b"].map((name) => repo.checkRun({ app: "ci", name, sha: "release/1", suite }));
    expect(suite.status).toBe("queued");
    await told();
    runs[0]?.complete("success");
    expect([suite.status, suite.conclusion]).toEqual(["in_progress", null]);
    runs[1]?.complete("failure");
    expect([suite.status, suite.conclusion]).toEqual(["completed", "failure"]);
    expect(await told()).toEqual([
      "check_run.completed by ci[bot]",
      "check_run.completed by ci[bot]",
      "check_suite.completed by ci[bot]",
    ]);
  });

  test("of a pushed head are made for apps that write checks, and wait empty", async () => {
    const { repo, kit, at } = setUp();
    const sha = repo.push("release/1", { files: { x: "y" }, by: "bob" });
    const { data } = await kit.rest.checks.listSuitesForRef({ ...at, ref: sha });
    expect(
      data.check_suites.map((suite) => [suite.app?.slug, suite.status, suite.latest_check_runs_count]),
    ).toEqual([["release-checklist", "queued", 0]]);
  });
});

describe("workflows", () => {
  test("have check runs named after their jobs, which come as they start", async () => {
    const { repo, kit, at, pull } = setUp();
    const run = repo.workflowRun({
      path: ".github/workflows/ci.yml",
      sha: pull.headSha,
      event: "pull_request",
    });
    run.job("unit").complete("success");
    const suite = async () => {
      const { data } = await kit.rest.checks.listSuitesForRef({
        ...at,
        ref: pull.headSha,
        app_id: run.record.suite.app.id,
      });
      return data.check_suites.map((one) => [one.status, one.conclusion]);
    };
    expect(await suite()).toEqual([["in_progress", null]]);
    run.completeJob("e2e", "skipped");
    run.complete();
    expect(await suite()).toEqual([["completed", "success"]]);
    const { data } = await kit.rest.actions.listWorkflowRunsForRepo({ ...at, head_sha: pull.headSha });
    expect(
      data.workflow_runs.map((one) => [one.path, one.name, one.conclusion, one.run_attempt, one.event]),
    ).toEqual([[".github/workflows/ci.yml", "ci", "success", 1, "pull_request"]]);
    const names = await kit.rest.checks.listForSuite({ ...at, check_suite_id: run.record.suite.id });
    expect(names.data.check_runs.map((one) => one.name)).toEqual(["e2e", "unit"]);
  });

  test("run again as another attempt of the same run, with new check runs", async () => {
    const { repo, pull, told } = setUp();
    const run = repo.workflowRun({
      path: ".github/workflows/ci.yml",
      sha: pull.headSha,
      jobs: { unit: "failure" },
      conclusion: "failure",
    });
    await told();
    run.rerun({ by: "bob" });
    expect([run.status, run.record.suite.status]).toEqual(["queued", "queued"]);
    run.completeJob("unit", "success");
    run.complete();
    expect([run.conclusion, run.record.attempt, repo.checkRuns(pull.headSha, "unit").length]).toEqual([
      "success",
      2,
      2,
    ]);
    expect(await told()).toEqual([
      "workflow_run.requested by bob",
      "workflow_run.in_progress by github-actions[bot]",
      "check_run.created by github-actions[bot]",
      "check_run.completed by github-actions[bot]",
      "check_suite.completed by github-actions[bot]",
      "workflow_run.completed by github-actions[bot]",
    ]);
  });
});

describe("statuses and deployments", () => {
  test("statuses add up to a combined one, newest of each context", async () => {
    const { repo, kit, at, pull } = setUp();
    repo.status({ sha: pull.headSha, context: "ci/a", state: "pending", by: "bob" });
    repo.status({ sha: pull.headSha, context: "ci/a", state: "success", by: "bob" });
    repo.status({ sha: pull.headSha, context: "ci/b", state: "success", by: "other-ci[bot]" });
    const { data } = await kit.rest.repos.getCombinedStatusForRef({ ...at, ref: pull.headSha });
    expect([data.state, data.total_count]).toEqual(["success", 2]);
    const list = await kit.rest.repos.listCommitStatusesForRef({ ...at, ref: pull.headSha });
    expect(list.data.map((one) => [one.context, one.state, one.creator?.login])).toEqual([
      ["ci/b", "success", "other-ci[bot]"],
      ["ci/a", "success", "bob"],
      ["ci/a", "pending", "bob"],
    ]);
    expect(() => repo.status({ sha: pull.headSha, context: "ci/a", state: "success", by: "rita" })).toThrow(
      "rita may not",
    );
  });

  test("deployments have statuses, newest first", async () => {
    const { repo, kit, at, pull, told } = setUp();
    await told();
    const deployment = repo.deploy(pull.headSha, { environment: "staging", by: "bob" });
    deployment.status("in_progress").status("success");
    expect(await told()).toEqual(["deployment_status.created by bob", "deployment_status.created by bob"]);
    const list = await kit.rest.repos.listDeployments({ ...at, environment: "staging" });
    expect(list.data.map((one) => [one.sha, one.creator?.login])).toEqual([[pull.headSha, "bob"]]);
    const statuses = await kit.rest.repos.listDeploymentStatuses({ ...at, deployment_id: deployment.id });
    expect(statuses.data.map((one) => one.state)).toEqual(["success", "in_progress"]);
  });
});
