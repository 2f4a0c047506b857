import { describe, expect, test } from "@jest/globals";
import { createOpenPulls } from "../../src/github/open-pulls.ts";
import { readConfig } from "../../src/github/read/config.ts";
import type { PullKey, Work } from "../../src/queue/queue.ts";
import { createSweep } from "../../src/sweep.ts";
import { setUp } from "./setup.ts";

const file = ".github/release.yml";
const config = "checklist: {}\n";

/** A sweep over the usual world, with what it asked to be looked at. */
const sweeping = (files: Record<string, string> = { [file]: config }) => {
  let now = Date.parse("2026-01-01T10:00:00Z");
  const world = setUp({ files, clock: () => new Date(now) });
  const looks: string[] = [];
  const works: Work[] = [];
  const errors: string[] = [];
  let forever = false;
  let awaited: { count: number; reached: () => void } | null = null;
  const sweep = createSweep({
    clients: world.clients,
    queue: {
      add: async ({ installation, owner, repo, number }: PullKey, work) => {
        expect(installation).toBe(world.installation.id);
        looks.push(`${owner}/${repo}#${number}`);
        works.push(work);
        if (awaited !== null && looks.length >= awaited.count) awaited.reached();
        if (forever) await new Promise(() => {});
      },
    },
    pulls: createOpenPulls(),
    configured: async (octokit, repository) => {
      const { state } = await readConfig(octokit, repository, { templates: new Map() });
      return state.kind !== "none";
    },
    onError: (where) => errors.push(where),
    now: () => now,
  });
  const taken = () => looks.splice(0).toSorted();
  const requests = () => world.github.requests.list.splice(0).map(({ method, path }) => `${method} ${path}`);
  return {
    ...world,
    sweep,
    works,
    errors,
    taken,
    requests,
    pass: (ms: number) => (now += ms),
    looksTakeForever: () => {
      forever = true;
    },
    reached: (count: number) =>
      new Promise<void>((reached) => {
        awaited = { count, reached };
      }),
  };
};

describe("a sweep", () => {
  test("looks at every open pull request of every configured repository", async () => {
    const world = sweeping();
    const { repo } = world;
    repo.push("next", { files: { "n.txt": "n" }, by: "bea", from: "main" });
    repo.openPull({ by: "bea", head: "next" });
    repo.push("done", { files: { "d.txt": "d" }, by: "bea", from: "main" });
    repo.openPull({ by: "bea", head: "done" }).close({ by: "bea" });
    await world.sweep.all();
    expect(world.taken()).toEqual(["acme/app#1", "acme/app#2"]);
    expect(world.works[0]).toMatchObject({ why: ["sweep"], edits: [], fresh: false });
    expect(world.errors).toEqual([]);
  });

  test("asks nothing about repositories that were not configured, until something is pushed there", async () => {
    const world = sweeping();
    for (const name of ["a", "b", "c"]) world.github.repo(`acme/${name}`);
    await world.sweep.all();
    world.taken();
    world.requests();
    await world.sweep.all();
    expect(world.taken()).toEqual(["acme/app#1"]);
    expect(world.requests().filter((request) => /acme\/[abc]\//.test(request))).toEqual([]);

    world.pass(60_000);
    const b = world.github.repo("acme/b");
    b.push("main", { files: { [file]: config }, by: "acme" });
    b.push("next", { files: { "n.txt": "n" }, by: "acme", from: "main" });
    b.openPull({ by: "acme", head: "next" });
    await world.sweep.all();
    expect(world.taken()).toEqual(["acme/app#1", "acme/b#1"]);
  });

  test("finds a configuration in the owner's .github repository when something was pushed there", async () => {
    const world = sweeping({ "README.md": "# app\n" });
    await world.sweep.all();
    world.github.repo("acme/.github", { files: { [file]: config } });
    await world.sweep.all();
    expect(world.taken()).toEqual(["acme/app#1"]);
  });

  test("finds one that no push tells of within the hour", async () => {
    const world = sweeping({ "README.md": "# app\n" });
    world.github.repo("acme/.github", { files: { [file]: config } });
    world.github.faults.add({ match: { path: /\/\.github\/contents/ }, status: 404, times: 1 });
    await world.sweep.all();
    await world.sweep.all();
    expect(world.taken()).toEqual([]);
    world.pass(60 * 60_000);
    await world.sweep.all();
    expect(world.taken()).toEqual(["acme/app#1"]);
  });

  test("finds it at once when an event asks to forget what is remembered", async () => {
    const world = sweeping({ "README.md": "# app\n" });
    await world.sweep.all();
    world.github.repo("acme/.github", { files: { [file]: config } });
    await world.sweep.installation(world.installation.id, { why: ["push"], fresh: true });
    expect(world.taken()).toEqual(["acme/app#1"]);
  });

  test("looks once more where the configuration is gone, so that nothing stays blocked", async () => {
    const world = sweeping();
    await world.sweep.all();
    world.taken();
    world.pass(60_000);
    world.repo.push("main", { deletes: [file], by: "alice" });
    await world.sweep.all();
    expect(world.taken()).toEqual(["acme/app#1"]);
    await world.sweep.all();
    expect(world.taken()).toEqual([]);
  });

  test("goes on with the rest when one repository cannot be read", async () => {
    const world = sweeping();
    world.github.repo("acme/bad");
    world.github.faults.add({ match: { path: /acme\/bad\/contents/ }, status: 500 });
    await world.sweep.all();
    expect(world.errors).toEqual(["acme/bad"]);
    expect(world.taken()).toEqual(["acme/app#1"]);
  });

  test("is not held up by looks that fail for long", async () => {
    const world = sweeping();
    for (let number = 0; number < 10; number++) {
      const other = world.github.repo(`acme/r${number}`, { files: { [file]: config } });
      other.push("next", { files: { "n.txt": "n" }, by: "acme" });
      other.openPull({ by: "acme", head: "next" });
    }
    world.looksTakeForever();
    void world.sweep.all();
    await world.reached(11);
    expect(world.taken()).toHaveLength(11);
  });

  test("leaves suspended installations out", async () => {
    const world = sweeping();
    world.github.suspend(world.installation);
    await world.sweep.all();
    expect(world.taken()).toEqual([]);
    expect(world.errors).toEqual([]);
  });

  test("tells of it when not even the installations can be listed", async () => {
    const world = sweeping();
    world.github.faults.add({ match: { path: /^\/app\/installations$/ }, status: 500 });
    await world.sweep.all();
    expect(world.errors).toEqual(["everywhere"]);
  });
});
