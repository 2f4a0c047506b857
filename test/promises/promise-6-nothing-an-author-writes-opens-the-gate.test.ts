import { describe, expect, test } from "@jest/globals";
import { createWorld, isTicked, itemOf, type Pull, repliesOn, type World } from "../scenario/world.ts";

/** The author may do everything that write access allows, and sign nothing. */
const config = `checklist:
  release: [{ base: main }]
  may: { override: ["role:admin"] }
  items:
    - { id: e2e, title: E2E passes, check: { name: e2e, app: github-actions } }
    - { id: go, title: Go, signers: { from: ["@acme/sre"], not: [author] } }
`;

const name = "Release checklist: main";

/** All is done but one thing, so that nothing else keeps the gate closed. */
const attacked = async (
  attack: (world: World, pull: Pull) => Promise<unknown>,
  { given = config, lacks = "go" }: { given?: string; lacks?: "go" | "e2e" } = {},
): Promise<{ world: World; pull: Pull }> => {
  const world = createWorld({ config: given });
  world.repo.protect("main", { requiredChecks: [{ name, appId: world.app.id }] });
  const pull = await world.open({ by: "alice", body: "Please merge" });
  if (lacks === "e2e") await world.tick(pull, "bea", "go");
  else await world.report(pull, "e2e", "success");
  expect(world.check(pull).title).toMatch(/^Blocked: (?!.*more)/);
  await attack(world, pull);
  await world.sweep();
  expect(pull.blockers("alice")).not.toEqual([]);
  expect(world.repo.checkRuns(pull.headSha, name).map(({ conclusion }) => conclusion)).not.toContain(
    "success",
  );
  return { world, pull };
};

describe("promise 6: nothing an author can write opens the gate", () => {
  test("labels", async () => {
    const { world } = await attacked(async (world, pull) => {
      for (const label of ["not-a-release", "skip-checklist", "release"])
        await world.act(() => pull.label(label, { by: "alice" }));
      await world.act(() => pull.unlabel("release", { by: "alice" }));
    });
    await world.finish();
  });

  test("a label that takes an item away does not exist: it may only add one", async () => {
    const { world, pull } = await attacked(
      async (world, pull) => {
        await world.act(() => pull.label("docs", { by: "alice" }));
      },
      { given: `${config}    - { id: docs, title: Docs, when: { labels: [docs] } }\n` },
    );
    expect(isTicked(pull, "docs")).toBe(false);
    await world.finish();
  });

  test("titles", async () => {
    const { world } = await attacked(async (world, pull) => {
      for (const title of ["chore: no release", "[skip checklist]", "Ready: 2 of 2 items done"])
        await world.act(() => pull.edit({ by: "alice", title }));
    });
    await world.finish();
  });

  test("the head's configuration", async () => {
    const { world } = await attacked((world, pull) =>
      world.push(pull, "alice", {
        ".github/release.yml": "checklist: { items: [], release: [{ base: never }] }\n",
      }),
    );
    await world.finish();
  });

  test("retargeting: a green earned for another base, with another checklist, is none for this one", async () => {
    const { world } = await attacked(async (world, pull) => {
      world.repo.push("playground", { by: "alice", files: { "p.txt": "p\n" } });
      await world.act(() => pull.edit({ by: "alice", base: "playground" }));
      await world.act(() => pull.edit({ by: "alice", base: "main" }));
    });
    await world.finish();
  });

  test("retargeting a pull request that was no release there", async () => {
    const world = createWorld({ config });
    world.repo.push("playground", { by: "alice", files: { "p.txt": "p\n" } });
    const pull = await world.open({ by: "alice", base: "playground" });
    expect(world.check(pull, "playground").conclusion).toBe("success");
    await world.act(() => pull.edit({ by: "alice", base: "main" }));
    expect(world.check(pull, "main").conclusion).toBe("action_required");
    await world.finish();
  });

  test("forced pushes: back to a commit that was ready once", async () => {
    const world = createWorld({ config: config.replace("signers:", "dismiss-stale: true, signers:") });
    const pull = await world.open({ by: "alice" });
    const ready = pull.headSha;
    await world.report(pull, "e2e", "success");
    await world.tick(pull, "bea", "go");
    expect(world.check(pull).conclusion).toBe("success");
    await world.push(pull, "alice", { "evil.txt": "evil\n" });
    await world.report(pull, "e2e", "success");
    expect(isTicked(pull, "go")).toBe(false);
    await world.act(() => world.repo.setBranch(pull.head, ready, { by: "alice" }));
    expect(world.check(pull).conclusion).toBe("action_required");
    await world.finish();
  });

  test("ticking oneself, what one may not sign", async () => {
    const { world, pull } = await attacked((world, pull) => world.tick(pull, "alice", "go"));
    expect(isTicked(pull, "go")).toBe(false);
    expect(itemOf(pull, "go")).toContain("⚠ the tick of `alice` was taken back");
    await world.finish();
  });

  test("ticking what the app decides", async () => {
    const { world, pull } = await attacked((world, pull) => world.tick(pull, "alice", "e2e"), {
      lacks: "e2e",
    });
    expect(isTicked(pull, "e2e")).toBe(false);
    await world.finish();
  });

  test("comments by people without the right", async () => {
    const { world, pull } = await attacked(async (world, pull) => {
      for (const command of [
        "sign go",
        "sign e2e",
        "waive go because",
        "override now",
        "announced https://x.test/",
      ])
        await world.comment(pull, "alice", `/checklist ${command}`);
      await world.comment(pull, "eve", "/checklist override I am nobody");
    });
    expect(repliesOn(pull)).toHaveLength(6);
    await world.finish();
  });

  test("edited comments: of the author's own, and of somebody who might", async () => {
    const { world } = await attacked(async (world, pull) => {
      world.github.webhooks.mode = "hold";
      const mine = pull.comment({ by: "bea", body: "Looks good" });
      const admins = pull.comment({ by: "root", body: "Hm" });
      await world.advance(1_000);
      mine.edit({ by: "alice", body: "/checklist sign go" });
      admins.edit({ by: "alice", body: "/checklist override fine" });
      world.github.webhooks.mode = "auto";
      world.github.webhooks.release();
      await world.sweep();
    });
    await world.finish();
  });

  test("checks of the same name from another app, and of this app's own name", async () => {
    const { world } = await attacked(
      async (world, pull) => {
        await world.report(pull, "e2e", "success", "alices-app");
        world.repo.checkRun({ name, sha: pull.headSha, conclusion: "neutral", app: "alices-app" });
        await world.settle();
      },
      { lacks: "e2e" },
    );
    await world.finish();
  });

  test("statuses by people", async () => {
    const { world } = await attacked(
      async (world, pull) => {
        for (const context of ["e2e", name])
          await world.act(() =>
            world.repo.status({ by: "alice", sha: pull.headSha, context, state: "success" }),
          );
      },
      { given: config.replace("{ name: e2e, app: github-actions }", "e2e"), lacks: "e2e" },
    );
    await world.finish();
  });

  test.each([
    ["all of it", (body: string) => body.slice(0, body.indexOf("<!-- release-checklist:begin"))],
    ["its begin", (body: string) => body.replace("<!-- release-checklist:begin -->", "")],
    ["its end", (body: string) => body.replace("<!-- release-checklist:end -->", "")],
    ["the mark of an item", (body: string) => body.replace(" <!-- item:go -->", "")],
    ["a whole item", (body: string) => body.replace(/- \[ \] Go.*\n/, "")],
  ])("deleted markers: %s", async (_, deleted) => {
    const { world, pull } = await attacked((world, pull) =>
      world.act(() => pull.edit({ by: "alice", body: deleted(pull.body) })),
    );
    expect(isTicked(pull, "go")).toBe(false);
    await world.finish();
  });

  test.each([
    ["an item ticked as it comes along", (body: string) => body.replace(/- \[ \] Go/, "- [x] Go")],
    [
      "a second, ticked block",
      (body: string) => `${body}\n\n${body.slice(body.indexOf("<!--")).replaceAll("[ ]", "[x]")}`,
    ],
    [
      "a ticked block on top",
      (body: string) => `${body.slice(body.indexOf("<!--")).replaceAll("[ ]", "[x]")}\n\n${body}`,
    ],
    ["an item twice", (body: string) => body.replace(/(- \[ \] (Go.*))\n/, "$1\n- [x] $2\n")],
    [
      "other items than there are",
      (body: string) => body.replace("item:go", "item:gone").replace("[ ] Go", "[x] Go"),
    ],
    [
      "the commit of a sign-off",
      (body: string) => body.replace(/\[ \] Go(.*)item:go/, "[x] Go$1item:go@abcdef0"),
    ],
  ])("forged markers: %s", async (_, forged) => {
    const { world } = await attacked((world, pull) =>
      world.act(() => pull.edit({ by: "alice", body: forged(pull.body) })),
    );
    await world.finish();
  });

  test("an opening text that brings a ticked block along", async () => {
    const world = createWorld({ config });
    const first = await world.open({ by: "alice", head: "release/0" });
    const pull = await world.open({ by: "alice", body: first.body.replaceAll("[ ]", "[x]") });
    expect(world.check(pull).conclusion).not.toBe("success");
    expect([isTicked(pull, "e2e"), isTicked(pull, "go")]).toEqual([false, false]);
    await world.finish();
  });

  test("a second pull request with the same head", async () => {
    const world = createWorld({ config });
    const pull = await world.open({ by: "alice" });
    world.repo.push("copy", { by: "alice", from: "release/1" });
    world.repo.setBranch("copy", pull.headSha, { by: "alice" });
    const copy = await world.act(() =>
      world.repo.openPull({ by: "alice", head: "copy", title: "No release" }),
    );
    expect(copy.headSha).toBe(pull.headSha);
    expect(world.check(pull).conclusion).toBe("action_required");
    await world.finish();
  });

  test("closing and opening again", async () => {
    const { world } = await attacked(async (world, pull) => {
      await world.act(() => pull.close({ by: "alice" }));
      await world.act(() => pull.reopen({ by: "alice" }));
    });
    await world.finish();
  });

  test("its limits are said: a head name as the only rule, and a workflow that the head changes", async () => {
    const world = createWorld({
      config: `checklist:
  release: [{ base: main, head: "release/**" }]
  items: [{ id: e2e, title: E2E passes, check: e2e }]
`,
    });
    const pull = await world.open({ by: "alice", files: { ".github/workflows/ci.yml": "on: push\n" } });
    await world.act(() =>
      world.repo.workflowRun({
        path: ".github/workflows/ci.yml",
        sha: pull.headSha,
        jobs: { e2e: "success" },
        conclusion: "success",
      }),
    );
    await world.sweep();
    expect(world.check(pull).summary).toMatch(/Only the name of the head or a label makes this a release/);
    expect(world.check(pull).summary).toMatch(/This pull request changes/);
    await world.finish();
  });
});
