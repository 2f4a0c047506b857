import { describe, expect, test } from "@jest/globals";
import { affected, type Known, type Payload } from "../../src/affected.ts";
import { recordMarker } from "../../src/render/record.ts";
import { describeAffected } from "./describe.ts";
import { example, recorded } from "./examples.ts";
import { table } from "./table.ts";

const app = { id: 1, slug: "release-checklist" };
const known: Known = { app, readBeforeWriting: () => false, restingOn: () => [] };

const payloadOf = (key: string, changes: Partial<Payload>): Payload => ({
  ...example(key).payload,
  ...changes,
});
const look = (name: string, payload: Payload, with_: Partial<Known> = {}) =>
  affected({ name, payload }, { ...known, ...with_ });

test("the table tells for every event and action which pull requests are looked at, or why none", () => {
  const actual = [...recorded()].map(([key, events]): [string, string] => {
    const outcomes = events.map((event) => describeAffected(affected(event, known)));
    return [key, [...new Set(outcomes)].sort().join("; ")];
  });
  expect(Object.fromEntries(actual)).toEqual(table);
});

describe("an edit", () => {
  const edited = (changes: Payload["changes"], sender = { login: "bea", type: "User" }) =>
    payloadOf("pull_request.opened", {
      action: "edited",
      ...(changes ? { changes } : {}),
      sender,
    });

  test("of the description travels with who, when, from and to", () => {
    const payload = edited({ body: { from: "before" } });
    const pull = payload.pull_request;
    expect(look("pull_request", payload)).toMatchObject({
      kind: "pulls",
      numbers: [pull?.number],
      hint: {
        edits: [
          {
            at: pull?.updated_at,
            by: { login: "bea", kind: "person" },
            from: "before",
            to: pull?.body,
            head: pull?.head.sha,
            source: "event",
          },
        ],
      },
    });
  });

  test("of a description that was empty comes from the empty text", () => {
    expect(look("pull_request", edited({ body: { from: null } }))).toMatchObject({
      hint: { edits: [{ from: "" }] },
    });
  });

  test("without a sender is nobody's", () => {
    const { sender: _, ...payload } = edited({ body: { from: "x" } });
    expect(look("pull_request", payload)).toMatchObject({ hint: { edits: [{ by: null }] } });
  });

  test("of the title alone changes nothing", () => {
    expect(look("pull_request", edited({ title: { from: "Old" } }))).toEqual({
      kind: "ignored",
      because: "changes-nothing",
    });
  });

  test("of the base is a reason to look, and no edit of the description", () => {
    const payload = edited({ base: { ref: { from: "main" } } });
    expect(look("pull_request", payload)).toMatchObject({ kind: "pulls", hint: { edits: [] } });
  });

  const bot = { login: "release-checklist[bot]", type: "Bot" };

  test("by the app itself is ignored when it erased nothing", () => {
    const payload = edited({ body: { from: "as read" } }, bot);
    const readBeforeWriting = (_: unknown, from: string) => from === "as read";
    expect(look("pull_request", payload, { readBeforeWriting })).toEqual({
      kind: "ignored",
      because: "own-edit",
    });
  });

  test("by the app itself is looked at when something else stood there before", () => {
    const payload = edited({ body: { from: "with a tick in between" } }, bot);
    expect(look("pull_request", payload)).toMatchObject({
      kind: "pulls",
      hint: { edits: [{ by: { kind: "bot" } }] },
    });
  });

  test("by somebody else is looked at even when it started from what the app had read", () => {
    const payload = edited({ body: { from: "as read" } }, { login: "release-checklist", type: "User" });
    expect(look("pull_request", payload, { readBeforeWriting: () => true })).toMatchObject({ kind: "pulls" });
  });
});

test("a push to the head tells which commit was left", () => {
  const payload = payloadOf("pull_request.synchronize", { before: "a".repeat(40) });
  expect(look("pull_request", payload)).toMatchObject({
    kind: "pulls",
    hint: { pushes: [{ from: "a".repeat(40), to: payload.pull_request?.head.sha }] },
  });
});

describe("a check", () => {
  const ours = (key: string, changes: Partial<Payload> = {}) => {
    const payload = payloadOf(key, changes);
    const run = payload.check_run ?? payload.check_suite;
    return { payload, app: { id: run?.app?.id ?? 0, slug: "release-checklist" } };
  };

  test("of the app itself is no reason to look", () => {
    const { payload, app } = ours("check_run.completed");
    expect(look("check_run", payload, { app })).toEqual({ kind: "ignored", because: "own-check" });
    const suite = ours("check_suite.completed");
    expect(look("check_suite", suite.payload, { app: suite.app })).toEqual({
      kind: "ignored",
      because: "own-check",
    });
  });

  test("of the app itself that somebody wants again is looked at afresh", () => {
    const { payload, app } = ours("check_run.rerequested");
    expect(look("check_run", payload, { app })).toMatchObject({
      kind: "commit",
      hint: { fresh: true, pressed: [] },
    });
  });

  test("tells who pressed the button that announces", () => {
    const { payload, app } = ours("check_run.requested_action", {
      requested_action: { identifier: "announce" },
      sender: { login: "bea", type: "User" },
    });
    expect(look("check_run", payload, { app })).toMatchObject({
      kind: "pulls",
      hint: { fresh: true, pressed: [{ login: "bea", kind: "person" }] },
    });
  });

  test("that is linked to pull requests of another repository goes by its commit", () => {
    const { payload } = ours("check_run.completed");
    const repository = { ...(payload.repository as NonNullable<Payload["repository"]>), id: 7 };
    expect(look("check_run", { ...payload, repository })).toMatchObject({
      kind: "commit",
      sha: payload.check_run?.head_sha,
    });
  });

  test("that is linked to a pull request which has moved on goes by its commit", () => {
    const { payload } = ours("check_run.completed");
    const check_run = { ...payload.check_run, head_sha: "b".repeat(40) };
    expect(look("check_run", { ...payload, check_run })).toMatchObject({
      kind: "commit",
      sha: "b".repeat(40),
    });
  });
});

describe("a comment", () => {
  const comment = (body: string, type = "User", action = "created") =>
    payloadOf("issue_comment.created", {
      action,
      issue: { number: 12, pull_request: {} },
      comment: { body, user: { login: "bea", type } },
    });

  const record = (action: string, by: string) =>
    payloadOf("issue_comment.created", {
      action,
      issue: { number: 12, pull_request: {} },
      comment: { body: recordMarker, user: { login: "release-checklist[bot]", type: "Bot" } },
      sender: { login: by, type: "User" },
    });

  test.each(["edited", "deleted"])(
    "with the record is a reason to look when somebody else %s it",
    (action) => {
      expect(look("issue_comment", record(action, "mallory"))).toMatchObject({
        kind: "pulls",
        numbers: [12],
      });
    },
  );

  test("with a command on a line of its own is a reason to look", () => {
    const payload = comment("Done.\r\n/checklist sign rollback");
    expect(look("issue_comment", payload)).toMatchObject({ kind: "pulls", numbers: [12] });
  });

  test.each([
    ["without a command", comment("Use `/checklist help`"), "no-command"],
    ["of a bot", comment("/checklist status", "Bot"), "not-a-person"],
    ["that was edited", comment("/checklist status", "User", "edited"), "changes-nothing"],
    [
      "with the record, that the app itself edits",
      record("edited", "release-checklist[bot]"),
      "changes-nothing",
    ],
  ])("%s is not", (_, payload, because) => {
    expect(look("issue_comment", payload)).toEqual({ kind: "ignored", because });
  });
});

describe("a push", () => {
  const push = (changes: Partial<Payload>, name = "app") =>
    look(
      "push",
      payloadOf("push", {
        ref: "refs/heads/main",
        forced: false,
        created: false,
        deleted: false,
        commits: [{ modified: ["src/index.ts"] }],
        repository: { id: 1, name, full_name: `acme/${name}`, default_branch: "main" },
        ...changes,
      }),
    );

  test("to another branch is no reason to look", () => {
    expect(push({ ref: "refs/heads/next" })).toEqual({ kind: "ignored", because: "other-branch" });
  });

  test("to the default branch that leaves the configuration alone is none either", () => {
    expect(push({})).toEqual({ kind: "ignored", because: "no-configuration" });
  });

  test.each([
    ["adds", { commits: [{ added: [".github/release.yml"] }] }],
    ["changes", { commits: [{}, { modified: [".github/release-checklist.yml"] }] }],
    ["removes", { commits: [{ removed: [".github/release.yml"] }] }],
    ["may hide, by a forced push,", { forced: true }],
    ["may hide, in a list without commits,", { commits: [] }],
    ["may hide, in a list that was cut,", { commits: Array.from({ length: 2_048 }, () => ({})) }],
  ])("that %s the configuration concerns the whole repository", (_, changes) => {
    expect(push(changes)).toMatchObject({ kind: "repositories", repos: [{ owner: "acme", repo: "app" }] });
  });

  test("to the shared configuration concerns the whole installation", () => {
    expect(push({ commits: [{ modified: [".github/release.yml"] }] }, ".github")).toMatchObject({
      kind: "installation",
    });
  });
});

test("changed rights make what is remembered of people void", () => {
  for (const key of [
    "member.added",
    "membership.removed",
    "team.edited",
    "installation.new_permissions_accepted",
  ]) {
    expect(affected(example(key), known)).toMatchObject({ hint: { rights: true } });
  }
});

test("a payload without its parts is ignored, not fatal", () => {
  for (const [key, [event]] of recorded()) {
    const name = event?.name ?? key;
    const action = key.split(".")[1];
    expect(() => look(name, action ? { action } : {})).not.toThrow();
  }
});
