import { describe, expect, test } from "@jest/globals";
import { createWorld, type Pull, type World } from "../scenario/world.ts";

const item = (title: string): string => `checklist:
  release: [{ base: main }, { base: production }]
  items:
    - { id: go, title: ${title} }
`;

const configure = (world: World, text: string, repo = world.repo): Promise<string> =>
  world.act(() =>
    repo.push(repo.record.defaultBranch, { by: "root", files: { ".github/release.yml": text } }),
  );

const titles = (world: World, pulls: readonly Pull[]): string[] =>
  pulls.map((pull) => world.check(pull).title);
const waiting = (title: string): string => `Blocked: waiting for anyone with write access, ${title}`;

describe("a configuration changed on the default branch", () => {
  test("counts at once for every open pull request", async () => {
    const world = createWorld({ config: item("Go") });
    const pulls = [
      await world.open({ head: "a" }),
      await world.open({ head: "b" }),
      await world.open({ head: "c" }),
    ];
    const closed = await world.open({ head: "d" });
    await world.act(() => closed.close({ by: "alice" }));
    await configure(world, item("Go on"));
    expect(titles(world, pulls)).toEqual(pulls.map(() => waiting("Go on")));
    expect(world.check(closed).title).toBe(waiting("Go"));
    await world.finish();
  });

  test("an item that is added closes a gate that was open, and one that goes opens it", async () => {
    const world = createWorld({ config: item("Go") });
    const pull = await world.open();
    await world.tick(pull, "bob", "go");
    expect(world.check(pull).conclusion).toBe("success");
    await configure(world, `${item("Go")}    - { id: more, title: More }\n`);
    expect(world.check(pull).title).toBe(waiting("More"));
    await configure(world, item("Go"));
    expect(world.check(pull).title).toBe("Ready: 1 of 1 items done");
    await world.finish();
  });

  test("by a merge, by a forced push, by a first push", async () => {
    const world = createWorld({ config: null });
    const pull = await world.open({ head: "a" });
    const change = await world.open({ head: "b", files: { ".github/release.yml": item("Merged") } });
    await world.act(() => change.merge({ by: "alice" }));
    expect(world.check(pull).title).toBe(waiting("Merged"));
    await world.act(() =>
      world.repo.push("main", {
        by: "root",
        force: true,
        from: world.repo.sha("main"),
        files: { ".github/release.yml": item("Forced") },
      }),
    );
    expect(world.check(pull).title).toBe(waiting("Forced"));
    await world.finish();
  });

  test("on another branch it counts for nothing", async () => {
    const world = createWorld({ config: item("Go") });
    const pull = await world.open();
    const writes = await world.writesSince(() =>
      world.act(() =>
        world.repo.push("develop", { by: "root", files: { ".github/release.yml": item("Other") } }),
      ),
    );
    expect(writes).toEqual([]);
    expect(world.check(pull).title).toBe(waiting("Go"));
    await world.finish();
  });

  test("when the default branch becomes another one, its configuration counts", async () => {
    const world = createWorld({ config: item("Go") });
    const pull = await world.open();
    world.repo.push("develop", { by: "root", files: { ".github/release.yml": item("Other") } });
    await world.act(() => world.repo.setDefaultBranch("develop", { by: "root" }));
    expect(world.check(pull).title).toBe(waiting("Other"));
    await world.finish();
  });

  test("when the push is lost, the sweep finds it", async () => {
    const world = createWorld({ config: item("Go") });
    const pull = await world.open();
    world.github.webhooks.mode = "hold";
    await configure(world, item("Go on"));
    for (const { id } of world.github.webhooks.pending()) world.github.webhooks.drop(id);
    await world.advance(6 * 60_000);
    await world.sweep();
    expect(world.check(pull).title).toBe(waiting("Go on"));
    await world.finish();
  });
});

describe("the organisation's configuration", () => {
  const share = (world: World, text: string) => {
    const shared = world.github.repo("acme/.github", {
      files: { ".github/release.yml": text },
      collaborators: { root: "admin" },
    });
    shared.installApp(world.app);
    return shared;
  };

  test("stands for repositories without one; a push there is looked at everywhere at once", async () => {
    const world = createWorld({ config: null });
    const shared = share(world, item("Shared"));
    const other = world.github.repo("acme/app", { collaborators: { alice: "write" } });
    other.installApp(world.app);
    const own = world.github.repo("acme/own", {
      files: { ".github/release.yml": item("Own") },
      collaborators: { alice: "write" },
    });
    own.installApp(world.app);
    const pull = await world.open();
    const opened: Pull[] = [];
    for (const repo of [other, own]) {
      repo.push("release/1", { by: "alice", files: { "a.txt": "a\n" } });
      opened.push(await world.act(() => repo.openPull({ by: "alice", head: "release/1" })));
    }
    const titles = () => [
      world.check(pull).title,
      ...[other, own].map(
        (repo, index) =>
          repo.checkRuns(opened[index]?.headSha ?? "", "Release checklist: main").at(-1)?.record.output.title,
      ),
    ];
    expect(titles()).toEqual([waiting("Shared"), waiting("Shared"), waiting("Own")]);
    await configure(world, item("Shared by all"), shared);
    expect(titles()).toEqual([waiting("Shared by all"), waiting("Shared by all"), waiting("Own")]);
    await world.finish();
  });

  test("that came with a new .github repository is found when the app is installed there", async () => {
    const world = createWorld({ config: null });
    const pull = await world.open();
    await world.act(() => share(world, item("Shared")));
    expect(world.check(pull).title).toBe(waiting("Shared"));
    await world.finish();
  });
});

describe("renamed and transferred", () => {
  test("a renamed repository is looked at at once under its new name, and nothing is lost", async () => {
    const world = createWorld({ config: item("Go") });
    const pull = await world.open();
    await world.tick(pull, "bob", "go");
    const before = world.check(pull);
    await world.act(() => world.repo.rename("store", { by: "root" }));
    expect(world.logs.filter(({ message }) => message === "looked").at(-1)?.data).toMatchObject({
      pull: "acme/store#1",
      why: ["repository.renamed"],
    });
    expect(world.check(pull).conclusion).toBe(before.conclusion);
    expect(world.check(pull).summary).toContain("signed by bob");
    await world.untick(pull, "bob", "go");
    expect(world.check(pull).title).toBe(waiting("Go"));
    expect(pull.comments).toEqual([]);
    await world.finish();
  });

  test("one that takes the name of another remembers nothing of that one", async () => {
    const world = createWorld({ config: item("Go") });
    const pull = await world.open();
    await world.tick(pull, "bob", "go");
    const next = world.github.repo("acme/next", {
      files: { ".github/release.yml": item("Next") },
      collaborators: { root: "admin", alice: "write", bob: "write" },
    });
    await world.act(() => next.installApp(world.app));
    next.push("release/2", { by: "alice", files: { "a.txt": "a\n" } });
    const second = await world.act(() => next.openPull({ by: "alice", head: "release/2" }));
    expect(second.number).toBe(pull.number);
    await world.act(() => world.repo.rename("old-shop", { by: "root" }));
    await world.act(() => next.rename("shop", { by: "root" }));
    await world.act(() => second.edit({ by: "bob", title: "Next", body: `${second.body} ` }));
    const run = next.checkRuns(second.headSha, "Release checklist: main").at(-1);
    expect(run?.record.output.title).toBe(waiting("Next"));
    expect(world.check(pull).title).toBe("Ready: 1 of 1 items done");
    await world.finish();
  });

  test("a transferred repository goes on under its new owner where the app is installed too", async () => {
    const world = createWorld({ config: item("Go") });
    const pull = await world.open();
    await world.tick(pull, "bob", "go");
    world.github.org("umbrella", { members: ["alice", "bob"] });
    world.github.install(world.app, "umbrella", "all");
    await world.act(() => world.repo.transfer("umbrella", { by: "root" }));
    expect(world.logs.filter(({ message }) => message === "looked").at(-1)?.data).toMatchObject({
      pull: "umbrella/shop#1",
    });
    await world.untick(pull, "bob", "go");
    expect(world.check(pull).title).toBe(waiting("Go"));
    await world.tick(pull, "bob", "go");
    expect(world.check(pull).title).toBe("Ready: 1 of 1 items done");
    await world.finish();
  });
});

describe("installed and added", () => {
  test("an installation is looked at at once: what is open gets its checklist", async () => {
    const world = createWorld({ config: item("Go") });
    const installation = world.repo.installApp(world.app);
    world.github.uninstall(installation);
    const pull = await world.open();
    expect(() => world.check(pull)).toThrow("the app has written no check");
    await world.act(() => world.repo.installApp(world.app));
    expect(world.check(pull).title).toBe(waiting("Go"));
    await world.finish();
  });

  test("so is a repository that is added, and one that is taken away is left alone", async () => {
    const world = createWorld({ config: item("Go") });
    const other = world.github.repo("acme/other");
    other.installApp(world.app);
    world.repo.removeApp(world.app);
    const pull = await world.open();
    expect(() => world.check(pull)).toThrow("the app has written no check");
    await world.act(() => world.repo.installApp(world.app));
    expect(world.check(pull).title).toBe(waiting("Go"));
    world.repo.removeApp(world.app);
    await world.settle();
    expect(await world.writesSince(() => world.tick(pull, "bob", "go"))).toEqual([]);
    await world.finish();
  });

  test("suspended and back: what happened meanwhile is found", async () => {
    const world = createWorld({ config: item("Go") });
    const installation = world.repo.installApp(world.app);
    const pull = await world.open();
    world.github.suspend(installation, true);
    await world.settle();
    await world.tick(pull, "bob", "go");
    expect(world.check(pull).title).toBe(waiting("Go"));
    await world.act(() => world.github.suspend(installation, false));
    expect(world.check(pull).title).toBe("Ready: 1 of 1 items done");
    await world.finish();
  });

  test("a permission that was missing counts as soon as it is granted", async () => {
    const world = createWorld({
      config: `checklist:
  release: [{ base: main }]
  items:
    - { id: go, title: Go, signers: { from: ["@acme/sre"] } }
`,
    });
    const installation = world.repo.installApp(world.app);
    const { permissions } = installation;
    await world.act(() => world.github.grant(installation, { ...permissions, members: "none" as never }));
    const pull = await world.open();
    await world.tick(pull, "bea", "go");
    expect(world.check(pull).conclusion).not.toBe("success");
    await world.act(() => world.github.grant(installation, permissions));
    await world.tick(pull, "bea", "go");
    expect(world.check(pull).title).toBe("Ready: 1 of 1 items done");
    await world.finish();
  });

  test("an archived repository costs no write, and goes on when it is back", async () => {
    const world = createWorld({ config: item("Go") });
    const pull = await world.open();
    await world.act(() => world.repo.archive(true, { by: "root" }));
    expect(await world.writesSince(() => world.sweep())).toEqual([]);
    await world.act(() => world.repo.archive(false, { by: "root" }));
    await world.tick(pull, "bob", "go");
    expect(world.check(pull).title).toBe("Ready: 1 of 1 items done");
    await world.finish();
  });
});
