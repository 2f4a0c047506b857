import { describe, expect, test } from "@jest/globals";
import { failure, setUp } from "./setup.ts";

type Payload = Record<string, Record<string, unknown>> & { changes?: Record<string, unknown> };

describe("edits", () => {
  test("tell who edited and what stood there before, also of the app's own", async () => {
    const { github, pull, kit, at, seen } = setUp();
    await github.webhooks.idle();
    seen.length = 0;
    await kit.rest.pulls.update({ ...at, pull_number: 1, body: "Hello\n- [ ] x" });
    pull.edit({ by: "bob", body: "Hello\n- [x] x", title: "Better" });
    await github.webhooks.idle();
    const edits = seen.map(({ payload }) => {
      const { changes, sender } = payload as Payload;
      return [sender?.login, sender?.type, changes];
    });
    expect(edits).toEqual([
      ["release-checklist[bot]", "Bot", { body: { from: "Hello" } }],
      ["bob", "User", { title: { from: "Release 1" }, body: { from: "Hello\n- [ ] x" } }],
    ]);
  });

  test("that change nothing make no event and no version", async () => {
    const { pull, kit, at, told } = setUp();
    await told();
    await kit.rest.pulls.update({ ...at, pull_number: 1, body: "Hello" });
    expect(await told()).toEqual([]);
    expect(pull.history).toEqual([]);
  });

  test("are for the author and people with write access", () => {
    const { pull, repo } = setUp();
    expect(() => pull.edit({ by: "rita", body: "x" })).toThrow("rita may not edit acme/shop#1");
    expect(() => pull.edit({ by: "tom", body: "x" })).toThrow(
      "Only its author and those with write access may",
    );
    repo.setRole("alice", "read");
    pull.edit({ by: "alice", body: "mine" });
    expect(pull.body).toBe("mine");
  });

  test("over HTTP follow the same rule", async () => {
    const { as, at, pull } = setUp();
    expect(await failure(as("rita").rest.pulls.update({ ...at, pull_number: 1, body: "x" }))).toMatch(
      /^403 /,
    );
    await as("bob").rest.pulls.update({ ...at, pull_number: 1, body: "by bob" });
    expect(pull.body).toBe("by bob");
  });

  test("longer than 65,536 characters are refused; characters are counted, not UTF-16 units", async () => {
    const { kit, at, pull } = setUp();
    const edit = (body: string) => kit.rest.pulls.update({ ...at, pull_number: 1, body });
    expect(await failure(edit("x".repeat(65_537)))).toContain("422");
    await edit("😀".repeat(65_536));
    expect(pull.body).toHaveLength(131_072);
  });

  test("through the web page store CRLF", () => {
    const { pull } = setUp();
    pull.edit({ by: "bob", body: "one\ntwo\r\nthree", viaWeb: true });
    expect(pull.body).toBe("one\r\ntwo\r\nthree");
  });

  test("with an unknown field are refused", async () => {
    const { kit, at } = setUp();
    const odd = kit.request("PATCH /repos/{owner}/{repo}/pulls/{pull_number}", {
      ...at,
      pull_number: 1,
      colour: "red",
    });
    expect(await failure(odd)).toContain('"colour" is not a permitted key');
  });
});

describe("heads and bases", () => {
  test("a push synchronizes with before and after", async () => {
    const { github, repo, pull, seen } = setUp();
    await github.webhooks.idle();
    const before = pull.headSha;
    const after = repo.push("release/1", { files: { "b.txt": "b" }, by: "bob" });
    await github.webhooks.idle();
    const event = seen.find(({ action }) => action === "synchronize")?.payload as Payload;
    expect([event.before, event.after, pull.headSha]).toEqual([before, after, after]);
    expect(event.pull_request?.commits).toBe(2);
  });

  test("a forced push with the same content has another SHA and the same tree", async () => {
    const { repo, kit, at } = setUp();
    const old = repo.sha("release/1");
    const forced = repo.push("release/1", { by: "alice", force: true });
    const tree = async (ref: string) => (await kit.rest.repos.getCommit({ ...at, ref })).data.commit.tree.sha;
    expect(forced).not.toBe(old);
    expect(await tree(forced)).toBe(await tree(old));
  });

  test("back to an old commit", async () => {
    const { repo, pull } = setUp();
    const old = pull.headSha;
    repo.push("release/1", { files: { "b.txt": "b" }, by: "bob" });
    repo.setBranch("release/1", old, { by: "bob" });
    expect(pull.headSha).toBe(old);
    expect(pull.record.forcePushes).toHaveLength(1);
  });

  test("retargeting tells the old base", async () => {
    const { github, repo, pull, seen } = setUp();
    const main = repo.sha();
    repo.setBranch("next", "main", { by: "bob" });
    pull.edit({ by: "alice", base: "next" });
    await github.webhooks.idle();
    expect(seen.at(-1)?.payload.changes).toEqual({
      base: { ref: { from: "main" }, sha: { from: main } },
    });
  });

  test("a deleted head branch closes, and reopening needs it back", () => {
    const { repo, pull } = setUp();
    const head = pull.headSha;
    repo.deleteBranch("release/1", { by: "alice" });
    expect(pull.state).toBe("closed");
    expect(() => pull.reopen({ by: "alice" })).toThrow("branch has been deleted");
    repo.setBranch("release/1", head, { by: "alice" });
    pull.reopen({ by: "alice" });
    expect(pull.state).toBe("open");
  });

  test("a head pushed straight into the base counts as merged", async () => {
    const { repo, pull, told } = setUp();
    await told();
    repo.setBranch("main", pull.headSha, { by: "bob" });
    expect([pull.merged, pull.state]).toEqual([true, "closed"]);
    expect(await told()).toContain("pull_request.closed by bob");
  });

  test("the same head and base cannot be opened twice, nor without commits", () => {
    const { repo } = setUp();
    expect(() => repo.openPull({ by: "alice", head: "release/1" })).toThrow("Validation Failed");
    repo.setBranch("empty", "main", { by: "alice" });
    expect(() => repo.openPull({ by: "alice", head: "empty" })).toThrow("Validation Failed");
  });
});

describe("lists", () => {
  test("are paged, with links to the others", async () => {
    const { github, repo, kit, at } = setUp();
    const files = Object.fromEntries(
      Array.from({ length: 250 }, (_, index) => [`f/${1000 + index}.txt`, "x"]),
    );
    repo.push("release/1", { files, by: "alice" });
    const first = await kit.rest.pulls.listFiles({ ...at, pull_number: 1, per_page: 100 });
    expect(first.headers.link).toContain('page=2>; rel="next"');
    expect(first.headers.link).toContain('page=3>; rel="last"');
    github.requests.reset();
    const all = await kit.paginate(kit.rest.pulls.listFiles, { ...at, pull_number: 1, per_page: 100 });
    expect([all.length, github.requests.total]).toEqual([251, 3]);
  });

  test("are cut where GitHub cuts them", async () => {
    const { repo, kit, at } = setUp();
    const files = Object.fromEntries(Array.from({ length: 3100 }, (_, index) => [`f/${index}.txt`, "x"]));
    repo.push("release/1", { files, by: "alice" });
    for (let count = 0; count < 260; count++)
      repo.push("release/1", { files: { "n.txt": `${count}` }, by: "alice" });
    const page = { ...at, pull_number: 1, per_page: 100 };
    expect(await kit.paginate(kit.rest.pulls.listFiles, page)).toHaveLength(3000);
    expect(await kit.paginate(kit.rest.pulls.listCommits, page)).toHaveLength(250);
    const { data } = await kit.rest.repos.compareCommitsWithBasehead({ ...at, basehead: "main...release/1" });
    expect([data.files?.length, data.commits.length, data.total_commits, data.status]).toEqual([
      300,
      250,
      262,
      "ahead",
    ]);
  });

  test("of pull requests filter by state, head and base", async () => {
    const { repo, kit, at } = setUp();
    repo.push("fix", { files: { "c.txt": "c" }, by: "bob" });
    repo.openPull({ by: "bob", head: "fix" }).close({ by: "bob" });
    const numbers = async (filter: object) =>
      (await kit.rest.pulls.list({ ...at, ...filter })).data.map((one) => one.number);
    expect(await numbers({})).toEqual([1]);
    expect(await numbers({ state: "all" })).toEqual([2, 1]);
    expect(await numbers({ state: "all", head: "acme:fix" })).toEqual([2]);
    expect(await numbers({ base: "next" })).toEqual([]);
  });

  test("name renamed files with their former name", async () => {
    const { repo, kit, at } = setUp();
    repo.push("move", { files: { "docs/README.md": "# Shop\n" }, deletes: ["README.md"], by: "bob" });
    const { data } = await kit.rest.repos.compareCommitsWithBasehead({ ...at, basehead: "main...move" });
    expect(data.files).toMatchObject([
      { filename: "docs/README.md", previous_filename: "README.md", status: "renamed", changes: 0 },
    ]);
  });
});

describe("forks", () => {
  test("leave no pull requests in check data, and no branch", async () => {
    const { repo, kit, at, seen, github } = setUp();
    const fork = repo.fork({ by: "mallory" });
    fork.push("evil", { files: { "x.txt": "x" }, by: "mallory" });
    const pull = repo.openPull({ by: "mallory", head: "evil", fork });
    expect(() => repo.push("main", { files: { x: "y" }, by: "mallory" })).toThrow("may not push");
    const { data } = await kit.rest.checks.create({
      ...at,
      name: "gate",
      head_sha: pull.headSha,
      conclusion: "failure",
    });
    expect([data.pull_requests, data.head_sha]).toEqual([[], pull.headSha]);
    await github.webhooks.idle();
    const event = seen.find(({ event }) => event === "check_run")?.payload as Payload;
    expect(event.check_run?.check_suite).toMatchObject({ head_branch: null, pull_requests: [] });
    const found = await kit.rest.repos.listPullRequestsAssociatedWithCommit({
      ...at,
      commit_sha: pull.headSha,
    });
    expect(found.data).toEqual([]);
    const own = await kit.rest.repos.listPullRequestsAssociatedWithCommit({
      ...at,
      commit_sha: repo.sha("release/1"),
    });
    expect(own.data.map((one) => one.number)).toEqual([1]);
    const { data: read } = await kit.rest.pulls.get({ ...at, pull_number: pull.number });
    expect([read.head.label, read.head.repo?.full_name]).toEqual(["mallory:evil", "mallory/shop"]);
  });

  test("follow a push into the fork", async () => {
    const { repo, told } = setUp();
    const fork = repo.fork({ by: "mallory" });
    fork.push("evil", { files: { "x.txt": "x" }, by: "mallory" });
    const pull = repo.openPull({ by: "mallory", head: "evil", fork });
    await told();
    const after = fork.push("evil", { files: { "x.txt": "y" }, by: "mallory" });
    expect(pull.headSha).toBe(after);
    expect(await told()).toEqual(["pull_request.synchronize by mallory"]);
  });
});

describe("the rest of a pull request's life", () => {
  test("tells each step", async () => {
    const { pull, told } = setUp();
    await told();
    pull.label("release", { by: "tom" });
    pull.unlabel("release", { by: "tom" });
    pull.assign("bob", { by: "alice" });
    pull.unassign("bob", { by: "alice" });
    pull.toDraft({ by: "alice" });
    pull.ready({ by: "bob" });
    const comment = pull.comment({ by: "rita", body: "/checklist help" });
    comment.edit({ by: "alice", body: "forged" });
    comment.delete();
    pull.close({ by: "tom" });
    pull.reopen({ by: "alice" });
    expect(await told()).toEqual([
      "pull_request.labeled by tom",
      "pull_request.unlabeled by tom",
      "pull_request.assigned by alice",
      "pull_request.unassigned by alice",
      "pull_request.converted_to_draft by alice",
      "pull_request.ready_for_review by bob",
      "issue_comment.created by rita",
      "issue_comment.edited by alice",
      "issue_comment.deleted by rita",
      "pull_request.closed by tom",
      "pull_request.reopened by alice",
    ]);
  });

  test("comments by others are changed only with write access", () => {
    const { pull, app } = setUp();
    const comment = pull.comment({ by: app, body: "from the app" });
    expect(() => comment.edit({ by: "rita", body: "x" })).toThrow(
      "rita may not change the comments of others",
    );
    comment.edit({ by: "bob", body: "changed" });
    expect([comment.body, comment.author]).toEqual(["changed", "release-checklist[bot]"]);
  });

  test("reactions are there once for each person", async () => {
    const { pull, kit, at } = setUp();
    const { id } = pull.comment({ by: "rita", body: "hi" });
    const react = () => kit.rest.reactions.createForIssueComment({ ...at, comment_id: id, content: "+1" });
    expect([(await react()).status, (await react()).status]).toEqual([201, 200]);
    const { data } = await kit.rest.reactions.listForIssueComment({ ...at, comment_id: id });
    expect(data.map((one) => [one.user?.login, one.content])).toEqual([["release-checklist[bot]", "+1"]]);
  });
});
