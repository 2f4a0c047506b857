import { describe, expect, test } from "@jest/globals";
import { commitsBetween, isAncestor, mergeBase } from "../../playground/github/git.ts";
import { createGitHub } from "../../playground/github/index.ts";
import { failure, permissions, setUp } from "./setup.ts";

describe("rights that change", () => {
  test("are told: members, teams, the organisation", async () => {
    const { github, repo } = setUp();
    const heard: string[] = [];
    await github.webhooks.idle();
    github.webhooks.sink = async ({ app, event, action }) => {
      if (app === "listener") heard.push(`${event}.${action}`);
      return 200;
    };
    const events = ["member", "membership", "organization", "team"];
    repo.installApp(github.app({ slug: "listener", permissions: { members: "read" }, events }));
    repo.setRole("newcomer", "read");
    repo.setRole("newcomer", "write");
    repo.setRole("newcomer", "write");
    repo.setRole("newcomer", "none");
    github.team("acme/qa", ["quinn"]);
    repo.setTeamRole("qa", "write");
    github.removeFromTeam("acme/qa", "quinn");
    github.removeFromOrg("acme", "quinn");
    await github.webhooks.idle();
    expect(heard).toEqual([
      "installation.created",
      "member.added",
      "member.edited",
      "member.removed",
      "team.created",
      "organization.member_added",
      "membership.added",
      "team.added_to_repository",
      "membership.removed",
      "organization.member_removed",
    ]);
  });

  test("new permissions open what was closed", async () => {
    const { github, installation, kit, at, appKit } = setUp();
    expect(await failure(kit.rest.repos.getBranchProtection({ ...at, branch: "main" }))).toMatch(/^403/);
    github.grant(installation, { ...permissions, administration: "read" });
    const { data } = await appKit.rest.apps.createInstallationAccessToken({
      installation_id: installation.id,
    });
    expect(data.permissions?.administration).toBe("read");
  });
});

describe("files written over HTTP", () => {
  const content = Buffer.from("checklist: {}\n").toString("base64");

  test("are commits, and what is there must be named by its SHA", async () => {
    const { as, at, repo } = setUp();
    const write = (more = {}) =>
      as("alice").rest.repos.createOrUpdateFileContents({
        ...at,
        path: ".github/release.yml",
        message: "m",
        content,
        ...more,
      });
    const { data, status } = await write();
    expect([status, repo.sha(), repo.file(".github/release.yml")]).toEqual([
      201,
      data.commit.sha,
      "checklist: {}\n",
    ]);
    expect(await failure(write())).toContain("422");
    expect(await failure(write({ sha: "0".repeat(40) }))).toMatch(/^409/);
    expect((await write({ sha: data.content?.sha })).status).toBe(200);
    expect(
      await failure(
        as("rita").rest.repos.createOrUpdateFileContents({ ...at, path: "x", message: "m", content }),
      ),
    ).toMatch(/^403/);
  });

  test("a branch and a pull request follow", async () => {
    const { as, at, repo } = setUp();
    const { rest } = as("alice");
    await rest.git.createRef({ ...at, ref: "refs/heads/set-up", sha: repo.sha() });
    await rest.repos.createOrUpdateFileContents({
      ...at,
      path: "x.yml",
      message: "m",
      content,
      branch: "set-up",
    });
    const { data } = await rest.pulls.create({ ...at, head: "set-up", base: "main", title: "Set up" });
    expect([data.number, data.changed_files, data.user?.login]).toEqual([2, 1, "alice"]);
    expect(await failure(rest.git.createRef({ ...at, ref: "refs/heads/set-up", sha: repo.sha() }))).toContain(
      "already exists",
    );
  });

  test("nothing is written to an archived repository", async () => {
    const { kit, at, repo } = setUp();
    repo.archive(true, { by: "alice" });
    expect(await failure(kit.rest.pulls.update({ ...at, pull_number: 1, body: "x" }))).toMatch(
      /^403 .*archived/,
    );
    expect((await kit.rest.pulls.get({ ...at, pull_number: 1 })).status).toBe(200);
  });
});

test("a renamed label is renamed wherever it is, a deleted one is gone", () => {
  const { repo, pull } = setUp();
  pull.label("release", { by: "bob" });
  repo.renameLabel("release", "ship", { by: "bob" });
  expect(pull.labels).toEqual(["ship"]);
  repo.deleteLabel("ship", { by: "bob" });
  expect(pull.labels).toEqual([]);
});

describe("history", () => {
  /** A random history, with branches and merges. */
  function grown(seed: number) {
    const github = createGitHub({ seed: `${seed}` });
    const repo = github.repo("acme/shop");
    let state = seed;
    const next = (below: number) => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      return state % below;
    };
    const shas = [repo.sha()];
    for (let count = 0; count < 25; count++) {
      const pick = () => shas[next(shas.length)] as string;
      const merge = next(3) === 0 ? [pick()] : [];
      shas.push(repo.push(`b${count}`, { files: { [`f${count}`]: "x" }, by: "acme", from: pick(), merge }));
    }
    return shas.map((sha) => {
      const commit = repo.record.objects.commits.get(sha);
      if (!commit) throw new Error(sha);
      return commit;
    });
  }

  test.each([1, 2, 3, 4])("is walked as Git walks it (seed %i)", (seed) => {
    const commits = grown(seed);
    type Commit = (typeof commits)[number];
    const ancestors = (of: Commit): Set<Commit> =>
      new Set([of, ...of.parents.flatMap((parent) => [...ancestors(parent)])]);
    const all = new Map(commits.map((commit) => [commit, ancestors(commit)]));
    const under = (commit: Commit) => all.get(commit) as Set<Commit>;
    for (const base of commits) {
      for (const head of commits) {
        expect(isAncestor(base, head)).toBe(under(head).has(base));
        const between = [...under(head)].filter((commit) => !under(base).has(commit));
        expect(new Set(commitsBetween(base, head))).toEqual(new Set(between));
        const common = [...under(head)].filter((commit) => under(base).has(commit));
        const best = common.filter((one) => !common.some((other) => other !== one && under(other).has(one)));
        expect(best).toContain(mergeBase(base, head));
      }
    }
  });
});
