import { describe, expect, test } from "@jest/globals";
import { readActivity } from "../../src/github/read/activity.ts";
import { readComments } from "../../src/github/read/comments.ts";
import { createComparisons, readComparison } from "../../src/github/read/compare.ts";
import { readContributors } from "../../src/github/read/contributors.ts";
import { readFiles } from "../../src/github/read/files.ts";
import { readHistory } from "../../src/github/read/history.ts";
import { createCommitMemo, readCommit, readPull } from "../../src/github/read/pull.ts";
import { name, setUp } from "./setup.ts";

type World = ReturnType<typeof setUp>;

const told = <T>(reading: { ok: true; value: T } | { ok: false; problem: { why: string } }): T => {
  if (!reading.ok) throw new Error(reading.problem.why);
  return reading.value;
};

const pullOf = async ({ octokit, pull }: World) =>
  (await readPull(octokit, name, pull.number, createCommitMemo())).pull;

describe("a pull request", () => {
  test("tells everything that deciding may know", async () => {
    const world = setUp();
    world.repo.createLabel("release", { by: "alice" });
    world.pull.label("release", { by: "alice" });
    world.pull.assign("bea", { by: "alice" });
    expect(await pullOf(world)).toMatchObject({
      number: 1,
      title: "Release 1.0",
      body: "Notes",
      author: { login: "alice", kind: "person" },
      state: "open",
      base: { ref: "main" },
      head: { ref: "release/1.0", sha: world.pull.headSha, fork: false },
      pusher: { login: "alice" },
      labels: ["release"],
      assignees: ["bea"],
    });
  });

  test("without a description has an empty one", async () => {
    const world = setUp();
    world.pull.edit({ by: "alice", body: "" });
    expect((await pullOf(world)).body).toBe("");
  });

  test("from a fork says so", async () => {
    const world = setUp();
    const fork = world.repo.fork({ by: "tom" });
    fork.push("patch", { files: { "a.txt": "a" }, by: "tom", from: "main" });
    const pull = world.repo.openPull({ by: "tom", head: "patch", fork });
    const { pull: read } = await readPull(world.octokit, name, pull.number, createCommitMemo());
    expect(read.head).toMatchObject({ fork: true, sha: pull.headSha });
  });

  test("costs one request once its head is known", async () => {
    const world = setUp();
    const commits = createCommitMemo();
    await readPull(world.octokit, name, 1, commits);
    world.github.requests.list.length = 0;
    await readPull(world.octokit, name, 1, commits);
    expect(world.github.requests.list).toHaveLength(1);
  });
});

describe("files", () => {
  test.each([
    { of: "one commit", pushes: 0, known: true },
    { of: "several commits", pushes: 2, known: true },
    { of: "another base", pushes: 2, known: false },
  ])("of $of come with the head where that tells them all", async ({ pushes, known }) => {
    const world = setUp({ files: { "old.sql": "create table a (id int);\n" } });
    const renamed = { files: { "new.sql": "create table a (id int);\n" }, deletes: ["old.sql"] };
    for (let push = 0; push < pushes; push += 1)
      world.repo.push(
        "release/1.0",
        push === 0 ? { ...renamed, by: "alice" } : { files: { b: "b" }, by: "bea" },
      );
    const commits = createCommitMemo();
    const first = await readPull(world.octokit, name, 1, commits);
    if (!known) {
      world.repo.push("next", { files: { c: "c" }, by: "bea", from: "main" });
      world.pull.edit({ by: "alice", base: "next" });
    }
    const { files } = known ? first : await readPull(world.octokit, name, 1, commits);
    const listed = told(await readFiles(world.octokit, name, 1));
    expect(files && { ...files, paths: files.paths.toSorted() }).toEqual(
      known ? { ...listed, paths: listed.paths.toSorted() } : null,
    );
  });

  test("are read over many pages, with both names of a renamed one", async () => {
    const world = setUp({ files: { "old.sql": "create table a (id int);\n" } });
    const files = Object.fromEntries(
      Array.from({ length: 150 }, (_, index) => [`f/${index}.txt`, String(index)]),
    );
    const renamed = { "db/new.sql": "create table a (id int);\n" };
    world.repo.push("release/1.0", { files: { ...files, ...renamed }, deletes: ["old.sql"], by: "alice" });
    const { paths, complete } = told(await readFiles(world.octokit, name, 1));
    expect(complete).toBe(true);
    expect(paths).toEqual(expect.arrayContaining(["f/149.txt", "db/new.sql", "old.sql", "CHANGELOG.md"]));
    expect(paths).toHaveLength(153);
  });

  test("that GitHub cut are said to be incomplete", async () => {
    const world = setUp();
    const page = Array.from({ length: 100 }, (_, index) => ({ filename: `f/${index}` }));
    world.github.faults.add({
      match: { path: /\/files$/ },
      status: 200,
      headers: { link: '<https://api.github.com/x?page=30>; rel="last"' },
      body: page,
    });
    expect(told(await readFiles(world.octokit, name, 1)).complete).toBe(false);
  });
});

describe("a comparison", () => {
  const treeOf = async ({ octokit }: World, sha: string) => ({
    sha,
    tree: (await readCommit(octokit, name, sha, createCommitMemo())).tree,
  });
  const compare = async (world: World, from: string, to: string) =>
    told(
      await readComparison(
        world.octokit,
        name,
        await treeOf(world, from),
        await treeOf(world, to),
        createComparisons(),
      ),
    );

  test("of a push lists its files and commits", async () => {
    const world = setUp();
    const from = world.pull.headSha;
    world.repo.push("release/1.0", { files: { "a.txt": "a" }, by: "alice" });
    const to = world.repo.push("release/1.0", { files: { "db/b.sql": "b" }, by: "alice" });
    expect(await compare(world, from, to)).toEqual({
      paths: ["a.txt", "db/b.sql"],
      complete: true,
      sameTree: false,
      commits: 2,
      removed: 0,
    });
  });

  test("of a forced push with the same content finds nothing, without asking", async () => {
    const world = setUp();
    const from = world.pull.headSha;
    const to = world.repo.push("release/1.0", { files: { "CHANGELOG.md": "1.0\n" }, by: "bea", force: true });
    expect(to).not.toBe(from);
    const trees = [await treeOf(world, from), await treeOf(world, to)] as const;
    world.github.requests.list.length = 0;
    expect(told(await readComparison(world.octokit, name, ...trees, createComparisons()))).toMatchObject({
      sameTree: true,
      paths: [],
    });
    expect(world.github.requests.list).toEqual([]);
  });

  test("of a forced push finds what was taken away, and not what both have", async () => {
    const world = setUp();
    const { repo } = world;
    const from = repo.push("release/1.0", { files: { "db/gone.sql": "x" }, by: "alice" });
    const files = { "CHANGELOG.md": "1.0\n", "new.txt": "n" };
    const to = repo.push("release/1.0", { files, by: "alice", force: true, from: "main" });
    const { paths } = await compare(world, from, to);
    expect(paths.toSorted()).toEqual(["db/gone.sql", "new.txt"]);
  });

  test("with a commit that GitHub has forgotten is a problem", async () => {
    const world = setUp();
    const gone = { sha: "d".repeat(40), tree: "e".repeat(40) };
    const reading = await readComparison(
      world.octokit,
      name,
      gone,
      await treeOf(world, world.pull.headSha),
      createComparisons(),
    );
    expect(reading).toMatchObject({ ok: false, problem: { what: "what changed since ddddddd" } });
  });
});

describe("the edit history", () => {
  test("tells each edit with its author, oldest first, and not the opening text", async () => {
    const world = setUp();
    world.pull.edit({ by: "bea", body: "one" });
    world.github.bot("renovate[bot]");
    world.pull.edit({ by: "alice", body: "two", viaWeb: true });
    const { edits, complete } = told(await readHistory(world.octokit, name, 1));
    expect(complete).toBe(true);
    expect(edits).toMatchObject([
      { by: { login: "bea", kind: "person" }, from: "Notes", to: "one", head: null, source: "history" },
      { by: { login: "alice", kind: "person" }, from: "one", to: "two" },
    ]);
  });

  test("names a bot as webhooks do", async () => {
    const world = setUp();
    await world.octokit.rest.pulls.update({ ...name, pull_number: 1, body: "by the app" });
    const { edits } = told(await readHistory(world.octokit, name, 1));
    expect(edits[0]?.by).toEqual({ login: "release-checklist[bot]", kind: "bot" });
  });

  test("is read over many pages", async () => {
    const world = setUp();
    for (let count = 0; count < 120; count += 1) world.pull.edit({ by: "bea", body: `version ${count}` });
    const { edits } = told(await readHistory(world.octokit, name, 1));
    expect(edits.map(({ to }) => to)).toEqual(Array.from({ length: 120 }, (_, count) => `version ${count}`));
  });

  test("of a description that nobody edited is empty and complete", async () => {
    expect(told(await readHistory(setUp().octokit, name, 1))).toEqual({ edits: [], complete: true });
  });

  test("that is refused is a problem", async () => {
    const world = setUp({ forbidEditHistory: true });
    expect(await readHistory(world.octokit, name, 1)).toMatchObject({
      ok: false,
      problem: {
        what: "the edit history of the description",
        why: expect.stringMatching(/^permission missing/),
      },
    });
  });

  test("that cannot be read for now ends the look", async () => {
    const world = setUp();
    world.github.faults.add({ match: { path: /graphql/ }, status: 502 });
    await expect(readHistory(world.octokit, name, 1)).rejects.toMatchObject({ name: "PassingFault" });
  });
});

test("contributors are authors, committers and co-authors", async () => {
  const world = setUp();
  const message =
    "Help\n\nCo-authored-by: Tom <123+tom@users.noreply.github.com>\nCo-authored-by: X <x@example.com>";
  world.repo.push("release/1.0", { files: { "a.txt": "a" }, by: "bea", author: "max", message });
  const pull = await pullOf(world);
  const logins = told(await readContributors(world.octokit, name, pull));
  expect(logins.toSorted()).toEqual(["alice", "bea", "max", "tom"]);
});

test("contributors of more commits than GitHub lists for a pull request are all found", async () => {
  const world = setUp();
  const { repo } = world;
  repo.push("release/1.0", { files: { "first.txt": "1" }, by: "max" });
  for (let count = 0; count < 260; count += 1) {
    const by = count === 259 ? "bea" : "alice";
    repo.push("release/1.0", { files: { "count.txt": String(count) }, by });
  }
  const logins = told(await readContributors(world.octokit, name, await pullOf(world)));
  expect(logins.toSorted()).toEqual(["alice", "bea", "max"]);
});

test("comments come oldest first, with who wrote them and whether somebody edited them", async () => {
  let now = Date.parse("2026-01-01T10:00:00Z");
  const world = setUp({ clock: () => new Date(now) });
  const first = world.pull.comment({ by: "bea", body: "/checklist status" });
  world.pull.comment({ by: "tom", body: "Hello" });
  now += 60_000;
  first.edit({ by: "alice", body: "/checklist override now" });
  const comments = told(await readComments(world.octokit, name, 1, null));
  expect(comments).toMatchObject([
    { id: first.id, author: { login: "bea", kind: "person" }, body: "/checklist override now", edited: true },
    { author: { login: "tom" }, body: "Hello", edited: false },
  ]);
  const later = told(await readComments(world.octokit, name, 1, "2026-01-01T10:00:30Z"));
  expect(later.map(({ id }) => id)).toEqual([first.id]);
});

describe("how a branch moved", () => {
  test("is told oldest first, with forced pushes", async () => {
    const world = setUp();
    const first = world.pull.headSha;
    const second = world.repo.push("release/1.0", { files: { "b.txt": "b" }, by: "alice" });
    world.repo.setBranch("release/1.0", first, { by: "alice" });
    expect(told(await readActivity(world.octokit, name, await pullOf(world))).slice(-2)).toEqual([
      { from: first, to: second, at: expect.stringMatching(/^[\d-]{10}T[\d:]{8}Z$/) },
      { from: second, to: first, at: expect.any(String) },
    ]);
  });

  test("is not told of a fork's", async () => {
    const world = setUp();
    const head = { ref: "patch", sha: world.pull.headSha, fork: true };
    expect(await readActivity(world.octokit, name, { head })).toMatchObject({
      ok: false,
      problem: { why: "it is in a fork" },
    });
  });
});
