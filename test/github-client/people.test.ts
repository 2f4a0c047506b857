import { describe, expect, test } from "@jest/globals";
import type { Actor } from "../../src/domain/actor.ts";
import { createPeople, type People } from "../../src/github/read/people.ts";
import { name, setUp } from "./setup.ts";

const person = (login: string): Actor => ({ login, kind: "person" });
type World = ReturnType<typeof setUp>;

const read = (world: World, people: People, login: string, teams: string[] = [], fresh = false) =>
  people.read(world.octokit, name, { actor: person(login), teams, fresh });

describe("a role", () => {
  test.each([
    ["alice", "admin"],
    ["max", "maintain"],
    ["bea", "write"],
    ["tom", "triage"],
  ])("of %s is %s", async (login, role) => {
    const world = setUp();
    expect((await read(world, createPeople(), login)).role).toEqual({ ok: true, value: role });
  });

  test("of somebody who does not exist is none", async () => {
    expect((await read(setUp(), createPeople(), "nobody")).role).toEqual({ ok: true, value: null });
  });

  test("that is a custom one counts as the role that it is based on", async () => {
    const world = setUp();
    world.github.faults.add({
      match: { path: /\/permission$/ },
      status: 200,
      body: { permission: "write", role_name: "release-captain", user: null },
    });
    expect((await read(world, createPeople(), "bea")).role).toEqual({ ok: true, value: "write" });
  });
});

describe("a team", () => {
  test("has members, and others are none", async () => {
    const world = setUp();
    const people = createPeople();
    const teams = ["acme/SRE"];
    expect((await read(world, people, "sara", teams)).teams).toEqual(
      new Map([["acme/sre", { ok: true, value: true }]]),
    );
    expect((await read(world, people, "bea", teams)).teams).toEqual(
      new Map([["acme/sre", { ok: true, value: false }]]),
    );
  });

  test("that does not exist is a problem, not an empty team", async () => {
    const { teams } = await read(setUp(), createPeople(), "sara", ["acme/gone"]);
    expect(teams.get("acme/gone")).toEqual({
      ok: false,
      problem: {
        what: "the members of @acme/gone",
        why: "there is no such team, or the app may not see it: it needs members: read in that organisation",
      },
    });
  });

  test("that the app may not read is a problem that names the permission", async () => {
    const { teams } = await read(setUp({ without: "members" }), createPeople(), "sara", ["acme/sre"]);
    const membership = teams.get("acme/sre");
    expect(membership?.ok).toBe(false);
    expect(membership?.ok === false && membership.problem.why).toMatch(/^permission missing: /);
  });
});

describe("what is remembered of people", () => {
  const world = () => {
    let time = 0;
    return { ...setUp(), people: createPeople(() => time), pass: (ms: number) => (time += ms) };
  };
  const isMember = async (world: World & { people: People }, fresh = false) => {
    const { teams } = await read(world, world.people, "sara", ["acme/sre"], fresh);
    return teams.get("acme/sre");
  };
  const yes = { ok: true, value: true };
  const no = { ok: true, value: false };

  test("saves requests, for less than five minutes", async () => {
    const here = world();
    expect(await isMember(here)).toEqual(yes);
    here.github.requests.list.length = 0;
    here.github.removeFromTeam("acme/sre", "sara");
    here.pass(299_999);
    expect(await isMember(here)).toEqual(yes);
    expect(here.github.requests.list).toEqual([]);
    here.pass(1);
    expect(await isMember(here)).toEqual(no);
  });

  test("does not count when it must be fresh, and is then known to all", async () => {
    const here = world();
    await isMember(here);
    here.github.removeFromTeam("acme/sre", "sara");
    expect(await isMember(here, true)).toEqual(no);
    expect(await isMember(here)).toEqual(no);
  });

  test("is void when an event says so", async () => {
    const here = world();
    await isMember(here);
    here.github.removeFromTeam("acme/sre", "sara");
    here.people.forget();
    expect(await isMember(here)).toEqual(no);
  });

  test("is no refusal and no failure", async () => {
    const here = world();
    here.github.faults.add({ match: { path: /memberships/ }, status: 403, times: 1 });
    expect((await isMember(here))?.ok).toBe(false);
    expect(await isMember(here)).toEqual(yes);
  });

  test("is remembered for each repository and login without regard to case", async () => {
    const here = world();
    await read(here, here.people, "Bea");
    here.github.requests.list.length = 0;
    await read(here, here.people, "bea");
    expect(here.github.requests.list).toEqual([]);
  });
});
