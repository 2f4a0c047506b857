import { describe, expect, test } from "@jest/globals";
import type { PullHandle } from "../../playground/github/index.ts";
import { setUp } from "./setup.ts";

const GATE = "Release checklist: main";

/** A queue on main, and two pull requests that are ready for it. */
function queued() {
  const made = setUp();
  const { repo, pull } = made;
  repo.ruleset({ mergeQueue: true, requiredChecks: [GATE] });
  repo.push("release/2", { files: { "b.txt": "b\n" }, by: "bob" });
  const second = repo.openPull({ by: "bob", head: "release/2" });
  const pass = (sha: string | undefined, conclusion = "success") =>
    repo.checkRun({ name: GATE, sha: sha as string, conclusion });
  for (const one of [pull, second]) pass(one.headSha);
  const head = (one: PullHandle) => one.group?.headSha;
  return { ...made, second, pass, head };
}

describe("the merge queue", () => {
  test("asks for checks on a group branch that names the pull request", async () => {
    const { github, repo, pull, seen } = queued();
    await github.webhooks.idle();
    seen.length = 0;
    expect(() => pull.merge({ by: "bob" })).toThrow("through the merge queue");
    const base = repo.sha();
    const group = pull.enqueue({ by: "bob" });
    await github.webhooks.idle();
    const event = seen.find(({ event }) => event === "merge_group");
    expect(event?.action).toBe("checks_requested");
    expect(event?.payload.merge_group).toMatchObject({
      head_sha: group?.headSha,
      head_ref: `refs/heads/gh-readonly-queue/main/pr-1-${base}`,
      base_sha: base,
      base_ref: "refs/heads/main",
    });
    expect(seen.map(({ event, action }) => `${event}.${action}`)).toContain("pull_request.enqueued");
  });

  test("stacks groups, and lands them in order with the group's own commit", () => {
    const { repo, pull, second, pass, head } = queued();
    pull.enqueue({ by: "bob" });
    second.enqueue({ by: "bob" });
    expect(second.group?.baseSha).toBe(head(pull));
    expect(repo.file("a.txt", head(second) as string)).toBe("a\n");
    const last = head(second) as string;
    pass(last);
    expect([pull.merged, second.merged]).toEqual([false, false]);
    pass(head(pull));
    expect([pull.merged, second.merged, repo.sha()]).toEqual([true, true, last]);
    expect(repo.record.refs.size).toBe(3);
  });

  test("throws out what fails, and makes the groups behind it anew", async () => {
    const { pull, second, pass, head, told } = queued();
    pull.enqueue({ by: "bob" });
    second.enqueue({ by: "bob" });
    const before = head(second);
    await told();
    pass(head(pull), "failure");
    expect([pull.group, pull.state]).toEqual([undefined, "open"]);
    expect(head(second)).not.toBe(before);
    const lines = (await told()).filter((line) => /merge_group|queued/.test(line));
    expect(lines).toEqual([
      "merge_group.destroyed by github-merge-queue[bot]",
      "pull_request.dequeued by github-merge-queue[bot]",
      "merge_group.destroyed by github-merge-queue[bot]",
      "merge_group.checks_requested by github-merge-queue[bot]",
    ]);
    pass(head(second));
    expect(second.merged).toBe(true);
  });

  test("is left by a push to the head, by closing, and when time is up", () => {
    const { repo, pull, second, pass } = queued();
    pull.enqueue({ by: "bob" });
    repo.push("release/1", { files: { "c.txt": "c" }, by: "alice" });
    expect(pull.group).toBeUndefined();
    expect(() => pull.enqueue({ by: "bob" })).toThrow("is Expected");
    pass(pull.headSha);
    pull.enqueue({ by: "bob" });
    pull.close({ by: "bob" });
    expect(pull.group).toBeUndefined();
    second.enqueue({ by: "bob" });
    second.dequeue({ by: "bob", reason: "CI_TIMEOUT" });
    expect(second.state).toBe("open");
  });

  test("starts anew when somebody pushes past it", () => {
    const { repo, pull, pass, head } = queued();
    pull.enqueue({ by: "bob" });
    const old = head(pull) as string;
    const base = repo.push("main", { files: { "hot.txt": "fix" }, by: "bob" });
    expect(pull.group?.baseSha).toBe(base);
    pass(old);
    expect(pull.merged).toBe(false);
    pass(head(pull));
    expect([pull.merged, repo.file("hot.txt")]).toEqual([true, "fix"]);
  });

  test("tells its entries over GraphQL", async () => {
    const { pull, second, kit, head } = queued();
    pull.enqueue({ by: "bob" });
    second.enqueue({ by: "alice" });
    const answer = await kit.graphql(`{
      repository(owner: "acme", name: "shop") {
        mergeQueue(branch: "main") {
          entries(first: 10) { nodes { position headCommit { oid } pullRequest { number headRefOid baseRefName } } }
        }
        pullRequest(number: 2) { mergeQueueEntry { position } }
      }
    }`);
    expect(answer).toEqual({
      repository: {
        mergeQueue: {
          entries: {
            nodes: [
              {
                position: 1,
                headCommit: { oid: head(pull) },
                pullRequest: { number: 1, headRefOid: pull.headSha, baseRefName: "main" },
              },
              {
                position: 2,
                headCommit: { oid: head(second) },
                pullRequest: { number: 2, headRefOid: second.headSha, baseRefName: "main" },
              },
            ],
          },
        },
        pullRequest: { mergeQueueEntry: { position: 2 } },
      },
    });
  });
});
