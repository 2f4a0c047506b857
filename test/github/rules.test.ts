import { describe, expect, test } from "@jest/globals";
import { Octokit } from "@octokit/rest";
import { failure, setUp } from "./setup.ts";

const quiet = { debug() {}, info() {}, warn() {}, error() {} };

const setUpRules = () => {
  const made = setUp();
  const { github, repo } = made;
  github.org("acme", { owners: ["olga"], members: ["alice"] });
  github.team("acme/sre", ["bea"]);
  repo.setRole("root", "admin");
  repo.setRole("alice", "write");
  const as = (login: string) =>
    new Octokit({ auth: github.tokenFor(login), request: { fetch: github.fetch }, log: quiet }).rest;
  return { ...made, as };
};

describe("rulesets", () => {
  test("show who may bypass them to those who may change them only", async () => {
    const { repo, at, as, kit } = setUpRules();
    const bypass = ["root", "@acme/sre", "role:admin", "owners", "renovate[bot]"];
    const ruleset_id = repo.ruleset({ requiredChecks: ["gate"], bypass });
    const { data } = await as("root").repos.getRepoRuleset({ ...at, ruleset_id });
    expect(data.bypass_actors?.map(({ actor_type, bypass_mode }) => [actor_type, bypass_mode])).toEqual([
      ["User", "always"],
      ["Team", "always"],
      ["RepositoryRole", "always"],
      ["OrganizationAdmin", "always"],
      ["User", "always"],
    ]);
    expect(data.current_user_can_bypass).toBe("always");
    for (const rest of [as("alice"), kit.rest]) {
      const seen = (await rest.repos.getRepoRuleset({ ...at, ruleset_id })).data;
      expect(seen).not.toHaveProperty("bypass_actors");
      expect(seen.current_user_can_bypass).toBe("never");
    }
  });

  test("bind nobody whom their bypass list names by role, team or ownership", () => {
    const { repo, pull } = setUpRules();
    repo.ruleset({ requiredChecks: ["gate"], bypass: ["@acme/sre", "role:admin", "owners"] });
    repo.setRole("bea", "write");
    for (const login of ["bea", "root", "olga"]) expect(pull.blockers(login)).toEqual([]);
    expect(pull.blockers("alice")).toEqual(['Required status check "gate" is Expected.']);
  });

  test("tell that changes come by pull request", async () => {
    const { repo, at, kit } = setUpRules();
    repo.ruleset({ pullRequests: true });
    const { data } = await kit.rest.repos.getBranchRules({ ...at, branch: "main" });
    expect(data.map(({ type }) => type)).toEqual(["pull_request"]);
  });
});

describe("an organisation", () => {
  test("shows its installations to owners only", async () => {
    const { as, installation } = setUpRules();
    const { data } = await as("olga").orgs.listAppInstallations({ org: "acme" });
    expect(data.installations.map(({ id }) => id)).toContain(installation.id);
    expect(await failure(as("alice").orgs.listAppInstallations({ org: "acme" }))).toMatch(/^403/);
    expect(await failure(as("stranger").orgs.listAppInstallations({ org: "acme" }))).toMatch(/^404/);
  });

  test("lists private repositories for those who may read them", async () => {
    const { github, as } = setUpRules();
    github.repo("acme/secret", { private: true, collaborators: { alice: "read" } });
    const names = async (login: string) =>
      (await as(login).repos.listForOrg({ org: "acme" })).data.map(({ name }) => name);
    expect(await names("alice")).toContain("secret");
    expect(await names("stranger")).not.toContain("secret");
  });

  test("lists environments that nothing was deployed to", async () => {
    const { repo, kit, at } = setUpRules();
    repo.environment("staging");
    const { data } = await kit.rest.repos.getAllEnvironments(at);
    expect(data.environments?.map(({ name }) => name)).toEqual(["staging"]);
  });
});
