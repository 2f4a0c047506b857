import { describe, expect, test } from "@jest/globals";
import type { CheckFacts } from "../../src/domain/checks/facts.ts";
import type { Outcome } from "../../src/domain/checks/outcome.ts";
import type { CheckRef } from "../../src/domain/config/checklist.ts";
import { bot, decide, person, run, status, suite, workflow } from "./facts.ts";

type Row = [rule: string, ref: Partial<CheckRef>, facts: Partial<CheckFacts>, state: Outcome["state"]];

const rows = (table: Row[]) =>
  test.each(table)("%s", (_, wanted, found, state) => expect(decide(wanted, found).state).toBe(state));

const failed = { conclusion: "failure" };
const running = { status: "in_progress" } as const;

describe("promise 1: a check by name", () => {
  rows([
    ["is green when its run succeeded", { name: "e2e" }, { runs: [run("e2e")] }, "green"],
    ["is not green without a run", { name: "e2e" }, {}, "waiting"],
    ["is not green by a run of another name", { name: "e2e" }, { runs: [run("e2e-2")] }, "waiting"],
    ["tells upper from lower case", { name: "E2E" }, { runs: [run("e2e")] }, "waiting"],
    ["waits for a run under way", { name: "e2e" }, { runs: [run("e2e", running)] }, "waiting"],
    ["fails with its run", { name: "e2e" }, { runs: [run("e2e", failed)] }, "failed"],
    [
      "counts the newest run in a suite, when that one is good",
      { name: "e2e" },
      { runs: [run("e2e", { id: 2 }), run("e2e", { id: 1, ...failed })] },
      "green",
    ],
    [
      "counts the newest run in a suite, when that one is bad",
      { name: "e2e" },
      { runs: [run("e2e", { id: 1 }), run("e2e", { id: 2, ...failed })] },
      "failed",
    ],
    [
      "counts each suite: a failed one stays until it is run again itself",
      { name: "e2e" },
      { runs: [run("e2e", { id: 1, suite: 10, ...failed }), run("e2e", { id: 2, suite: 11 })] },
      "failed",
    ],
    [
      "counts both a push's and a pull request's run",
      { name: "e2e" },
      { runs: [run("e2e", { id: 1, suite: 10 }), run("e2e", { id: 2, suite: 11, ...running })] },
      "waiting",
    ],
    [
      "counts each app: a good one does not outweigh a bad one",
      { name: "e2e" },
      { runs: [run("e2e", { id: 2 }), run("e2e", { id: 1, app: "ci-app", suite: 11, ...failed })] },
      "failed",
    ],
    [
      "with the app pinned counts only that app's runs",
      { name: "e2e", app: "GitHub-Actions" },
      { runs: [run("e2e", { id: 2 }), run("e2e", { id: 1, app: "ci-app", suite: 11, ...failed })] },
      "green",
    ],
    [
      "with the app pinned takes nothing from another app",
      { name: "e2e", app: "github-actions" },
      { runs: [run("e2e", { app: "evil-app" })] },
      "unknown",
    ],
    [
      "never takes this app's own run",
      { name: "Release checklist: main" },
      { runs: [run("Release checklist: main", { app: "release-checklist" })] },
      "waiting",
    ],
    [
      "does not take a failure for success when a run is seen twice",
      { name: "e2e" },
      { runs: [run("e2e"), run("e2e", failed), run("e2e")] },
      "failed",
    ],
    [
      "needs both states to be good when a run is seen in two",
      { name: "e2e", accept: ["success", "neutral"] },
      { runs: [run("e2e", { conclusion: "neutral" }), run("e2e", { conclusion: null })] },
      "unknown",
    ],
    [
      "takes parentheses as they are",
      { name: "unit (a+b, @20)" },
      { runs: [run("unit (a+b, @20)")] },
      "green",
    ],
    ["does not take + for a sign", { name: "a+b" }, { runs: [run("aab")] }, "waiting"],
    ["needs a conclusion", { name: "e2e" }, { runs: [run("e2e", { conclusion: null })] }, "unknown"],
    [
      "does not take an unknown status",
      { name: "e2e" },
      { runs: [run("e2e", { status: "odd" as "queued" })] },
      "waiting",
    ],
    [
      "does not take the words of objects",
      { name: "e2e" },
      { runs: [run("e2e", { conclusion: "constructor" })] },
      "failed",
    ],
  ]);
});

describe("promise 1: what is accepted", () => {
  const conclusions = ["failure", "timed_out", "cancelled", "startup_failure", "stale", "skipped", "neutral"];
  test.each(conclusions)("%s is not green by itself", (conclusion) => {
    expect(decide({ name: "e2e" }, { runs: [run("e2e", { conclusion })] }).state).toBe("failed");
  });
  test.each(["skipped", "neutral"])("%s is green when it is listed", (conclusion) => {
    const accept = ["success", conclusion];
    expect(decide({ name: "e2e", accept }, { runs: [run("e2e", { conclusion })] }).state).toBe("green");
  });
  test("success is not green when only others are listed", () => {
    expect(decide({ name: "e2e", accept: ["neutral"] }, { runs: [run("e2e")] }).state).toBe("failed");
  });
  test("action_required waits for a person", () => {
    const found = { runs: [run("e2e", { conclusion: "action_required" })] };
    expect(decide({ name: "e2e" }, found).state).toBe("waiting");
  });
});

describe("promise 6: a check by commit status", () => {
  const e2e = { name: "e2e" };
  rows([
    ["is green when an app set it", e2e, { statuses: [status("e2e")] }, "green"],
    [
      "is never green when a person set it",
      e2e,
      { statuses: [status("e2e", { creator: person("bob") })] },
      "unknown",
    ],
    [
      "is never green when nobody knows who set it",
      e2e,
      { statuses: [status("e2e", { creator: null })] },
      "unknown",
    ],
    [
      "is green when a person named in `by` set it",
      { ...e2e, by: ["Jenkins"] },
      { statuses: [status("e2e", { creator: person("jenkins") })] },
      "green",
    ],
    [
      "keeps an app's failure when a person sets success over it",
      e2e,
      { statuses: [status("e2e", { state: "failure" }), status("e2e", { id: 2, creator: person("bob") })] },
      "failed",
    ],
    [
      "keeps an app's success when a person sets failure over it",
      e2e,
      { statuses: [status("e2e"), status("e2e", { id: 2, creator: person("bob"), state: "failure" })] },
      "green",
    ],
    [
      "counts the newest of its creator",
      e2e,
      { statuses: [status("e2e", { id: 2 }), status("e2e", { state: "pending" })] },
      "green",
    ],
    ["waits while it is pending", e2e, { statuses: [status("e2e", { state: "pending" })] }, "waiting"],
    [
      "never takes pending",
      { ...e2e, accept: ["pending"] },
      { statuses: [status("e2e", { state: "pending" })] },
      "waiting",
    ],
    ["fails with an error", e2e, { statuses: [status("e2e", { state: "error" })] }, "failed"],
    [
      "with the app pinned counts only that app's bot",
      { ...e2e, app: "ci-app" },
      { statuses: [status("e2e"), status("e2e", { creator: bot("other[bot]"), state: "failure" })] },
      "green",
    ],
    [
      "with the app pinned takes nothing from another bot",
      { ...e2e, app: "ci-app" },
      { statuses: [status("e2e", { creator: bot("other[bot]") })] },
      "unknown",
    ],
    [
      "is no green beside a failed run of the same name",
      e2e,
      { statuses: [status("e2e")], runs: [run("e2e", failed)] },
      "failed",
    ],
    [
      "never counts when this app set it",
      e2e,
      { statuses: [status("e2e", { creator: bot("release-checklist[bot]") })] },
      "waiting",
    ],
    ["does not answer for a workflow", { workflow: "e2e" }, { statuses: [status("e2e")] }, "waiting"],
  ]);
});

describe("promise 1: a check by glob", () => {
  const unit = { name: "unit (*)" };
  const both = [run("unit (a)"), run("unit (b)", { id: 2 })];
  rows([
    ["is green when all matches are", unit, { runs: both, suites: [suite(10)] }, "green"],
    [
      "is not green when one match is not",
      unit,
      { runs: [...both, run("unit (c)", failed)], suites: [suite(10)] },
      "failed",
    ],
    [
      "waits while its suite may bring more",
      unit,
      { runs: both, suites: [suite(10, { status: "in_progress" })] },
      "waiting",
    ],
    ["is not green when the suite is not known", unit, { runs: both, suites: [] }, "unknown"],
    [
      "waits when a suite is seen twice, once not completed",
      unit,
      { runs: both, suites: [suite(10), suite(10, { status: "queued" }), suite(10)] },
      "waiting",
    ],
    [
      "does not wait for suites that hold no match",
      unit,
      {
        runs: both,
        suites: [suite(10), suite(11, { status: "queued", runs: 0 }), suite(12, { status: "queued" })],
      },
      "green",
    ],
    ["matches nothing by itself", unit, { runs: [run("lint")], suites: [suite(10)] }, "waiting"],
    [
      "matches across slashes",
      { name: "e2e*" },
      { runs: [run("e2e / a / b")], suites: [suite(10)] },
      "green",
    ],
    [
      "does not shrink to a run named like the glob",
      { name: "unit*" },
      { runs: [run("unit*"), run("unit-a", failed)], suites: [suite(10)] },
      "failed",
    ],
    [
      "matches a run named like itself",
      { name: "[e2e] all" },
      { runs: [run("[e2e] all")], suites: [suite(10)] },
      "green",
    ],
    ["matches statuses too", unit, { statuses: [status("unit (a)")] }, "green"],
    [
      "never takes this app's own runs",
      { name: "*" },
      { runs: [run("x", { app: "release-checklist" })] },
      "waiting",
    ],
    [
      "does not wait for this app's own suite",
      { name: "*" },
      {
        runs: [run("a"), run("Release checklist: main", { app: "release-checklist", suite: 11, ...running })],
        suites: [suite(10), suite(11, { app: "release-checklist", status: "in_progress" })],
      },
      "green",
    ],
  ]);
});

describe("promise 1: a check by workflow", () => {
  const ci = { workflow: "ci.yml" };
  rows([
    ["is green when its run succeeded", ci, { workflows: [workflow("ci.yml")], runs: [run("a")] }, "green"],
    [
      "is found by its path",
      { workflow: ".github/workflows/ci.yml" },
      { workflows: [workflow("ci.yml")] },
      "green",
    ],
    [
      "is not found by a part of its name",
      { workflow: "i.yml" },
      { workflows: [workflow("ci.yml")] },
      "waiting",
    ],
    [
      "is not found by another directory",
      ci,
      { workflows: [workflow("ci.yml", { path: "other/ci.yml" })] },
      "waiting",
    ],
    [
      "waits for its end, though all jobs so far are green",
      ci,
      { workflows: [workflow("ci.yml", { status: "in_progress" })], runs: [run("a")] },
      "waiting",
    ],
    ["fails with its run", ci, { workflows: [workflow("ci.yml", failed)] }, "failed"],
    [
      "does not take a skipped run",
      ci,
      { workflows: [workflow("ci.yml", { conclusion: "skipped" })] },
      "failed",
    ],
    [
      "does not take a skipped job for a success",
      ci,
      { workflows: [workflow("ci.yml")], runs: [run("a"), run("b", { conclusion: "skipped" })] },
      "failed",
    ],
    [
      "takes a skipped job when that is accepted",
      { ...ci, accept: ["success", "skipped"] },
      { workflows: [workflow("ci.yml")], runs: [run("a"), run("b", { conclusion: "skipped" })] },
      "green",
    ],
    [
      "waits for a job that has begun again",
      ci,
      { workflows: [workflow("ci.yml")], runs: [run("a"), run("a", { id: 2, ...running })] },
      "waiting",
    ],
    [
      "counts the newest attempt",
      ci,
      { workflows: [workflow("ci.yml", failed), workflow("ci.yml", { attempt: 2 })] },
      "green",
    ],
    [
      "counts both a push's and a pull request's run",
      ci,
      { workflows: [workflow("ci.yml", failed), workflow("ci.yml", { number: 2, id: 101, suite: 11 })] },
      "failed",
    ],
    [
      "does not care for other workflows",
      ci,
      {
        workflows: [workflow("ci.yml"), workflow("lint.yml", { suite: 11, ...failed })],
        runs: [run("x", { suite: 11, ...failed })],
      },
      "green",
    ],
    [
      "is not green for an app that runs no workflows",
      { ...ci, app: "ci-app" },
      { workflows: [workflow("ci.yml")] },
      "waiting",
    ],
  ]);
});

describe("promise 1: a check by workflow and name", () => {
  const unit = { workflow: "ci.yml", name: "unit" };
  rows([
    [
      "is green when job and workflow are done",
      unit,
      { workflows: [workflow("ci.yml")], runs: [run("unit")] },
      "green",
    ],
    [
      "does not care whether another job failed",
      unit,
      { workflows: [workflow("ci.yml", failed)], runs: [run("unit"), run("lint", failed)] },
      "green",
    ],
    [
      "waits for the workflow's end",
      unit,
      { workflows: [workflow("ci.yml", { status: "in_progress" })], runs: [run("unit")] },
      "waiting",
    ],
    [
      "fails with the job",
      unit,
      { workflows: [workflow("ci.yml", failed)], runs: [run("unit", failed)] },
      "failed",
    ],
    [
      "does not take the job of another workflow",
      unit,
      {
        workflows: [workflow("ci.yml"), workflow("x.yml", { suite: 11 })],
        runs: [run("unit", { suite: 11 })],
      },
      "waiting",
    ],
    [
      "is not green without the job",
      unit,
      { workflows: [workflow("ci.yml")], runs: [run("lint")] },
      "waiting",
    ],
    [
      "is not green by an earlier run when a later one could not start",
      unit,
      {
        workflows: [
          workflow("ci.yml"),
          workflow("ci.yml", { number: 2, id: 101, suite: 11, conclusion: "startup_failure" }),
        ],
        runs: [run("unit")],
      },
      "failed",
    ],
    [
      "takes globs",
      { workflow: "ci.yml", name: "unit*" },
      { workflows: [workflow("ci.yml")], runs: [run("unit (a)"), run("unit (b)")] },
      "green",
    ],
  ]);
});
