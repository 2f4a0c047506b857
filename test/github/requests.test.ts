import { describe, expect, test } from "@jest/globals";
import { failure, setUp } from "./setup.ts";

const ask = (made: ReturnType<typeof setUp>, path: string, init: RequestInit = {}) =>
  made.github.fetch(`https://api.github.com${path}`, {
    headers: { authorization: `token ${made.github.installationToken(made.installation)}` },
    ...init,
  });

describe("faults", () => {
  test("answer instead of the work, as often as they are told", async () => {
    const { github, kit, at, pull } = setUp();
    github.faults.add({
      match: { method: "PATCH", path: /\/pulls\/1$/ },
      times: 1,
      status: 502,
      headers: { "x-why": "test" },
    });
    const edit = () => kit.rest.pulls.update({ ...at, pull_number: 1, body: "x" });
    expect(await failure(edit())).toMatch(/^502/);
    expect(pull.body).toBe("Hello");
    await edit();
    expect(pull.body).toBe("x");
    expect(github.faults.count).toBe(1);
  });

  test("can lose only the answer", async () => {
    const { github, kit, at, pull } = setUp();
    github.faults.add({
      match: ({ method, route }) => method === "POST" && route !== undefined && route.endsWith("/comments"),
      status: "applied-then-500",
    });
    expect(await failure(kit.rest.issues.createComment({ ...at, issue_number: 1, body: "once" }))).toMatch(
      /^500/,
    );
    expect(pull.comments.map((comment) => comment.body)).toEqual(["once"]);
  });

  test("break the connection, or never answer", async () => {
    const made = setUp();
    const { github } = made;
    const remove = github.faults.add({ match: {}, status: "reset" });
    await expect(ask(made, "/repos/acme/shop")).rejects.toMatchObject({
      message: "fetch failed",
      cause: { code: "ECONNRESET" },
    });
    remove();
    github.faults.add({ match: {}, status: "timeout" });
    await expect(ask(made, "/repos/acme/shop", { signal: AbortSignal.timeout(20) })).rejects.toMatchObject({
      name: "TimeoutError",
    });
  });

  test("let some pass first, and slow ones are right in the end", async () => {
    const made = setUp();
    made.github.faults.add({ match: {}, after: 1, times: 1, status: "slow", delayMs: 30 });
    const status = async () => (await ask(made, "/repos/acme/shop")).status;
    expect([await status(), made.github.faults.count]).toEqual([200, 0]);
    const start = performance.now();
    expect([await status(), made.github.faults.count]).toEqual([200, 1]);
    expect(performance.now() - start).toBeGreaterThanOrEqual(29);
  });

  test("at random hit the same requests for the same seed", async () => {
    const run = async (seed: number) => {
      const made = setUp();
      made.github.faults.random({ seed, rate: 0.3, kinds: [500, 502] });
      const statuses: number[] = [];
      for (let count = 0; count < 60; count++) statuses.push((await ask(made, "/repos/acme/shop")).status);
      return statuses;
    };
    const first = await run(1);
    expect(first.filter((status) => status >= 500).length).toBeGreaterThan(8);
    expect(await run(1)).toEqual(first);
    expect(await run(2)).not.toEqual(first);
  });
});

describe("hooks", () => {
  test("squeeze a person's edit between the app's read and its write", async () => {
    const { github, kit, at, pull, seen } = setUp();
    const { data } = await kit.rest.pulls.get({ ...at, pull_number: 1 });
    const remove = github.onRequest(({ method, route, caller }) => {
      expect(caller.kind).toBe("installation");
      if (method === "PATCH" && route === "/repos/{owner}/{repo}/pulls/{number}")
        pull.edit({ by: "bob", body: "quicker" });
    });
    await kit.rest.pulls.update({ ...at, pull_number: 1, body: `${data.body} app` });
    remove();
    await github.webhooks.idle();
    expect(pull.body).toBe("Hello app");
    expect(seen.at(-1)?.payload.changes).toEqual({ body: { from: "quicker" } });
  });

  test("run after the work and before the answer too", async () => {
    const made = setUp();
    made.github.onResponse((_, reply) => {
      reply.headers = { ...reply.headers, "x-late": "yes" };
    });
    expect((await ask(made, "/repos/acme/shop")).headers.get("x-late")).toBe("yes");
  });
});

test("a hook that throws is not lost", async () => {
  const made = setUp();
  made.github.onRequest(() => {
    throw new Error("an expectation failed");
  });
  await expect(ask(made, "/repos/acme/shop")).rejects.toThrow("an expectation failed");
  expect(made.github.errors).toHaveLength(1);
});

describe("the request log", () => {
  test("counts by route, reads and writes", async () => {
    const { github, kit, at, pull } = setUp();
    await kit.rest.pulls.get({ ...at, pull_number: 1 });
    await kit.rest.pulls.get({ ...at, pull_number: 1 });
    await kit.graphql("{ viewer { login } }");
    await kit.rest.checks.create({ ...at, name: "gate", head_sha: pull.headSha });
    expect(Object.fromEntries(github.requests.counts)).toEqual({
      "POST /app/installations/{id}/access_tokens": 1,
      "GET /repos/{owner}/{repo}/pulls/{number}": 2,
      "POST /graphql": 1,
      "POST /repos/{owner}/{repo}/check-runs": 1,
    });
    expect([github.requests.reads, github.requests.writes, github.requests.total]).toEqual([3, 1, 5]);
    expect(github.requests.list.at(-1)).toMatchObject({ by: "release-checklist", status: 201 });
    github.requests.reset();
    expect(github.requests.total).toBe(0);
  });

  test("remembers routes that nobody knows", async () => {
    const made = setUp();
    const answer = await ask(made, "/repos/acme/shop/colours");
    expect([answer.status, await answer.json()]).toEqual([
      501,
      { message: "the fake GitHub does not know GET /repos/acme/shop/colours" },
    ]);
    expect(made.github.unknownRoutes).toEqual(["GET /repos/acme/shop/colours"]);
  });
});

describe("rate limits", () => {
  test("are told with every answer", async () => {
    const made = setUp();
    await ask(made, "/repos/acme/shop");
    const { headers } = await ask(made, "/repos/acme/shop");
    expect([headers.get("x-ratelimit-limit"), headers.get("x-ratelimit-remaining")]).toEqual([
      "5000",
      "4998",
    ]);
    expect(await (await ask(made, "/rate_limit")).json()).toMatchObject({
      resources: { core: { limit: 5000 } },
    });
  });

  test("end the hour's requests, and start anew", async () => {
    let now = Date.parse("2026-03-02T10:00:00Z");
    const made = setUp({ clock: () => new Date(now), limits: { primary: 2 } });
    const status = async () => (await ask(made, "/repos/acme/shop")).status;
    expect([await status(), await status(), await status()]).toEqual([200, 200, 403]);
    now += 3_600_000;
    expect(await status()).toBe(200);
  });

  test("slow down who writes too much at once", async () => {
    const now = () => new Date("2026-03-02T10:00:00Z");
    const made = setUp({ clock: now, limits: { points: 11, content: 80 } });
    const write = () =>
      ask(made, "/repos/acme/shop/issues/1/comments", { method: "POST", body: '{"body":"x"}' });
    expect([(await write()).status, (await write()).status]).toEqual([201, 201]);
    const refused = await write();
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "60"]);
  });

  test("count what is under way", async () => {
    const made = setUp({ limits: { concurrent: 1 }, latencyMs: 5 });
    made.github.onRequest(() => new Promise((resolve) => setTimeout(resolve, 20)));
    const statuses = await Promise.all([1, 2].map(async () => (await ask(made, "/repos/acme/shop")).status));
    expect(statuses.sort()).toEqual([200, 429]);
  });
});

describe("over HTTP", () => {
  test("the same routes answer with and without the prefix, and links lead back", async () => {
    const made = setUp();
    const { github, installation, repo } = made;
    repo.push("release/1", { files: { "b.txt": "b" }, by: "alice" });
    const { url, close } = await github.listen();
    const headers = { authorization: `token ${github.installationToken(installation)}` };
    for (const prefix of ["", "/api/v3"]) {
      const answer = await fetch(`${url}${prefix}/repos/acme/shop/pulls/1/files?per_page=1`, { headers });
      expect(await answer.json()).toHaveLength(1);
      expect(answer.headers.get("link")).toContain(
        `<${url}${prefix}/repos/acme/shop/pulls/1/files?per_page=1&page=2>; rel="next"`,
      );
    }
    for (const path of ["/graphql", "/api/graphql"]) {
      const body = JSON.stringify({ query: "{ viewer { login } }" });
      const answer = await fetch(url + path, { method: "POST", headers, body });
      expect(await answer.json()).toEqual({ data: { viewer: { login: "release-checklist" } } });
    }
    const read = (await (await fetch(`${url}/repos/acme/shop`, { headers })).json()) as {
      url: string;
      html_url: string;
    };
    expect([read.url, read.html_url]).toEqual([`${url}/api/v3/repos/acme/shop`, `${url}/acme/shop`]);
    github.faults.add({ match: {}, times: 1, status: "reset" });
    await expect(fetch(`${url}/repos/acme/shop`, { headers })).rejects.toThrow("fetch failed");
    await close();
  });
});

describe("files", () => {
  test("are read at any ref, encoded or raw, and folders are lists", async () => {
    const { repo, kit, at, pull } = setUp();
    repo.push("main", { files: { ".github/release.yml": "checklist: {}\n", "src/a.ts": "a" }, by: "bob" });
    const read = async (path: string, ref?: string) =>
      (await kit.rest.repos.getContent({ ...at, path, ...(ref ? { ref } : {}) })).data;
    const file = (await read(".github/release.yml")) as { content: string; encoding: string; sha: string };
    expect([Buffer.from(file.content, "base64").toString(), file.encoding]).toEqual([
      "checklist: {}\n",
      "base64",
    ]);
    expect(await failure(read(".github/release.yml", pull.headSha))).toMatch(/^404/);
    const raw = await kit.rest.repos.getContent({ ...at, path: "README.md", mediaType: { format: "raw" } });
    expect(raw.data).toBe("# Shop\n");
    const list = (await read("")) as unknown as Array<{ name: string; type: string }>;
    expect(list.map(({ name, type }) => [name, type])).toEqual([
      [".github", "dir"],
      ["README.md", "file"],
      ["src", "dir"],
    ]);
  });

  test("have commits that touched them, newest first", async () => {
    const { repo, kit, at } = setUp();
    const first = repo.push("main", { files: { "x.yml": "1" }, by: "bob" });
    repo.push("main", { files: { "y.yml": "1" }, by: "bob" });
    const second = repo.push("main", { files: { "x.yml": "2" }, by: "bob", author: "rita" });
    const { data } = await kit.rest.repos.listCommits({ ...at, path: "x.yml" });
    expect(data.map((commit) => [commit.sha, commit.author?.login, commit.committer?.login])).toEqual([
      [second, "rita", "bob"],
      [first, "bob", "bob"],
    ]);
  });

  test("make trees whose SHA says what is in them", async () => {
    const { repo, kit, at } = setUp();
    repo.push("main", { files: { "src/a.ts": "a" }, by: "bob" });
    const tree = async (tree_sha: string, recursive?: string) =>
      (await kit.rest.git.getTree({ ...at, tree_sha, ...(recursive ? { recursive } : {}) })).data;
    const top = await tree("main");
    expect(top.tree.map(({ path, type }) => [path, type])).toEqual([
      ["README.md", "blob"],
      ["src", "tree"],
    ]);
    const inner = await tree(top.tree[1]?.sha as string);
    expect(inner.tree.map(({ path }) => path)).toEqual(["a.ts"]);
    const deep = await tree("main", "1");
    expect(deep.tree.map(({ path }) => path)).toEqual(["README.md", "src", "src/a.ts"]);
  });

  test("tags and releases", async () => {
    const { repo, kit, at } = setUp();
    repo.release("v1.0.0", { by: "bob" });
    repo.release("v1.1.0", { by: "bob", prerelease: true });
    expect((await kit.rest.repos.getLatestRelease(at)).data.tag_name).toBe("v1.0.0");
    expect((await kit.rest.repos.listTags(at)).data.map((tag) => tag.name)).toEqual(["v1.1.0", "v1.0.0"]);
    const ref = await kit.rest.git.getRef({ ...at, ref: "tags/v1.0.0" });
    expect(ref.data.object.sha).toBe(repo.sha("main"));
  });
});

describe("names", () => {
  test("of before still lead to renamed and transferred repositories", async () => {
    const { github, repo, kit, at, told } = setUp();
    await told();
    repo.rename("store", { by: "alice" });
    const read = async () => (await kit.rest.repos.get(at)).data.full_name;
    expect(await read()).toBe("acme/store");
    expect(await told()).toEqual(["repository.renamed by alice"]);
    github.org("umbrella");
    repo.transfer("umbrella", { by: "alice" });
    expect(repo.fullName).toBe("umbrella/store");
    expect(await told()).toEqual([]);
  });
});
