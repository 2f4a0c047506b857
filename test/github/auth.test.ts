import { generateKeyPairSync } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import { createGitHub } from "../../playground/github/index.ts";
import { signJwt } from "../../playground/github/keys.ts";
import { failure, setUp } from "./setup.ts";

describe("an app", () => {
  test("says who it is and where it is installed", async () => {
    const { appKit, installation } = setUp();
    const { data } = await appKit.rest.apps.getAuthenticated();
    expect([data?.slug, data?.permissions?.checks]).toEqual(["release-checklist", "write"]);
    const list = await appKit.rest.apps.listInstallations();
    expect(list.data.map((one) => [one.id, one.account?.login])).toEqual([[installation.id, "acme"]]);
    const found = await appKit.rest.apps.getRepoInstallation({ owner: "acme", repo: "shop" });
    expect(found.data.id).toBe(installation.id);
  });

  test("is believed only with its own key, and for ten minutes", async () => {
    const { github, app } = setUp();
    const ask = async (token: string) =>
      (await github.fetch("https://api.github.com/app", { headers: { authorization: `Bearer ${token}` } }))
        .status;
    const now = Math.floor(Date.now() / 1000);
    const good = { iss: app.id, iat: now - 30, exp: now + 500 };
    expect(await ask(signJwt(app.privateKey, good))).toBe(200);
    const other = generateKeyPairSync("rsa", {
      modulusLength: 2048,
      publicKeyEncoding: { type: "spki", format: "pem" },
      privateKeyEncoding: { type: "pkcs8", format: "pem" },
    }).privateKey;
    expect(await ask(signJwt(other, good))).toBe(401);
    expect(await ask(signJwt(app.privateKey, { ...good, exp: now - 1 }))).toBe(401);
    expect(await ask(signJwt(app.privateKey, { ...good, exp: now + 3600 }))).toBe(401);
    expect(await ask(signJwt(app.privateKey, { ...good, iat: now + 300 }))).toBe(401);
    expect(await ask(signJwt(app.privateKey, { ...good, iss: 1 }))).toBe(401);
    expect(await ask("nonsense")).toBe(401);
  });

  test("cannot subscribe to what its permissions do not tell", () => {
    const github = createGitHub();
    const make = () => github.app({ slug: "x", permissions: { checks: "write" }, events: ["merge_group"] });
    expect(make).toThrow("cannot subscribe to merge_group without merge_queues: read");
  });
});

describe("an installation", () => {
  test("may do what its permissions say, and no more", async () => {
    const { github, repo, kit, at, pull } = setUp();
    const weak = github.app({ slug: "weak", permissions: { pull_requests: "read" }, events: [] });
    const installation = repo.installApp(weak);
    const headers = { authorization: `token ${github.installationToken(installation)}` };
    const ask = (path: string, init: object = {}) =>
      github.fetch(`https://api.github.com/repos/acme/shop${path}`, { headers, ...init });
    expect((await ask("/pulls/1")).status).toBe(200);
    expect((await ask(`/commits/${pull.headSha}/check-runs`)).status).toBe(403);
    const refused = await ask("/pulls/1", { method: "PATCH", body: '{"body":"x"}' });
    expect([refused.status, await refused.json()]).toMatchObject([
      403,
      { message: "Resource not accessible by integration" },
    ]);
    expect((await kit.rest.pulls.get({ ...at, pull_number: 1 })).status).toBe(200);
  });

  test("does not see private repositories that it does not cover", async () => {
    const { github, kit } = setUp();
    github.repo("acme/secret", { private: true });
    expect(await failure(kit.rest.repos.get({ owner: "acme", repo: "secret" }))).toMatch(/^404/);
  });

  test("lists its repositories, and a token may cover fewer", async () => {
    const { github, installation, kit, appKit } = setUp();
    github.repo("acme/second").installApp("release-checklist");
    const { data } = await kit.rest.apps.listReposAccessibleToInstallation();
    expect(data.repositories.map((repo) => repo.full_name)).toEqual(["acme/shop", "acme/second"]);
    const token = await appKit.rest.apps.createInstallationAccessToken({
      installation_id: installation.id,
      repositories: ["second"],
      permissions: { checks: "read" },
    });
    expect(token.data.permissions).toEqual({ metadata: "read", checks: "read" });
    const answer = await github.fetch("https://api.github.com/installation/repositories", {
      headers: { authorization: `token ${token.data.token}` },
    });
    expect(((await answer.json()) as { total_count: number }).total_count).toBe(1);
    const more = appKit.rest.apps.createInstallationAccessToken({
      installation_id: installation.id,
      permissions: { administration: "write" },
    });
    expect(await failure(more)).toMatch(/^422/);
  });

  test("that is suspended gets no token and hears nothing", async () => {
    const { github, installation, appKit, repo, told } = setUp();
    await told();
    github.suspend(installation);
    const token = appKit.rest.apps.createInstallationAccessToken({ installation_id: installation.id });
    expect(await failure(token)).toMatch(/^403/);
    repo.push("main", { files: { x: "y" }, by: "alice" });
    expect(await told()).toEqual(["installation.suspend by acme"]);
  });

  test("tokens end after an hour when they are to", async () => {
    let now = Date.parse("2026-03-02T10:00:00Z");
    const { github, installation } = setUp({ clock: () => new Date(now), expireTokens: true });
    const headers = { authorization: `token ${github.installationToken(installation)}` };
    const ask = async () =>
      (await github.fetch("https://api.github.com/repos/acme/shop", { headers })).status;
    expect(await ask()).toBe(200);
    now += 3_600_000;
    expect(await ask()).toBe(401);
  });
});

describe("roles", () => {
  test("come from ownership, organisation, teams and direct access, whichever is highest", async () => {
    const { github, repo, kit, at } = setUp();
    github.org("acme", { owners: ["olga"], members: ["max"] });
    const sre = github.team("acme/sre", ["bea"]);
    sre.repos.set(repo.record.id, "maintain");
    github.team("acme/night", ["nora"], { parent: "sre" });
    const permission = async (username: string) => {
      const { data } = await kit.rest.repos.getCollaboratorPermissionLevel({ ...at, username });
      return [data.permission, data.role_name];
    };
    expect(await permission("olga")).toEqual(["admin", "admin"]);
    expect(await permission("max")).toEqual(["read", "read"]);
    expect(await permission("bea")).toEqual(["write", "maintain"]);
    expect(await permission("nora")).toEqual(["write", "maintain"]);
    expect(await permission("tom")).toEqual(["read", "triage"]);
    expect(await permission("bob")).toEqual(["write", "write"]);
    github.user("eve");
    expect(await permission("eve")).toEqual(["read", "read"]);
    expect(await failure(permission("nobody"))).toMatch(/^404/);
    const secret = github.repo("acme/secret", { private: true });
    secret.installApp("release-checklist");
    const { data } = await kit.rest.repos.getCollaboratorPermissionLevel({
      owner: "acme",
      repo: "secret",
      username: "eve",
    });
    expect(data.permission).toBe("none");
  });

  test("teams answer with their members, those of teams below included", async () => {
    const { github, kit } = setUp();
    github.team("acme/night", ["nora"], { parent: "sre" });
    const team = { org: "acme", team_slug: "sre" };
    const { data } = await kit.rest.teams.listMembersInOrg(team);
    expect(data.map((one) => one.login)).toEqual(["bea", "nora"]);
    const membership = async (username: string) =>
      (await kit.rest.teams.getMembershipForUserInOrg({ ...team, username })).data.state;
    expect(await membership("Bea")).toBe("active");
    expect(await failure(membership("alice"))).toMatch(/^404/);
    github.removeFromTeam("acme/sre", "bea");
    expect(await failure(membership("bea"))).toMatch(/^404/);
    expect(await failure(kit.rest.teams.getByName({ org: "acme", team_slug: "none" }))).toMatch(/^404/);
  });

  test("teams stay closed without members:read", async () => {
    const { github, repo } = setUp();
    const installation = repo.installApp(github.app({ slug: "weak", permissions: {}, events: [] }));
    const headers = { authorization: `token ${github.installationToken(installation)}` };
    expect((await github.fetch("https://api.github.com/orgs/acme/teams/sre", { headers })).status).toBe(403);
  });
});
