import { describe, expect, test } from "@jest/globals";
import { blockOf, createWorld, seen } from "./world.ts";

const manual = "  items:\n    - { id: go, title: Go }\n";

describe("what is a release", () => {
  test("without rules and items: a branch named like a release gets the default checklist", async () => {
    const world = createWorld();
    const pull = await world.open({ body: "What is new" });
    expect(pull.body).toMatchInlineSnapshot(`
"What is new

<!-- release-checklist:begin -->
## Release checklist

**Signed off by people**
- [ ] CI is green <!-- item:ci -->
  All builds and tests of this commit have finished and passed.
- [ ] End-to-end tests pass on staging <!-- item:staging-e2e -->
  They ran against staging with this version, not only on the branch of a feature.
- [ ] Acceptance criteria verified <!-- item:acceptance -->
  For every change in this release, somebody has seen that it does what was asked for.
- [ ] Rollback plan confirmed <!-- item:rollback -->
  Write it down now, while nothing is on fire.
  - How do we get back to the version before? <!-- answer:code -->
  - What happens to data that was changed or migrated by then? <!-- answer:data -->
- [ ] Monitoring and alerts in place <!-- item:monitoring -->
  Errors, latency and the business figures that this release can move are on a dashboard, and somebody is alerted.
- [ ] Stakeholders notified <!-- item:stakeholders -->
  Support, sales and everyone who will be asked about it know before it is deployed.

Who signed what: the **Release checklist: main** check. Help: comment \`/checklist help\`.
<!-- release-checklist:end -->"
`);
    expect(seen(world.check(pull))).toMatchInlineSnapshot(`
"action_required: Blocked: waiting for anyone with write access, CI is green (and 5 more)

**Blocked.** 0 of 6 items are done.

### What is missing

- CI is green: anyone with write access can sign it
- End-to-end tests pass on staging: anyone with write access can sign it
- Acceptance criteria verified: anyone with write access can sign it
- Rollback plan confirmed: anyone with write access can answer its questions and sign it
- Monitoring and alerts in place: anyone with write access can sign it
- Stakeholders notified: anyone with write access can send it: read the preview first, then tick the box or comment \`/checklist announce\`

To sign, tick the box in the description, or comment \`/checklist sign ci staging-e2e acceptance rollback monitoring\`.

### Good to know

- Only the name of the head or a label makes this a release, and the author chooses both: a rule with base alone cannot be dodged.

| item | state | evidence |
|---|---|---|
| CI is green | ⏳ waiting | waiting for anyone with write access |
| End-to-end tests pass on staging | ⏳ waiting | waiting for anyone with write access |
| Database migrations validated | ➖ not needed | only for changes of \\*\\*/migrations/\\*\\* or \\*\\*/migrate/\\*\\* or \\*\\*/alembic/versions/\\*\\* (and 1 more) |
| Acceptance criteria verified | ⏳ waiting | waiting for anyone with write access |
| Rollback plan confirmed | ⏳ waiting | waiting for anyone with write access |
| Monitoring and alerts in place | ⏳ waiting | waiting for anyone with write access |
| Stakeholders notified | ⏳ waiting | waiting for anyone with write access |

### In this release

Since it left the base: 1 commit, 0 pull requests, 0 issues, 1 file.

- \`5b55bba\` Change a.txt ⚠ without a pull request of its own

### Announcement

To a comment here:

> **Release announced: acme/shop \`#1\`: Release 1.0**
> 
> - Into: main from release/1 at 5b55bba
> - By: alice
> - Still open: CI is green, End-to-end tests pass on staging, Acceptance criteria verified, Rollback plan confirmed, Monitoring and alerts in place (0 of 6 done)
> 
> <https://github.com/acme/shop/pull/1>"
`);
    await world.finish();
  });

  test.each([
    "release/1",
    "release-2",
    "hotfix/x",
    "release-please--branches--main",
    "changeset-release/main",
  ])("without rules: %s into the default branch", async (head) => {
    const world = createWorld({ config: `checklist:\n${manual}` });
    const pull = await world.open({ head });
    expect(world.check(pull).title).toBe("Blocked: waiting for anyone with write access, Go");
    await world.finish();
  });

  test("by base: what an author cannot dodge, whatever head and labels are", async () => {
    const world = createWorld({ config: `checklist:\n  release:\n    - base: production\n${manual}` });
    world.repo.push("production", { by: "root", files: { "p.txt": "p\n" } });
    const pull = await world.open({ head: "feature", base: "production" });
    expect(world.check(pull, "production").conclusion).toBe("action_required");
    expect(world.check(pull, "production").summary).not.toContain("### Good to know");
    const other = await world.open({ head: "release/2" });
    expect(seen(world.check(other))).toMatchInlineSnapshot(`
"success: Not a release pull request

None of the release rules matches a pull request from \`release/2\` into \`main\`:

- \`into production\`"
`);
    await world.finish();
  });

  test("by head and label: all keys of one rule must match", async () => {
    const world = createWorld({
      config: `checklist:\n  release:\n    - { base: main, head: "ship/**", labels: [ship it] }\n${manual}`,
    });
    const pull = await world.open({ head: "ship/1" });
    expect(world.check(pull).title).toBe("Not a release pull request");
    await world.act(() => pull.label("ship it", { by: "bob" }));
    expect(world.check(pull).conclusion).toBe("action_required");
    expect(blockOf(pull)).toContain("item:go");
    await world.finish();
  });
});

describe("once a release, always one", () => {
  const config = `checklist:\n  release:\n    - { base: main, labels: [release] }\n${manual}`;

  test("taking the label off changes nothing", async () => {
    const world = createWorld({ config });
    const pull = await world.open({ head: "feature" });
    await world.act(() => pull.label("release", { by: "alice" }));
    await world.act(() => pull.unlabel("release", { by: "alice" }));
    expect(seen(world.check(pull))).toMatchInlineSnapshot(`
"action_required: Blocked: waiting for anyone with write access, Go

**Blocked.** 0 of 1 items are done.

### What is missing

- Go: anyone with write access can sign it

To sign, tick the box in the description, or comment \`/checklist sign go\`.

### Good to know

- No release rule matches any more, but once a release, always one: the checklist stays.

| item | state | evidence |
|---|---|---|
| Go | ⏳ waiting | waiting for anyone with write access |"
`);
    await world.finish();
  });

  test("nor does renaming it", async () => {
    const world = createWorld({ config });
    const pull = await world.open({ head: "feature" });
    await world.act(() => pull.label("release", { by: "alice" }));
    await world.act(() => pull.edit({ by: "alice", title: "Just a small fix" }));
    expect(world.check(pull).conclusion).toBe("action_required");
    await world.finish();
  });

  test("retargeted, the ledger goes along, and the run under the old base's name is superseded", async () => {
    const world = createWorld({ config: `checklist:\n${manual}    - { id: notes, title: Notes }\n` });
    world.repo.push("develop", { by: "alice", files: { "d.txt": "d\n" } });
    const pull = await world.open();
    await world.tick(pull, "bob", "go");
    await world.act(() => pull.edit({ by: "alice", base: "develop" }));
    expect(seen(world.check(pull, "main"))).toMatchInlineSnapshot(`
"action_required: Superseded by "Release checklist: develop"

The checklist of this pull request goes on at 60040ce42e1279ae32683de043b08b3bbb9092fd into \`develop\`."
`);
    expect(seen(world.check(pull, "develop"))).toMatchInlineSnapshot(`
"action_required: Blocked: waiting for anyone with write access, Notes

**Blocked.** 1 of 2 items are done.

### What is missing

- Notes: anyone with write access can sign it

To sign, tick the box in the description, or comment \`/checklist sign notes\`.

### Good to know

- No release rule matches any more, but once a release, always one: the checklist stays.

| item | state | evidence |
|---|---|---|
| Go | ✅ done | signed by bob on 2026-03-02 at 60040ce |
| Notes | ⏳ waiting | waiting for anyone with write access |"
`);
    await world.tick(pull, "bob", "notes");
    expect(world.check(pull, "develop").title).toBe("Ready: 2 of 2 items done");
    await world.act(() => pull.edit({ by: "alice", base: "main" }));
    expect(world.check(pull, "main").title).toBe("Ready: 2 of 2 items done");
    expect(world.check(pull, "develop").conclusion).toBe("action_required");
    await world.finish();
  });

  test("taking the configuration away opens nothing", async () => {
    const world = createWorld({ config });
    const pull = await world.open({ head: "feature" });
    await world.act(() => pull.label("release", { by: "alice" }));
    await world.act(() => world.repo.push("main", { by: "root", deletes: [".github/release.yml"] }));
    expect(seen(world.check(pull))).toMatchInlineSnapshot(`
"failure: Blocked: the configuration is gone

### What is missing

- This was a release pull request, and now no release checklist is configured. Restore the configuration on the default branch, or open a new pull request."
`);
    await world.finish();
  });
});

describe("no release", () => {
  test("passes at once, with one check and nothing else", async () => {
    const world = createWorld({ config: `checklist:\n${manual}` });
    const wrote = await world.writesSince(() => world.open({ head: "feature", body: "Fix" }));
    expect(wrote).toEqual(["POST /repos/{owner}/{repo}/check-runs"]);
    const [pull] = world.repo.pulls;
    expect(pull?.body).toBe("Fix");
    if (pull)
      expect(seen(world.check(pull))).toMatchInlineSnapshot(`
"success: Not a release pull request

None of the release rules matches a pull request from \`feature\` into \`main\`:

- \`from release/**, release-*, hotfix/**, release-please--**, changeset-release/**\`
- \`with the label release\`"
`);
    await world.finish();
  });
});
