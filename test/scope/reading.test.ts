import { describe, expect, test } from "@jest/globals";
import type { Read } from "../../src/domain/problem.ts";
import { readRange } from "../../src/github/read/range.ts";
import { readScope } from "../../src/github/read/scope.ts";
import { name, setUp } from "../github-client/setup.ts";

const told = <T>(reading: Read<T>): T => {
  if (!reading.ok) throw new Error(reading.problem.why);
  return reading.value;
};

const pullOf = ({ pull, repo }: ReturnType<typeof setUp>) => ({
  base: { ref: "main", sha: repo.sha("main") },
  head: { ref: pull.head, sha: pull.headSha, fork: false },
});

describe("the range", () => {
  test("of many commits holds the newest 250, in as many requests as these need", async () => {
    const world = setUp();
    for (let index = 0; index < 420; index++)
      world.repo.push("release/1.0", { files: { "a.txt": `${index}\n` }, by: "alice", message: `${index}` });
    const before = world.github.requests.list.length;
    const range = told(await readRange(world.octokit, name, pullOf(world), "base"));
    expect(range.total).toBeGreaterThanOrEqual(420);
    expect(range.commits).toHaveLength(250);
    expect(range.commits.at(-1)?.headline).toBe("419");
    expect(range.commits[0]?.headline).toBe("170");
    const compared = world.github.requests.list.slice(before).filter(({ route }) => /compare/.test(route));
    expect(compared).toHaveLength(5);
    const scope = await readScope(world.octokit, name, world.pull.record.number, range.commits);
    expect(told(scope).broughtBy.size).toBe(250);
    const queries = world.github.requests.list.filter(({ route }) => /graphql/.test(route));
    expect(queries).toHaveLength(5);
  });

  test("starts at the last release; previews do not count", async () => {
    const world = setUp();
    world.repo.release("v1.0.0", { by: "alice" });
    world.repo.push("main", { files: { "b.txt": "b\n" }, by: "alice" });
    world.repo.release("v1.1.0-rc.1", { by: "alice", prerelease: true });
    const range = told(await readRange(world.octokit, name, pullOf(world), "last-release"));
    expect(range.start).toEqual({ kind: "release", tag: "v1.0.0" });
  });

  test("starts at the highest version among the tags where nothing was published", async () => {
    const world = setUp();
    world.repo.tag("v0.9.0", "main", { by: "alice" });
    world.repo.tag("v0.10.0", "main", { by: "alice" });
    world.repo.tag("nightly", "main", { by: "alice" });
    const range = told(await readRange(world.octokit, name, pullOf(world), "last-release"));
    expect(range.start).toEqual({ kind: "release", tag: "v0.10.0" });
  });
});
