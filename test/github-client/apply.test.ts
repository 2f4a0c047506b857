import { describe, expect, test } from "@jest/globals";
import { followUpLabel, followUpMarker } from "../../src/domain/after/marker.ts";
import { writeExternalId } from "../../src/domain/external-id.ts";
import type { CheckContent, CreateComment, CreateIssue, Write } from "../../src/domain/write.ts";
import { type Applied, applyWrite } from "../../src/github/apply.ts";
import { name, setUp } from "./setup.ts";

type World = ReturnType<typeof setUp>;

const apply = (world: World, write: Write): Promise<Applied> =>
  applyWrite({ octokit: world.octokit, repo: name, app: world.app }, write);

const content: CheckContent = {
  name: "Release checklist: main",
  externalId: writeExternalId({ pull: 1, successor: null }),
  conclusion: "action_required",
  title: "Blocked: waiting",
  summary: "What is missing",
  text: "The ledger",
  actions: [{ label: "Check again", description: "Look at everything afresh", identifier: "recheck" }],
  detailsUrl: null,
};
const createCheck = (world: World): Write => ({
  kind: "create-check",
  headSha: world.pull.headSha,
  ...content,
});
const marker = "<!-- release-checklist:reply:7 -->";
const comment: CreateComment = { kind: "create-comment", pull: 1, marker, body: `Done.\n${marker}` };

const runsOf = ({ repo, pull }: World) => repo.checkRuns(pull.headSha, content.name);

describe("a check", () => {
  test("is created completed, with everything in it", async () => {
    const world = setUp();
    const applied = await apply(world, createCheck(world));
    const [run, ...others] = runsOf(world);
    expect(others).toEqual([]);
    expect(applied).toMatchObject({ outcome: "done", id: run?.id, existed: false });
    expect(run?.record).toMatchObject({
      status: "completed",
      conclusion: "action_required",
      externalId: "pull:1",
      output: { title: "Blocked: waiting", summary: "What is missing", text: "The ledger" },
      actions: content.actions,
    });
  });

  test("is updated in place", async () => {
    const world = setUp();
    const created = await apply(world, createCheck(world));
    if (created.outcome !== "done") throw new Error("refused");
    const next = { ...content, conclusion: "success", title: "Ready", externalId: "pull:1" } as const;
    await apply(world, { kind: "update-check", id: created.id, ...next });
    expect(runsOf(world).map(({ conclusion, record }) => [conclusion, record.output.title])).toEqual([
      ["success", "Ready"],
    ]);
  });

  test.each(["applied-then-500", "applied-then-reset"] as const)(
    "that was created although the answer was lost (%s) is found, and not created twice",
    async (status) => {
      const world = setUp();
      world.github.faults.add({ match: { method: "POST", path: /check-runs$/ }, status, times: 1 });
      expect(await apply(world, createCheck(world))).toMatchObject({ outcome: "done", existed: true });
      expect(runsOf(world)).toHaveLength(1);
    },
  );

  test.each([500, "reset"] as const)("that was not created (%s) is created after looking", async (status) => {
    const world = setUp();
    world.github.faults.add({ match: { method: "POST", path: /check-runs$/ }, status, times: 1 });
    expect(await apply(world, createCheck(world))).toMatchObject({ outcome: "done", existed: false });
    expect(runsOf(world)).toHaveLength(1);
  });

  test("that cannot be created for now ends the look", async () => {
    const world = setUp();
    world.github.faults.add({ match: { method: "POST", path: /check-runs$/ }, status: 503 });
    await expect(apply(world, createCheck(world))).rejects.toMatchObject({ name: "PassingFault" });
  });

  test("that the app may not write is refused, with the reason", async () => {
    const world = setUp({ without: "checks" });
    expect(await apply(world, createCheck(world))).toEqual({
      outcome: "refused",
      status: 403,
      problem: { what: "writing the check", why: expect.stringMatching(/^permission missing: /) },
    });
  });
});

describe("a description", () => {
  test("is written byte for byte, and GitHub's answer comes back", async () => {
    const world = setUp();
    const body = "Notes\r\n\r\n- [ ] one \u{1F680}\n";
    expect(await apply(world, { kind: "update-body", pull: 1, body })).toMatchObject({
      outcome: "done",
      id: 1,
      body,
    });
    expect(world.pull.body).toBe(body);
  });

  test("that is too long is refused", async () => {
    const world = setUp();
    const applied = await apply(world, { kind: "update-body", pull: 1, body: "x".repeat(65_537) });
    expect(applied).toMatchObject({ outcome: "refused", status: 422 });
  });

  test("whose write got no answer is not written again by itself", async () => {
    const world = setUp();
    world.github.faults.add({ match: { method: "PATCH" }, status: "applied-then-reset", times: 1 });
    await expect(apply(world, { kind: "update-body", pull: 1, body: "new" })).rejects.toMatchObject({
      unclear: true,
    });
    expect(world.pull.history.filter(({ body }) => body === "new")).toHaveLength(1);
  });
});

describe("a comment", () => {
  const ours = ({ pull }: World) => pull.comments.filter(({ body }) => body.includes(marker));

  test("is created once, however often it is asked for", async () => {
    const world = setUp();
    const first = await apply(world, comment);
    const second = await apply(world, comment);
    expect(first).toMatchObject({ outcome: "done", existed: false });
    expect(second).toMatchObject({
      outcome: "done",
      existed: true,
      url: expect.stringContaining("issuecomment"),
    });
    expect(ours(world)).toHaveLength(1);
  });

  test("is found behind a hundred others", async () => {
    const world = setUp();
    for (let count = 0; count < 60; count += 1) world.pull.comment({ by: "bea", body: String(count) });
    await apply(world, comment);
    for (let count = 0; count < 60; count += 1) world.pull.comment({ by: "bea", body: String(count) });
    expect(await apply(world, comment)).toMatchObject({ existed: true });
  });

  test("with our marker by somebody else is not ours", async () => {
    const world = setUp();
    world.pull.comment({ by: "bea", body: marker });
    expect(await apply(world, comment)).toMatchObject({ existed: false });
  });

  test("whose answer was lost is not written twice", async () => {
    const world = setUp();
    world.github.faults.add({
      match: { method: "POST", path: /comments$/ },
      status: "applied-then-reset",
      times: 1,
    });
    expect(await apply(world, comment)).toMatchObject({ outcome: "done", existed: true });
    expect(ours(world)).toHaveLength(1);
  });

  test("can be changed, and answered with a reaction", async () => {
    const world = setUp();
    const created = await apply(world, comment);
    if (created.outcome !== "done") throw new Error("refused");
    await apply(world, { kind: "update-comment", comment: created.id, body: "Changed" });
    expect(world.repo.comment(created.id).body).toBe("Changed");
    const theirs = world.pull.comment({ by: "bea", body: "/checklist status" });
    await apply(world, { kind: "react", comment: theirs.id, reaction: "eyes" });
    await apply(world, { kind: "react", comment: theirs.id, reaction: "eyes" });
    expect(theirs.reactions).toEqual([{ by: "release-checklist[bot]", content: "eyes" }]);
  });

  test("that is gone is refused", async () => {
    const world = setUp();
    expect(await apply(world, { kind: "react", comment: 404, reaction: "+1" })).toMatchObject({
      outcome: "refused",
      status: 404,
    });
  });
});

describe("a follow-up", () => {
  const marked = followUpMarker(1, "a".repeat(40));
  const issue: CreateIssue = {
    kind: "create-issue",
    marker: marked,
    title: "Follow-up (#1)",
    body: marked,
    assignees: ["bea"],
    since: "2020-01-01T00:00:00Z",
  };

  test("is opened once, with its label and whoever is in charge", async () => {
    const world = setUp();
    const first = await apply(world, issue);
    const second = await apply(world, issue);
    expect(second).toMatchObject({ outcome: "done", id: "id" in first ? first.id : 0, existed: true });
    expect(world.repo.issues.map(({ labels, assignees }) => ({ labels, assignees }))).toEqual([
      { labels: [followUpLabel], assignees: ["bea"] },
    ]);
  });

  test("is not mistaken for an issue of somebody else with the same mark, nor for an older one", async () => {
    const world = setUp();
    world.repo.openIssue({ by: "bea", title: "A copy", body: marked });
    expect(await apply(world, issue)).toMatchObject({ outcome: "done", existed: false });
    const later = { ...issue, since: "2999-01-01T00:00:00Z" };
    expect(await apply(world, later)).toMatchObject({ outcome: "done", existed: false });
  });

  test("is opened for nobody in particular when GitHub lets nobody of them be assigned", async () => {
    const world = setUp();
    world.github.faults.add({ match: { method: "POST", path: /\/issues$/ }, times: 1, status: 422 });
    expect(await apply(world, issue)).toMatchObject({ outcome: "done", existed: false });
    expect(world.repo.issues.map(({ assignees }) => assignees)).toEqual([[]]);
  });

  test("is found after a failure that leaves open whether it was opened", async () => {
    const world = setUp();
    const path = /\/issues$/;
    world.github.faults.add({ match: { method: "POST", path }, times: 1, status: "applied-then-500" });
    expect(await apply(world, issue)).toMatchObject({ outcome: "done", existed: true });
    expect(world.repo.issues).toHaveLength(1);
  });

  test("is closed and reopened", async () => {
    const world = setUp();
    const opened = await apply(world, issue);
    const number = "id" in opened ? opened.id : 0;
    await apply(world, { kind: "turn-issue", issue: number, state: "closed" });
    expect(world.repo.issue(number).record).toMatchObject({ state: "closed", stateReason: "completed" });
    await apply(world, { kind: "turn-issue", issue: number, state: "open" });
    expect(world.repo.issue(number).state).toBe("open");
  });
});
