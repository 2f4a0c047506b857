import { describe, expect, test } from "@jest/globals";
import { checkName } from "../../bench/chaos/checklist.ts";
import { judge } from "../../bench/chaos/judge.ts";
import { ChaoticLife } from "../../bench/chaos/life.ts";
import { Life } from "../../bench/life/life.ts";
import { isRight } from "../../bench/life/witness.ts";
import { createGitHub } from "../../playground/github/index.ts";
import { createSlack } from "../../playground/slack/index.ts";

function createRepo() {
  const github = createGitHub();
  github.org("acme", { members: ["alice", "bob", "carol", "sam"] });
  return github.repo("acme/shop", {
    files: { "README.md": "# Shop\n" },
    collaborators: { alice: "write", bob: "write", carol: "write", sam: "write" },
  });
}

test("a life has three heads, each with sixty check runs in ten suites and five statuses, and ten ticks", () => {
  const repo = createRepo();
  const life = new Life({ repo, number: 1 });
  const heads = new Set<string>();
  let ticks = 0;
  for (const act of life.acts()) {
    if (act.kind === "tick" || act.kind === "last-tick") {
      ticks++;
      // Nobody has put the checklist in: there is nothing to tick.
      expect(act.possible()).toBe(false);
      continue;
    }
    act.perform();
    heads.add(life.pull?.headSha ?? "");
  }
  expect(ticks).toBe(10);
  expect(heads.size).toBe(3);
  for (const sha of heads) {
    expect(repo.checkRuns(sha)).toHaveLength(60);
    expect(repo.checkSuites(sha)).toHaveLength(10);
    expect(repo.checkRuns(sha).every((run) => run.conclusion === "success")).toBe(true);
    expect(repo.record.statusesBySha.get(sha)).toHaveLength(5);
  }
  expect([...life.truth].sort()).toEqual(["ci", "e2e", "scan"]);
  expect(life.complete).toBe(false);
});

test("a check that is green too early is not right", () => {
  const repo = createRepo();
  const life = new Life({ repo, number: 1, heads: 1 });
  const [open] = life.acts();
  open?.perform();
  expect(isRight(life)).toBe(true);
  repo.checkRun({
    app: "checklist",
    name: "Release checklist: main",
    sha: life.pull?.headSha ?? "",
    conclusion: "success",
  });
  expect(isRight(life)).toBe(false);
});

describe("the judge of chaos", () => {
  const begin = () =>
    new ChaoticLife({ repo: createRepo(), random: () => 0.5, post: "when-ready", pass: () => {} });
  const report = (life: ChaoticLife, done: readonly string[], conclusion: string) => {
    const rows = done.map((title) => `| ${title} | ✅ done | |`);
    life.repo.checkRun({
      app: "checklist",
      name: checkName,
      sha: life.pull.headSha,
      conclusion,
      output: { title: "", summary: rows.join("\n") },
    });
  };

  test("finds nothing where nothing was done and the check says so", () => {
    const life = begin();
    report(life, [], "action_required");
    expect(judge(life, createSlack(), false)).toEqual({ problems: [], announced: "not due" });
  });

  test("finds what the check says wrongly", () => {
    const life = begin();
    life.truth.add("e2e");
    life.prose.push("A line");
    report(life, ["Go"], "success");
    expect(judge(life, createSlack(), false).problems).toEqual([
      "e2e is done, and the check says otherwise",
      "e2e is done, and its box shows otherwise",
      "go is not done, and the check says otherwise",
      "the check is success: ",
      'the line "A line" is lost',
    ]);
  });

  test("finds an announcement that is missing, and one in doubt without a reason", () => {
    const life = begin();
    for (const id of ["e2e", "go", "plan"] as const) life.truth.add(id);
    report(life, ["E2E passes", "Go", "Plan"], "failure");
    expect(judge(life, createSlack(), false).problems).toContain(
      "the announcement arrived 0 times instead of once",
    );
    const doubtful = begin();
    doubtful.repo.checkRun({
      app: "checklist",
      name: checkName,
      sha: doubtful.pull.headSha,
      conclusion: "failure",
      output: { title: "", summary: "| Everybody knows | ❌ failed | unclear |" },
    });
    expect(judge(doubtful, createSlack(), true).problems).toEqual([]);
    expect(judge(doubtful, createSlack(), false).problems).toEqual([
      "the announcement is unclear although no kill fell between claim and receipt",
    ]);
  });
});
