import { describe, expect, test } from "@jest/globals";
import { bot, decide, person, run, status, suite, told, workflow } from "./facts.ts";

const e2e = { name: "e2e" };

describe("a check that never started", () => {
  test("is said, for this commit", () => {
    expect(told(e2e, {})).toMatchInlineSnapshot(`
"waiting: never started
No check is named "e2e" on abc1234."
`);
  });
  test("with the app that should report", () => {
    expect(told({ ...e2e, app: "ci-app" }, {})).toMatchInlineSnapshot(`
"waiting: never started
No check from "ci-app" is named "e2e" on abc1234."
`);
  });
  test("as a glob", () => {
    expect(told({ name: "e2e (*)" }, {})).toMatchInlineSnapshot(`
"waiting: never started
No check matches "e2e (*)" on abc1234."
`);
  });
  test("on a pull request that a workflow opened", () => {
    expect(told(e2e, {}, { pullAuthor: bot("github-actions[bot]") })).toMatchInlineSnapshot(`
"waiting: never started
No check is named "e2e" on abc1234. GitHub starts no workflows for a pull request that was opened with GITHUB_TOKEN: close and reopen it, or let an app's token open it."
`);
  });
  test("on such a pull request, for another app's check, has another reason", () => {
    const context = { pullAuthor: bot("github-actions[bot]") };
    expect(told({ ...e2e, app: "ci-app" }, {}, context)).toMatchInlineSnapshot(`
"waiting: never started
No check from "ci-app" is named "e2e" on abc1234."
`);
  });
  test("while workflows wait for an approval", () => {
    const workflows = [
      workflow("ci.yml", { conclusion: "action_required" }),
      workflow("e2e.yml", { suite: 11, status: "waiting" }),
    ];
    expect(told(e2e, { workflows })).toMatchInlineSnapshot(`
"waiting: never started
No check is named "e2e" on abc1234. Workflow runs wait for an approval ("CI" and "E2E"): approve them on the pull request's page.
  CI -> https://github.test/actions/100
  E2E -> https://github.test/actions/100"
`);
  });
  test("with near names", () => {
    const runs = ["E2E tests", "e2e-2", "staging / e2e", "lint", "e3e", "unit"].map((name, id) =>
      run(name, { id }),
    );
    expect(told(e2e, { runs })).toMatchInlineSnapshot(`
"waiting: never started
No check is named "e2e" on abc1234. Did you mean "E2E tests", "e2e-2" or "e3e"?"
`);
  });
  test("when the page's name was taken, which holds the workflow", () => {
    expect(told({ name: "CI / unit tests" }, { runs: [run("unit tests")] })).toMatchInlineSnapshot(`
"waiting: never started
No check is named "CI / unit tests" on abc1234. Did you mean "unit tests"?"
`);
  });
  test("is not near to this app's own checks", () => {
    const runs = [run("Release checklist: main", { app: "release-checklist" })];
    expect(told({ name: "Release checklist: mian" }, { runs })).toMatchInlineSnapshot(`
"waiting: never started
No check is named "Release checklist: mian" on abc1234."
`);
  });
  test("of a workflow", () => {
    expect(told({ workflow: "ci.yml" }, { workflows: [workflow("cli.yaml")] })).toMatchInlineSnapshot(`
"waiting: never started
The workflow ci.yml has no run on abc1234. Did you mean "cli.yaml"?"
`);
  });
  test("of a workflow, with an app that runs none", () => {
    expect(
      told({ workflow: "ci.yml", app: "ci-app" }, { workflows: [workflow("ci.yml")] }),
    ).toMatchInlineSnapshot(`
"waiting: never started
The workflow ci.yml has no run on abc1234. Workflows are run by "github-actions": take "app" out, or name that one."
`);
  });
  test("in a workflow that is done", () => {
    const found = { workflows: [workflow("ci.yml")], runs: [run("unit-tests"), run("lint", { id: 2 })] };
    expect(told({ workflow: "ci.yml", name: "unit test" }, found)).toMatchInlineSnapshot(`
"waiting: never started
No check in ci.yml is named "unit test" on abc1234. Did you mean "unit-tests"?"
`);
  });
  test("here, but on an older commit", () => {
    expect(told(e2e, {}, { ranOn: "def5678" })).toMatchInlineSnapshot(`
"waiting: only on an older commit
"e2e" ran on def5678, and has not started on abc1234. Where it does not start by itself, run it for this commit."
`);
  });
});

describe("a check that does not count", () => {
  test("because another app made it", () => {
    const runs = [run("e2e", { app: "evil-app" })];
    expect(told({ ...e2e, app: "github-actions" }, { runs })).toMatchInlineSnapshot(`
"unknown: from the wrong app
"e2e" was reported by "evil-app", but only "github-actions" counts.
  e2e (evil-app) -> https://github.test/runs/1"
`);
  });
  test("because another bot set it", () => {
    const statuses = [status("e2e", { creator: bot("other[bot]") })];
    expect(told({ ...e2e, app: "ci-app" }, { statuses })).toMatchInlineSnapshot(`
"unknown: from the wrong app
"e2e" was reported by "other", but only "ci-app" counts.
  e2e (other[bot]) -> https://ci.test/1"
`);
  });
  test("because a person set it", () => {
    expect(told(e2e, { statuses: [status("e2e", { creator: person("bob") })] })).toMatchInlineSnapshot(`
"unknown: set by a person
A commit status "e2e" was set by "bob", but people's statuses count only when "by" names them.
  e2e (bob) -> https://ci.test/1"
`);
  });
  test("is said beside what does count", () => {
    const statuses = [
      status("e2e", { state: "failure" }),
      status("e2e", { id: 2, creator: person("bob") }),
      status("e2e", { id: 3, creator: null }),
    ];
    expect(told(e2e, { statuses })).toMatchInlineSnapshot(`
"failed: failed
"e2e" failed. Fix it, or run it again. A commit status "e2e" was set by "bob" and "ghost", but people's statuses count only when "by" names them.
  e2e -> https://ci.test/1"
`);
  });
});

describe("a check that is under way", () => {
  test.each(["queued", "requested", "pending", "waiting", "in_progress"] as const)("%s", (state) => {
    expect(told(e2e, { runs: [run("e2e", { status: state })] })).toMatchSnapshot();
  });
  test("among others", () => {
    const names = ["unit (a)", "unit (b)", "unit (c)"];
    const runs = names.map((name, id) => run(name, { id, status: id === 1 ? "in_progress" : "completed" }));
    expect(told({ name: "unit (*)" }, { runs, suites: [suite(10)] })).toMatchInlineSnapshot(`
"waiting: 2 of 3 green
"unit (b)" is running.
  unit (b) -> https://github.test/runs/1"
`);
  });
  test("or may yet come in the suite", () => {
    const found = { runs: [run("unit (a)")], suites: [suite(10, { status: "in_progress" })] };
    expect(told({ name: "unit (*)" }, found)).toMatchInlineSnapshot(`
"waiting: more may follow
Suite of "github-actions" is not complete: more checks may follow."
`);
  });
  test("or may yet come in a suite that GitHub did not show", () => {
    expect(told({ name: "unit (*)" }, { runs: [run("unit (a)")] })).toMatchInlineSnapshot(`
"unknown: incomplete
Suite of "github-actions" is not known, so more checks may follow."
`);
  });
  test("as a workflow", () => {
    const found = { workflows: [workflow("ci.yml", { status: "in_progress" })], runs: [run("a")] };
    expect(told({ workflow: "ci.yml" }, found)).toMatchInlineSnapshot(`
"waiting: running
ci.yml #1 is running.
  ci.yml #1 -> https://github.test/actions/100"
`);
  });
  test("as a workflow that must be approved first", () => {
    const found = { workflows: [workflow("ci.yml", { conclusion: "action_required" })] };
    expect(told({ workflow: "ci.yml" }, found)).toMatchInlineSnapshot(`
"waiting: awaiting approval
ci.yml #1 waits for an approval. Approve it on its page.
  ci.yml #1 -> https://github.test/actions/100"
`);
  });
  test("as a job that is still to come in its workflow", () => {
    const found = { workflows: [workflow("ci.yml", { status: "in_progress" })], runs: [run("a")] };
    expect(told({ workflow: "ci.yml", name: "unit" }, found)).toMatchInlineSnapshot(`
"waiting: running
ci.yml #1 is running.
  ci.yml #1 -> https://github.test/actions/100"
`);
  });
});

describe("a check that ended badly", () => {
  test.each([
    "failure",
    "timed_out",
    "cancelled",
    "action_required",
    "startup_failure",
    "stale",
    "skipped",
    "neutral",
    "success",
    "some_new_word",
    null,
  ])("%s", (conclusion) => {
    expect(told({ ...e2e, accept: ["other"] }, { runs: [run("e2e", { conclusion })] })).toMatchSnapshot();
  });
  test("more than one", () => {
    const runs = Array.from({ length: 7 }, (_, id) =>
      run(`unit (${id})`, { id, conclusion: id === 0 ? "success" : id === 1 ? "timed_out" : "failure" }),
    );
    expect(told({ name: "unit (*)" }, { runs, suites: [suite(10)] })).toMatchInlineSnapshot(`
"failed: 6 of 7 not accepted
"unit (1)" timed out, "unit (2)" failed, "unit (3)" failed and 3 more. Run it again.
  unit (1) -> https://github.test/runs/1
  unit (2) -> https://github.test/runs/2
  unit (3) -> https://github.test/runs/3
  unit (4) -> https://github.test/runs/4
  unit (5) -> https://github.test/runs/5"
`);
  });
  test("beside one under way", () => {
    const runs = [run("unit (a)", { conclusion: "failure" }), run("unit (b)", { id: 2, status: "queued" })];
    expect(told({ name: "unit (*)" }, { runs, suites: [suite(10)] })).toMatchInlineSnapshot(`
"failed: 1 of 2 failed
"unit (a)" failed. Fix it, or run it again.
  unit (a) -> https://github.test/runs/1
  unit (b) -> https://github.test/runs/2"
`);
  });
  test("in one of two apps", () => {
    const runs = [run("e2e"), run("e2e", { id: 2, app: "ci-app", suite: 11, conclusion: "failure" })];
    expect(told(e2e, { runs })).toMatchInlineSnapshot(`
"failed: 1 of 2 failed
"e2e (ci-app)" failed. Fix it, or run it again. It is reported by "ci-app" and "github-actions", and all of them count: pin one with "app".
  e2e (ci-app) -> https://github.test/runs/2"
`);
  });
  test("in a workflow, with its jobs", () => {
    const found = {
      workflows: [workflow("ci.yml", { conclusion: "failure" })],
      runs: [run("a"), run("b", { id: 2, conclusion: "failure" })],
    };
    expect(told({ workflow: "ci.yml" }, found)).toMatchInlineSnapshot(`
"failed: failed
ci.yml #1 failed and "b" failed. Fix it, or run it again.
  ci.yml #1 -> https://github.test/actions/100
  b -> https://github.test/runs/2"
`);
  });
  test("as skipped jobs of a workflow that succeeded", () => {
    const skipped = { conclusion: "skipped" };
    const found = {
      workflows: [workflow("ci.yml")],
      runs: [run("a"), run("b", { id: 2, ...skipped }), run("c", { id: 3, ...skipped })],
    };
    expect(told({ workflow: "ci.yml" }, found)).toMatchInlineSnapshot(`
"failed: skipped (2 jobs)
"b" was skipped and "c" was skipped. Let it run, or list "skipped" under "accept".
  b -> https://github.test/runs/2
  c -> https://github.test/runs/3"
`);
  });
});

describe("a green check", () => {
  test("shows its run", () => {
    expect(told(e2e, { runs: [run("e2e")] })).toMatchInlineSnapshot(`
"green: green
  e2e -> https://github.test/runs/1"
`);
  });
  test("shows its runs, but not all of many", () => {
    const runs = Array.from({ length: 9 }, (_, id) => run(`unit (${id})`, { id }));
    expect(told({ name: "unit (*)" }, { runs, suites: [suite(10)] })).toMatchInlineSnapshot(`
"green: 9 of 9 green
  unit (0) -> https://github.test/runs/0
  unit (1) -> https://github.test/runs/1
  unit (2) -> https://github.test/runs/2
  unit (3) -> https://github.test/runs/3
  unit (4) -> https://github.test/runs/4"
`);
  });
  test("shows its workflow", () => {
    expect(
      told({ workflow: "ci.yml" }, { workflows: [workflow("ci.yml")], runs: [run("a")] }),
    ).toMatchInlineSnapshot(`
"green: green
  ci.yml #1 -> https://github.test/actions/100"
`);
  });
});

describe("promise 6: a workflow that the pull request changes is said", () => {
  const changedPaths = ["src/a.ts", ".github/workflows/e2e.yml"];
  const file = workflow("e2e.yml");
  const told6 = (...args: Parameters<typeof decide>) => decide(...args).caution;

  test("when the item names the workflow", () => {
    expect(told6({ workflow: "e2e.yml" }, { workflows: [file] }, { changedPaths })).toMatchInlineSnapshot(
      `"This pull request changes .github/workflows/e2e.yml, which decides here: read that change before you trust the result."`,
    );
  });
  test("when the workflow has not started", () => {
    expect(told6({ workflow: "e2e.yml" }, {}, { changedPaths })).toContain(".github/workflows/e2e.yml");
  });
  test("when the run of the name came from it", () => {
    const found = { workflows: [file], runs: [run("e2e")] };
    expect(told6(e2e, found, { changedPaths })).toContain(".github/workflows/e2e.yml");
  });
  test("when nobody can tell from which workflow the run came", () => {
    expect(told6(e2e, { runs: [run("e2e")] }, { changedPaths })).toMatchInlineSnapshot(
      `"This pull request changes workflows, and this result may come from one of them: read that change before you trust it."`,
    );
  });
  test("when the job may be of a reusable workflow", () => {
    const found = { workflows: [workflow("ci.yml")], runs: [run("call / e2e")] };
    expect(told6({ name: "call / e2e" }, found, { changedPaths })).not.toBeNull();
  });
  test("when a workflow's token set the status", () => {
    const statuses = [status("e2e", { creator: bot("github-actions[bot]") })];
    expect(told6(e2e, { statuses }, { changedPaths })).not.toBeNull();
  });
  test("but not when it is another workflow, or another app", () => {
    const found = { workflows: [workflow("ci.yml")], runs: [run("e2e")] };
    expect(told6(e2e, found, { changedPaths })).toBeNull();
    expect(told6(e2e, { runs: [run("e2e", { app: "ci-app" })] }, { changedPaths })).toBeNull();
    expect(told6({ workflow: "ci.yml" }, found, { changedPaths: [".github/dependabot.yml"] })).toBeNull();
  });
});

describe("promise 10: what others wrote stays on one line, in bounds and without tricks", () => {
  const name = `e2e\n\u202e<!-- ${"x".repeat(500)}`;
  test("in names", () => {
    const runs = [run(name, { conclusion: "failure" })];
    expect(told({ name }, { runs })).toMatchInlineSnapshot(`
"failed: failed
"e2e <!-- xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…" failed. Fix it, or run it again.
  e2e <!-- xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx… -> https://github.test/runs/1"
`);
  });
  test.each(["javascript:alert(1)", "", "not an address", "data:text/html,x"])("in links: %s", (url) => {
    expect(decide(e2e, { statuses: [status("e2e", { url })] }).evidence).toEqual([]);
  });
  test("in links of the web", () => {
    const [evidence] = decide(e2e, { statuses: [status("e2e", { url: "https://ci.test/<b>\n" })] }).evidence;
    expect(evidence?.url).toBe("https://ci.test/%3Cb%3E");
  });
});
