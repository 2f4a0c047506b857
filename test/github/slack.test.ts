import { createHmac } from "node:crypto";
import { afterEach, describe, expect, test } from "@jest/globals";
import { createSlack, type Slack } from "../../playground/slack/index.ts";
import { createReceiver, type Receiver } from "../../playground/slack/receiver.ts";

const open: Array<Slack | Receiver> = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

async function slack(options = {}): Promise<Slack> {
  const server = await createSlack(options).listen();
  open.push(server);
  return server;
}

const post = async (url: string, body: string, headers = {}, patience = 10_000) => {
  const answer = await fetch(url, { method: "POST", body, headers, signal: AbortSignal.timeout(patience) });
  return [answer.status, await answer.text(), answer.headers.get("retry-after")];
};

describe("an incoming webhook", () => {
  test("takes messages", async () => {
    const server = await slack({ channels: ["releases"] });
    expect(await post(server.url("releases"), '{"text":"hi"}')).toEqual([200, "ok", null]);
    expect(server.messages).toMatchObject([{ channel: "releases", text: "hi", answered: 200 }]);
    expect(await post(server.url("other"), '{"text":"hi"}')).toEqual([404, "no_service", null]);
    expect(await post(server.url("releases"), "{")).toEqual([400, "invalid_payload", null]);
    expect(await post(server.url("releases"), "{}")).toEqual([400, "no_text", null]);
    expect(server.messages).toHaveLength(1);
  });

  test("fails as it is told, and recovers", async () => {
    const server = await slack();
    server.fail(429, 1);
    expect(await post(server.url("a"), '{"text":"1"}')).toEqual([429, "rate_limited", "1"]);
    server.fail("reset", 1);
    await expect(post(server.url("a"), '{"text":"2"}')).rejects.toThrow("fetch failed");
    server.fail("timeout");
    await expect(post(server.url("a"), '{"text":"3"}', {}, 50)).rejects.toThrow("timeout");
    server.recover();
    expect(await post(server.url("a"), '{"text":"4"}')).toEqual([200, "ok", null]);
    expect(server.messages.map(({ text, answered }) => [text, answered])).toEqual([
      ["2", "reset"],
      ["3", "timeout"],
      ["4", 200],
    ]);
  });
});

test("a bot posts, and answers in the thread", async () => {
  const server = await slack({ token: "xoxb-good", channels: ["C1"] });
  const send = async (token: string, body: object) => {
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    const [, text] = await post(`${server.apiUrl}chat.postMessage`, JSON.stringify(body), headers);
    return JSON.parse(text as string) as { ok: boolean; error?: string; ts: string };
  };
  expect(await send("xoxb-bad", { channel: "C1", text: "x" })).toEqual({ ok: false, error: "invalid_auth" });
  const first = await send("xoxb-good", { channel: "C1", text: "x" });
  await send("xoxb-good", { channel: "C1", text: "y", thread_ts: first.ts });
  expect(server.messages.map(({ text, threadTs }) => [text, threadTs])).toEqual([
    ["x", undefined],
    ["y", first.ts],
  ]);
});

test("a receiver takes only what is signed with its secret", async () => {
  const server = await createReceiver({ secret: "s3" }).listen();
  open.push(server);
  const sign = (secret: string, body: string) => ({
    "x-release-checklist-signature-256": `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`,
  });
  const body = '{"title":"ü"}';
  expect((await post(server.url("/hook"), body))[0]).toBe(401);
  expect((await post(server.url("/hook"), body, sign("other", body)))[0]).toBe(401);
  expect((await post(server.url("/hook"), body, sign("s3", body)))[0]).toBe(204);
  expect([server.refused, server.received]).toMatchObject([2, [{ path: "/hook", body: { title: "ü" } }]]);
});
