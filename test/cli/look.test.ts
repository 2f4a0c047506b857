import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { ticked } from "../../playground/story/hands.ts";
import { createWorld, type Pull, type World } from "../scenario/world.ts";
import { shown } from "./terminal.ts";

const config = `checklist:
  release: [{ base: main, head: "release/**" }]
  items:
    - { id: e2e, title: End-to-end tests pass, check: staging-e2e }
    - { id: plan, title: Rollback plan confirmed }
    - { id: tell, title: Stakeholders notified, notify: { to: [stakeholders] } }
`;

let world: World;
let pull: Pull;
let close: () => Promise<void>;
let env: Record<string, string>;

beforeEach(async () => {
  const targets = JSON.stringify({ acme: { stakeholders: { type: "slack", url: "http://127.0.0.1:9/" } } });
  world = createWorld({ config, targets });
  await world.settle();
  world.github.webhooks.mode = "hold";
  const { url, close: end } = await world.github.listen();
  close = end;
  env = {
    GHE_HOST: new URL(url).host,
    GHE_PROTOCOL: "http",
    GITHUB_TOKEN: world.github.tokenFor("alice"),
  };
  world.repo.push("release/1", { files: { "a.txt": "a\n" }, by: "alice" });
  pull = world.repo.openPull({ by: "alice", head: "release/1", title: "Release 1", body: "Ready?\n" });
});
afterEach(() => close());

/** The running app looks. */
async function appLooks(): Promise<void> {
  world.github.webhooks.release();
  world.github.webhooks.mode = "auto";
  await world.settle();
  world.github.webhooks.mode = "hold";
}

/** Requests that change something; a new token is nothing that anybody sees. */
const writes = () =>
  world.github.requests.list.filter(
    ({ method, path }) => method !== "GET" && !/\/access_tokens$|\/graphql$/.test(path),
  ).length;

/** What a person sees. */
async function look(...args: string[]) {
  const before = writes();
  const seen = await shown(["look", ...args], { env });
  expect(writes()).toBe(before);
  return seen;
}

const short = (text: string) =>
  text.replaceAll(pull.headSha.slice(0, 7), "HEAD").replace(/at [0-9a-f]{7}$/gm, "at CONFIG");

describe("release-checklist look", () => {
  test("shows what a new pull request would get, for an app that is named", async () => {
    const { code, out } = await look("acme/shop#1", "--dry-run", "--app", "release-checklist");
    expect(code).toBe(1);
    expect(short(out)).toMatchInlineSnapshot(`
"acme/shop#1: Release 1
release/1 at HEAD into main, by alice, open
Configuration: .github/release.yml at CONFIG
No check on the head yet, no record
Read as the owner of GITHUB_TOKEN, decided as release-checklist (app 1011)
NOTIFICATION_TARGETS is not set: every target counts as known

Decision: Blocked: e2e never started (and 2 more)
  waiting     End-to-end tests pass    never started
  waiting     Rollback plan confirmed  waiting for anyone with write access
  waiting     Stakeholders notified    waiting for anyone with write access
What is missing:
  - End-to-end tests pass: No check is named "staging-e2e" on HEAD.
  - Rollback plan confirmed: anyone with write access can sign it
  - Stakeholders notified: anyone with write access can send it: read the preview first, then tick the box or comment \`/checklist announce\`
Good to know:
  - Only the name of the head or a label makes this a release, and the author chooses both: a rule with base alone cannot be dodged.

The app would, in this order:
  create the check "Release checklist: main": action_required, "Blocked: e2e never started (and 2 more)"
  change the description
    +
    + <!-- release-checklist:begin -->
    + ## Release checklist
    +
    + **Decided by the app**
    + - [ ] End-to-end tests pass <!-- item:e2e -->
    +
    + **Signed off by people**
    + - [ ] Rollback plan confirmed <!-- item:plan -->
    + - [ ] Stakeholders notified <!-- item:tell -->
    +
    + Who signed what: the **Release checklist: main** check. Help: comment \`/checklist help\`.
    + <!-- release-checklist:end -->"
`);
  });

  test("finds the app by its check, and nothing left to write", async () => {
    await appLooks();
    const { code, out } = await look("acme/shop#1", "--dry-run");
    expect(code).toBe(1);
    expect(out).toContain(`decided as release-checklist (app ${world.app.id})`);
    expect(out).toContain("record with revision 1");
    expect(out).toContain("The app would write nothing: all is written already.");
  });

  test("tells what the app would do about a tick that it has not seen yet", async () => {
    await appLooks();
    pull.edit({ by: "bob", body: ticked(pull.body, "plan") });
    pull.edit({ by: "alice", body: `${pull.body}\nMore.\n` });
    world.repo.checkRun({ app: "staging", name: "staging-e2e", sha: pull.headSha, conclusion: "success" });
    const { out } = await look("acme/shop#1", "--dry-run");
    expect(short(out).split("Decision: ")[1]).toMatchInlineSnapshot(`
"Blocked: waiting for anyone with write access, Stakeholders notified
  done        End-to-end tests pass    green
  done        Rollback plan confirmed  signed by bob on 2026-03-02 at HEAD
  waiting     Stakeholders notified    waiting for anyone with write access
What is missing:
  - Stakeholders notified: anyone with write access can send it: read the preview first, then tick the box or comment \`/checklist announce\`
Good to know:
  - Only the name of the head or a label makes this a release, and the author chooses both: a rule with base alone cannot be dodged.

The app would, in this order:
  update the check 1020, "Release checklist: main": action_required, "Blocked: waiting for anyone with write access, Stakeholders notified"
  change the description
    - - [ ] End-to-end tests pass <!-- item:e2e -->
    + - [x] End-to-end tests pass <!-- item:e2e -->"
`);
  });

  test("with the app's own credentials it sees what the app sees", async () => {
    await appLooks();
    env = {
      ...env,
      APP_ID: String(world.app.id),
      PRIVATE_KEY: world.app.privateKey,
      NOTIFICATION_TARGETS: "{acme: {other: {type: slack, url: 'http://127.0.0.1:9/a-secret'}}}",
    };
    const { code, out } = await look("acme/shop#1", "--dry-run");
    expect(code).toBe(1);
    expect(out).toContain("Read as the app itself");
    expect(out).toContain("stakeholders");
    expect(out).not.toContain("a-secret");
    expect(out).not.toContain("NOTIFICATION_TARGETS is not set");
  });

  test("ends with 0 when nothing is in the way", async () => {
    const other = world.repo;
    other.push("feature", { files: { "b.txt": "b\n" }, by: "alice" });
    other.openPull({ by: "alice", head: "feature", title: "A feature" });
    const feature = await look("acme/shop#2", "--dry-run", "--app", "release-checklist");
    expect(feature.code).toBe(0);
    expect(feature.out).toContain("Decision: Not a release pull request");

    pull.close({ by: "alice" });
    const closed = await look("acme/shop#1", "--dry-run", "--app", "release-checklist");
    expect(closed.code).toBe(0);
    expect(closed.out).toContain("The app would write nothing");
  });

  test("--json for other programs", async () => {
    const { code, out } = await look("acme/shop#1", "--dry-run", "--json", "--app", "release-checklist");
    expect(code).toBe(1);
    const shown = JSON.parse(out);
    expect(Object.keys(shown)).toEqual(["pull", "app", "config", "ledger", "decision", "check", "writes"]);
    expect(shown.decision.items.map(({ id, state }: { id: string; state: string }) => [id, state])).toEqual([
      ["e2e", "waiting"],
      ["plan", "waiting"],
      ["tell", "waiting"],
    ]);
    expect(shown.writes.map(({ what }: { what: string }) => what)).toEqual([
      'create the check "Release checklist: main": action_required, "Blocked: e2e never started (and 2 more)"',
      "change the description",
    ]);
  });

  test("signs that steer a terminal are not printed", async () => {
    pull.edit({ by: "alice", title: "Release \u001b[31m\u202e1" });
    const { out } = await look("acme/shop#1", "--dry-run", "--app", "release-checklist");
    expect(out).toContain("acme/shop#1: Release ?[31m?1");
  });

  test.each([
    [
      "no pull request",
      ["acme/shop", "--dry-run"],
      '"acme/shop" is no pull request: write it as owner/repo#number.',
    ],
    ["one that is not there", ["acme/shop#99", "--dry-run"], "acme/shop#99 cannot be looked at: "],
    ["no check and no --app", ["acme/shop#1", "--dry-run"], "name it with --app <slug>"],
    [
      "an app that nobody knows",
      ["acme/shop#1", "--dry-run", "--app", "nobody"],
      "add its number with --app-id",
    ],
    [
      "a wrong number",
      ["acme/shop#1", "--dry-run", "--app-id", "x"],
      "--app-id must be the number of the app",
    ],
  ])("%s ends with 2 and says what would be right", async (_, args, message) => {
    const { code, out, err } = await look(...args);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(message);
  });

  test("without --dry-run the running app is asked to do what is to be written", async () => {
    const unseen = await look("acme/shop#1", "--app", "release-checklist");
    expect(unseen.err).toMatchInlineSnapshot(
      `"The app has no check here yet that could be run again. It looks by itself at every event, and at all pull requests every few minutes."`,
    );
    await appLooks();
    pull.edit({ by: "bob", body: ticked(pull.body, "plan") });
    const { code, out, err } = await shown(["look", "acme/shop#1"], { env });
    expect(code).toBe(1);
    expect(out).toContain("The app would, in this order:");
    expect(err).toMatchInlineSnapshot(
      `"The app was asked to look again; it writes within seconds when it runs."`,
    );
    const asked = world.github.webhooks.pending().map(({ event, payload }) => [event, payload.action]);
    expect(asked.at(-1)).toEqual(["check_run", "rerequested"]);

    await appLooks();
    const again = await shown(["look", "acme/shop#1"], { env });
    expect(again.out).toContain("The app would write nothing");
    expect(again.err).toBe("");
  });

  test("without --dry-run, what GitHub refuses to ask for is said", async () => {
    await appLooks();
    world.repo.checkRun({ app: "staging", name: "staging-e2e", sha: pull.headSha, conclusion: "success" });
    env = { ...env, GITHUB_TOKEN: world.github.tokenFor("eve") };
    const { code, err } = await shown(["look", "acme/shop#1"], { env });
    expect(code).toBe(2);
    expect(err).toMatchInlineSnapshot(
      `"The app could not be asked to look again: GitHub refuses it: Must have write rights to Repository. (403)"`,
    );
  });

  test("credentials that are missing, wrong or of an app that is not installed", async () => {
    const app = { APP_ID: String(world.app.id), PRIVATE_KEY: world.app.privateKey };
    world.repo.removeApp(world.app);
    const given: [Record<string, string>, string][] = [
      [{ GITHUB_TOKEN: "" }, "set GITHUB_TOKEN, or the app's APP_ID and PRIVATE_KEY"],
      [{ GITHUB_TOKEN: "wrong" }, "(401"],
      [{ APP_ID: "7" }, "PRIVATE_KEY"],
      [app, "the app release-checklist is not installed on acme/shop"],
    ];
    const all = env;
    for (const [more, message] of given) {
      env = { ...all, ...more };
      const { code, err } = await look("acme/shop#1", "--dry-run", "--app", "release-checklist");
      expect(code).toBe(2);
      expect(err).toContain(message);
      expect(err).not.toContain("PRIVATE KEY-----");
    }
  });
});
