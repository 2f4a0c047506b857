import { Writable } from "node:stream";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { createLog } from "../../src/log.ts";
import { type RunningServer, startServer } from "../../src/server.ts";
import { largestPayload } from "../../src/webhook-door.ts";
import { rsaKey } from "../env/key.ts";
import { brief, delivery, exchange, secret, send, sign } from "./raw.ts";

let server: RunningServer;
let port: number;
const received: string[] = [];
let logged = "";

const start = (bodyTimeout: number): Promise<RunningServer> => {
  const to = new Writable({
    write(chunk, _, done) {
      logged += chunk;
      done();
    },
  });
  return startServer({
    app: (probot) => {
      probot.onAny(async ({ name, id }) => {
        received.push(`${name} ${id}`);
        if (name === ("explode" as string)) throw new Error("boom");
      });
    },
    credentials: { appId: 7, privateKey: rsaKey(), webhookSecret: secret },
    host: "127.0.0.1",
    port: 0,
    apiUrl: "http://127.0.0.1:1/api/v3",
    log: createLog({ level: "info", format: "json", secrets: [secret] }, to),
    drain: async () => {},
    bodyTimeout,
  });
};

beforeAll(async () => {
  server = await start(1_500);
  port = server.port;
});
afterAll(() => server.stop(1000));
beforeEach(() => {
  received.length = 0;
  logged = "";
});

/** After whatever was sent, the server must still take a proper delivery. */
async function expectAlive() {
  received.length = 0;
  expect(brief(await send(port, {}))).toBe("200 ok");
  expect(received).toEqual(["ping 72d3162e-cc78-11e3-81ab-4c9367dc0958"]);
}

describe("taken", () => {
  test("a proper delivery", async () => {
    await expectAlive();
  });

  test("the same at the server's root, where Probot's set-up page lets GitHub send", async () => {
    expect(brief(await send(port, { path: "/" }))).toBe("200 ok");
    expect(received).toHaveLength(1);
  });

  test("a payload of the largest size, in chunks", async () => {
    const body = Buffer.from(`{"text":"${"a".repeat(largestPayload - 11)}"}`);
    expect(body.length).toBe(largestPayload);
    const { head } = delivery({
      body,
      headers: { "content-length": undefined, "transfer-encoding": "chunked" },
    });
    const chunk = [`${body.length.toString(16)}\r\n`, body, "\r\n0\r\n\r\n"];
    // How long 25 MB take is not what is tested here.
    const patient = await start(60_000);
    try {
      expect(brief(await exchange(patient.port, [head, ...chunk]))).toBe("200 ok");
    } finally {
      await patient.stop(1000);
    }
  });

  test("text outside ASCII", async () => {
    expect(brief(await send(port, { body: '{"title":"Größe 🚀"}' }))).toBe("200 ok");
  });
});

describe("refused, and never handed on", () => {
  const error = (message: string) => JSON.stringify({ error: message });
  test.each([
    [
      "a wrong signature",
      { headers: { "x-hub-signature-256": sign("{}", "another-secret") } },
      `400 ${error("Error: [@octokit/webhooks] signature does not match event payload and secret")}`,
    ],
    [
      "a malformed signature",
      { headers: { "x-hub-signature-256": "sha256=zz" } },
      `400 ${error("Error: [@octokit/webhooks] signature does not match event payload and secret")}`,
    ],
    [
      "no signature",
      { headers: { "x-hub-signature-256": undefined } },
      `400 ${error("Required headers missing: x-hub-signature-256")}`,
    ],
    [
      "no event",
      { headers: { "x-github-event": undefined } },
      `400 ${error("Required headers missing: x-github-event")}`,
    ],
    [
      "another content type",
      { body: "payload=%7B%7D", headers: { "content-type": "application/x-www-form-urlencoded" } },
      `415 ${error('Unsupported "Content-Type" header value. Must be "application/json"')}`,
    ],
    [
      "no content type",
      { headers: { "content-type": undefined } },
      `415 ${error('Unsupported "Content-Type" header value. Must be "application/json"')}`,
    ],
    ["broken JSON", { body: '{"a":' }, `400 ${error("SyntaxError: Invalid JSON")}`],
    ["JSON that is no object", { body: "null" }, `400 ${error("The payload must be a JSON object")}`],
    ["an empty body", { body: "" }, `400 ${error("The payload must be a JSON object")}`],
    ["a BOM", { body: "\u{feff}{}" }, `400 ${error("SyntaxError: Invalid JSON")}`],
    [
      "bytes that are no UTF-8",
      { body: Buffer.from([0x7b, 0xff, 0x7d]) },
      `400 ${error("Error: [@octokit/webhooks] signature does not match event payload and secret")}`,
    ],
    [
      "a declared size above the limit",
      { body: "{}", headers: { "content-length": String(largestPayload + 1) } },
      `413 ${error(`The payload must not be larger than ${largestPayload} bytes`)}`,
    ],
    ["another method", { method: "PUT" }, `404 ${error("Unknown route: PUT /api/github/webhooks")}`],
    ["another path", { path: "/api/github/webhook" }, "404"],
  ])("%s", async (_, given, answer) => {
    expect(brief(await send(port, given))).toBe(answer);
    expect(received).toEqual([]);
    await expectAlive();
  });

  test("an actual size above the limit", async () => {
    const { head } = delivery({ headers: { "content-length": undefined, "transfer-encoding": "chunked" } });
    const chunk = Buffer.alloc(1024 * 1024, " ");
    const chunks = Array.from({ length: 26 }, () => [
      `${chunk.length.toString(16)}\r\n`,
      chunk,
      "\r\n",
    ]).flat();
    expect(brief(await exchange(port, [head, ...chunks]))).toBe(
      `413 ${error(`The payload must not be larger than ${largestPayload} bytes`)}`,
    );
    await expectAlive();
  });

  test("a body that ends early", async () => {
    const { head } = delivery({ headers: { "content-length": "100" } });
    expect(brief(await exchange(port, [head, '{"action":'], true))).toBe("400");
    expect(received).toEqual([]);
    await expectAlive();
  });

  test("a body that never comes", async () => {
    const { head } = delivery({ headers: { "content-length": "100" } });
    expect(brief(await exchange(port, [head, '{"action":']))).toBe(
      `408 ${error("The body did not arrive within 1500 ms")}`,
    );
    await expectAlive();
  });

  test("something that is not HTTP", async () => {
    expect(brief(await exchange(port, ["\u0016\u0003\u0001\r\n\r\n"]))).toBe("400");
    await expectAlive();
  });
});

test("a handler that fails is answered with 500, so that GitHub's delivery log shows it", async () => {
  expect(brief(await send(port, { headers: { "x-github-event": "explode" } }))).toMatch(/^500 /);
  expect(logged).toContain("boom");
  await expectAlive();
});

test("a refused payload leaves neither its text nor its signature in the log", async () => {
  const forged = sign("{}", "another-secret");
  await send(port, { body: '{"text":"a long story"}', headers: { "x-hub-signature-256": forged } });
  expect(logged).toContain("signature does not match");
  expect(logged).not.toContain("a long story");
  expect(logged).not.toContain(forged);
});

test("GET /healthz", async () => {
  const health = await fetch(`http://127.0.0.1:${port}/healthz`);
  expect([health.status, await health.text()]).toEqual([200, "ok\n"]);
  const other = await fetch(`http://127.0.0.1:${port}/healthz`, { method: "POST" });
  expect(other.status).toBe(404);
});
