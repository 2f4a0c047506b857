import { describe, expect, test } from "@jest/globals";
import type { ConfigState } from "../../src/domain/snapshot.ts";
import { readConfig } from "../../src/github/read/config.ts";
import { createFileMemory } from "../../src/github/read/file-memory.ts";
import { name, setUp } from "./setup.ts";

const file = ".github/release.yml";
const other = ".github/release-checklist.yml";
const valid = (id: string) => `checklist:\n  items:\n    - id: ${id}\n      title: ${id}\n`;
const broken = "checklist:\n  items: 7\n";

type World = ReturnType<typeof setUp>;

const templates = new Map<string, string>();

const read = async ({ octokit }: World, defaultBranch = "main"): Promise<ConfigState> => {
  const repo = { owner: name.owner, name: name.repo, defaultBranch };
  return (await readConfig(octokit, repo, { templates })).state;
};

const idsOf = (state: ConfigState) =>
  "checklist" in state ? state.checklist.items.map(({ id }) => id) : null;

describe("the configuration", () => {
  test("is read from the default branch, with the commit that brought it", async () => {
    const world = setUp({ files: { [file]: valid("one") } });
    const brought = world.repo.push("main", { files: { [file]: valid("two") }, by: "alice" });
    world.repo.push("main", { files: { "a.txt": "a" }, by: "alice" });
    world.repo.push("release/1.0", { files: { [file]: "checklist: {}" }, by: "alice" });
    const state = await read(world);
    expect(state).toMatchObject({ kind: "valid", file, commit: brought });
    expect(idsOf(state)).toEqual(["two"]);
  });

  test("is none where no file has a checklist", async () => {
    expect(await read(setUp())).toEqual({ kind: "none" });
    expect(await read(setUp({ files: { [file]: "changelog:\n  categories: []\n" } }))).toEqual({
      kind: "none",
    });
  });

  test("may stand in the other file, beside GitHub's own", async () => {
    const world = setUp({ files: { [file]: "changelog: {}\n", [other]: valid("one") } });
    expect(await read(world)).toMatchObject({ kind: "valid", file: other });
  });

  test("may stand in the owner's .github repository, whatever its default branch", async () => {
    const world = setUp();
    world.github.repo("acme/.github", { files: { [file]: valid("shared") }, defaultBranch: "trunk" });
    const state = await read(world);
    expect(state).toMatchObject({ kind: "valid", file: "acme/.github:.github/release.yml" });
    expect(idsOf(state)).toEqual(["shared"]);
  });

  test("of the repository comes before the owner's", async () => {
    const world = setUp({ files: { [other]: valid("own") } });
    world.github.repo("acme/.github", { files: { [file]: valid("shared") } });
    expect(idsOf(await read(world))).toEqual(["own"]);
  });

  test("costs one request while it stays the same, and one for the owner's", async () => {
    const world = setUp({ files: { [file]: valid("one") } });
    world.github.repo("acme/.github", { files: { [file]: valid("shared") } });
    const memory = createFileMemory();
    const repo = { owner: name.owner, name: name.repo, defaultBranch: "main" };
    const again = () => readConfig(world.octokit, repo, { templates, memory });
    await again();
    world.github.requests.list.length = 0;
    expect(await again()).toMatchObject({ state: { kind: "valid" } });
    expect(world.github.requests.list.map(({ path }) => path).toSorted()).toEqual([
      "/repos/acme/.github/contents/.github",
      "/repos/acme/app/contents/.github%2Frelease.yml",
    ]);
  });
});

describe("a broken configuration", () => {
  test("leaves the newest valid version in force, and tells the mistakes", async () => {
    const world = setUp({ files: { [file]: valid("oldest") } });
    const good = world.repo.push("main", { files: { [file]: valid("older") }, by: "alice" });
    for (let count = 0; count < 7; count += 1) {
      world.repo.push("main", { files: { [file]: `${broken}# ${count}\n` }, by: "alice" });
    }
    const state = await read(world);
    expect(state).toMatchObject({ kind: "outdated", commit: good, file, findings: [{ file, line: 2 }] });
    expect(idsOf(state)).toEqual(["older"]);
  });

  test("with no valid version among the last twenty is broken", async () => {
    const world = setUp({ files: { [file]: valid("too old") } });
    for (let count = 0; count < 20; count += 1) {
      world.repo.push("main", { files: { [file]: `${broken}# ${count}\n` }, by: "alice" });
    }
    expect(await read(world)).toMatchObject({ kind: "broken", file });
  });

  test("of the repository is not replaced by the owner's", async () => {
    const world = setUp({ files: { [file]: broken } });
    world.github.repo("acme/.github", { files: { [file]: valid("shared") } });
    expect(await read(world)).toMatchObject({ kind: "broken", file });
  });

  test("may be no file at all", async () => {
    const world = setUp({ files: { [`${file}/README.md`]: "a directory" } });
    expect(await read(world)).toMatchObject({
      kind: "broken",
      findings: [{ line: 1, message: "it is not a file: a file of at most 64 KiB was expected" }],
    });
  });
});

describe("a configuration that cannot be read", () => {
  test("is not taken for absent when GitHub refuses it", async () => {
    expect(await read(setUp({ without: "contents", files: { [file]: valid("one") } }))).toMatchObject({
      kind: "unreadable",
      problem: { what: "the configuration of the release checklist" },
    });
  });

  test("is not taken for absent when only the owner's is refused", async () => {
    const world = setUp();
    world.github.faults.add({ match: { path: /\/\.github\/contents/ }, status: 403 });
    expect(await read(world)).toMatchObject({ kind: "unreadable" });
  });

  test.each([500, "reset"] as const)("ends the look when it passes (%s)", async (status) => {
    const world = setUp({ files: { [file]: valid("one") } });
    world.github.faults.add({ match: { path: /contents/ }, status });
    await expect(read(world)).rejects.toMatchObject({ name: "PassingFault" });
  });
});
