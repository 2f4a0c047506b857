import { describe, expect, test } from "@jest/globals";
import { change, createConfigWorld, path, shown, today, words } from "./world.ts";

const rules = `checklist:
  release: [{ base: main }]
  items:
    - id: rollback
      title: Rollback plan confirmed
      signers: { from: "@acme/sre" }
      locked: true
`;

const withOrganisation = (text: string) => {
  const world = createConfigWorld();
  world.github.repo("acme/.github", { files: { [path]: text } }).installApp(world.app);
  return world;
};

describe("an organisation's file", () => {
  test("what a repository loosens of it is a mistake on its line", async () => {
    const world = withOrganisation(rules);
    const pull = await change(
      world,
      today.replace('signers: { from: "@acme/sre" }', "signers: { from: octocat }"),
    );
    expect(words(world, pull)).toMatchInlineSnapshot(`
"failure: 1 mistake, 1 warning

**It can be read, but not all of it would work.** Items that rely on what is not there would stay blocked, and what is locked stays as it is locked.

### Mistakes

- .github/release.yml:13:18: This loosens "signers.from" of the item "rollback", locked by acme/.github:.github/release.yml: only \`@acme/sre\` may sign

### Warnings

- .github/release.yml:2:3: These rules come beside those that acme/.github:.github/release.yml locks, and replace none of them

### What changes

Nothing: the checklist and its rules are the same as today.

### Which pull requests are releases

- those that go into main
- those that go into main, from release/\\*\\*
- those that go into production

## Release checklist

**Decided by the app**
- [ ] CI is green

**Signed off by people**
- [ ] Rollback plan confirmed (\`@acme/sre\`)
  - How do we revert the code?

Who signed what: the **Release checklist: main** check. Help: comment \`/checklist help\`.

.github/release.yml:2 warning: These rules come beside those that acme/.github:.github/release.yml locks, and replace none of them
.github/release.yml:13 failure: This loosens "signers.from" of the item "rollback", locked by acme/.github:.github/release.yml: only @acme/sre may sign"
`);
    await world.finish();
  });

  test("mistakes of a file that is extended are shown where it is extended, with their own place", async () => {
    const world = createConfigWorld();
    world.github
      .repo("acme/rules", { files: { "release.yml": "checklist:\n  items:\n    - { id: go, titel: Go }\n" } })
      .installApp(world.app);
    const pull = await change(world, "# ours\nchecklist:\n  extends: acme/rules:release.yml\n");
    expect(shown(world, pull)?.annotations).toMatchInlineSnapshot(`
[
  ".github/release.yml:3 failure: "acme/rules:release.yml" is broken, in line 3, and has no valid version",
  ".github/release.yml:3 failure: acme/rules:release.yml:3:17: Unknown key "titel" (did you mean "title"?)",
]
`);
    await world.finish();
  });

  test("what it extends is part of what people will see", async () => {
    const world = createConfigWorld();
    world.github.repo("acme/rules", { files: { "release.yml": rules } }).installApp(world.app);
    const pull = await change(world, "checklist:\n  extends: acme/rules:release.yml\n");
    expect(shown(world, pull)).toMatchObject({ conclusion: "success", title: "Valid: 1 item" });
    expect(shown(world, pull)?.summary).toContain("- [ ] Rollback plan confirmed (`@acme/sre`)");
    await world.finish();
  });

  test("a change of the organisation's own file is checked as well", async () => {
    const world = createConfigWorld();
    const shared = world.github.repo("acme/.github", {
      files: { [path]: rules },
      collaborators: { alice: "write" },
    });
    shared.installApp(world.app);
    shared.push("rules", { by: "alice", files: { [path]: rules.replace("locked: true", "locked: ture") } });
    const pull = await world.act(() => shared.openPull({ by: "alice", head: "rules" }));
    const run = shared.checkRuns(pull.headSha, "Release checklist config").at(-1);
    expect([run?.conclusion, run?.record.output.title]).toEqual(["failure", "1 mistake"]);
    expect(run?.record.output.summary).toContain(
      "It holds for every repository of acme that has none of its own, and what it locks holds for all of them.",
    );
    await world.finish();
  });
});
