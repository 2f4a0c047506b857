import { describe, expect, test } from "@jest/globals";
import type { World } from "../scenario/world.ts";
import { change, createConfigWorld, path, shown, today } from "./world.ts";

const broken = today.replace("title: CI is green", "titel: CI is green");

/** What was asked of GitHub since: `GET /repos/{owner}/{repo}/…`. */
async function requestsOf(world: World, doing: () => Promise<unknown>): Promise<string[]> {
  const before = world.github.requests.list.length;
  await doing();
  return world.github.requests.list.slice(before).map(({ method, route }) => `${method} ${route}`);
}

const runsOn = (world: World, sha: string) => world.repo.checkRuns(sha, "Release checklist config");

describe("pull requests that do not touch the file", () => {
  test.each([
    ["one commit", 1],
    ["several commits", 3],
  ])("with %s cost no request more", async (_what, commits) => {
    const world = createConfigWorld({ config: "checklist: { items: [{ id: go, title: Go }] }\n" });
    await world.open({ head: "before" });
    for (let at = 1; at < commits; at++)
      world.repo.push("feature", { by: "alice", files: { [`b${at}.txt`]: "b\n" } });
    const requests = await requestsOf(world, () => world.open({ head: "feature" }));
    expect(requests).toEqual([
      "GET /repos/{owner}/{repo}/pulls/{number}",
      commits === 1
        ? "GET /repos/{owner}/{repo}/commits/{ref}"
        : "GET /repos/{owner}/{repo}/compare/{basehead*}",
      "GET /repos/{owner}/{repo}/commits/{ref}/check-runs",
      // Before a gate opens, the configuration is read afresh, and what the organisation locks.
      "GET /repos/{owner}/{repo}/contents/{path*}",
      "GET /repos/{owner}/{repo}/contents/{path*}",
      "POST /repos/{owner}/{repo}/check-runs",
    ]);
    await world.finish();
  });

  test("a release lists no files, neither for the checklist nor for this: they come with its head", async () => {
    const world = createConfigWorld();
    const requests = await requestsOf(world, () => world.open());
    expect(requests.filter((route) => route.endsWith("/files"))).toEqual([]);
    await world.finish();
  });

  test("with more than a hundred files cost the list of them, once for each head", async () => {
    const world = createConfigWorld({ config: "checklist: { items: [{ id: go, title: Go }] }\n" });
    const many = Object.fromEntries(Array.from({ length: 120 }, (_, at) => [`f/${at}.txt`, "f\n"]));
    world.repo.push("feature", { by: "alice", files: many });
    const lists = async (doing: () => Promise<unknown>) =>
      (await requestsOf(world, doing)).filter((route) => route.endsWith("/files")).length;
    expect(await lists(() => world.open({ head: "feature" }))).toBe(2);
    const [pull] = world.repo.pulls;
    if (pull === undefined) throw new Error("there is no pull request");
    expect(await lists(() => world.act(() => pull.label("seen", { by: "bob" })))).toBe(0);
    await world.push(pull, "alice", { [path]: broken });
    expect(shown(world, pull)?.title).toBe("1 mistake");
    await world.finish();
  });

  test("are looked at all the same where GitHub compares nothing", async () => {
    const world = createConfigWorld();
    world.github.faults.add({ match: { path: /\/compare\// }, status: 404 });
    world.repo.push("rules", { by: "alice", files: { "b.txt": "b\n" } });
    const pull = await change(world, broken);
    expect(world.check(pull).conclusion).toBe("success");
    expect(shown(world, pull)?.title).toBe("1 mistake");
    await world.finish();
  });

  test("another head that does not touch the file any more has no check", async () => {
    const world = createConfigWorld();
    const pull = await change(world, broken);
    const left = pull.headSha;
    await world.push(pull, "alice", { [path]: today });
    expect(shown(world, pull)).toBeNull();
    expect(runsOn(world, left)).toHaveLength(1);
    await world.finish();
  });

  test("GitHub's own part of the file is not ours", async () => {
    const world = createConfigWorld({ config: null });
    const pull = await change(world, "changelog: { exclude: { labels: [internal] } }\n");
    expect(shown(world, pull)).toBeNull();
    await world.finish();
  });
});

describe("the check is quiet", () => {
  test("events that change nothing of it neither read nor write anything for it", async () => {
    const world = createConfigWorld();
    const pull = await change(world, broken);
    const requests = await requestsOf(world, () =>
      world.act(() => pull.edit({ by: "alice", title: "Other", body: "Words" })),
    );
    expect(requests.filter((route) => /contents|PATCH|POST/.test(route))).toEqual([]);
    await world.finish();
  });

  test("a process that starts anew writes nothing, whatever annotations there are", async () => {
    const world = createConfigWorld();
    const items = Array.from({ length: 60 }, (_, at) => `    - { id: i${at}, titel: T, hlep: H }\n`);
    const pull = await change(world, `checklist:\n  items:\n${items.join("")}`);
    expect(shown(world, pull)?.annotations).toHaveLength(120);
    expect(await world.writesSince(() => world.restart())).toEqual([]);
    await world.finish();
  });

  test("a process that died between the requests for annotations is made up for", async () => {
    const world = createConfigWorld();
    const items = Array.from({ length: 60 }, (_, at) => `    - { id: i${at}, titel: T }\n`);
    world.github.faults.add({
      match: { method: "PATCH", path: /check-runs/ },
      times: 1,
      status: "reset",
    });
    const pull = await change(world, `checklist:\n  items:\n${items.join("")}`);
    await world.restart();
    expect(shown(world, pull)?.annotations).toHaveLength(60);
    await world.finish();
  });

  test("other words update the run, other mistakes get a new one", async () => {
    const world = createConfigWorld();
    const pull = await change(world, today.replace("  items:", "  range: base\n  items:"));
    const [first] = runsOn(world, pull.headSha);
    await world.act(() =>
      world.repo.push("main", { by: "root", files: { [path]: today.replace("CI is green", "CI") } }),
    );
    expect(runsOn(world, pull.headSha)).toHaveLength(1);
    expect(shown(world, pull)?.summary).toContain('titled "CI is green" (before: "CI")');
    world.repo.push(pull.head, {
      by: "alice",
      files: { [path]: `${today}    - { id: x, title: X, check: x }\n` },
    });
    await world.settle();
    expect(shown(world, pull)?.annotations).toHaveLength(1);
    world.repo.checkRun({ name: "x", sha: pull.headSha, conclusion: "success" });
    await world.settle();
    runsOn(world, pull.headSha).at(-1)?.requestAction("recheck", { by: "alice" });
    await world.settle();
    expect(shown(world, pull)?.annotations).toHaveLength(0);
    expect(runsOn(world, pull.headSha).length).toBe(2);
    expect(first?.record.sha).not.toBe(pull.headSha);
    await world.finish();
  });
});

describe("where it comes from", () => {
  test("a fork's head is read with the repository's own token", async () => {
    const world = createConfigWorld();
    const fork = world.repo.fork({ by: "eve" });
    fork.push("rules", { by: "eve", files: { [path]: broken } });
    const pull = await world.act(() =>
      world.repo.openPull({ by: "eve", head: "rules", fork, title: "Rules" }),
    );
    expect(shown(world, pull)).toMatchObject({ conclusion: "failure", title: "1 mistake" });
    await world.finish();
  });

  test("a file that names thousands of teams does not use up GitHub's quota", async () => {
    const world = createConfigWorld();
    const fork = world.repo.fork({ by: "eve" });
    const items = Array.from({ length: 90 }, (_, at) => {
      const teams = Array.from({ length: 40 }, (_, more) => `"@acme/t${at}-${more}"`);
      return `    - { id: i${at}, title: T, signers: { from: [${teams.join(", ")}] } }\n`;
    });
    const text = `checklist:\n  release: [{ base: main }]\n  items:\n${items.join("")}`;
    expect(text.length).toBeLessThan(65_536);
    fork.push("rules", { by: "eve", files: { [path]: text } });
    const requests = await requestsOf(world, () =>
      world.act(() => world.repo.openPull({ by: "eve", head: "rules", fork, title: "Rules" })),
    );
    expect(requests.filter((route) => route.includes("/teams/"))).toHaveLength(30);
    expect(requests.length).toBeLessThan(60);
    await world.finish();
  });

  test("two pull requests with the same head have a run each, and leave each other's alone", async () => {
    const world = createConfigWorld();
    world.repo.push("production", { by: "root", files: { "p.txt": "p\n" } });
    const pull = await change(world, broken);
    await world.act(() => world.repo.openPull({ by: "alice", head: "rules", base: "production" }));
    expect(runsOn(world, pull.headSha)).toHaveLength(2);
    await world.finish();
  });
});

describe("the gate", () => {
  test("hears nothing of the check", async () => {
    const world = createConfigWorld();
    const release = await world.open({ files: { [path]: broken } });
    expect(shown(world, release)?.conclusion).toBe("failure");
    expect(world.check(release).title).toBe("Blocked: ci never started (and 1 more)");
    const other = await change(world, broken, { head: "other" });
    expect(world.check(other).conclusion).toBe("success");
    await world.finish();
  });

  test("is decided while what the check needs cannot be read, and the check follows later", async () => {
    const world = createConfigWorld();
    world.github.faults.add({ match: { path: /^\/orgs\/acme\/teams\/sre$/ }, status: 502 });
    const pull = await change(world, `${today}\n`);
    expect(world.check(pull).conclusion).toBe("success");
    expect(shown(world, pull)).toBeNull();
    expect(world.logs.filter(({ message }) => message.includes("change of the configuration"))).toHaveLength(
      1,
    );
    world.github.faults.clear();
    await world.sweep();
    expect(shown(world, pull)).toMatchObject({ conclusion: "success", title: "Valid: 2 items" });
    await world.finish();
  });

  test("is not needed to delete the file", async () => {
    const world = createConfigWorld();
    const pull = await change(world, null);
    await world.act(() => pull.merge({ by: "root" }));
    expect(world.repo.file(path)).toBeUndefined();
    await world.finish();
  });
});
