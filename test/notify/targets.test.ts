import { describe, expect, test } from "@jest/globals";
import { parseTargets, type Targets, targetsFor } from "../../src/notify/targets.ts";
import { secretsOf } from "../../src/secrets.ts";

const url = "https://hooks.slack.test/services/T0/B0/verysecret";
const slack = { type: "slack", url };
const hook = { type: "webhook", url: "http://hooks.test/x", secret: "hush-hush-hush" };

function parsed(value: unknown): Targets {
  const reading = parseTargets(typeof value === "string" ? value : JSON.stringify(value));
  if (!reading.ok) throw new Error(reading.message);
  return reading.value;
}

describe("targets", () => {
  test.each([undefined, "", "  \n", "{}", "# none yet"])("may be none: %j", (text) => {
    expect(parseTargets(text)).toEqual({ ok: true, value: new Map() });
  });

  test("are given by owner and name, as JSON", () => {
    const targets = parsed({ acme: { stakeholders: slack, audit: hook } });
    expect([...targetsFor(targets, "acme")]).toEqual([
      ["stakeholders", slack],
      ["audit", hook],
    ]);
  });

  test("or as YAML", () => {
    const targets = parsed(`acme:\n  stakeholders:\n    type: slack\n    url: ${url}\n`);
    expect(targetsFor(targets, "acme").get("stakeholders")).toEqual(slack);
  });

  test("are an owner's alone, whatever its letters' case", () => {
    const targets = parsed({ Acme: { stakeholders: slack } });
    expect([...targetsFor(targets, "aCME").keys()]).toEqual(["stakeholders"]);
    expect([...targetsFor(targets, "other").keys()]).toEqual([]);
    expect([...targetsFor(targets, "*").keys()]).toEqual([]);
  });

  test("of * are everybody's, and an owner's own win", () => {
    const targets = parsed({ "*": { stakeholders: slack, all: slack }, acme: { stakeholders: hook } });
    expect(targetsFor(targets, "acme").get("stakeholders")).toEqual(hook);
    expect(targetsFor(targets, "acme").get("all")).toEqual(slack);
    expect(targetsFor(targets, "other").get("stakeholders")).toEqual(slack);
  });

  test("promise 10: are known as secrets to the log", () => {
    const targets = parsed({ acme: { stakeholders: slack, audit: hook } });
    const environment = { targets } as unknown as Parameters<typeof secretsOf>[0];
    expect(secretsOf(environment)).toEqual([url, hook.url, hook.secret]);
  });
});

describe("promise 10: a mistake is one line without secrets", () => {
  const told = (value: unknown): string => {
    const reading = parseTargets(typeof value === "string" ? value : JSON.stringify(value));
    if (reading.ok) throw new Error("there is no mistake");
    expect(reading.message).not.toMatch(/verysecret|hush|\n/);
    return reading.message;
  };

  test.each<[string, unknown]>([
    ["broken JSON", `{"acme": {"a": "${url}"`],
    ["broken YAML", `acme:\n  a: *verysecret\n`],
    ["a key twice", `acme:\n  hush: 1\n  hush: 2\n`],
    ["two documents", `acme: {}\n---\nhush: {}\n`],
    ["a text", url],
    ["a list", [slack]],
    ["no targets by name", { acme: url }],
    ["a target without a name", { acme: slack }],
    ["an unknown type", { acme: { a: { type: "verysecret", url } } }],
    ["no type", { acme: { a: { url } } }],
    ["a bot without a token", { acme: { a: { type: "slack-bot", channel: "C1" } } }],
    ["a bot without a channel", { acme: { a: { type: "slack-bot", token: "verysecret" } } }],
    [
      "a bot with a strange channel",
      { acme: { a: { type: "slack-bot", token: "verysecret", channel: "a b" } } },
    ],
    ["teams without an address", { acme: { a: { type: "teams" } } }],
    ["no address", { acme: { a: { type: "slack" } } }],
    ["a wrong address", { acme: { a: { type: "slack", url: "hush" } } }],
    ["an address of another kind", { acme: { a: { type: "slack", url: "file:///verysecret" } } }],
    ["an address with a password", { acme: { a: { type: "slack", url: "https://me:hush@x.test/" } } }],
    ["a webhook without a secret", { acme: { a: { type: "webhook", url } } }],
    ["a webhook with an empty secret", { acme: { a: { ...hook, secret: "" } } }],
    ["a secret that is a number", { acme: { a: { ...hook, secret: 12345678 } } }],
    ["an unknown key", { acme: { a: { ...slack, channel: "verysecret" } } }],
    ["an unknown key that is a secret", { acme: { a: { ...slack, [url]: "x" } } }],
    ["a repository for an owner", { "acme/web": { a: slack } }],
    ["an address for a name", { acme: { [url]: slack } }],
    ["a mention for a name", { acme: { "@acme/sre": slack } }],
    ["an owner twice", { acme: { a: slack }, Acme: { a: slack } }],
  ])("%s", (_, value) => {
    expect(told(value)).toMatchSnapshot();
  });
});
