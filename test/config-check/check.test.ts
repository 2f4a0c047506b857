import { describe, expect, test } from "@jest/globals";
import { change, createConfigWorld, path, shown, today, words } from "./world.ts";

describe("a change of the configuration", () => {
  test("what is valid is shown as people will see it, with what changes against today", async () => {
    const world = createConfigWorld();
    const pull = await change(
      world,
      today
        .replace("    - base: production\n", "")
        .replace('signers: { from: "@acme/sre" }', "")
        .concat(`    - id: smoke
      title: Main journeys walked through
      when: { paths: ["src/**"] }
    - id: stakeholders
      title: Stakeholders notified
      notify: { to: stakeholders }
`),
    );
    expect(words(world, pull)).toMatchInlineSnapshot(`
"success: Valid: 4 items, 1 warning

**Valid.** Below is what people would see.

### Warnings

- .github/release.yml:2:3: Every rule here looks at the head's name or a label, which the author chooses: only a rule with "base" alone cannot be dodged

### What changes

- No release any more: what goes into production
- Changed: Rollback plan confirmed (rollback): signed by anyone with write access (before: signed by \`@acme/sre\`)
- Added: Main journeys walked through (smoke), signed by anyone with write access, when the release changes src/\\*\\*
- Added: Stakeholders notified (stakeholders), announced to stakeholders when ticked by anyone with write access

### Which pull requests are releases

- those that go into main, from release/\\*\\*

## Release checklist

**Decided by the app**
- [ ] CI is green

**Signed off by people**
- [ ] Rollback plan confirmed
  - How do we revert the code?
- [ ] Main journeys walked through
- [ ] Stakeholders notified

Who signed what: the **Release checklist: main** check. Help: comment \`/checklist help\`.

### Items that are not always there, or do not block

- Main journeys walked through: when the release changes src/\\*\\*

.github/release.yml:2 warning: Every rule here looks at the head's name or a label, which the author chooses: only a rule with "base" alone cannot be dodged"
`);
    await world.finish();
  });

  test("every mistake is an annotation on its line", async () => {
    const world = createConfigWorld();
    const pull = await change(
      world,
      `checklist:
  enforcement: activ
  may: { waive: role:owner }
  items:
    - id: ci
      titel: CI is green
      check: { workflow: ci }
    - id: window
      title: In hours
      window: { timezone: Europe/Berlim, open: Tue }
    - id: both
      title: Two kinds
      changed: CHANGELOG.md
      assigned: true
`,
    );
    expect(words(world, pull)).toMatchInlineSnapshot(`
"failure: 6 mistakes

**Broken.** If this were merged, the newest valid version of .github/release.yml on main would go on deciding; without one, releases would be blocked.

### Mistakes

- .github/release.yml:2:16: "enforcement" must be "active" or "evaluate", not "activ" (did you mean "active"?)
- .github/release.yml:3:17: "role:owner" names no role: use "role:admin", "role:maintain" or "role:write"
- .github/release.yml:6:7: Unknown key "titel" (did you mean "title"?)
- .github/release.yml:7:26: "ci" is no workflow file: write its file name, as in "ci.yml"
- .github/release.yml:10:27: "Europe/Berlim" is no time zone (did you mean "Europe/Berlin"?)
- .github/release.yml:14:7: An item is of one kind, and this one has "changed" already: make two items

.github/release.yml:2 failure: "enforcement" must be "active" or "evaluate", not "activ" (did you mean "active"?)
.github/release.yml:3 failure: "role:owner" names no role: use "role:admin", "role:maintain" or "role:write"
.github/release.yml:6 failure: Unknown key "titel" (did you mean "title"?)
.github/release.yml:7 failure: "ci" is no workflow file: write its file name, as in "ci.yml"
.github/release.yml:10 failure: "Europe/Berlim" is no time zone (did you mean "Europe/Berlin"?)
.github/release.yml:14 failure: An item is of one kind, and this one has "changed" already: make two items"
`);
    await world.finish();
  });

  test("YAML that cannot be read says what to quote", async () => {
    const world = createConfigWorld();
    const pull = await change(world, "checklist:\n  may:\n    waive: [@acme/sre]\n");
    expect(shown(world, pull)).toMatchObject({
      conclusion: "failure",
      title: "1 mistake",
      annotations: [
        `${path}:3 failure: "@acme/sre" begins with "@", which YAML keeps for itself: quote it, as in "@acme/sre"`,
      ],
    });
    await world.finish();
  });

  test("names that mean nothing here: teams, targets, environments, workflows, checks", async () => {
    const world = createConfigWorld();
    world.repo.checkRun({ name: "staging-e2e", sha: world.repo.sha("main"), conclusion: "success" });
    const pull = await change(
      world,
      `checklist:
  may: { override: ["@acme/leads", "@other/leads", "@acme/sre"] }
  items:
    - id: e2e
      title: E2E
      check: stagin-e2e
    - id: seen
      title: Seen
      check: "staging-*"
    - id: ci
      title: CI
      check: { workflow: cl.yml }
    - id: staging
      title: Staging
      deployment: { environment: stagin }
    - id: tell
      title: Tell
      notify: { to: [stakeholder, stakeholders, "@acme/nobody"] }
`,
    );
    expect(shown(world, pull)).toMatchInlineSnapshot(`
{
  "annotations": [
    ".github/release.yml:2 failure: There is no team "@acme/leads", or it is secret and the app may not see it: nobody could sign as its member",
    ".github/release.yml:2 warning: Whether there is a team "@other/leads" cannot be seen: it belongs to another organisation than acme",
    ".github/release.yml:6 warning: No check "stagin-e2e" was seen on main or the last pull request (did you mean "staging-e2e"?): until one reports, the item waits",
    ".github/release.yml:12 warning: There is no workflow file "cl.yml" in .github/workflows here (did you mean "ci.yml"?)",
    ".github/release.yml:15 failure: There is no environment "stagin" (did you mean "staging"?)",
    ".github/release.yml:18 failure: The server knows no target "stakeholder" for acme (did you mean "stakeholders"?)",
    ".github/release.yml:18 failure: There is no team "@acme/nobody", or it is secret and the app may not see it: nobody could sign as its member",
  ],
  "conclusion": "failure",
  "summary": "**It can be read, but not all of it would work.** Items that rely on what is not there would stay blocked, and what is locked stays as it is locked.

### Mistakes

- .github/release.yml:2:21: There is no team "\`@acme/leads\`", or it is secret and the app may not see it: nobody could sign as its member
- .github/release.yml:15:34: There is no environment "stagin" (did you mean "staging"?)
- .github/release.yml:18:22: The server knows no target "stakeholder" for acme (did you mean "stakeholders"?)
- .github/release.yml:18:49: There is no team "\`@acme/nobody\`", or it is secret and the app may not see it: nobody could sign as its member

### Warnings

- .github/release.yml:2:36: Whether there is a team "\`@other/leads\`" cannot be seen: it belongs to another organisation than acme
- .github/release.yml:6:14: No check "stagin-e2e" was seen on main or the last pull request (did you mean "staging-e2e"?): until one reports, the item waits
- .github/release.yml:12:26: There is no workflow file "cl.yml" in .github/workflows here (did you mean "ci.yml"?)

### What changes

- No release any more: what goes into main, from release/\\*\\*
- No release any more: what goes into production
- A release from now on: what goes into main, from release/\\*\\*, release-\\*, hotfix/\\*\\*, release-please--\\*\\*, changeset-release/\\*\\*
- A release from now on: what goes into main, with the label release
- The whole gate may be overridden by \`@acme/leads\`, \`@other/leads\` or \`@acme/sre\` (before: an admin)
- Items may be waived by \`@acme/leads\`, \`@other/leads\` or \`@acme/sre\` (before: an admin)
- Removed: Rollback plan confirmed (rollback), signed by \`@acme/sre\`
- Added: E2E (e2e), decided by the check "stagin-e2e"
- Added: Seen (seen), decided by the check "staging-\\*"
- Changed: CI (ci): titled "CI" (before: "CI is green"); decided by the workflow cl.yml (before: decided by the workflow ci.yml)
- Added: Staging (staging), decided by the deployment to stagin
- Added: Tell (tell), announced to stakeholder, stakeholders, \`@acme/nobody\` when ticked by anyone with write access

### Which pull requests are releases

- those that go into main, from release/\\*\\*, release-\\*, hotfix/\\*\\*, release-please--\\*\\*, changeset-release/\\*\\*
- those that go into main, with the label release

## Release checklist

**Decided by the app**
- [ ] E2E
- [ ] Seen
- [ ] CI
- [ ] Staging

**Signed off by people**
- [ ] Tell

Who signed what: the **Release checklist: main** check. Help: comment \`/checklist help\`.

<sub>Release Checklist 0.1.0 · this check blocks no release</sub>",
  "title": "4 mistakes, 3 warnings",
}
`);
    await world.finish();
  });

  test("what may not be seen is a warning", async () => {
    const world = createConfigWorld();
    world.grant({ actions: "none", members: "none" });
    const pull = await change(
      world,
      `checklist:
  release: [{ base: main }]
  may: { override: "@acme/sre" }
  items:
    - { id: staging, title: Staging, deployment: { environment: staging } }
`,
    );
    expect(shown(world, pull)).toMatchInlineSnapshot(`
{
  "annotations": [
    ".github/release.yml:3 warning: Whether there is a team "@acme/sre" cannot be seen: permission missing: the app may not do this (GitHub answered 403: resource not accessible by integration)",
    ".github/release.yml:5 warning: Whether there is an environment "staging" cannot be seen: permission missing: the app needs actions: read (GitHub answered 403)",
  ],
  "conclusion": "success",
  "summary": "**Valid.** Below is what people would see.

### Warnings

- .github/release.yml:3:20: Whether there is a team "\`@acme/sre\`" cannot be seen: permission missing: the app may not do this (GitHub answered 403: resource not accessible by integration)
- .github/release.yml:5:65: Whether there is an environment "staging" cannot be seen: permission missing: the app needs actions: read (GitHub answered 403)

### What changes

- No release any more: what goes into main, from release/\\*\\*
- No release any more: what goes into production
- A release from now on: what goes into main
- The whole gate may be overridden by \`@acme/sre\` (before: an admin)
- Items may be waived by \`@acme/sre\` (before: an admin)
- Removed: CI is green (ci), decided by the workflow ci.yml
- Removed: Rollback plan confirmed (rollback), signed by \`@acme/sre\`
- Added: Staging (staging), decided by the deployment to staging

### Which pull requests are releases

- those that go into main

## Release checklist

**Decided by the app**
- [ ] Staging

Who signed what: the **Release checklist: main** check. Help: comment \`/checklist help\`.

<sub>Release Checklist 0.1.0 · this check blocks no release</sub>",
  "title": "Valid: 1 item, 2 warnings",
}
`);
    await world.finish();
  });

  test("rules that the author can dodge are a warning", async () => {
    const world = createConfigWorld();
    const pull = await change(world, "checklist:\n  release: [{ head: release/** }]\n");
    expect(shown(world, pull)).toMatchObject({
      conclusion: "success",
      title: "Valid: 7 items, 1 warning",
      annotations: [expect.stringContaining(`${path}:2 warning: Every rule here looks at the head's name`)],
    });
    await world.finish();
  });

  test("more mistakes than one request takes", async () => {
    const world = createConfigWorld();
    const items = Array.from({ length: 60 }, (_, at) => `    - { id: i${at}, titel: Title ${at} }\n`);
    const pull = await change(world, `checklist:\n  items:\n${items.join("")}`);
    const check = shown(world, pull);
    expect(check?.title).toBe("60 mistakes");
    expect(check?.annotations).toHaveLength(60);
    expect(check?.annotations.at(-1)).toBe(`${path}:62 failure: Unknown key "titel" (did you mean "title"?)`);
    expect(check?.summary.match(/Unknown key/g)).toHaveLength(60);
    await world.finish();
  });

  test("more words than a check takes are shortened, and the rest stays", async () => {
    const world = createConfigWorld();
    const items = Array.from(
      { length: 100 },
      (_, at) => `    - { id: i${at}, title: Title ${at}, help: ${"word ".repeat(115)} }\n`,
    );
    const pull = await change(world, `checklist:\n  release: [{ base: main }]\n  items:\n${items.join("")}`);
    const check = shown(world, pull);
    expect([check?.conclusion, check?.title]).toEqual(["success", "Valid: 100 items"]);
    expect(check?.summary.length).toBeLessThanOrEqual(65_535);
    expect(check?.summary).toContain("… (shortened)");
    expect(check?.summary).toMatch(/this check blocks no release<\/sub>$/);
    await world.finish();
  });

  test("deleting the file says what holds then", async () => {
    const world = createConfigWorld();
    const pull = await change(world, null);
    expect(words(world, pull)).toMatchInlineSnapshot(`
"success: No release checklist

**No checklist of its own.** Without it, nothing is asked of pull requests any more. Those that were releases stay blocked until there is a configuration again."
`);
    await world.finish();
  });

  test("deleting it where the organisation has one", async () => {
    const world = createConfigWorld();
    const shared = world.github.repo("acme/.github", {
      files: { [path]: "checklist:\n  items: [{ id: go, title: Go }]\n" },
    });
    shared.installApp(world.app);
    const pull = await change(world, null);
    expect(words(world, pull)).toMatchInlineSnapshot(`
"success: No checklist here: acme/.github:.github/release.yml holds

**No checklist of its own.** Without it, acme/.github:.github/release.yml holds here: 1 item.

### What changes

- No release any more: what goes into main, from release/\\*\\*
- No release any more: what goes into production
- A release from now on: what goes into main, from release/\\*\\*, release-\\*, hotfix/\\*\\*, release-please--\\*\\*, changeset-release/\\*\\*
- A release from now on: what goes into main, with the label release
- Removed: CI is green (ci), decided by the workflow ci.yml
- Removed: Rollback plan confirmed (rollback), signed by \`@acme/sre\`
- Added: Go (go), signed by anyone with write access"
`);
    await world.finish();
  });

  test("renaming it to the other place changes nothing", async () => {
    const world = createConfigWorld();
    const pull = await change(world, null, { files: { ".github/release-checklist.yml": today } });
    expect(shown(world, pull)).toMatchObject({ conclusion: "success", title: "Valid: 2 items" });
    expect(shown(world, pull)?.summary).toContain(
      "Nothing: the checklist and its rules are the same as today",
    );
    await world.finish();
  });

  test("a second file that nobody reads is pointed out", async () => {
    const world = createConfigWorld();
    const second = ".github/release-checklist.yml";
    const pull = await world.open({ head: "rules", files: { [second]: "# ours\nchecklist: {}\n" } });
    expect(shown(world, pull)).toMatchObject({
      conclusion: "success",
      title: "Valid: 2 items, 1 warning",
      annotations: [
        `${second}:2 warning: This is not read: ${path} has a "checklist" as well, and comes first`,
      ],
    });
    await world.finish();
  });

  test("a file that nobody reads does not repair the one that counts", async () => {
    const world = createConfigWorld({ config: "checklist: { itmes: [] }\n" });
    const second = ".github/release-checklist.yml";
    const pull = await world.open({ head: "rules", files: { [second]: "checklist: {}\n" } });
    expect(shown(world, pull)).toMatchObject({
      conclusion: "failure",
      title: `Still broken: ${path}`,
      annotations: [
        `${second}:1 warning: This is not read: ${path} has a "checklist" as well, and comes first`,
      ],
    });
    await world.finish();
  });

  test("a misspelt key would configure nothing", async () => {
    const world = createConfigWorld({ config: null });
    const pull = await change(world, "cheklist: {}\n");
    expect(words(world, pull)).toMatchInlineSnapshot(`
"failure: Nothing is configured: 1 warning

**Nothing would be configured.** The file has no key \`checklist\`, and it looks as if it were meant to have one.

### Warnings

- .github/release.yml:1:1: Unknown key "cheklist" (did you mean "checklist"?): without "checklist" nothing is checked here

.github/release.yml:1 warning: Unknown key "cheklist" (did you mean "checklist"?): without "checklist" nothing is checked here"
`);
    await world.finish();
  });

  test("the first configuration of a repository", async () => {
    const world = createConfigWorld({ config: null });
    const pull = await change(
      world,
      "checklist: { items: [{ id: go, title: Go }], enforcement: evaluate }\n",
    );
    expect(words(world, pull)).toMatchInlineSnapshot(`
"success: Valid: 1 item, as a trial

**Valid.** Below is what people would see.

### What changes

There is no checklist on main today, so all of it is new.

### Which pull requests are releases

- those that go into main, from release/\\*\\*, release-\\*, hotfix/\\*\\*, release-please--\\*\\*, changeset-release/\\*\\*
- those that go into main, with the label release

## Release checklist

**Signed off by people**
- [ ] Go

Who signed what: the **Release checklist: main** check. Help: comment \`/checklist help\`."
`);
    await world.finish();
  });

  test("into another branch than the default one", async () => {
    const world = createConfigWorld();
    world.repo.push("dev", { by: "root", files: { "d.txt": "d\n" } });
    world.repo.push("rules", { by: "alice", from: "dev", files: { [path]: `${today}\n` } });
    const pull = await world.act(() => world.repo.openPull({ by: "alice", head: "rules", base: "dev" }));
    expect(shown(world, pull)?.summary).toContain(
      "This pull request goes into dev; the configuration counts once it is on main.",
    );
    await world.finish();
  });

  test("text from the file does nothing in the summary", async () => {
    const world = createConfigWorld();
    const title = "Ask @root <!-- item:x --> [x](http://e.test) #1";
    const pull = await change(
      world,
      `checklist:\n  items:\n    - { id: go, title: ${JSON.stringify(title)} }\n    - { id: ci, title: A, "@root": 1 }\n`,
    );
    expect(shown(world, pull)?.summary).not.toMatch(/(?<!`)@root/);
    const valid = await change(
      world,
      `checklist:\n  items:\n    - { id: go, title: ${JSON.stringify(title)} }\n`,
      {
        head: "rules-2",
      },
    );
    expect(shown(world, valid)?.summary).toContain("- [ ] Ask `@root` \\<!-- item:x --> \\[x\\]");
    await world.finish();
  });
});
