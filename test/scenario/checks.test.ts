import { describe, expect, test } from "@jest/globals";
import { blockOf, createWorld, isTicked, seen } from "./world.ts";

const checklist = (items: string): string => `checklist:\n  release: [{ base: main }]\n  items:\n${items}`;
const one = (rule: string): string => checklist(`    - { id: e2e, title: E2E passes, check: ${rule} }\n`);

describe("an item on a check run", () => {
  test("never started, queued, failed, run again, green: the box follows", async () => {
    const world = createWorld({ config: one("staging-e2e") });
    const pull = await world.open({ body: "Text" });
    expect(seen(world.check(pull))).toMatchInlineSnapshot(`
"action_required: Blocked: e2e never started

**Blocked.** 0 of 1 items are done.

### What is missing

- E2E passes: No check is named "staging-e2e" on 5b55bba.

| item | state | evidence |
|---|---|---|
| E2E passes | ⏳ waiting | never started |"
`);
    await world.report(pull, "staging-e2e", null);
    await world.sweep();
    expect(world.check(pull).title).toMatchInlineSnapshot(`"Blocked: e2e running"`);
    await world.report(pull, "staging-e2e", "failure");
    expect(seen(world.check(pull))).toMatchInlineSnapshot(`
"failure: Blocked: e2e failed

**Blocked.** 0 of 1 items are done.

### What is missing

- E2E passes: "staging-e2e" failed. Fix it, or run it again.

| item | state | evidence |
|---|---|---|
| E2E passes | ❌ failed | failed · [staging-e2e](https://github.com/acme/shop/runs/1025) |"
`);
    await world.report(pull, "staging-e2e", "success");
    expect(seen(world.check(pull))).toMatchInlineSnapshot(`
"success: Ready: 1 of 1 items done

**Ready to merge.** 1 of 1 items are done.

| item | state | evidence |
|---|---|---|
| E2E passes | ✅ done | green · [staging-e2e](https://github.com/acme/shop/runs/1026) |"
`);
    expect(blockOf(pull)).toMatchInlineSnapshot(`
"<!-- release-checklist:begin -->
## Release checklist

**Decided by the app**
- [x] E2E passes <!-- item:e2e -->

Who signed what: the **Release checklist: main** check. Help: comment \`/checklist help\`.
<!-- release-checklist:end -->"
`);
    await world.report(pull, "staging-e2e", "cancelled");
    expect(world.check(pull).conclusion).toBe("failure");
    expect(isTicked(pull, "e2e")).toBe(false);
    await world.finish();
  });

  test("a name that nobody reports: near names are shown", async () => {
    const world = createWorld({ config: one("staging-e2e") });
    const pull = await world.open();
    await world.report(pull, "Staging E2E", "success");
    await world.sweep();
    expect(seen(world.check(pull))).toMatchInlineSnapshot(`
"action_required: Blocked: e2e never started

**Blocked.** 0 of 1 items are done.

### What is missing

- E2E passes: No check is named "staging-e2e" on 5b55bba. Did you mean "Staging E2E"?

| item | state | evidence |
|---|---|---|
| E2E passes | ⏳ waiting | never started |"
`);
    await world.finish();
  });

  test("from the wrong app it does not count", async () => {
    const world = createWorld({ config: one("{ name: e2e, app: github-actions }") });
    const pull = await world.open();
    await world.report(pull, "e2e", "success", "evil-app");
    await world.sweep();
    expect(seen(world.check(pull))).toMatchInlineSnapshot(`
"action_required: Blocked: e2e from the wrong app

**Blocked.** 0 of 1 items are done.

### What is missing

- E2E passes: "e2e" was reported by "evil-app", but only "github-actions" counts.

| item | state | evidence |
|---|---|---|
| E2E passes | ⏳ waiting | from the wrong app · [e2e (evil-app)](https://github.com/acme/shop/runs/1024) |"
`);
    await world.report(pull, "e2e", "success");
    expect(world.check(pull).conclusion).toBe("success");
    await world.finish();
  });

  test("skipped counts only where it is accepted", async () => {
    const world = createWorld({
      config: checklist(
        "    - { id: strict, title: Strict, check: e2e }\n" +
          "    - { id: lenient, title: Lenient, check: { name: e2e, accept: [success, skipped] } }\n",
      ),
    });
    const pull = await world.open();
    await world.report(pull, "e2e", "skipped");
    expect(seen(world.check(pull))).toMatchInlineSnapshot(`
"failure: Blocked: strict skipped

**Blocked.** 1 of 2 items are done.

### What is missing

- Strict: "e2e" was skipped. Let it run, or list "skipped" under "accept".

| item | state | evidence |
|---|---|---|
| Strict | ❌ failed | skipped · [e2e](https://github.com/acme/shop/runs/1024) |
| Lenient | ✅ done | green · [e2e](https://github.com/acme/shop/runs/1024) |"
`);
    await world.finish();
  });

  test("a glob waits for the suite that holds a match: later jobs of a matrix have no run yet", async () => {
    const world = createWorld({ config: one('{ name: "unit (*)", app: github-actions }') });
    const pull = await world.open();
    const run = await world.act(() =>
      world.repo.workflowRun({
        path: ".github/workflows/ci.yml",
        sha: pull.headSha,
        jobs: { "unit (1)": "success" },
      }),
    );
    await world.sweep();
    expect(seen(world.check(pull))).toMatchInlineSnapshot(`
"action_required: Blocked: e2e more may follow

**Blocked.** 0 of 1 items are done.

### What is missing

- E2E passes: Suite of "github-actions" is not complete: more checks may follow.

| item | state | evidence |
|---|---|---|
| E2E passes | ⏳ waiting | more may follow |"
`);
    await world.act(() => run.completeJob("unit (2)", "failure"));
    expect(world.check(pull).title).toMatchInlineSnapshot(`"Blocked: e2e 1 of 2 failed"`);
    await world.act(() => run.complete());
    await world.act(() => run.rerun({ by: "bob" }).completeJob("unit (1)", "success"));
    await world.act(() => run.completeJob("unit (2)", "success"));
    await world.act(() => run.complete());
    expect(world.check(pull).title).toBe("Ready: 1 of 1 items done");
    await world.finish();
  });
});

describe("an item on a workflow", () => {
  test("waits until the whole run is completed, and names the job that failed", async () => {
    const world = createWorld({ config: one("{ workflow: ci.yml }") });
    const pull = await world.open();
    expect(world.check(pull).summary).toContain("The workflow ci.yml has no run");
    const run = await world.act(() =>
      world.repo.workflowRun({
        path: ".github/workflows/ci.yml",
        name: "CI",
        sha: pull.headSha,
        jobs: { build: "success", test: null },
      }),
    );
    await world.sweep();
    expect(seen(world.check(pull))).toMatchInlineSnapshot(`
"action_required: Blocked: e2e running

**Blocked.** 0 of 1 items are done.

### What is missing

- E2E passes: ci.yml \`#1\` is running and "test" is running.

| item | state | evidence |
|---|---|---|
| E2E passes | ⏳ waiting | running · [ci.yml \`#1\`](https://github.com/acme/shop/actions/runs/1024) · [test](https://github.com/acme/shop/runs/1027) |"
`);
    await world.act(() => run.completeJob("test", "failure"));
    expect(world.check(pull).title).toMatchInlineSnapshot(`"Blocked: e2e failed"`);
    await world.act(() => run.complete());
    await world.sweep();
    expect(seen(world.check(pull))).toMatchInlineSnapshot(`
"failure: Blocked: e2e failed

**Blocked.** 0 of 1 items are done.

### What is missing

- E2E passes: ci.yml \`#1\` failed and "test" failed. Fix it, or run it again.

| item | state | evidence |
|---|---|---|
| E2E passes | ❌ failed | failed · [ci.yml \`#1\`](https://github.com/acme/shop/actions/runs/1024) · [test](https://github.com/acme/shop/runs/1027) |"
`);
    await world.act(() => run.rerun({ by: "bob" }).completeJob("build", "success"));
    await world.act(() => run.completeJob("test", "success"));
    await world.act(() => run.complete());
    expect(world.check(pull).title).toBe("Ready: 1 of 1 items done");
    await world.finish();
  });

  test("the pull request changes that workflow: the check says so, and the gate still opens", async () => {
    const world = createWorld({ config: one("{ workflow: ci.yml }") });
    const pull = await world.open({ files: { ".github/workflows/ci.yml": "jobs: {}\n" } });
    await world.act(() =>
      world.repo.workflowRun({
        path: ".github/workflows/ci.yml",
        sha: pull.headSha,
        jobs: { build: "success" },
        conclusion: "success",
      }),
    );
    expect(seen(world.check(pull))).toMatchInlineSnapshot(`
"success: Ready: 1 of 1 items done

**Ready to merge.** 1 of 1 items are done.

### Good to know

- This pull request changes .github/workflows/ci.yml, which decides here: read that change before you trust the result.

| item | state | evidence |
|---|---|---|
| E2E passes | ✅ done | green · [ci.yml \`#1\`](https://github.com/acme/shop/actions/runs/1024) |"
`);
    await world.finish();
  });
});

describe("an item on a commit status", () => {
  test("counts from an app, not from a person who is not named", async () => {
    const world = createWorld({ config: one("migration-validation") });
    const pull = await world.open();
    await world.act(() =>
      world.repo.status({
        by: "alice",
        sha: pull.headSha,
        context: "migration-validation",
        state: "success",
      }),
    );
    await world.sweep();
    expect(seen(world.check(pull))).toMatchInlineSnapshot(`
"action_required: Blocked: e2e set by a person

**Blocked.** 0 of 1 items are done.

### What is missing

- E2E passes: A commit status "migration-validation" was set by "alice", but people's statuses count only when "by" names them.

| item | state | evidence |
|---|---|---|
| E2E passes | ⏳ waiting | set by a person |"
`);
    await world.act(() =>
      world.repo.status({
        by: "ci-bot[bot]",
        sha: pull.headSha,
        context: "migration-validation",
        state: "success",
      }),
    );
    expect(world.check(pull).conclusion).toBe("success");
    await world.finish();
  });

  test("counts from a person who is named", async () => {
    const world = createWorld({ config: one("{ name: qa, by: [bob] }") });
    const pull = await world.open();
    await world.act(() =>
      world.repo.status({ by: "bob", sha: pull.headSha, context: "qa", state: "pending" }),
    );
    await world.sweep();
    expect(world.check(pull).title).toMatchInlineSnapshot(`"Blocked: e2e pending"`);
    await world.act(() =>
      world.repo.status({ by: "bob", sha: pull.headSha, context: "qa", state: "success" }),
    );
    expect(world.check(pull).title).toBe("Ready: 1 of 1 items done");
    await world.act(() =>
      world.repo.status({ by: "bob", sha: pull.headSha, context: "qa", state: "failure" }),
    );
    expect(world.check(pull).title).toMatchInlineSnapshot(`"Blocked: e2e failed"`);
    await world.finish();
  });
});

describe("an item on changed files", () => {
  test("is ticked as soon as the pull request touches the file", async () => {
    const world = createWorld({
      config: checklist("    - { id: log, title: CHANGELOG is up to date, changed: [CHANGELOG.md] }\n"),
    });
    const pull = await world.open();
    expect(seen(world.check(pull))).toMatchInlineSnapshot(`
"action_required: Blocked: log not changed

**Blocked.** 0 of 1 items are done.

### What is missing

- CHANGELOG is up to date: No changed file matches "CHANGELOG.md". Change one in this pull request.

| item | state | evidence |
|---|---|---|
| CHANGELOG is up to date | ⏳ waiting | not changed |"
`);
    await world.push(pull, "alice", { "CHANGELOG.md": "1.0\n" });
    expect(seen(world.check(pull))).toMatchInlineSnapshot(`
"success: Ready: 1 of 1 items done

**Ready to merge.** 1 of 1 items are done.

| item | state | evidence |
|---|---|---|
| CHANGELOG is up to date | ✅ done | changed |"
`);
    expect(isTicked(pull, "log")).toBe(true);
    await world.finish();
  });
});

describe("when", () => {
  test("paths: the item comes with the file and goes with it", async () => {
    const world = createWorld({
      config: checklist(
        '    - { id: go, title: Go }\n    - { id: sql, title: Migrations, when: { paths: ["**/*.sql"] } }\n',
      ),
    });
    const pull = await world.open();
    expect(blockOf(pull)).not.toContain("Migrations");
    expect(world.check(pull).summary).toContain("| Migrations | ➖ not needed | only for changes of");
    await world.push(pull, "alice", { "db/1.sql": "select 1;\n" });
    expect(blockOf(pull)).toContain("Migrations");
    expect(world.check(pull).title).toBe("Blocked: waiting for anyone with write access, Go (and 1 more)");
    await world.act(() => world.repo.push(pull.head, { by: "alice", deletes: ["db/1.sql"] }));
    expect(blockOf(pull)).not.toContain("Migrations");
    await world.finish();
  });

  test("labels and base: all that is given must match", async () => {
    const world = createWorld({
      config: checklist(
        "    - { id: go, title: Go }\n    - { id: sec, title: Security, when: { labels: [security], base: main } }\n",
      ),
    });
    const pull = await world.open();
    expect(blockOf(pull)).not.toContain("Security");
    await world.act(() => pull.label("security", { by: "bob" }));
    expect(blockOf(pull)).toContain("Security");
    await world.finish();
  });

  test("a list of files that GitHub cut matches every condition on paths", async () => {
    const world = createWorld({
      config: checklist('    - { id: sql, title: Migrations, when: { paths: ["**/*.sql"] } }\n'),
    });
    const files = Object.fromEntries(Array.from({ length: 3_001 }, (_, n) => [`f/${n}.txt`, "x\n"]));
    const pull = await world.open({ files });
    expect(blockOf(pull)).toContain("Migrations");
    await world.finish();
  });
});

test("a check that ran on the head before and lacks on the new one is told from one that never ran", async () => {
  const world = createWorld({
    config: `checklist:
  release: [{ base: main }]
  items:
    - { id: e2e, title: E2E, check: e2e }
    - { id: scan, title: Scan, check: scan }
`,
  });
  const pull = await world.open();
  const first = pull.headSha.slice(0, 7);
  await world.report(pull, "e2e", "success");
  await world.push(pull, "alice", { "b.txt": "b\n" });
  const { summary } = world.check(pull);
  expect(summary).toContain(`"e2e" ran on ${first}, and has not started on ${pull.headSha.slice(0, 7)}.`);
  expect(summary).toContain(`No check is named "scan" on ${pull.headSha.slice(0, 7)}.`);
  await world.restart();
  expect(world.check(pull).summary).toBe(summary);
  await world.finish();
});
