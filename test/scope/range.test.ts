import { describe, expect, test } from "@jest/globals";
import { contentsOf } from "../../src/domain/scope/contents.ts";
import type { RangeFacts } from "../../src/domain/scope/facts.ts";
import { highestVersion, lastRelease } from "../../src/domain/scope/last-release.ts";
import { componentOf, rangeOf } from "../../src/domain/scope/range.ts";

const pullFrom = (ref: string) => ({ number: 9, head: { ref, sha: "f".repeat(40), fork: false } });

describe("where the range starts", () => {
  test.each([
    ["auto", "release/1.0", "base"],
    ["auto", "feature/release-please--x", "base"],
    ["auto", "release-please--branches--main", "last-release"],
    ["auto", "changeset-release/main", "last-release"],
    ["base", "changeset-release/main", "base"],
    ["last-release", "release/1.0", "last-release"],
  ] as const)("range %s from %s: %s", (range, head, from) => {
    expect(rangeOf(range, pullFrom(head))).toBe(from);
  });

  test.each([
    ["release-please--branches--main", null],
    ["release-please--branches--main--components--api", "api"],
    ["release/1.0--components--api", null],
  ])("%s is of the component %s", (head, component) => {
    expect(componentOf(pullFrom(head))).toBe(component);
  });
});

describe("the last release", () => {
  const releases = [
    { tag: "v1.9.0", publishedAt: "2026-01-01T00:00:00Z" },
    { tag: "v1.10.0", publishedAt: "2026-02-01T00:00:00Z" },
    { tag: "api-v3.0.0", publishedAt: "2026-03-01T00:00:00Z" },
    { tag: "v1.9.1", publishedAt: "2026-01-15T00:00:00Z" },
  ];

  test.each([
    [null, "api-v3.0.0"],
    ["api", "api-v3.0.0"],
    ["web", null],
  ])("of the component %s is %s", (component, tag) => {
    expect(lastRelease(releases, component)).toBe(tag);
  });

  test.each([
    [["v1.9.0", "v1.10.0", "v1.2.0"], null, "v1.10.0"],
    [["1.0", "1.0.1", "2.0.0-rc.1"], null, "1.0.1"],
    [["nightly", "latest"], null, null],
    [["api-v2.0.0", "v1.0.0", "web@3.0.0"], null, "v1.0.0"],
    [["api-v2.0.0", "api-v10.0.0", "v99.0.0"], "api", "api-v10.0.0"],
    [["@acme/api@1.0.0"], "@acme/api", "@acme/api@1.0.0"],
    [[], null, null],
  ])("of the tags %j, component %s, is %s", (tags, component, tag) => {
    expect(highestVersion(tags, component)).toBe(tag);
  });
});

describe("the contents", () => {
  const sha = (index: number): string => String(index).padStart(40, "0");
  const range = (commits: number, parts: Partial<RangeFacts> = {}): RangeFacts => ({
    start: { kind: "base" },
    commits: Array.from({ length: commits }, (_, index) => ({
      sha: sha(index),
      headline: `Commit ${index}`,
      author: null,
      at: null,
      merge: false,
    })),
    total: commits,
    files: { paths: ["a.txt"], complete: true },
    ...parts,
  });
  const pull = (number: number) => ({
    number,
    title: `Pull ${number}`,
    url: "https://x.example",
    issues: [],
  });

  test("name each pull request once, and never the release's own", () => {
    const broughtBy = new Map([
      [sha(0), [pull(9), pull(1)]],
      [sha(1), [pull(1)]],
      [sha(2), [pull(9)]],
    ]);
    const contents = contentsOf(range(3), { broughtBy, issues: [] }, pullFrom("release/1"));
    expect(contents.pulls.map(({ number }) => number)).toEqual([1]);
    expect(contents.direct.map(({ headline }) => headline)).toEqual(["Commit 2"]);
  });

  test("leave out commits that only join lines, and those of release bots", () => {
    const merge = { sha: sha(7), headline: "Merge main", author: null, at: null, merge: true };
    const scope = { broughtBy: new Map(), issues: [] };
    const joined = range(0, { commits: [merge], total: 1 });
    expect(contentsOf(joined, scope, pullFrom("release/1")).direct).toEqual([]);
    expect(contentsOf(range(1), scope, pullFrom("changeset-release/main")).direct).toEqual([]);
  });

  test.each([
    [100, 20, 200, []],
    [101, 0, 0, ["101 commits (more than 100)"]],
    [21, 21, 0, ["21 pull requests (more than 20)"]],
    [0, 0, 201, ["201 files (more than 200)"]],
  ])("%i commits, %i pull requests and %i files are too much for %j", (commits, pulls, files, tooMuch) => {
    const paths = Array.from({ length: files }, (_, index) => `${index}.txt`);
    const broughtBy = new Map(
      Array.from({ length: pulls }, (_, index) => [sha(index), [pull(index + 100)]] as const),
    );
    const facts = range(commits, { files: { paths, complete: true } });
    expect(contentsOf(facts, { broughtBy, issues: [] }, pullFrom("release/1")).tooMuch).toEqual(tooMuch);
  });

  test("say what GitHub leaves out", () => {
    const facts = range(250, { total: 1_000, files: { paths: [], complete: false } });
    expect(contentsOf(facts, { broughtBy: new Map(), issues: [] }, pullFrom("release/1"))).toMatchObject({
      unlisted: 750,
      files: null,
      tooMuch: ["1000 commits (more than 100)", "more files than GitHub lists"],
    });
  });
});
