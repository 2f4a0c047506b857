import { describe, expect, test } from "@jest/globals";
import { blockOf, createWorld, isTicked, itemOf, seen } from "./world.ts";

const config = `checklist:
  release: [{ base: main }]
  items:
    - { id: e2e, title: E2E passes, check: e2e }
    - { id: go, title: Go }
`;

describe("the block in the description", () => {
  test("comes below what the author wrote, which stays byte for byte, CRLF included", async () => {
    const world = createWorld({ config });
    const body = "# Release\r\n\r\n- [ ] my own box\r\n- [x] another\r\n\r\nCloses #1\r\n";
    const pull = await world.open({ body });
    expect(pull.body.startsWith(body)).toBe(true);
    expect(pull.body.replaceAll("\r\n", "")).not.toContain("\n");
    await world.tick(pull, "bob", "go");
    await world.report(pull, "e2e", "success");
    expect(world.check(pull).title).toBe("Ready: 2 of 2 items done");
    expect(pull.body.startsWith(body)).toBe(true);
    await world.finish();
  });

  test("stands alone in an empty description", async () => {
    const world = createWorld({ config });
    const pull = await world.open();
    expect(pull.body).toMatchInlineSnapshot(`
"<!-- release-checklist:begin -->
## Release checklist

**Decided by the app**
- [ ] E2E passes <!-- item:e2e -->

**Signed off by people**
- [ ] Go <!-- item:go -->

Who signed what: the **Release checklist: main** check. Help: comment \`/checklist help\`.
<!-- release-checklist:end -->"
`);
    await world.finish();
  });

  test("deleted, it comes back with everything that was signed", async () => {
    const world = createWorld({ config });
    const pull = await world.open({ body: "Text" });
    await world.tick(pull, "bob", "go");
    await world.act(() => pull.edit({ by: "alice", body: "Another text" }));
    expect(pull.body).toMatch(/^Another text\n\n<!-- release-checklist:begin -->/);
    expect(isTicked(pull, "go")).toBe(true);
    expect(world.check(pull).summary).toContain("| Go | ✅ done | signed by bob");
    await world.finish();
  });

  test("half deleted, it is whole again", async () => {
    const world = createWorld({ config });
    const pull = await world.open({ body: "Text" });
    const whole = pull.body;
    await world.act(() => pull.edit({ by: "alice", body: whole.slice(0, whole.indexOf("- [ ] Go")) }));
    expect(pull.body.trimEnd()).toBe(whole);
    await world.finish();
  });

  test("goes on top where an open fence would swallow it", async () => {
    const world = createWorld({ config });
    const pull = await world.open({ body: "Log:\n\n```\nline\n" });
    expect(pull.body).toMatch(/^<!-- release-checklist:begin -->/);
    expect(pull.body.endsWith("Log:\n\n```\nline\n")).toBe(true);
    await world.tick(pull, "bob", "go");
    expect(world.check(pull).summary).toContain("| Go | ✅ done | signed by bob");
    await world.finish();
  });

  test("moves to the top when somebody opens a fence above it", async () => {
    const world = createWorld({ config });
    const pull = await world.open({ body: "Text" });
    await world.tick(pull, "bob", "go");
    await world.act(() => pull.edit({ by: "alice", body: pull.body.replace("Text", "Text\n\n```") }));
    expect(pull.body.startsWith("<!-- release-checklist:begin -->")).toBe(true);
    expect(isTicked(pull, "go")).toBe(true);
    await world.finish();
  });

  test("what people write into it moves below it", async () => {
    const world = createWorld({ config });
    const pull = await world.open({ body: "Text" });
    const go = "- [ ] Go <!-- item:go -->";
    await world.act(() => pull.edit({ by: "bob", body: pull.body.replace(go, `${go}\nSee the wiki`) }));
    expect(pull.body).toMatch(/<!-- release-checklist:end -->\n\nSee the wiki\n?$/);
    expect(blockOf(pull)).not.toContain("wiki");
    await world.finish();
  });

  test("a quotation of it in somebody's text is no checklist", async () => {
    const world = createWorld({ config });
    const quoted = (await world.open()).body.replace("- [ ] Go", "- [x] Go");
    const pull = await world.open({ head: "release/2", body: `\`\`\`\n${quoted}\n\`\`\`\n` });
    expect(isTicked(pull, "go")).toBe(false);
    expect(world.check(pull).title).toBe("Blocked: e2e never started (and 1 more)");
    await world.finish();
  });
});

describe("boxes of automated items", () => {
  test("the app ticks and unticks them", async () => {
    const world = createWorld({ config });
    const pull = await world.open();
    await world.report(pull, "e2e", "success");
    expect(isTicked(pull, "e2e")).toBe(true);
    await world.report(pull, "e2e", "failure");
    expect(isTicked(pull, "e2e")).toBe(false);
    await world.finish();
  });

  test("a person's tick is undone, and opens nothing", async () => {
    const world = createWorld({ config });
    const pull = await world.open();
    await world.tick(pull, "root", "e2e", "go");
    expect(isTicked(pull, "e2e")).toBe(false);
    expect(isTicked(pull, "go")).toBe(true);
    expect(world.check(pull).title).toBe("Blocked: e2e never started");
    await world.finish();
  });

  test("a person's untick is undone", async () => {
    const world = createWorld({ config });
    const pull = await world.open();
    await world.report(pull, "e2e", "success");
    await world.untick(pull, "root", "e2e");
    expect(isTicked(pull, "e2e")).toBe(true);
    await world.finish();
  });
});

describe("a description near GitHub's limit", () => {
  test("gets the block in a shorter form", async () => {
    const world = createWorld({
      config: `${config}    - { id: long, title: Long, help: ${"Explain it well. ".repeat(20)} }\n`,
    });
    const pull = await world.open({ body: "x".repeat(65_000) });
    expect(blockOf(pull)).toContain("item:long");
    expect(blockOf(pull)).not.toContain("Explain");
    await world.tick(pull, "bob", "long");
    expect(isTicked(pull, "long")).toBe(true);
    await world.finish();
  });

  test("without room for the shortest form: the check says so, and people sign by comment", async () => {
    const world = createWorld({ config });
    const body = "x".repeat(65_500);
    const pull = await world.open({ body });
    expect(pull.body).toBe(body);
    expect(seen(world.check(pull))).toMatchInlineSnapshot(`
"action_required: Blocked: e2e never started (and 1 more)

**Blocked.** 0 of 2 items are done.

### What is missing

- E2E passes: No check is named "e2e" on 5b55bba.
- Go: anyone with write access can sign it

To sign, comment \`/checklist sign go\`.

### Good to know

- The checklist does not fit into the description: GitHub takes 65,536 characters. Shorten the description, or sign by comment.

| item | state | evidence |
|---|---|---|
| E2E passes | ⏳ waiting | never started |
| Go | ⏳ waiting | waiting for anyone with write access |"
`);
    await world.comment(pull, "bob", "/checklist sign go");
    await world.report(pull, "e2e", "success");
    expect(seen(world.check(pull))).toMatchInlineSnapshot(`
"success: Ready: 2 of 2 items done

**Ready to merge.** 2 of 2 items are done.

### Good to know

- The checklist does not fit into the description: GitHub takes 65,536 characters. Shorten the description, or sign by comment.

| item | state | evidence |
|---|---|---|
| E2E passes | ✅ done | green · [e2e](https://github.com/acme/shop/runs/1026) |
| Go | ✅ done | signed by bob by comment on 2026-03-02 at 5b55bba |"
`);
    await world.finish();
  });
});

describe("templates and groups", () => {
  test("a template's slots are filled, an item is taken out, and groups head the block", async () => {
    const world = createWorld({
      config: `checklist:
  release: [{ base: main }]
  extends: default
  checks:
    ci: { workflow: ci.yml }
    staging-e2e: staging-e2e
  groups:
    - { title: Validate on staging, expects: The candidate is fit for production }
    - { title: Go }
  items:
    - { id: migrations, remove: true }
    - { id: monitoring, remove: true }
    - { id: staging-e2e, group: Validate on staging }
    - { id: acceptance, group: Validate on staging, help: "See the *plan*" }
    - { id: rollback, group: Go, signers: { from: ["@acme/sre"], not: [author] } }
`,
    });
    const pull = await world.open();
    expect(blockOf(pull)).toMatchInlineSnapshot(`
"<!-- release-checklist:begin -->
## Release checklist

**Validate on staging → The candidate is fit for production**
- [ ] End-to-end tests pass on staging <!-- item:staging-e2e -->
  They ran against staging with this version, not only on the branch of a feature.
- [ ] Acceptance criteria verified <!-- item:acceptance -->
  See the \\*plan\\*

**Go**
- [ ] Rollback plan confirmed (\`@acme/sre\`, not the author) <!-- item:rollback -->
  Write it down now, while nothing is on fire.
  - How do we get back to the version before? <!-- answer:code -->
  - What happens to data that was changed or migrated by then? <!-- answer:data -->

**Decided by the app**
- [ ] CI is green <!-- item:ci -->
  All builds and tests of this commit have finished and passed.

**Signed off by people**
- [ ] Stakeholders notified <!-- item:stakeholders -->
  Support, sales and everyone who will be asked about it know before it is deployed.

Who signed what: the **Release checklist: main** check. Help: comment \`/checklist help\`.
<!-- release-checklist:end -->"
`);
    await world.finish();
  });
});

describe("a trial", () => {
  test("enforcement: evaluate passes, and says what it would block", async () => {
    const world = createWorld({
      config: config.replace("checklist:", "checklist:\n  enforcement: evaluate"),
    });
    const pull = await world.open();
    expect(seen(world.check(pull))).toMatchInlineSnapshot(`
"success: Would block: e2e never started (and 1 more)

**A trial: this would be blocked.** 0 of 2 items are done.

### What is missing

- E2E passes: No check is named "e2e" on 5b55bba.
- Go: anyone with write access can sign it

To sign, tick the box in the description, or comment \`/checklist sign go\`.

| item | state | evidence |
|---|---|---|
| E2E passes | ⏳ waiting | never started |
| Go | ⏳ waiting | waiting for anyone with write access |"
`);
    expect(itemOf(pull, "go")).toBe("- [ ] Go <!-- item:go -->");
    await world.tick(pull, "bob", "go");
    await world.report(pull, "e2e", "success");
    expect(world.check(pull).title).toBe("Ready: 2 of 2 items done");
    await world.finish();
  });
});
