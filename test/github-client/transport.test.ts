import { describe, expect, test } from "@jest/globals";
import { PassingFault } from "../../src/github/errors.ts";
import { createTransport, type Quota, type TransportOptions } from "../../src/github/transport.ts";
import { json, noAnswer, scripted as script, steppedClock } from "./scripted.ts";

const repo = "https://api.github.com/repos/acme/app";
const get = { method: "GET" };
const post = { method: "POST", body: "{}" };
const patch = { method: "PATCH", body: "{}" };

const transport = (fake: ReturnType<typeof script>, options: TransportOptions = {}) =>
  createTransport({ fetch: fake.fetch, clock: steppedClock(), ...options });

const faultOf = async (promise: Promise<unknown>): Promise<PassingFault> => {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(PassingFault);
  return error as PassingFault;
};

describe("a read", () => {
  test("is repeated after 5xx and a broken connection", async () => {
    const fake = script(json({}, 502), noAnswer("ECONNRESET"), json({ ok: true }));
    const response = await transport(fake)(`${repo}/pulls/1`, get);
    expect(JSON.parse(await response.text())).toEqual({ ok: true });
    expect(fake.sent).toHaveLength(3);
  });

  test("is given up after the third failure", async () => {
    const fake = script(json({}, 500), json({}, 500), json({}, 500));
    expect((await transport(fake)(`${repo}/pulls/1`, get)).status).toBe(500);
    expect(fake.sent).toHaveLength(3);
  });

  test("is not repeated after a time-out, which says what happened", async () => {
    const never = ({ signal }: { signal?: AbortSignal | null }) =>
      new Promise<Response>((_, reject) => {
        signal?.addEventListener("abort", () => reject(signal.reason));
      });
    let calls = 0;
    const fetch = ((_: string, init: RequestInit) => {
      calls += 1;
      return never(init);
    }) as typeof globalThis.fetch;
    const send = createTransport({ fetch, timeout: 20 });
    const fault = await faultOf(send(`${repo}/pulls/1`, get));
    expect(fault.message).toBe("GitHub did not answer (GET /repos/{owner}/{repo}/pulls/{id}: time-out)");
    expect(calls).toBe(1);
  });

  test("by GraphQL is repeated as well", async () => {
    const fake = script(json({}, 503), json({ data: {} }));
    expect((await transport(fake)("https://api.github.com/graphql", post)).status).toBe(200);
  });
});

describe("a write", () => {
  test("that creates is never repeated, and stays unclear", async () => {
    const fake = script(noAnswer("ECONNRESET"));
    const fault = await faultOf(transport(fake)(`${repo}/check-runs`, post));
    expect(fault.unclear).toBe(true);
    expect(fake.sent).toHaveLength(1);
  });

  test("that creates is not even repeated when it was never sent, but that is clear", async () => {
    const fake = script(noAnswer("ECONNREFUSED"));
    const fault = await faultOf(transport(fake)(`${repo}/check-runs`, post));
    expect(fault.unclear).toBe(false);
    expect(fake.sent).toHaveLength(1);
  });

  test("that changes is repeated once, and only when it was never sent", async () => {
    const refused = script(noAnswer("ECONNREFUSED"), json({}));
    expect((await transport(refused)(`${repo}/pulls/1`, patch)).status).toBe(200);
    const twice = script(noAnswer("ECONNREFUSED"), noAnswer("ECONNREFUSED"));
    await faultOf(transport(twice)(`${repo}/pulls/1`, patch));
    expect(twice.sent).toHaveLength(2);
    const reset = script(noAnswer("ECONNRESET"));
    await faultOf(transport(reset)(`${repo}/pulls/1`, patch));
    expect(reset.sent).toHaveLength(1);
    const failed = script(json({}, 502));
    expect((await transport(failed)(`${repo}/pulls/1`, patch)).status).toBe(502);
    expect(failed.sent).toHaveLength(1);
  });
});

describe("an answer", () => {
  test("that breaks off is a fault, and no shorter answer", async () => {
    const broken = () =>
      new Response(
        new ReadableStream({
          start(controller) {
            controller.enqueue(new TextEncoder().encode('{"body": "- [x'));
            controller.error(noAnswer("ECONNRESET"));
          },
        }),
        { headers: { "content-type": "application/json" } },
      );
    const fake = script(broken(), broken(), broken());
    expect((await faultOf(transport(fake)(`${repo}/pulls/1`, get))).unclear).toBe(true);
  });

  test("without a body is complete", async () => {
    const fake = script(new Response(null, { status: 204 }));
    expect((await transport(fake)(`${repo}/pulls/1`, get)).status).toBe(204);
  });
});

describe("a rate limit", () => {
  const limited = (headers: Record<string, string>) =>
    json({ message: "You have exceeded a secondary rate limit" }, 403, headers);

  test("with a long Retry-After stops everything until then, without asking again", async () => {
    const fake = script(limited({ "retry-after": "60" }));
    const send = transport(fake);
    await send(`${repo}/pulls/1`, get);
    const fault = await faultOf(send(`${repo}/pulls/2`, get));
    expect((fault.retryAt ?? 0) - Date.now()).toBeGreaterThan(55_000);
    expect(fake.sent).toHaveLength(1);
  });

  test("with a short Retry-After is sat out", async () => {
    const clock = steppedClock();
    const fake = script(limited({ "retry-after": "2" }), json({}));
    const send = transport(fake, { clock });
    await send(`${repo}/pulls/1`, get);
    await send(`${repo}/pulls/1`, get);
    expect(clock.slept).toHaveLength(1);
    expect(clock.slept[0]).toBeGreaterThan(1_500);
  });

  test("of one pool leaves the other open", async () => {
    const reset = String(Math.ceil(Date.now() / 1_000) + 600);
    const quota = {
      "x-ratelimit-limit": "5000",
      "x-ratelimit-remaining": "0",
      "x-ratelimit-reset": reset,
      "x-ratelimit-resource": "graphql",
    };
    const fake = script(json({ message: "API rate limit exceeded" }, 403, quota), json({}));
    const send = transport(fake);
    await send("https://api.github.com/graphql", post);
    await faultOf(send("https://api.github.com/graphql", post));
    expect((await send(`${repo}/pulls/1`, get)).status).toBe(200);
  });
});

test("requests are counted by route, and the quota is told", async () => {
  const requests: unknown[] = [];
  const quotas: Quota[] = [];
  const headers = {
    "x-ratelimit-limit": "5000",
    "x-ratelimit-remaining": "4999",
    "x-ratelimit-reset": "1700000000",
  };
  const fake = script(json({}, 502), json({}, 200, headers));
  const send = transport(fake, {
    onRequest: (method, route, status) => requests.push([method, route, status]),
    onQuota: (quota) => quotas.push(quota),
  });
  await send(`${repo}/commits/${"a".repeat(40)}/check-runs?per_page=100`, get);
  expect(requests).toEqual([
    ["GET", "/repos/{owner}/{repo}/commits/{sha}/check-runs", 502],
    ["GET", "/repos/{owner}/{repo}/commits/{sha}/check-runs", 200],
  ]);
  expect(quotas).toEqual([{ resource: "core", limit: 5_000, remaining: 4_999, resetAt: 1_700_000_000_000 }]);
});
