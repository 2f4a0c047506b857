import { describe, expect, test } from "@jest/globals";
import { failure, setUp } from "./setup.ts";

const GATE = "Release checklist: main";

describe("merging", () => {
  test("waits for the required check of the pinned app on the newest head", () => {
    const { repo, pull, app } = setUp();
    repo.protect("main", { requiredChecks: [{ name: GATE, appId: app.id }] });
    const reasons = () => pull.blockers("alice");
    expect(reasons()).toEqual([`Required status check "${GATE}" is Expected.`]);
    repo.checkRun({ app: "forger", name: GATE, sha: pull.headSha, conclusion: "success" });
    repo.status({ sha: pull.headSha, context: GATE, state: "success", by: "bob" });
    expect(reasons()).toEqual([`Required status check "${GATE}" is Expected.`]);
    const run = repo.checkRun({ app, name: GATE, sha: pull.headSha, status: "in_progress" });
    expect(reasons()).toEqual([`Required status check "${GATE}" is in progress.`]);
    run.complete("failure");
    expect(reasons()).toEqual([`Required status check "${GATE}" is failing.`]);
    run.complete("success");
    expect(reasons()).toEqual([]);
    repo.push("release/1", { files: { "b.txt": "b" }, by: "alice" });
    expect(() => pull.merge({ by: "alice" })).toThrow("is Expected");
  });

  test("lets the newest-created run of the name decide", () => {
    const { repo, pull } = setUp();
    repo.protect("main", { requiredChecks: [GATE] });
    const first = repo.checkRun({ name: GATE, sha: pull.headSha, status: "in_progress" });
    repo.checkRun({ name: GATE, sha: pull.headSha, conclusion: "failure" });
    first.complete("success");
    expect(pull.blockers()).toEqual([`Required status check "${GATE}" is failing.`]);
    repo.checkRun({ name: GATE, sha: pull.headSha, conclusion: "skipped" });
    expect(pull.blockers()).toEqual([]);
  });

  test.each(["success", "neutral", "skipped"])("takes %s for passed", (conclusion) => {
    const { repo, pull } = setUp();
    repo.protect("main", { requiredChecks: [GATE] });
    repo.checkRun({ name: GATE, sha: pull.headSha, conclusion });
    expect(pull.blockers()).toEqual([]);
  });

  test("is refused to readers, of drafts, of conflicts and when behind", () => {
    const { repo, pull } = setUp();
    expect(() => pull.merge({ by: "rita" })).toThrow("rita may not merge");
    pull.toDraft({ by: "alice" });
    expect(pull.blockers()).toEqual(["The pull request is a draft."]);
    pull.ready({ by: "alice" });
    repo.protect("main", { strict: true });
    repo.push("main", { files: { "a.txt": "other\n" }, by: "bob" });
    expect(pull.blockers()).toEqual([
      "There are merge conflicts.",
      "The head branch is not up to date with the base branch.",
    ]);
    expect(pull.mergeableState).toBe("dirty");
  });

  test("makes a merge commit with both sides, and tells it", async () => {
    const { repo, pull, told } = setUp();
    repo.push("main", { files: { "main.txt": "m" }, by: "bob" });
    await told();
    const sha = pull.merge({ by: "bob" });
    expect([repo.sha(), repo.file("a.txt"), repo.file("main.txt")]).toEqual([sha, "a\n", "m"]);
    expect([pull.merged, pull.state, pull.mergeCommitSha]).toEqual([true, "closed", sha]);
    expect(await told()).toEqual([
      "pull_request.closed by bob",
      "push by bob",
      "check_suite.requested by bob",
    ]);
    expect(() => pull.reopen({ by: "bob" })).toThrow("The pull request is merged");
  });

  test("over HTTP answers with the reasons, and minds the expected head", async () => {
    const { repo, pull, as, at } = setUp();
    repo.protect("main", { requiredChecks: [GATE] });
    const merge = (sha?: string) =>
      as("bob").rest.pulls.merge({ ...at, pull_number: 1, ...(sha ? { sha } : {}) });
    expect(await failure(merge())).toContain(`405 Required status check "${GATE}" is Expected.`);
    repo.checkRun({ name: GATE, sha: pull.headSha, conclusion: "success" });
    expect(await failure(merge("0".repeat(40)))).toMatch(/^409 /);
    expect((await merge(pull.headSha)).data.merged).toBe(true);
  });

  test("by an administrator is free only where the protection does not bind them", () => {
    const { github, repo, pull } = setUp();
    github.org("acme", { owners: ["olga"] });
    repo.protect("main", { requiredChecks: [GATE] });
    expect(pull.blockers("olga")).toHaveLength(1);
    repo.protect("main", { requiredChecks: [GATE], enforceAdmins: false });
    expect([pull.blockers("olga"), pull.blockers("bob")]).toEqual([
      [],
      [expect.stringContaining("Expected")],
    ]);
  });

  test("obeys rulesets by branch pattern, and their bypass list", () => {
    const { repo, pull } = setUp();
    repo.ruleset({ branches: ["ma*"], requiredChecks: [GATE], bypass: ["bob"] });
    repo.ruleset({ branches: ["release/**"], requiredChecks: ["never"] });
    repo.ruleset({ requiredChecks: ["trial"], enforcement: "evaluate" });
    expect([pull.blockers("alice").length, pull.blockers("bob").length]).toEqual([1, 0]);
  });
});

describe("rules over HTTP", () => {
  test("tell the required checks and the apps they are pinned to", async () => {
    const { repo, kit, at, app } = setUp();
    repo.protect("main", { requiredChecks: [{ name: GATE, appId: app.id }, "lint"] });
    repo.ruleset({ requiredChecks: [{ name: "e2e", appId: 7 }] });
    const { data: branch } = await kit.rest.repos.getBranch({ ...at, branch: "main" });
    expect(branch.protection.required_status_checks?.checks).toEqual([
      { context: GATE, app_id: app.id },
      { context: "lint", app_id: null },
    ]);
    const { data: rules } = await kit.rest.repos.getBranchRules({ ...at, branch: "main" });
    expect(rules).toMatchObject([
      {
        type: "required_status_checks",
        parameters: { required_status_checks: [{ context: "e2e", integration_id: 7 }] },
      },
    ]);
    expect(await failure(kit.rest.repos.getBranchProtection({ ...at, branch: "main" }))).toMatch(/^403/);
    expect((await kit.rest.repos.getBranchRules({ ...at, branch: "other" })).data).toEqual([]);
  });
});
