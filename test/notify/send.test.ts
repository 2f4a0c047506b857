import { createHmac } from "node:crypto";
import type { ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { afterEach, describe, expect, test } from "@jest/globals";
import type { Message } from "../../src/domain/announcement.ts";
import { send } from "../../src/notify/send.ts";
import type { Target } from "../../src/notify/targets.ts";
import { type Receiver, receiver } from "./receiver.ts";

const message: Message = {
  id: "acme/web#7:stakeholders",
  title: "Release 1.2.0",
  url: "https://github.test/acme/web/pull/7",
  lines: [{ label: "Rollback plan", text: "revert <it> & go" }],
  text: "Release 1.2.0\nRollback plan: revert <it> & go",
};

const secret = "hush-hush-hush";
const token = "xoxb-hush-hush-hush";
const targets: Record<Target["type"], (url: string) => Target> = {
  slack: (url) => ({ type: "slack", url }),
  "slack-bot": (url) => ({ type: "slack-bot", token, channel: "#releases", apiUrl: `${url}/` }),
  teams: (url) => ({ type: "teams", url }),
  webhook: (url) => ({ type: "webhook", url, secret }),
};
const patient = { timeoutMs: 10_000 };
const hasty = { timeoutMs: 150 };

const open: Receiver[] = [];
afterEach(() => Promise.all(open.splice(0).map((one) => one.close())));

async function serve(answer: (response: ServerResponse, socket: Socket) => void): Promise<Receiver> {
  const one = await receiver(answer);
  open.push(one);
  return one;
}

const answering =
  (status: number, body = "", headers: Record<string, string> = {}) =>
  (response: ServerResponse) =>
    response.writeHead(status, headers).end(body);

describe.each(["slack", "teams", "webhook"] as const)("sending to %s", (type) => {
  const to = (url: string) => targets[type](url);

  test.each([
    [200, "sent", "accepted with HTTP 200"],
    [204, "sent", "accepted with HTTP 204"],
    [304, "failed", "answered with a redirect (HTTP 304), which is not followed"],
    [400, "failed", "refused with HTTP 400"],
    [404, "failed", "refused with HTTP 404"],
    [410, "failed", "refused with HTTP 410"],
    [500, "unclear", "answered with HTTP 500: it may have arrived"],
    [503, "unclear", "answered with HTTP 503: it may have arrived"],
    [999, "unclear", "answered with HTTP 999: it may have arrived"],
  ] as const)("an answer of %i is %s", async (status, outcome, detail) => {
    const { url, received } = await serve(answering(status));
    expect(await send(to(url), message, patient)).toEqual({ outcome, detail });
    expect(received).toHaveLength(1);
  });

  test.each([
    ["30", ", to be tried again after 30 s"],
    ["Wed, 01 Jul 2026 10:00:00 GMT", ", to be tried again after 2026-07-01T10:00:00.000Z"],
    ["verysecret", ""],
  ])("429 is failed, and says when to try again: %s", async (after, said) => {
    const { url } = await serve(answering(429, "rate_limited", { "retry-after": after }));
    const sending = await send(to(url), message, patient);
    expect(sending.outcome).toBe("failed");
    expect(sending.detail).toMatch(/^too many messages \(HTTP 429.*\)/);
    expect(sending.detail.replace(/^.*\)/, "")).toBe(said);
  });

  test("a refused connection is failed", async () => {
    const gone = await receiver(() => {});
    await gone.close();
    expect(await send(to(gone.url), message, patient)).toEqual({
      outcome: "failed",
      detail: "not sent: the connection was refused",
    });
  });

  test("a host that nobody knows is failed", async () => {
    const sending = await send(to("http://verysecret.invalid/x"), message, patient);
    expect(sending.outcome).toBe("failed");
    expect(sending.detail).toMatch(/^not sent: the host (is not known|could not be looked up)$/);
  });

  test("a port that may not be asked is failed", async () => {
    expect(await send(to("http://127.0.0.1:25/"), message, patient)).toEqual({
      outcome: "failed",
      detail: "not sent: its port is not allowed for HTTP",
    });
  });

  test("promise 8: a reset is unclear", async () => {
    const { url } = await serve((_, socket) => socket.resetAndDestroy());
    const sending = await send(to(url), message, patient);
    expect(sending.outcome).toBe("unclear");
    expect(sending.detail).toMatch(/^the connection broke \([A-Z_]+\): it may have arrived$/);
  });

  test("promise 8: a connection that is closed without an answer is unclear", async () => {
    const { url } = await serve((_, socket) => socket.end());
    expect((await send(to(url), message, patient)).outcome).toBe("unclear");
  });

  test("promise 8: no answer in time is unclear", async () => {
    const { url, received } = await serve(() => {});
    expect(await send(to(url), message, hasty)).toEqual({
      outcome: "unclear",
      detail: "no answer in time: it may have arrived",
    });
    expect(received).toHaveLength(1);
  });

  test("an answer that is no HTTP is unclear", async () => {
    const { url } = await serve((_, socket) => socket.end("verysecret\r\n\r\n"));
    const sending = await send(to(url), message, patient);
    expect(sending.outcome).toBe("unclear");
    expect(sending.detail).not.toContain("verysecret");
  });

  test.each([301, 302, 307, 308])("a redirect of %i is not followed", async (status) => {
    const inner = await serve(answering(200));
    const { url } = await serve(answering(status, "", { location: inner.url }));
    expect(await send(to(url), message, patient)).toEqual({
      outcome: "failed",
      detail: `answered with a redirect (HTTP ${status}), which is not followed`,
    });
    expect(inner.received).toEqual([]);
  });

  test("an answer without end is not read to the end", async () => {
    const { url } = await serve((response) => {
      response.writeHead(404);
      const more = () => {
        while (!response.destroyed && response.write("x".repeat(65_536)));
      };
      response.on("drain", more);
      more();
    });
    expect(await send(to(url), message, patient)).toEqual({
      outcome: "failed",
      detail: "refused with HTTP 404",
    });
  });

  test.each([
    [200, "sent"],
    [404, "failed"],
    [500, "unclear"],
  ] as const)(
    "an answer of %i that breaks off or stalls in its body is still %s",
    async (status, outcome) => {
      const broken = await serve((response, socket) => {
        response.writeHead(status, { "content-length": 100 });
        response.write("begun", () => socket.destroy());
      });
      expect((await send(to(broken.url), message, patient)).outcome).toBe(outcome);
      const stalled = await serve((response) => {
        response.writeHead(status, { "content-length": 100 });
        response.write("begun");
      });
      expect((await send(to(stalled.url), message, hasty)).outcome).toBe(outcome);
    },
  );

  test("what cannot even be asked is no rejection, and shows nothing", async () => {
    const sending = await send(to("nonsense://verysecret"), message, patient);
    expect(sending).toEqual({ outcome: "unclear", detail: "the connection broke: it may have arrived" });
  });

  test("promise 10: nothing that the receiver says is shown", async () => {
    for (const status of [200, 302, 404, 429, 500]) {
      const { url } = await serve(
        answering(status, `verysecret ${secret} <!channel>`, { location: "verysecret" }),
      );
      expect((await send(to(url), message, patient)).detail).not.toMatch(/verysecret|hush|channel|127/);
    }
  });

  test("one connection is used for one message, so that none is found closed", async () => {
    const { url, received } = await serve(answering(200));
    await send(to(url), message, patient);
    expect(received[0]?.headers.connection).toBe("close");
  });
});

describe("a webhook", () => {
  test("gets the whole message, signed over the raw body, with the same id on every try", async () => {
    const { url, received } = await serve(answering(200));
    await send(targets.webhook(url), message, patient);
    await send(targets.webhook(url), message, patient);
    const [first, second] = received;
    expect(JSON.parse(first?.body ?? "")).toEqual(message);
    const signature = createHmac("sha256", secret)
      .update(first?.body ?? "")
      .digest("hex");
    expect(first?.headers).toMatchObject({
      "content-type": "application/json",
      "x-release-checklist-delivery": message.id,
      "x-release-checklist-signature-256": `sha256=${signature}`,
    });
    expect(second).toEqual(first);
  });

  test("gets an id that fits into a header", async () => {
    const { url, received } = await serve(answering(200));
    await send(targets.webhook(url), { ...message, id: "a\r\nx: y" }, patient);
    expect(received[0]?.headers["x-release-checklist-delivery"]).toMatch(/^[\da-f]{64}$/);
    expect(JSON.parse(received[0]?.body ?? "").id).toBe("a\r\nx: y");
  });
});

describe("Slack", () => {
  test("gives a reason that is shown when it is one of Slack's", async () => {
    const { url } = await serve(answering(404, "no_service"));
    expect(await send(targets.slack(url), message, patient)).toEqual({
      outcome: "failed",
      detail: "refused with HTTP 404, no_service",
    });
  });

  test("gets blocks of plain text", async () => {
    const { url, received } = await serve(answering(200, "ok"));
    await send(targets.slack(url), message, patient);
    expect(JSON.parse(received[0]?.body ?? "")).toMatchInlineSnapshot(`
{
  "blocks": [
    {
      "text": {
        "emoji": false,
        "text": "Release 1.2.0",
        "type": "plain_text",
      },
      "type": "header",
    },
    {
      "text": {
        "emoji": false,
        "text": "Rollback plan: revert &lt;it&gt; &amp; go",
        "type": "plain_text",
      },
      "type": "section",
    },
    {
      "text": {
        "text": "<https://github.test/acme/web/pull/7|Open the pull request>",
        "type": "mrkdwn",
        "verbatim": true,
      },
      "type": "section",
    },
  ],
  "text": "Release 1.2.0
Rollback plan: revert &lt;it&gt; &amp; go",
  "unfurl_links": false,
  "unfurl_media": false,
}
`);
  });
});

describe("sending with a bot of Slack", () => {
  const to = (url: string) => targets["slack-bot"](url);

  test.each([
    [
      '{"ok":true,"channel":"C123","ts":"1503435956.000247","message":{}}',
      "sent",
      "message 1503435956.000247 in C123",
    ],
    ['{"ok": true}', "sent", "accepted by Slack"],
    ['{"ok":false,"error":"channel_not_found"}', "failed", "refused by Slack: channel_not_found"],
    ['{"ok":false,"error":"something_secret"}', "failed", "refused by Slack"],
    ['{"ok":false,"error":"internal_error"}', "unclear", "Slack's answer does not say whether it arrived"],
    ["<html>", "unclear", "Slack's answer does not say whether it arrived"],
  ] as const)("an answer of %s", async (body, outcome, detail) => {
    const { url } = await serve(answering(200, body));
    expect(await send(to(url), message, patient)).toEqual({ outcome, detail });
  });

  test.each([
    [404, "failed"],
    [429, "failed"],
    [503, "unclear"],
  ] as const)("an answer of %i is %s", async (status, outcome) => {
    const { url } = await serve(answering(status));
    expect((await send(to(url), message, patient)).outcome).toBe(outcome);
  });

  test("the message goes to the channel, with the token", async () => {
    const { url, received } = await serve(answering(200, '{"ok":true}'));
    await send(to(url), message, patient);
    const [{ headers, body }] = received as [Receiver["received"][number]];
    expect(headers.authorization).toBe(`Bearer ${token}`);
    expect(JSON.parse(body)).toMatchObject({ channel: "#releases", unfurl_links: false });
  });
});

test("a card of Teams holds people's text in text runs, which know no Markdown", async () => {
  const { url, received } = await serve(answering(202));
  const hostile = {
    ...message,
    title: "[x](https://evil.test) **b**",
    lines: [{ label: "a_b_", text: "<at>all</at>" }],
  };
  expect((await send(targets.teams(url), hostile, patient)).outcome).toBe("sent");
  const card = JSON.parse(received[0]?.body ?? "").attachments[0].content;
  expect(card.body).toMatchInlineSnapshot(`
[
  {
    "inlines": [
      {
        "size": "Large",
        "text": "[x](https://evil.test) **b**",
        "type": "TextRun",
        "weight": "Bolder",
      },
    ],
    "type": "RichTextBlock",
  },
  {
    "inlines": [
      {
        "text": "a_b_: ",
        "type": "TextRun",
        "weight": "Bolder",
      },
      {
        "text": "<at>all</at>",
        "type": "TextRun",
      },
    ],
    "type": "RichTextBlock",
  },
]
`);
  expect(card.actions).toEqual([
    { type: "Action.OpenUrl", title: "Open the pull request", url: message.url },
  ]);
});
