import { describe, expect, test } from "@jest/globals";
import { blockOf, createWorld, type FaultStatus, isTicked, type LogLine, seen, type World } from "./world.ts";

const config = `checklist:
  release: [{ base: main }]
  items:
    - { id: e2e, title: E2E passes, check: e2e }
    - { id: sql, title: Migrations, when: { paths: ["**/*.sql"] } }
    - { id: go, title: Go, signers: { from: ["@acme/sre"], not: [contributors] } }
    - { id: tell, title: Tell, notify: { post: when-ready } }
`;

/** What a verdict rests on. */
const reads: Readonly<Record<string, RegExp>> = {
  "the pull request": /^\/repos\/acme\/shop\/pulls\/1$/,
  "its commit": /\/commits\/[0-9a-f]{40}$/,
  "its files": /\/pulls\/1\/files/,
  "its check runs": /\/check-runs$/,
  "its check suites": /\/check-suites/,
  "its statuses": /\/statuses/,
  "its commits": /\/pulls\/1\/commits/,
  "the configuration": /\/contents\//,
  "a team": /\/teams\//,
  "the comments": /\/issues\/1\/comments/,
};

const fail = (world: World, path: RegExp, status: FaultStatus, method = "GET"): (() => void) =>
  world.github.faults.add({
    match: (request) => request.method === method && path.test(request.path),
    status,
    ...(status === 429 ? { headers: { "retry-after": "1" } } : {}),
  });

const play = async (world: World) => {
  const pull = await world.open();
  await world.report(pull, "e2e", "success");
  await world.sweep();
  return pull;
};

const matrix = Object.keys(reads).flatMap((what) => [
  [what, 403] as const,
  [what, 502] as const,
  ...(what === "its check runs" || what === "the configuration"
    ? ([422, 429, "reset", "timeout"] as const).map((status) => [what, status] as const)
    : []),
]);

describe("promise 1: what cannot be read opens nothing", () => {
  test.each(matrix)("%s: %s", async (what, status) => {
    const world = createWorld({ config, ...(status === "timeout" ? { timeout: 100 } : {}) });
    const heal = fail(world, reads[what] as RegExp, status);
    const pull = await play(world);
    if (pull.body.includes("item:go")) await world.tick(pull, "bea", "go");
    expect(
      world.repo.checkRuns(pull.headSha, "Release checklist: main").map((run) => run.conclusion),
    ).not.toContain("success");
    expect(
      world.github.requests.list.some(
        ({ method, path }) => method === "POST" && /issues\/1\/comments/.test(path),
      ),
    ).toBe(false);
    expect(told(world).length).toBeGreaterThan(0);
    heal();
    await world.advance(120_000);
    await world.sweep();
    if (!isTicked(pull, "go")) await world.tick(pull, "bea", "go");
    expect(world.check(pull).title).toBe("Ready: 3 of 3 items done");
    await world.finish();
  });
});

/** What somebody who watches the log sees: no line comes twice. */
const told = (world: World): string[] => {
  const lines = world.logs.filter(({ level }) => level === "warn" || level === "error").map(inWords);
  expect(lines).toEqual([...new Set(lines)]);
  return lines;
};
const inWords = ({ data, message }: LogLine): string => {
  const { pull, err, problem, why } = data;
  const cause = err instanceof Error ? err.message : (problem ?? why ?? "");
  return `${message}: ${String(pull ?? data.where)}: ${String(cause)}`;
};

describe("writes that fail", () => {
  const writes: Readonly<Record<string, [method: string, path: RegExp]>> = {
    "creating the check": ["POST", /\/check-runs$/],
    "updating the check": ["PATCH", /\/check-runs\/\d+$/],
    "writing the description": ["PATCH", /\/pulls\/1$/],
    "writing a comment": ["POST", /\/issues\/1\/comments$/],
  };
  test.each(
    Object.keys(writes).flatMap((what) =>
      ([500, "applied-then-500", "reset", 429] as const).map((status) => [what, status] as const),
    ),
  )(
    "promise 1: %s: %s: nothing opens by it, nothing is written twice, and the next look repairs it",
    async (what, status) => {
      const world = createWorld({ config });
      const [method, path] = writes[what] ?? ["", /^$/];
      const heal = fail(world, path, status, method);
      const pull = await play(world);
      if (pull.body.includes("item:go")) await world.tick(pull, "bea", "go");
      const before = world.repo.checkRuns(pull.headSha, "Release checklist: main").at(-1);
      // What was applied may be green by right: only its answer got lost.
      if (status !== "applied-then-500") expect(before?.conclusion ?? "none").not.toBe("success");
      heal();
      await world.advance(120_000);
      await world.sweep();
      if (!isTicked(pull, "go")) await world.tick(pull, "bea", "go");
      expect(world.check(pull).title).toBe("Ready: 3 of 3 items done");
      expect(world.repo.checkRuns(pull.headSha, "Release checklist: main")).toHaveLength(1);
      expect(pull.comments).toHaveLength(1);
      await world.finish();
    },
  );
});

describe("a verdict does not outlive its facts for long", () => {
  test("after ten minutes without reading, an open gate is closed, and opened again when it can be read", async () => {
    const world = createWorld({ config });
    const pull = await play(world);
    await world.tick(pull, "bea", "go");
    expect(world.check(pull).conclusion).toBe("success");
    world.logs.length = 0;
    const heal = world.github.faults.add({ match: { method: "GET" }, status: 503 });
    await world.sweep();
    for (let minute = 0; minute < 9; minute++) await world.advance(60_000);
    expect(world.check(pull).conclusion).toBe("success");
    for (let minute = 0; minute < 3; minute++) await world.advance(60_000);
    expect(seen(world.check(pull))).toMatchInlineSnapshot(`
"failure: Blocked: GitHub could not be read for ten minutes

The app could not read what this verdict rests on for ten minutes, so the gate is closed. It looks again by itself and repairs this."
`);
    expect(told(world)).toMatchInlineSnapshot(`
[
  "the sweep could not look everywhere: everywhere: GitHub answered 503 (GET /app/installations)",
  "could not look; trying again: acme/shop#1: GitHub answered 503 (GET /repos/acme/shop/pulls/1)",
  "closed the gate: GitHub could not be read for ten minutes: acme/shop#1: ",
]
`);
    heal();
    await world.advance(60_000);
    await world.sweep();
    expect(world.check(pull).title).toBe("Ready: 3 of 3 items done");
    await world.finish();
  });
});

describe("a pull request that cannot be looked at", () => {
  test("keeps no other from being found by the sweeps", async () => {
    const world = createWorld({ config });
    world.runtime.start();
    await world.settle();
    await world.open({ head: "release/0" });
    const pull = await world.open();
    const heal = fail(world, /\/pulls\/1$/, 502);
    for (let minute = 0; minute < 6; minute++) await world.advance(60_000);
    world.github.webhooks.mode = "hold";
    await world.act(() => pull.comment({ by: "bea", body: "/checklist sign go" }));
    for (const { id } of world.github.webhooks.pending()) world.github.webhooks.drop(id);
    world.github.webhooks.mode = "auto";
    for (let minute = 0; minute < 6; minute++) await world.advance(60_000);
    expect(isTicked(pull, "go")).toBe(true);
    heal();
    await world.advance(60_000);
    await world.finish();
  });
});

describe("permissions that are missing", () => {
  test("no checks: write: the block says so, and there is nothing to tick before there is a record", async () => {
    const world = createWorld({ config, permissions: { checks: "read" } });
    const pull = await world.open({ body: "Text" });
    expect(pull.body).toMatchInlineSnapshot(`
"Text

<!-- release-checklist:begin -->
## Release checklist

⚠ The app cannot write its check: permission missing: the app needs checks: write (GitHub answered 403). Nothing can be signed off until somebody who administers the app repairs that.

Who signed what: the **Release checklist: main** check. Help: comment \`/checklist help\`.
<!-- release-checklist:end -->"
`);
    const said = pull.body;
    await world.sweep();
    await world.sweep();
    expect(pull.body).toBe(said);
    expect(told(world)).toMatchInlineSnapshot(`
[
  "refused: acme/shop#1: permission missing: the app needs checks: write (GitHub answered 403)",
]
`);
    world.grant({ checks: "write" });
    await world.advance(60 * 60_000);
    await world.restart();
    expect(blockOf(pull)).toContain("- [ ] Go");
    expect(blockOf(pull)).not.toContain("⚠");
    expect(world.check(pull).summary).not.toContain("lost");
    await world.finish();
  });

  test("no access to checks at all", async () => {
    const world = createWorld({ config });
    world.grant({ checks: "none" });
    await world.settle();
    const pull = await world.open({ body: "Text" });
    const said = pull.body;
    await world.sweep();
    expect(pull.body).toBe(said);
    expect(pull.body).toMatchInlineSnapshot(`
"Text

<!-- release-checklist:begin -->
## Release checklist

⚠ The app's own check runs cannot be read: permission missing: the app needs checks: read (GitHub answered 403). Nothing can be signed off until somebody who administers the app repairs that.

Who signed what: the **Release checklist: main** check. Help: comment \`/checklist help\`.
<!-- release-checklist:end -->"
`);
    world.grant({ checks: "write" });
    await world.restart();
    expect(blockOf(pull)).toContain("- [ ] Go");
    expect(world.check(pull).summary).not.toContain("lost");
    await world.finish();
  });

  test("taken away later: the block keeps its boxes and says that nothing is kept", async () => {
    const world = createWorld({ config });
    const pull = await play(world);
    world.grant({ checks: "read" });
    await world.tick(pull, "bea", "go");
    expect(blockOf(pull)).toMatchInlineSnapshot(`
"<!-- release-checklist:begin -->
## Release checklist

⚠ The app cannot write its check: permission missing: the app needs checks: write (GitHub answered 403). Nothing can be signed off until somebody who administers the app repairs that.

**Decided by the app**
- [x] E2E passes <!-- item:e2e -->
- [ ] Tell <!-- item:tell -->

**Signed off by people**
- [x] Go (\`@acme/sre\`, no author of the commits) <!-- item:go -->

Who signed what: the **Release checklist: main** check. Help: comment \`/checklist help\`.
<!-- release-checklist:end -->"
`);
    expect(world.check(pull).conclusion).toBe("action_required");
    world.grant({ checks: "write" });
    await world.restart();
    expect(world.check(pull).title).toBe("Ready: 3 of 3 items done");
    expect(blockOf(pull)).not.toContain("⚠");
    await world.finish();
  });

  test("the description cannot be written: the check says so, and people sign by comment", async () => {
    const world = createWorld({ config });
    const heal = fail(world, /\/pulls\/1$/, 403, "PATCH");
    const pull = await world.open({ body: "Text" });
    expect(pull.body).toBe("Text");
    expect(seen(world.check(pull))).toMatchInlineSnapshot(`
"action_required: Blocked: e2e never started (and 2 more)

**Blocked.** 0 of 3 items are done.

### What is missing

- E2E passes: No check is named "e2e" on 5b55bba.
- Go: \`@acme/sre\` (but not an author of its commits) can sign it
- Tell: the app posts it when all other items are done

To sign, comment \`/checklist sign go\`.

### Good to know

- GitHub refuses what the app writes into the description; perhaps the app lacks the permission to write pull requests. Until that is repaired, sign by comment.

| item | state | evidence |
|---|---|---|
| E2E passes | ⏳ waiting | never started |
| Migrations | ➖ not needed | only for changes of \\*\\*/\\*.sql |
| Go | ⏳ waiting | waiting for \`@acme/sre\` |
| Tell | ⏳ waiting | posted when all else is done |

### Announcement

To a comment here:

> **Release announced: acme/shop \`#1\`: Release 1.0**
> 
> - Into: main from release/1 at 5b55bba
> - By: alice
> - Still open: E2E passes, Go (0 of 3 done)
> 
> <https://github.com/acme/shop/pull/1>"
`);
    await world.comment(pull, "bea", "/checklist sign go");
    await world.report(pull, "e2e", "success");
    expect(world.check(pull).title).toBe("Ready: 3 of 3 items done");
    heal();
    await world.sweep();
    expect(blockOf(pull)).toContain("- [x] Go");
    expect(world.check(pull).summary).not.toContain("GitHub refuses");
    await world.finish();
  });
});

describe("what the log tells", () => {
  test("a refusal: once, with what and why", async () => {
    const world = createWorld({ config });
    fail(world, reads["a team"] as RegExp, 403);
    const pull = await play(world);
    await world.tick(pull, "bea", "go");
    await world.sweep();
    await world.sweep();
    expect(told(world)).toMatchInlineSnapshot(`
[
  "could not read: acme/shop#1: the members of @acme/sre cannot be read: GitHub refuses it: A fault on purpose (403)",
]
`);
  });

  test("an outage: once, with what and why", async () => {
    const world = createWorld({ config });
    const heal = fail(world, reads["its check runs"] as RegExp, 502);
    const pull = await play(world);
    for (let minute = 0; minute < 5; minute++) await world.advance(60_000);
    expect(told(world)).toMatchInlineSnapshot(`
[
  "could not look; trying again: acme/shop#1: GitHub answered 502 (GET /repos/acme/shop/commits/5b55bbaf6b520ae922e1f1ee7ca177a3e33bf7f4/check-runs)",
]
`);
    heal();
    await world.advance(60_000);
    expect(world.check(pull).conclusion).toBe("action_required");
    await world.finish();
  });

  test("credentials that GitHub does not accept", async () => {
    const world = createWorld({ config });
    await world.settle();
    const heal = world.github.faults.add({ match: () => true, status: 401 });
    await world.restart();
    const pull = await world.open();
    expect(told(world)).toMatchInlineSnapshot(`
[
  "the sweep could not look everywhere: everywhere: GitHub does not accept the app's credentials (401, GET /app/installations)",
]
`);
    heal();
    await world.advance(60_000);
    await world.sweep();
    expect(world.check(pull).conclusion).toBe("action_required");
    await world.finish();
  });
});
