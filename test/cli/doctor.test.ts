import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { createWorld, manifest, type Repo, type World } from "../scenario/world.ts";
import { type Shown, shown } from "./terminal.ts";

const config = `checklist:
  release:
    - base: production
    - base: main
      head: "release/**"
  may: { waive: ["@acme/sre"] }
  items:
    - { id: ci, title: CI is green, check: { workflow: ci.yml } }
    - { id: e2e, title: End-to-end tests pass, check: staging-e2e }
    - { id: staging, title: It runs on staging, deployment: { environment: staging } }
    - { id: plan, title: Rollback plan confirmed, signers: { from: ["@acme/sre", bea] } }
    - { id: tell, title: Stakeholders notified, notify: { to: [stakeholders] } }
`;

let world: World;
let env: Record<string, string>;
let close: () => Promise<void>;

async function start(text: string | null = config, files: Record<string, string> = {}): Promise<Repo> {
  world = createWorld({ config: text, files: { ".github/workflows/ci.yml": "on: push\n", ...files } });
  await world.settle();
  const { url, close: end } = await world.github.listen();
  close = end;
  env = { GHE_HOST: new URL(url).host, GHE_PROTOCOL: "http" };
  world.repo.push("production", { by: "root" });
  world.github.org("acme", { members: ["root"] });
  world.repo.environment("staging");
  return world.repo;
}

beforeEach(() => start());
afterEach(() => close());

const asApp = () => ({ APP_ID: String(world.app.id), PRIVATE_KEY: world.app.privateKey });
const asPerson = (login: string) => ({ GITHUB_TOKEN: world.github.tokenFor(login) });

async function doctor(as: Record<string, string>, ...args: string[]): Promise<Shown> {
  let seen: Shown = { code: -1, out: "", err: "", progress: [] };
  const writes = await world.writesSince(async () => {
    seen = await shown(["doctor", ...args], { env: { ...env, ...as } });
  });
  expect(writes).toEqual([]);
  expect(world.github.unknownRoutes).toEqual([]);
  return seen;
}

const asWritten = (text: string) =>
  text.replaceAll(env.GHE_HOST ?? "", "github.test").replace(/(ruleset|settings\/rules\/)( ?)\d+/g, "$1$2ID");

/** A release pull request with everything that the items name. */
async function release(): Promise<void> {
  const pull = await world.open({ head: "release/1" });
  await world.report(pull, "staging-e2e", "success");
}

function requireEverywhere(repo: Repo, appId?: number): void {
  for (const branch of ["main", "production"])
    repo.ruleset({
      branches: [branch],
      pullRequests: true,
      requiredChecks: [{ name: `Release checklist: ${branch}`, ...(appId === undefined ? {} : { appId }) }],
    });
}

describe("release-checklist doctor", () => {
  test("finds nothing to do where all is well", async () => {
    await release();
    requireEverywhere(world.repo, world.app.id);
    const server = createServer((_, answer) => answer.end()).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as AddressInfo;
    const NOTIFICATION_TARGETS = `{acme: {stakeholders: {type: slack, url: "http://127.0.0.1:${port}/a-secret"}}}`;
    const { code, out } = await doctor({ ...asApp(), NOTIFICATION_TARGETS }, "acme/shop");
    server.close();
    expect(out).not.toContain("a-secret");
    expect(asWritten(out).replaceAll(String(port), "PORT")).toMatchInlineSnapshot(`
"acme/shop
  ? bypass: Who may bypass the ruleset ID on main is shown to those who may change it only.
      → Run this with the token of an administrator.
  ? bypass: Who may bypass the ruleset ID on production is shown to those who may change it only.
      → Run this with the token of an administrator.
  ✔ permissions: Every permission that is needed is granted.
  ✔ events: The app is told of every event that it looks at.
  ✔ webhooks: Webhooks arrive: 16 of the newest 16.
  ✔ configuration: .github/release.yml is valid: 5 items.
  ✔ gate: "Release checklist: main" is required on main (the ruleset ID) and pinned to release-checklist.
  ✔ gate: "Release checklist: production" is required on production (the ruleset ID) and pinned to release-checklist.
  ✔ default branch: main of acme/shop, where rules of the gate stand, is protected.
  ✔ checks: Every check, workflow and environment that the items name is there.
  ✔ people: Every team and person that is named is there and can take part.
  ✔ targets: The target stakeholders is known (slack), and 127.0.0.1:PORT answers. Nothing was posted.

0 problems, 0 warnings, and 2 things that could not be seen."
`);
    expect(code).toBe(0);
  });

  test("an administrator's token sees who may bypass, and not what only the app sees", async () => {
    await release();
    requireEverywhere(world.repo, world.app.id);
    world.repo.ruleset({ branches: ["main"], requiredChecks: ["lint"] });
    const { out } = await doctor(asPerson("root"), "acme/shop");
    expect(asWritten(out)).toMatchInlineSnapshot(`
"acme/shop
  ? permissions: What the app may do here, and which events it is told, is seen by the app itself and by an owner of the organisation only.
      → Run this with the app's APP_ID and PRIVATE_KEY, or with the token of an owner (scope admin:org, read).
  ? targets: Announcements go to stakeholders, and NOTIFICATION_TARGETS is not set here.
      → Run this with NOTIFICATION_TARGETS as the server has it.
  ✔ configuration: .github/release.yml is valid: 5 items.
  ✔ gate: "Release checklist: main" is required on main (the ruleset ID) and pinned to release-checklist.
  ✔ bypass: Nobody may bypass the check on main.
  ✔ gate: "Release checklist: production" is required on production (the ruleset ID) and pinned to release-checklist.
  ✔ bypass: Nobody may bypass the check on production.
  ✔ default branch: main of acme/shop, where rules of the gate stand, is protected.
  ✔ checks: Every check, workflow and environment that the items name is there.
  ✔ people: Every team and person that is named is there and can take part.

0 problems, 0 warnings, and 2 things that could not be seen."
`);
  });

  test("a gate that nothing requires, on a branch that everybody can push to", async () => {
    await release();
    const { code, out } = await doctor(asApp(), "acme/shop");
    expect(code).toBe(1);
    expect(asWritten(out)).toMatchInlineSnapshot(`
"acme/shop
  ✖ gate: Nothing requires the check "Release checklist: main" on main: there, the app only advises.
      → echo '{"name":"Release checklist: main","target":"branch","enforcement":"active","conditions":{"ref_name":{"include":["refs/heads/main"],"exclude":[]}},"rules":[{"type":"required_status_checks","parameters":{"strict_required_status_checks_policy":false,"required_status_checks":[{"context":"Release checklist: main","integration_id":1011}]}}]}' | gh api --method POST repos/acme/shop/rulesets --input -
  ✖ gate: Nothing requires the check "Release checklist: production" on production: there, the app only advises.
      → echo '{"name":"Release checklist: production","target":"branch","enforcement":"active","conditions":{"ref_name":{"include":["refs/heads/production"],"exclude":[]}},"rules":[{"type":"required_status_checks","parameters":{"strict_required_status_checks_policy":false,"required_status_checks":[{"context":"Release checklist: production","integration_id":1011}]}}]}' | gh api --method POST repos/acme/shop/rulesets --input -
  ▲ default branch: Everybody with write access can push to main of acme/shop, and so change the checklist without a review.
      → echo '{"name":"Changes by pull request","target":"branch","enforcement":"active","conditions":{"ref_name":{"include":["~DEFAULT_BRANCH"],"exclude":[]}},"rules":[{"type":"pull_request","parameters":{"required_approving_review_count":1,"dismiss_stale_reviews_on_push":false,"require_code_owner_review":false,"require_last_push_approval":false,"required_review_thread_resolution":false}}]}' | gh api --method POST repos/acme/shop/rulesets --input -
  ? targets: Announcements go to stakeholders, and NOTIFICATION_TARGETS is not set here.
      → Run this with NOTIFICATION_TARGETS as the server has it.
  ✔ permissions: Every permission that is needed is granted.
  ✔ events: The app is told of every event that it looks at.
  ✔ webhooks: Webhooks arrive: 16 of the newest 16.
  ✔ configuration: .github/release.yml is valid: 5 items.
  ✔ checks: Every check, workflow and environment that the items name is there.
  ✔ people: Every team and person that is named is there and can take part.

2 problems, 1 warning, and 1 thing that could not be seen."
`);
  });

  test("a check that is not pinned, or pinned to another app, or can be bypassed", async () => {
    await release();
    world.repo.protect("main", { requiredChecks: ["Release checklist: main"], enforceAdmins: false });
    world.repo.ruleset({
      branches: ["production"],
      requiredChecks: [{ name: "Release checklist: production", appId: 15368 }],
      bypass: ["role:admin", "owners", "@acme/sre"],
    });
    const { code, out } = await doctor(asPerson("root"), "acme/shop");
    expect(code).toBe(1);
    const lines = asWritten(out).split("\n");
    const about = lines.filter(
      (line, index) => /(gate|bypass):/.test(line) || /(gate|bypass):/.test(lines[index - 1] ?? ""),
    );
    expect(about.join("\n")).toMatchInlineSnapshot(`
"  ✖ gate: "Release checklist: main" is required on main (branch protection), but not pinned to the app: whoever may report checks can open the gate.
      → Choose the app as the source of the check: http://github.test/acme/shop/settings/branches
  ✖ gate: "Release checklist: production" on production is awaited from the app 15368 (the ruleset ID), and release-checklist is the app 1011: it will never pass.
      → Choose release-checklist as the source of the check: http://github.test/acme/shop/settings/rules/ID
  ▲ bypass: These may merge into main past branch protection: administrators.
      → gh api --method POST repos/acme/shop/branches/main/protection/enforce_admins
  ▲ bypass: These may merge into production past the ruleset ID: everyone with the role admin, owners of the organisation, @acme/sre.
      → Take them off the bypass list, or accept it: http://github.test/acme/shop/settings/rules/ID"
`);
  });

  test("a ruleset that is only tried out", async () => {
    const requiredChecks = ["Release checklist: main"];
    const id = world.repo.ruleset({ branches: ["main"], requiredChecks, enforcement: "evaluate" });
    world.repo.ruleset({ branches: ["main"], requiredChecks: ["lint"], enforcement: "disabled" });
    const { out } = await doctor(asApp(), "acme/shop");
    expect(out).toContain(
      `✖ gate: The ruleset ${id} would require "Release checklist: main" on main, and is not active`,
    );
    expect(out).toContain('Nothing requires the check "Release checklist: production"');
  });

  test("permissions and events that were not granted, and who has to act", async () => {
    world.grant({ members: "none", checks: "read" });
    delete (world.app as { permissions: Record<string, string> }).permissions.members;
    world.app.events.delete("merge_group");
    const installation = [...world.github.world.installations.values()][0];
    installation?.events.delete("merge_group");
    const { code, out } = await doctor(asApp(), "acme/shop");
    expect(code).toBe(1);
    const lines = asWritten(out).split("\n");
    const at = lines.findIndex((line) => line.includes("permissions:"));
    expect(lines.slice(at, at + 6).join("\n")).toMatchInlineSnapshot(`
"  ✖ permissions: The permission checks: write is asked for and not accepted.
      → An owner of acme accepts it: http://github.test/settings/installations/1017
  ✖ permissions: The app lacks the permission members: read.
      → Add it in the app's settings, under "Permissions & events" (from http://github.test/apps/release-checklist); then an owner of acme accepts: http://github.test/settings/installations/1017
  ✖ events: The app is not told of "merge_group".
      → Add it in the app's settings, under "Permissions & events" (from http://github.test/apps/release-checklist); then an owner of acme accepts: http://github.test/settings/installations/1017"
`);
    expect(Object.keys(manifest.default_permissions)).toContain("members");
  });

  test("what a token may not see of teams is not taken for absent", async () => {
    const { out } = await doctor(asPerson("eve"), "acme/shop");
    expect(out).toContain("? people: @acme/sre cannot be seen with this token.");
  });

  test("names that lead nowhere", async () => {
    await world.github.webhooks.idle();
    await close();
    const wrong = config
      .replace("ci.yml", "main.yml")
      .replace("staging-e2e", "staging-e2")
      .replace("environment: staging", "environment: stagin")
      .replace('["@acme/sre", bea]', '["@acme/sres", "@other/team", nobody, eve]');
    await start(wrong);
    world.github.team("acme/empty");
    await release();
    const { code, out } = await doctor(
      { ...asApp(), NOTIFICATION_TARGETS: "{acme: {other: {type: slack, url: 'http://127.0.0.1:9/'}}}" },
      "acme/shop",
    );
    expect(code).toBe(1);
    const lines = asWritten(out).split("\n");
    const about = lines.filter(
      (line, index) =>
        /(checks|people|targets):/.test(line) ||
        (/→/.test(line) && /(checks|people|targets):/.test(lines[index - 1] ?? "")),
    );
    expect(about.join("\n")).toMatchInlineSnapshot(`
"  ✖ checks: The item ci waits for the workflow main.yml, and the default branch has none of that name.
      → There are: ci.yml.
  ✖ people: There is no team @acme/sres.
      → Create it, or correct its name.
  ✖ people: @other/team is a team of another organisation: the app sees only teams of acme.
      → Name a team of acme, or people.
  ✖ people: nobody has no access to acme/shop, or there is no such account.
      → Correct the name, or give access.
  ✖ targets: The server knows no target stakeholders for acme, so nothing can be announced there.
      → It knows: other.
  ▲ checks: The item e2e waits for the check "staging-e2", which was never seen on the default branch or on the only pull request.
      → Seen were: "staging-e2e".
  ▲ checks: The item staging waits for a deployment to stagin, and the repository has no such environment.
      → There are: staging. Another one appears with the first deployment to it.
  ▲ people: eve may only read acme/shop: they cannot tick in the description.
      → They sign by comment: /checklist sign <item>. Or give write access."
`);
  });

  test("bots that rewrite descriptions, a trial, and webhooks that do not arrive", async () => {
    await close();
    await start("checklist: { enforcement: evaluate }\n");
    world.repo.push("release-please--branches--main", {
      files: { "c.md": "c\n" },
      by: "release-please[bot]",
    });
    world.github.webhooks.sink = async () => 502;
    world.repo.openPull({ by: "release-please[bot]", head: "release-please--branches--main" });
    await world.github.webhooks.idle();
    const { out } = await doctor(asApp(), "acme/shop");
    const lines = out.split("\n").filter((line) => /(bots|configuration|webhooks):/.test(line));
    expect(lines.join("\n")).toMatchInlineSnapshot(`
"  ▲ webhooks: 6 of the newest 7 webhooks failed.
  · configuration: This is a trial (enforcement: evaluate): the check passes and says "Would block: …".
  · bots: release-please rewrites the description of its release pull requests (#1). The checklist is put back, and no tick is lost; sign-offs end when the content changes, unless an item says dismiss-stale: false.
  ✔ configuration: .github/release.yml is valid: 7 items."
`);
  });

  test("a broken configuration, and none", async () => {
    await close();
    await start("checklist:\n  itmes: []\n");
    const broken = await doctor(asApp(), "acme/shop");
    expect(broken.code).toBe(1);
    expect(broken.out).toMatch(/✖ configuration: \.github\/release\.yml:2:3: Unknown key "itmes"/);
    await close();
    await start(null);
    const none = await doctor(asApp(), "acme/shop");
    expect(none.code).toBe(0);
    expect(none.out).toContain(
      "· configuration: No release checklist is configured for acme/shop.\n      → release-checklist init acme/shop",
    );
  });

  test("the rules of an organisation's .github repository stand on its default branch", async () => {
    await close();
    await start(null);
    world.github
      .repo("acme/.github", { files: { ".github/release.yml": "checklist: {}\n" } })
      .installApp(world.app);
    const { out } = await doctor(asApp(), "acme/shop");
    expect(out).toContain("Everybody with write access can push to main of acme/.github");
  });

  test("the rules that a file extends stand on the default branch of another repository", async () => {
    await close();
    await start('checklist: { extends: "acme/rules:release.yml" }\n');
    const rules = world.github.repo("acme/rules", { files: { "release.yml": "checklist: {}\n" } });
    rules.installApp(world.app);
    world.repo.ruleset({ pullRequests: true });
    const { out } = await doctor(asApp(), "acme/shop");
    expect(out).toContain("main of acme/shop, where rules of the gate stand, is protected.");
    expect(out).toContain("Everybody with write access can push to main of acme/rules");
    expect(out).toContain("gh api --method POST repos/acme/rules/rulesets --input -");
  });

  test("what a file loosens of the organisation's, and mistakes in a file that it extends", async () => {
    await close();
    await start("checklist: { may: { override: ['role:write'] } }\n");
    const shared = world.github.repo("acme/.github", {
      files: { ".github/release.yml": "checklist: { locked: [may], may: { override: ['role:admin'] } }\n" },
    });
    shared.installApp(world.app);
    shared.setRole("root", "admin");
    const loosened = await doctor(asApp(), "acme/shop");
    expect(loosened.code).toBe(1);
    expect(loosened.out).toMatch(/▲ configuration: \.github\/release\.yml:1:\d+: .*lock/);
    expect(loosened.out).toContain("→ What the organisation locks holds all the same: take it out.");

    shared.push("main", {
      files: { ".github/release.yml": "checklist: { locked: [may], itmes: [] }\n" },
      by: "root",
    });
    const { out } = await doctor(asApp(), "acme/shop");
    expect(out).toContain('acme/.github:.github/release.yml:1:29: Unknown key "itmes"');
    expect(out).toContain("goes on deciding.\n      → Repair acme/.github:.github/release.yml.");
  });

  test("an app that is not installed, or suspended", async () => {
    world.repo.removeApp(world.app);
    const missing = await doctor(asApp(), "acme/shop");
    expect(missing.code).toBe(1);
    expect(asWritten(missing.out)).toMatchInlineSnapshot(`
"acme/shop
  ✖ app: The app release-checklist is not installed on acme/shop.
      → Install it, or add the repository to its installation: http://github.test/apps/release-checklist

1 problem, 0 warnings."
`);
  });

  test("--org examines every repository, and the app once", async () => {
    world.github.org("acme", { owners: ["olga"] });
    world.github.repo("acme/plain", { files: { "README.md": "# Plain\n" } }).installApp(world.app);
    await release();
    const byApp = await doctor(asApp(), "--org", "acme");
    expect(byApp.code).toBe(1);
    expect(byApp.out.match(/^acme\S*/gm)).toEqual(["acme", "acme/plain", "acme/shop"]);
    expect(byApp.out.match(/permissions:/g)).toHaveLength(1);
    expect(byApp.progress.at(-1)).toBe("Looking at the app …");
    const byOwner = await doctor(asPerson("olga"), "--org", "acme");
    expect(byOwner.out).toContain("✔ permissions: Every permission that is needed is granted.");
  });

  test("--json for other programs", async () => {
    await release();
    const { out } = await doctor(asApp(), "acme/shop", "--json");
    const { app, repositories } = JSON.parse(out);
    expect(app).toEqual({ id: world.app.id, slug: "release-checklist" });
    expect(repositories[0].name).toBe("acme/shop");
    expect(Object.keys(repositories[0].diagnoses[0])).toEqual(["level", "about", "says", "fix"]);
  });

  test("the command that it shows is the one that helps", async () => {
    await release();
    const { out } = await doctor(asApp(), "acme/shop");
    const [, json = ""] = /echo '(.*"Release checklist: main".*)' \| gh api/.exec(out) ?? [];
    expect(JSON.parse(json)).toMatchObject({
      target: "branch",
      rules: [
        {
          parameters: {
            required_status_checks: [{ context: "Release checklist: main", integration_id: world.app.id }],
          },
        },
      ],
    });
  });

  test.each([
    ["nothing", [], "Name one repository as owner/repo, or an organisation with --org."],
    ["both", ["acme/shop", "--org", "acme"], "Name one repository"],
    ["no repository", ["acme"], '"acme" is no repository: write it as owner/repo.'],
    ["one that is not there", ["acme/nope"], "acme/nope cannot be examined: "],
    ["an app that nobody knows", ["acme/shop", "--app", "nobody"], "GitHub shows no app nobody"],
  ])("%s ends with 2 and says what would be right", async (_, args, message) => {
    const { code, out, err } = await doctor(asPerson("root"), ...args);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(message);
  });
});
