import { generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "@jest/globals";
import { recordMarker } from "../../src/render/record.ts";
import { publicKeysHandler } from "../../src/well-known.ts";
import { shown } from "../cli/terminal.ts";
import { createWorld, type Pull, type World } from "../scenario/world.ts";

const config = `checklist:
  items:
    - { id: e2e, title: End-to-end tests pass, check: staging-e2e }
    - id: rollback
      title: Rollback plan confirmed
      questions: { code: How do we revert the code? }
    - { id: tell, title: Stakeholders notified, notify: { to: [stakeholders] } }
`;

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

const targets = JSON.stringify({ acme: { stakeholders: { type: "slack", url: "http://127.0.0.1:9/" } } });

let host = "";
/** It listens from the start, since GitHub's addresses stand in the record. */
async function start(): Promise<World> {
  const world = createWorld({
    config,
    targets,
    send: async () => ({ outcome: "sent", detail: "answered ok" }),
  });
  const { url, close } = await world.github.listen();
  host = new URL(url).host;
  closing.push(close);
  return world;
}

async function ready(world: World): Promise<Pull> {
  const pull = await world.open({ files: { "a.txt": "a\n" } });
  await world.advance(600_000);
  await world.report(pull, "staging-e2e", "failure");
  await world.advance(600_000);
  await world.report(pull, "staging-e2e", "success");
  await world.answer(pull, "bea", "rollback", "code", "Deploy 0.9 again");
  await world.tick(pull, "bea", "rollback");
  await world.tick(pull, "bob", "tell");
  return pull;
}

async function merged(): Promise<{ world: World; pull: Pull }> {
  const world = await start();
  const pull = await ready(world);
  await world.act(() => pull.merge({ by: "bob" }));
  return { world, pull };
}

const records = (pull: Pull) => pull.comments.filter(({ body }) => body.includes(recordMarker));
const theRecord = (pull: Pull) => {
  const [record, ...more] = records(pull);
  if (record === undefined || more.length > 0) throw new Error(`${records(pull).length} records`);
  return record;
};

/** What `release-checklist verify` says to somebody who has a token and the app's key. */
async function verify(world: World, pull: Pull, ...args: string[]) {
  const env = {
    GHE_HOST: host,
    GHE_PROTOCOL: "http",
    GITHUB_TOKEN: world.github.tokenFor("alice"),
    PRIVATE_KEY: world.app.privateKey,
  };
  return shown(["verify", `acme/shop#${pull.number}`, ...args], { env });
}

const short = (text: string, pull: Pull) =>
  text
    .replaceAll(host, "HOST")
    .replaceAll(pull.headSha, "HEAD")
    .replaceAll(pull.headSha.slice(0, 7), "HEAD")
    .replace(/merged as `\w{7}`/, "merged as `MERGED`")
    .replace(/issuecomment-\d+/g, "issuecomment-ID");

test("the merge of a release leaves one signed record", async () => {
  const { world, pull } = await merged();
  const [people = ""] = theRecord(pull).body.split("\n\n<details>");
  expect(short(people, pull)).toMatchInlineSnapshot(`
"<!-- release-checklist:record -->
### Release record

**Merged as ready. Outcome: still open.**

| | |
|---|---|
| release | Release 1.0, by \`@alice\` |
| commit | \`HEAD\` into main, merged as \`MERGED\` |
| opened | 2026-03-02 10:00 UTC |
| ready | 2026-03-02 10:20 UTC, 20 min later |
| merged | 2026-03-02 10:20 UTC, under a minute later, by \`@bob\` |
| in production | not seen |
| outcome | open |
| brings | 1 commit |

| item | state | evidence | open for |
|---|---|---|---|
| End-to-end tests pass | ✅ done | [staging-e2e](http://HOST/acme/shop/runs/1025) | 20 min |
| Rollback plan confirmed | ✅ done | \`@bea\`, 2026-03-02 10:20 UTC, at \`HEAD\` · How do we revert the code? — Deploy 0.9 again | 20 min |
| Stakeholders notified | ✅ done | \`@bob\`, 2026-03-02 10:20 UTC, at \`HEAD\` | 20 min |

#### Announced

- Stakeholders notified to stakeholders: sent on 2026-03-02 10:20 UTC (answered ok)"
`);
  expect(world.check(pull).summary).toContain("Release record for machines: revision 1");
  const { code, out } = await verify(world, pull);
  expect(code).toBe(0);
  expect(short(out, pull)).toMatchInlineSnapshot(`
"The release record stands: acme/shop#1, revision 1
http://HOST/acme/shop/pull/1#issuecomment-ID

  Release 1.0
  HEAD into main, merged 2026-03-02T10:20:07Z by bob
  gate at the merge: ready
  3 of 3 items done, 0 waived; signed by bea, bob
  outcome: open

This proves:
  - The app release-checklist (1011) wrote it: the signature was made with its key.
  - It belongs to this repository, pull request and merged commit, and was not copied from elsewhere.
  - Nobody has changed it since, neither the JSON nor the table that people read.
  - It is the newest one: the check of the merged commit tells of the same revision.
It does not prove:
  - That what people signed is true. It tells which account ticked what, when, and at which commit.
  - That checks and deployments told the truth to GitHub.
  - Anything against those who have the app's private key: they can sign whatever they like."
`);
  await world.finish();
});

test("verify --json hands the record on", async () => {
  const { world, pull } = await merged();
  const { out } = await verify(world, pull, "--json");
  const answer = JSON.parse(out);
  expect(answer).toMatchObject({ pull: "acme/shop#1", stands: true, reasons: [] });
  expect(answer.record).toMatchObject({
    verdict: "ready",
    times: { opened: "2026-03-02T10:00:01Z", ready: expect.any(String) },
    range: { total: 1, commits: [{ author: "alice" }] },
    items: [
      { id: "e2e", kind: "check", decidedBy: "app", state: "done", caught: 1 },
      {
        id: "rollback",
        decidedBy: "people",
        signs: [{ by: "bea" }],
        answers: [{ text: "Deploy 0.9 again" }],
      },
      { id: "tell", kind: "notify", decidedBy: "people" },
    ],
  });
});

test("a merge past the gate is in the record", async () => {
  const world = await start();
  const pull = await world.open();
  await world.act(() => pull.merge({ by: "root" }));
  const [people = ""] = theRecord(pull).body.split("\n\n<details>");
  expect(short(people, pull)).toMatchInlineSnapshot(`
"<!-- release-checklist:record -->
### Release record

**Merged while blocked. Outcome: still open.**

| | |
|---|---|
| release | Release 1.0, by \`@alice\` |
| commit | \`HEAD\` into main, merged as \`MERGED\` |
| opened | 2026-03-02 10:00 UTC |
| ready | never |
| merged | 2026-03-02 10:00 UTC, by \`@root\` |
| in production | not seen |
| outcome | open |
| brings | 1 commit |
| follow-up | [#2](http://HOST/acme/shop/issues/2) |

| item | state | evidence | open for |
|---|---|---|---|
| End-to-end tests pass | ⏳ not done |  |  |
| Rollback plan confirmed | ⏳ not done |  |  |
| Stakeholders notified | ⏳ not done |  |  |

#### Exceptions

- Merged past the gate by \`@root\`, without: End-to-end tests pass: No check is named "staging-e2e" on HEAD.; Rollback plan confirmed: anyone with write access can answer its questions and sign it; Stakeholders notified: anyone with write access can send it: read the preview first, then tick the box or comment \`/checklist announce\`

#### Announced

- the merge past the gate to stakeholders: sent on 2026-03-02 10:00 UTC (answered ok)"
`);
  await world.finish();
});

test("a forged record is refused, and the app puts its own back", async () => {
  const { world, pull } = await merged();
  const genuine = theRecord(pull).body;
  world.kill();
  theRecord(pull).edit({ by: "root", body: genuine.replace("Deploy 0.9 again", "Nothing") });
  expect(await verify(world, pull)).toMatchObject({
    code: 1,
    out: expect.stringContaining("it was edited by root"),
  });
  // The first look after the start finds it; back to what it was is an edit as well.
  await world.restart();
  expect(theRecord(pull).body).toContain("revision 2, signed by the app");
  await world.act(() => theRecord(pull).edit({ by: "root", body: genuine }));
  expect(theRecord(pull).body).toContain("revision 3, signed by the app");
  expect(await verify(world, pull)).toMatchObject({ code: 0, out: expect.stringContaining("revision 3") });
  await world.finish();
});

test("a record that was deleted comes back, and a copy counts for nothing", async () => {
  const { world, pull } = await merged();
  const genuine = theRecord(pull).body;
  await world.act(() => theRecord(pull).delete({ by: "root" }));
  expect(theRecord(pull).body).toBe(genuine);
  const other = await world.open({ head: "release/2", files: { "b.txt": "b\n" } });
  await world.act(() => other.comment({ by: "bob", body: genuine }));
  expect((await verify(world, other)).out).toContain(
    "It cannot be told: acme/shop#2: it is not merged, and the record is written at the merge",
  );
  world.kill();
  other.merge({ by: "root" });
  expect(await verify(world, other)).toMatchObject({
    code: 1,
    out: expect.stringContaining("it was not written by the app release-checklist, but by bob"),
  });
});

test("killed at any moment after the merge, the app leaves one record that stands", async () => {
  for (let last = 1, done = false; !done; last += 1) {
    const world = await start();
    const pull = await ready(world);
    let count = 0;
    done = true;
    world.github.onRequest(({ path }) => {
      // The library waits for ever for a token that was asked for and never came.
      if (path.endsWith("/access_tokens")) return;
      count += 1;
      if (count !== last) return;
      done = false;
      world.kill();
    });
    await world.act(() => pull.merge({ by: "bob" }));
    world.github.onRequest(() => {});
    await world.restart();
    await world.act(() => pull.comment({ by: "bob", body: "/checklist status" }));
    expect(records(pull)).toHaveLength(1);
    expect((await verify(world, pull)).code).toBe(0);
    world.kill();
  }
});

test("the running app tells the key; another app's key verifies nothing", async () => {
  const { world, pull } = await merged();
  const keysOf = async (privateKey: string): Promise<string> => {
    const handle = publicKeysHandler(privateKey);
    const server = createServer((request, response) => {
      void handle(request, response).then((taken) => taken || response.writeHead(404).end());
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    closing.push(() => new Promise((resolve) => server.close(() => resolve())));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };
  expect((await verify(world, pull, "--keys-from", await keysOf(world.app.privateKey))).code).toBe(0);
  const { privateKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs1", format: "pem" },
  });
  expect(await verify(world, pull, "--keys-from", await keysOf(privateKey))).toMatchObject({
    code: 1,
    out: expect.stringContaining("its signature was not made with the app's key"),
  });
  expect(await verify(world, pull, "--keys-from", `http://${host}`)).toMatchObject({
    code: 2,
    err: expect.stringContaining("tells no keys: it answered 501"),
  });
});

test("what is needed and missing is said", async () => {
  const { world, pull } = await merged();
  expect(await shown(["verify", "acme/shop#1"], { env: {} })).toMatchObject({
    code: 2,
    err: expect.stringContaining("the app's key is needed to check the signature"),
  });
  expect(await verify(world, pull, "--key", "/nowhere.pem")).toMatchObject({
    code: 2,
    err: "--key /nowhere.pem cannot be read (ENOENT): give a PEM file with the app's key.",
  });
  expect(await verify(world, pull, "--keys-from", "checklist")).toMatchObject({
    code: 2,
    err: expect.stringContaining("--keys-from must be the address of the running app"),
  });
});
