import { Writable } from "node:stream";
import { describe, expect, test } from "@jest/globals";
import { createLog, type LogOptions } from "../../src/log.ts";
import { redactor } from "../../src/redact.ts";
import { secretsOf } from "../../src/secrets.ts";
import { rsaKey } from "../env/key.ts";

function logTo(options: Partial<LogOptions>) {
  const lines: string[] = [];
  const to = new Writable({
    write(chunk, _, done) {
      lines.push(String(chunk));
      done();
    },
  });
  const log = createLog({ level: "info", format: "json", secrets: [], ...options }, to);
  return { log, text: () => lines.join(""), last: () => JSON.parse(lines.at(-1) ?? "null") };
}

describe("Secrets stay in", () => {
  const pem = rsaKey();
  const secrets = secretsOf({
    production: true,
    app: { appId: 7, privateKey: pem, webhookSecret: 'hush "hush" hush' },
    host: "localhost",
    port: 0,
    apiUrl: "https://api.github.com",
    logLevel: "info",
    logFormat: "json",
    webhookProxyUrl: "https://smee.io/Ab12",
    redisUrl: "redis://u:pass-word@redis:6379",
    targets: {
      acme: { stakeholders: { type: "webhook", url: "https://example.com/in/77", secret: "shared-secret" } },
      "*": new Map([["chat", { type: "slack-bot", token: "a-bot-token", channel: "releases" }]]),
    },
    sweepIntervalMinutes: 5,
  });

  test("known values, in a message, a field, a child's binding and an error, plain and escaped", () => {
    for (const format of ["json", "pretty"] as const) {
      const { log, text } = logTo({ format, secrets });
      for (const value of secrets) {
        log.info(`said ${value} aloud`);
        log.info({ field: { deep: value } }, "in a field");
        log.child({ binding: value }).info("in a binding");
        log.error(new Error(`failed at ${value}`));
      }
      for (const part of [
        "hush",
        pem.split("\n")[1],
        "Ab12",
        "pass-word",
        "in/77",
        "shared-secret",
        "a-bot-token",
      ]) {
        expect(text()).not.toContain(part);
      }
      expect(text()).toContain("said [redacted] aloud");
    }
  });

  test("what is no secret is not taken out", () => {
    expect(secrets).not.toContain("releases");
    expect(secrets).not.toContain("webhook");
  });

  test.each([
    ["an installation's token", "ghs_16C7e42F292c6912E7710c838347Ae178B4a"],
    ["a person's token", "github_pat_11ABCDEFG0abcdefghijkl_mnopqrstuvwxyz"],
    ["a JSON web token", "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiI3In0.c2lnbmF0dXJl"],
    ["a Slack token", ["xoxb", "123456789012", "abcdefghijkl"].join("-")],
    ["a Slack webhook", `https://hooks.slack.com/services/T000/B000/${"x".repeat(24)}`],
    ["a Teams webhook", "https://prod-1.westeurope.logic.azure.com:443/workflows/1?sig=abc"],
    ["a private key", pem.trim()],
    ["a broken private key", pem.slice(0, 300)],
  ])("%s is known by its shape", (_, secret) => {
    expect(redactor([])(`before <${secret}> after`)).toBe("before <[redacted]> after");
    expect(redactor([])(JSON.stringify({ secret }))).toBe('{"secret":"[redacted]"}');
  });

  test("the values of Authorization headers, and passwords in addresses", () => {
    expect(redactor([])("authorization: Bearer abc.def-ghi/jkl=")).toBe("authorization: Bearer [redacted]");
    expect(redactor([])("redis://user:pass@host:6379/0")).toBe("redis://[redacted]@host:6379/0");
  });

  test("a short secret does not take words out of every line", () => {
    expect(redactor(["test"])("the latest test")).toBe("the latest test");
  });

  test("harmless lines stay as they are", () => {
    const line =
      '{"msg":"GET https://api.github.com/repos/a/b/pulls?page=2 - 200","mail":"octo@example.com"}';
    expect(redactor(["another-value"])(line)).toBe(line);
  });
});

describe("an error", () => {
  test("of a delivery is logged without the payload", () => {
    const { log, last } = logTo({});
    const event = { id: "1", name: "push", payload: { long: "story" }, signature: "sha256=1" };
    const inner = Object.assign(new Error("boom"), { event });
    log.error(Object.assign(new AggregateError([inner], "boom"), { event }));
    expect(last().err).toMatchObject({
      type: "AggregateError",
      message: "boom",
      event: { id: "1", name: "push" },
      aggregateErrors: [{ type: "Error", message: "boom", event: { id: "1", name: "push" } }],
    });
    expect(JSON.stringify(last())).not.toContain("story");
    expect(JSON.stringify(last())).not.toContain("sha256");
  });

  test("of a request is logged with what was asked and answered, without bodies and headers", () => {
    const { log, last } = logTo({});
    log.error(
      Object.assign(new Error("Not Found"), {
        status: 404,
        request: { method: "PATCH", url: "https://api.github.com/x", body: "long", headers: { a: "b" } },
        response: { status: 404, headers: { c: "d" }, data: { message: "Not Found", more: "text" } },
      }),
    );
    const { stack: _, ...err } = last().err;
    expect(err).toEqual({
      type: "Error",
      message: "Not Found",
      status: 404,
      request: { method: "PATCH", url: "https://api.github.com/x" },
      response: { status: 404, message: "Not Found" },
    });
  });

  test("that is not of our making is logged as it is", () => {
    const { log, last } = logTo({});
    log.error(Object.assign(new Error("odd"), { request: "GET /", response: null }));
    expect(last().err.message).toBe("odd");
  });
});

test("requests that went well are logged at debug only", () => {
  const quiet = logTo({});
  quiet.log.child({ name: "http" }).child({ req: {} }).info("GET /healthz 200");
  expect(quiet.text()).toBe("");
  quiet.log.child({ name: "http" }).child({ req: {} }).error("POST /x 500");
  expect(quiet.text()).toContain("POST /x 500");
  const loud = logTo({ level: "debug" });
  loud.log.child({ name: "http" }).child({ req: {} }).info("GET /healthz 200");
  expect(loud.text()).toContain("GET /healthz 200");
});
