import { afterEach, describe, expect, test } from "@jest/globals";
import { type Emulated, emulated, eventually } from "./emulated.ts";

/**
 * The main path before a judge that others wrote: the package emulate, version 0.12. What it cannot judge:
 *
 * - Its `edited` events carry no `changes`, and it has no GraphQL and so no edit history: a tick has no origin that the
 *   app could know, and is taken back. People sign by comment here.
 * - Its `issue_comment` events do not say that the issue is a pull request, so that the app takes none of them for a
 *   command: the sweep finds the comments, as it finds those whose event was lost.
 * - It has no reactions and no delivery log: the app is refused, and goes on.
 * - It knows no `synchronize`, no list of changed files and no statuses.
 * - It merges on any green run of the required name, whichever app made it.
 *
 * What the app cannot do without is in `substitute.ts`.
 */
const configuration = `checklist:
  release:
    - base: main
      head: ["release/**"]
  items:
    - id: staging-e2e
      title: End-to-end tests pass on staging
      check: staging-e2e
    - id: rollback
      title: Rollback plan confirmed
      questions: { code: How do we revert the code? }
      signers: { from: [bob] }
    - id: stakeholders
      title: Stakeholders notified
      notify: {}
`;

const name = "Release checklist: main";
const shop = "/repos/acme/shop";

let world: Emulated;
afterEach(() => world.close());

const base64 = (text: string) => Buffer.from(text).toString("base64");

/** Configures the repository, protects main, and opens a pull request from release/1. */
async function openRelease(): Promise<{ number: number; sha: string }> {
  const { request } = world;
  const put = (who: "root" | "alice", path: string, text: string, branch: string) =>
    request(who, "PUT", `${shop}/contents/${path}`, { message: path, content: base64(text), branch });
  await put("root", ".github/release.yml", configuration, "main");
  await request("root", "PUT", `${shop}/branches/main/protection`, {
    required_status_checks: { strict: false, contexts: [name] },
    enforce_admins: true,
    required_pull_request_reviews: null,
    restrictions: null,
  });
  const main = await request("alice", "GET", `${shop}/git/ref/heads/main`);
  await request("alice", "POST", `${shop}/git/refs`, {
    ref: "refs/heads/release/1",
    sha: main.data.object.sha,
  });
  await put("alice", "cart.ts", "export const cart = [];\n", "release/1");
  const opened = await request("alice", "POST", `${shop}/pulls`, {
    title: "Release 1",
    head: "release/1",
    base: "main",
    body: "The first one.\n",
  });
  return { number: opened.data.number, sha: opened.data.head.sha };
}

const body = async (number: number): Promise<string> =>
  (await world.request("alice", "GET", `${shop}/pulls/${number}`)).data.body;

/** The runs of the required check on a commit, newest first. */
const checks = async (sha: string) =>
  (await world.request("alice", "GET", `${shop}/commits/${sha}/check-runs?check_name=${name}&filter=all`))
    .data.check_runs as { conclusion: string; output: { title: string; summary: string } }[];

const title = (sha: string, expected: string) =>
  eventually(
    async () => (await checks(sha))[0]?.output.title,
    (shown) => shown === expected,
  );

const comments = async (number: number) =>
  (await world.request("alice", "GET", `${shop}/issues/${number}/comments`)).data as {
    user: { login: string };
    body: string;
  }[];

const merge = (number: number) => world.request("alice", "PUT", `${shop}/pulls/${number}/merge`, {});

const comment = async (who: "alice" | "bob", number: number, text: string): Promise<void> => {
  await world.request(who, "POST", `${shop}/issues/${number}/comments`, { body: text });
  await world.sweep();
};

const described = (number: number, by: (text: string) => boolean) => eventually(() => body(number), by);

const reportStaging = (sha: string, conclusion: "success" | "failure") =>
  world.request("root", "POST", `${shop}/check-runs`, {
    name: "staging-e2e",
    head_sha: sha,
    status: "completed",
    conclusion,
  });

describe("the main path before emulate", () => {
  test("a release goes from opened to merged", async () => {
    world = await emulated({ fill: true });
    const { number, sha } = await openRelease();

    await title(sha, "Blocked: staging-e2e never started (and 2 more)");
    expect(await described(number, (text) => text.includes("checklist:end"))).toMatchInlineSnapshot(`
"The first one.


<!-- release-checklist:begin -->
## Release checklist

**Decided by the app**
- [ ] End-to-end tests pass on staging <!-- item:staging-e2e -->

**Signed off by people**
- [ ] Rollback plan confirmed (\`@bob\`) <!-- item:rollback -->
  - How do we revert the code? <!-- answer:code -->
- [ ] Stakeholders notified <!-- item:stakeholders -->

Who signed what: the **Release checklist: main** check. Help: comment \`/checklist help\`.
<!-- release-checklist:end -->"
`);
    expect(await merge(number)).toMatchObject({ status: 422 });

    await reportStaging(sha, "failure");
    await title(sha, "Blocked: staging-e2e failed (and 2 more)");
    await reportStaging(sha, "success");
    await described(number, (text) => text.includes("- [x] End-to-end"));

    await comment("alice", number, "/checklist sign rollback\n1. Redeploy.");
    const reply = await eventually(
      () => comments(number),
      (all) => all.at(-1)?.user.login === "release-checklist[bot]",
    );
    expect(reply.at(-1)?.body).toContain("Not done for `rollback`");
    expect(await body(number)).toContain("- [ ] Rollback");

    await comment("bob", number, "/checklist sign rollback\n1. Redeploy the version before.");
    await described(number, (text) => text.includes("- [x] Rollback"));
    await title(sha, "Blocked: waiting for anyone with write access, Stakeholders notified");
    expect(await merge(number)).toMatchObject({ status: 422 });

    await comment("alice", number, "/checklist announce");
    await title(sha, "Ready: 3 of 3 items done");
    const announced = (await comments(number)).filter((one) => one.body.includes("Release announced"));
    expect(announced.map((one) => one.user.login)).toEqual(["release-checklist[bot]"]);
    expect(announced[0]?.body).toContain("How do we revert the code?: Redeploy the version before.");
    expect(await described(number, (text) => text.includes("- [x] Stakeholders"))).toContain(
      "The first one.",
    );
    expect(await merge(number)).toMatchObject({ status: 200, data: { merged: true } });
    // One run of the check was kept up to date all the way.
    expect(await checks(sha)).toHaveLength(1);
  });

  test("a tick whose origin nobody tells is taken back, with the reason", async () => {
    world = await emulated({ fill: true });
    const { number, sha } = await openRelease();
    const before = await described(number, (text) => text.includes("checklist:end"));
    await world.request("bob", "PATCH", `${shop}/pulls/${number}`, {
      body: before.replace("- [ ] Stakeholders", "- [x] Stakeholders"),
    });
    const after = await described(number, (text) => text.includes("⚠"));
    expect(after.split("\n").filter((line) => /Stakeholders|⚠/.test(line))).toMatchInlineSnapshot(`
[
  "- [ ] Stakeholders notified <!-- item:stakeholders -->",
  "  ⚠ a tick was taken back: nobody knows who ticked it",
]
`);
    await title(sha, "Blocked: staging-e2e never started (and 2 more)");
  });

  test("where a route is missing, the gate stays closed and says what cannot be read", async () => {
    world = await emulated({ fill: false });
    const { number, sha } = await openRelease();
    await described(number, (text) => text.includes("checklist:end"));
    const [check] = await checks(sha);
    expect(check?.conclusion).toBe("failure");
    expect(check?.output.summary).toContain("the commit statuses of the head commit cannot be read");
    expect(await merge(number)).toMatchObject({ status: 422 });
  });
});
