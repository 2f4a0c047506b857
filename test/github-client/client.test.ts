import { afterEach, describe, expect, jest, test } from "@jest/globals";
import { createTokenClient } from "../../src/github/client.ts";
import { attempt, classify, PassingFault } from "../../src/github/errors.ts";
import { readIdentity } from "../../src/github/read/identity.ts";
import { json, scripted, steppedClock } from "./scripted.ts";
import { name, setUp } from "./setup.ts";

const getPull = ({ octokit }: Pick<ReturnType<typeof setUp>, "octokit">) =>
  octokit.rest.pulls.get({ ...name, pull_number: 1 });

/** All but the date. */
const timers = [
  "setTimeout",
  "setInterval",
  "setImmediate",
  "nextTick",
  "queueMicrotask",
  "performance",
] as const;
afterEach(() => {
  jest.useRealTimers();
});

describe("the clients", () => {
  test("speak as the app, which GitHub itself names", async () => {
    const { clients, app } = setUp();
    expect(await readIdentity(clients.app)).toEqual({ id: app.id, slug: "release-checklist" });
  });

  test("are one for each installation, with one token for an hour", async () => {
    const { clients, installation, github, octokit } = setUp();
    expect(clients.installation(installation.id)).toBe(octokit);
    await Promise.all([getPull({ octokit }), getPull({ octokit })]);
    await getPull({ octokit });
    expect(github.requests.list.filter(({ path }) => path.endsWith("/access_tokens"))).toHaveLength(1);
  });

  test("get a new token when an event tells of new permissions", async () => {
    const world = setUp({ without: "pull_requests" });
    expect((await attempt("x", () => getPull(world))).ok).toBe(false);
    world.installation.permissions = { ...world.installation.permissions, pull_requests: "read" };
    world.clients.forget(world.installation.id);
    const octokit = world.clients.installation(world.installation.id);
    expect((await attempt("x", () => getPull({ octokit }))).ok).toBe(true);
  });

  test("take a token that has ended for a passing fault, and a new one for the next look", async () => {
    const start = Date.now();
    let passed = 0;
    jest.useFakeTimers({ now: start, doNotFake: [...timers] });
    const world = setUp({ expireTokens: true, clock: () => new Date(start + passed) });
    await getPull(world);
    // GitHub's hour is over before ours. Only within five seconds does a new token get more tries.
    passed = 2 * 60 * 60_000;
    jest.setSystemTime(start + 6_000);
    await expect(attempt("x", () => getPull(world))).rejects.toMatchObject({
      name: "PassingFault",
      message: expect.stringContaining("401"),
    });
    const octokit = world.clients.installation(world.installation.id);
    expect(octokit).not.toBe(world.octokit);
    expect((await getPull({ octokit })).status).toBe(200);
  });

  test("speak to a server of one's own, GraphQL included", async () => {
    const fake = scripted(json({ number: 1 }), json({ data: { viewer: null } }));
    const octokit = createTokenClient("t", { baseUrl: "https://ghe.example.com/api/v3", fetch: fake.fetch });
    await getPull({ octokit });
    await octokit.graphql("{ viewer { login } }");
    expect(fake.sent.map(({ url }) => url)).toEqual([
      "https://ghe.example.com/api/v3/repos/acme/app/pulls/1",
      "https://ghe.example.com/api/graphql",
    ]);
  });
});

test.each([
  ["text/html", "<html>Sign in</html>"],
  ["application/json", '{"body": "- [x'],
])("an answer that is no JSON although it says %s is a passing fault", async (type, text) => {
  const fetch = (async () =>
    new Response(text, { headers: { "content-type": type } })) as typeof globalThis.fetch;
  const meaning = await getPull({ octokit: createTokenClient("t", { fetch }) }).catch((error) =>
    classify(error),
  );
  expect(meaning).toMatchObject({
    name: "PassingFault",
    message: "The answer is not JSON (GET /repos/{owner}/{repo}/pulls/{pull_number})",
    unclear: true,
  });
});

describe("what an error means", () => {
  const meaningOf = async (status: number, headers: Record<string, string> = {}, message = "No") => {
    const octokit = createTokenClient("secret-token", {
      clock: steppedClock(),
      fetch: (async () => json({ message }, status, headers)) as typeof fetch,
    });
    return getPull({ octokit }).then(
      () => null,
      (error: unknown) => classify(error),
    );
  };

  test.each([500, 502, 503, 504, 408, 429, 401])("%d passes", async (status) => {
    expect(await meaningOf(status)).toBeInstanceOf(PassingFault);
  });

  test.each([
    [
      403,
      "Resource not accessible by integration",
      "permission missing: the app may not do this (GitHub answered 403: resource not accessible by integration)",
    ],
    [403, "Repository `x` was <archived>", "GitHub refuses it: Repository x was archived (403)"],
    [404, "Not Found", "GitHub does not find it: it does not exist, or the app may not see it (404)"],
    [410, "Gone", "GitHub says that it is gone (410)"],
    [422, "Validation Failed", "GitHub does not accept it: Validation Failed (422)"],
    [451, "Blocked", "GitHub answered 451: Blocked"],
  ])("%d %s stays, and is said in words", async (status, message, why) => {
    expect(await meaningOf(status, {}, message)).toEqual({ status, why });
  });

  test("a missing permission is named", async () => {
    const headers = { "x-accepted-github-permissions": "contents=write,issues=read; metadata=read" };
    expect(await meaningOf(403, headers, "Resource not accessible by integration")).toEqual({
      status: 403,
      why: "permission missing: the app needs contents: write and issues: read, or metadata: read (GitHub answered 403)",
    });
  });

  test.each([
    [{ "retry-after": "30" }, "No", 30_000],
    [{}, "You have exceeded a secondary rate limit. Please wait", 60_000],
  ])("403 that is a rate limit passes (%j)", async (headers, message, wait) => {
    const before = Date.now();
    const meaning = (await meaningOf(403, headers, message)) as PassingFault;
    expect(meaning).toBeInstanceOf(PassingFault);
    expect((meaning.retryAt ?? 0) - before).toBeGreaterThanOrEqual(wait);
    expect((meaning.retryAt ?? 0) - before).toBeLessThan(wait + 5_000);
  });

  test("no fault tells the token, in any of its parts", async () => {
    const fault = await meaningOf(401);
    const parts = JSON.stringify(fault, Object.getOwnPropertyNames(fault)) + String((fault as Error).stack);
    expect(parts).toContain("401");
    expect(parts).not.toContain("secret-token");
  });

  test("an error that is none of GitHub's is thrown as it is", () => {
    const mistake = new TypeError("undefined is not a function");
    expect(() => classify(mistake)).toThrow(mistake);
  });

  test.each([
    [[{ type: "FORBIDDEN", message: "Resource not accessible by integration" }], 403],
    [[{ type: "NOT_FOUND", message: "Could not resolve to a Repository" }], 404],
    [[{ type: "RATE_LIMITED", message: "API rate limit exceeded" }], null],
    [[{ message: "Something went wrong while executing your query." }], null],
  ])("GraphQL's %j is told apart", async (errors, status) => {
    const octokit = createTokenClient("t", {
      fetch: (async () => json({ data: null, errors })) as typeof fetch,
    });
    const meaning = await octokit.graphql("{ viewer { login } }").catch((error: unknown) => classify(error));
    if (status === null) expect(meaning).toBeInstanceOf(PassingFault);
    else expect(meaning).toMatchObject({ status });
  });
});
