import { describe, expect, test } from "@jest/globals";
import { blockOf, createWorld, seen } from "../scenario/world.ts";
import { footOf, openIn, organisation, ownPath, push, repository } from "./stage.ts";

const go = (title: string, more = "") => `checklist:
  release: [{ base: main }]
${more}  items:
    - { id: go, title: ${title} }
`;

describe("a repository without a configuration", () => {
  test("has the one of its organisation, and the check names it with its commit", async () => {
    const world = createWorld({ config: null });
    organisation(world, go("Go by the organisation"));
    const pull = await world.open();
    expect(seen(world.check(pull))).toMatchInlineSnapshot(`
"action_required: Blocked: waiting for anyone with write access, Go by the organisation

**Blocked.** 0 of 1 items are done.

### What is missing

- Go by the organisation: anyone with write access can sign it

To sign, tick the box in the description, or comment \`/checklist sign go\`.

| item | state | evidence |
|---|---|---|
| Go by the organisation | ⏳ waiting | waiting for anyone with write access |"
`);
    expect(footOf(world.check(pull).summary)).toMatchInlineSnapshot(
      `"Release Checklist 0.1.0 · acme/.github:.github/release.yml at 80ff559 · comment \`/checklist help\` for help"`,
    );
    await world.finish();
  });

  test("has none when the organisation has none", async () => {
    const world = createWorld({ config: null });
    repository(world, "acme/.github", {});
    const pull = await world.open();
    expect(() => world.check(pull)).toThrow("no check");
    await world.finish();
  });

  test("costs nothing for events that do not matter", async () => {
    const world = createWorld({ config: null });
    const pull = await world.open();
    world.github.requests.list.length = 0;
    await world.report(pull, "lint", "success");
    await world.act(() => world.repo.push("main", { by: "root", files: { "b.txt": "b\n" } }));
    await world.act(() => pull.edit({ by: "alice", body: "Other words" }));
    expect(world.github.requests.list.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
    await world.finish();
  });
});

describe("a repository that extends files", () => {
  test("puts built-in templates and files of other repositories together by id", async () => {
    const world = createWorld({
      config: `checklist:
  extends: [hotfix, "acme/standards:checklists/service.yml"]
  checks: { ci: ci }
  release: [{ base: main }]
  items:
    - { id: service, title: Service owner has agreed }
    - { id: own, title: Our own }
    - { id: gone, remove: true }
`,
    });
    const standards = repository(world, "acme/standards", {
      "checklists/service.yml": `checklist:
  extends: acme/base:base.yml
  items:
    - { id: service, title: Somebody has agreed, signers: { from: bob } }
    - { id: gone, title: Gone }
`,
    });
    const base = repository(world, "acme/base", { "base.yml": go("Base has agreed") });
    const pull = await world.open();
    expect(blockOf(pull)).toMatchInlineSnapshot(`
"<!-- release-checklist:begin -->
## Release checklist

**Decided by the app**
- [ ] CI is green <!-- item:ci -->
  All builds and tests of this commit have finished and passed.
- [ ] Somebody is in charge <!-- item:in-charge -->
  Assign the pull request to them.

**Signed off by people**
- [ ] The fix works <!-- item:fix-verified -->
  - How was that seen? <!-- answer:seen -->
- [ ] Rollback plan confirmed <!-- item:rollback@5b55bba -->
  Also for the case that the fix makes it worse.
  - How do we get back to the version before? <!-- answer:code -->
  - What happens to data that was changed or migrated by then? <!-- answer:data -->
- [ ] Somebody watches from the first minute <!-- item:monitoring -->
  Errors and latency are on a screen, beside what they were before the emergency.
- [ ] Stakeholders notified <!-- item:stakeholders -->
  Support and everyone who is asked about the emergency know what is done about it.
- [ ] Base has agreed <!-- item:go -->
- [ ] Service owner has agreed (\`@bob\`) <!-- item:service -->
- [ ] Our own <!-- item:own -->

Who signed what: the **Release checklist: main** check. Help: comment \`/checklist help\`.
<!-- release-checklist:end -->"
`);
    expect(footOf(world.check(pull).summary).replace(/ · comment.*/, "")).toBe(
      [
        `Release Checklist 0.1.0 · ${ownPath} at ${world.repo.sha("main").slice(0, 7)}`,
        `acme/standards:checklists/service.yml at ${standards.sha("main").slice(0, 7)}`,
        `acme/base:base.yml at ${base.sha("main").slice(0, 7)}`,
      ].join(", "),
    );
    await world.finish();
  });

  test("is blocked where one cannot be read, and the check says which, who asks, and what to do", async () => {
    const world = createWorld({
      config: `checklist:
  release: [{ base: main }]
  extends: acme/secret:release.yml
`,
    });
    const pull = await world.open();
    expect(seen(world.check(pull))).toMatchInlineSnapshot(`
"failure: Blocked: acme/secret:release.yml cannot be read

### What is missing

- acme/secret:release.yml cannot be read: GitHub does not find it: it does not exist, or the app may not see it (404). .github/release.yml extends it: install the app on acme/secret or make that public, put the file there, or correct "extends""
`);
    // The app is not on the private repository of another owner either.
    world.github.repo("other/secret", { private: true, files: { "release.yml": go("Go") } });
    await push(world, world.repo, { [ownPath]: "checklist: { extends: other/secret:release.yml }\n" });
    expect(seen(world.check(pull))).toMatchInlineSnapshot(`
"failure: Blocked: other/secret:release.yml cannot be read

### What is missing

- other/secret:release.yml cannot be read: GitHub does not find it: it does not exist, or the app may not see it (404). .github/release.yml extends it: install the app on other/secret or make that public, put the file there, or correct "extends""
`);
    world.github.repo("other/open", { files: { "release.yml": go("Go") } });
    await push(world, world.repo, { [ownPath]: "checklist: { extends: other/open:release.yml }\n" });
    expect(world.check(pull).title).toBe("Blocked: waiting for anyone with write access, Go");
    await world.finish();
  });

  test("is blocked where GitHub refuses one", async () => {
    const world = createWorld({ config: "checklist: { extends: acme/standards:release.yml }\n" });
    repository(world, "acme/standards", { "release.yml": go("Go") });
    world.github.faults.add({ match: { path: /acme\/standards\/contents/ }, status: 403 });
    const pull = await world.open();
    expect(seen(world.check(pull))).toMatchInlineSnapshot(`
"failure: Blocked: acme/standards:release.yml cannot be read

### What is missing

- acme/standards:release.yml cannot be read: GitHub refuses it: A fault on purpose (403). .github/release.yml extends it: install the app on acme/standards or make that public, put the file there, or correct "extends""
`);
  });

  test("is looked at again where one cannot be read for a reason that passes", async () => {
    const world = createWorld({ config: "checklist: { extends: acme/standards:release.yml }\n" });
    repository(world, "acme/standards", { "release.yml": go("Go") });
    world.github.faults.add({ match: { path: /acme\/standards\/contents/ }, status: 502 });
    const pull = await world.open();
    expect(() => world.check(pull)).toThrow("no check");
    world.github.faults.clear();
    await world.advance(60_000);
    expect(world.check(pull).title).toBe("Blocked: waiting for anyone with write access, Go");
    await world.finish();
  });

  test.each([
    ["in a circle", { "a.yml": "acme/standards:b.yml", "b.yml": "acme/standards:a.yml" }],
    [
      "too deep",
      Object.fromEntries(
        [..."abcdefg"].map((name, at) => [`${name}.yml`, `acme/standards:${"bcdefgh"[at]}.yml`]),
      ),
    ],
    ["without a checklist", { "a.yml": null }],
    ["with a mistake", { "a.yml": "acme/standards:b.yml", "b.yml": "nothing" }],
  ])("is blocked where they are %s, and each mistake names its file", async (what, files) => {
    const world = createWorld({ config: "checklist: { extends: acme/standards:a.yml }\n" });
    const texts = Object.entries(files).map(([name, to]) => [
      name,
      to === null ? "changelog: {}\n" : `checklist:\n  extends: ${to}\n`,
    ]);
    repository(world, "acme/standards", { ...Object.fromEntries(texts), "h.yml": go("Go") });
    const pull = await world.open();
    expect(seen(world.check(pull))).toMatchSnapshot(what);
    await world.finish();
  });
});

test("a file that is extended and broken: its newest valid version goes on deciding, and the check names it", async () => {
  const world = createWorld({ config: "checklist: { extends: acme/standards:release.yml }\n" });
  const standards = repository(world, "acme/standards", { "release.yml": go("Go") });
  const pull = await world.open();
  await push(world, standards, { "release.yml": go("Go", "  relaese: []\n") });
  expect(seen(world.check(pull))).toMatchInlineSnapshot(`
"action_required: Blocked: waiting for anyone with write access, Go

**Blocked.** 0 of 1 items are done.

### What is missing

- Go: anyone with write access can sign it

To sign, tick the box in the description, or comment \`/checklist sign go\`.

### Good to know

- acme/standards:release.yml is broken (line 3: Unknown key "relaese" (did you mean "release"?)). Its last valid version, 80ff559, goes on deciding until it is repaired.

| item | state | evidence |
|---|---|---|
| Go | ⏳ waiting | waiting for anyone with write access |"
`);
  await push(world, standards, { "release.yml": go("Go on") });
  expect(world.check(pull).title).toBe("Blocked: waiting for anyone with write access, Go on");
  await world.finish();
});

test("an owner's repository that others use has its own file and nobody's locks", async () => {
  const world = createWorld();
  const shared = organisation(world, go("Go", "  locked: true\n"));
  const pull = await openIn(world, shared);
  expect(shared.checkRuns(pull.headSha, "Release checklist: main").at(-1)?.record.output.title).toBe(
    "Blocked: waiting for anyone with write access, Go",
  );
  await world.finish();
});
