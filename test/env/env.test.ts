import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { type Environment, readEnv } from "../../src/env.ts";
import { rsaKey } from "./key.ts";

const pem = rsaKey();
const folder = mkdtempSync(join(tmpdir(), "env-"));
const keyPath = join(folder, "app.pem");
writeFileSync(keyPath, pem);
afterAll(() => rmSync(folder, { recursive: true }));

const registered = { APP_ID: "7", PRIVATE_KEY: pem, WEBHOOK_SECRET: "hush-hush-hush" };
const parseTargets = (text: string | undefined) =>
  text === "broken"
    ? ({ ok: false, message: "must be JSON or YAML:\nline 1" } as const)
    : ({ ok: true, value: text ?? "no targets" } as const);

const accepted = (env: Record<string, string>): Environment<string> => {
  const reading = readEnv(env, parseTargets);
  if (!reading.ok) throw new Error(reading.message);
  return reading.value;
};
const refused = (env: Record<string, string>): string => {
  const reading = readEnv(env, parseTargets);
  return reading.ok ? "accepted" : reading.message;
};

test("the defaults", () => {
  expect(accepted(registered)).toEqual({
    production: false,
    app: { appId: 7, privateKey: pem, webhookSecret: "hush-hush-hush" },
    host: "localhost",
    port: 3000,
    apiUrl: "https://api.github.com",
    logLevel: "info",
    logFormat: "pretty",
    webhookProxyUrl: undefined,
    redisUrl: undefined,
    targets: "no targets",
    sweepIntervalMinutes: 5,
  });
});

test("everything given", () => {
  expect(
    accepted({
      ...registered,
      NODE_ENV: "production",
      HOST: "0.0.0.0",
      PORT: "0",
      GHE_HOST: "127.0.0.1:4000",
      GHE_PROTOCOL: "http",
      LOG_LEVEL: "debug",
      LOG_FORMAT: "pretty",
      WEBHOOK_PROXY_URL: "https://smee.io/abc",
      REDIS_URL: "rediss://u:p@redis.example.com:6380/1",
      NOTIFICATION_TARGETS: "{}",
      SWEEP_INTERVAL_MINUTES: "0.5",
    }),
  ).toMatchObject({
    production: true,
    host: "0.0.0.0",
    port: 0,
    apiUrl: "http://127.0.0.1:4000/api/v3",
    logLevel: "debug",
    logFormat: "pretty",
    webhookProxyUrl: "https://smee.io/abc",
    redisUrl: "rediss://u:p@redis.example.com:6380/1",
    targets: "{}",
    sweepIntervalMinutes: 0.5,
  });
});

test("in production lines are JSON unless told otherwise", () => {
  expect(accepted({ ...registered, NODE_ENV: "production" }).logFormat).toBe("json");
});

test("without an app id outside production, the app is still to be set up", () => {
  expect(accepted({ APP_ID: " " }).app).toBeUndefined();
});

test("an empty variable counts as unset", () => {
  expect(accepted({ ...registered, PORT: "", PRIVATE_KEY_PATH: "", GHE_HOST: "" }).port).toBe(3000);
});

describe("the private key", () => {
  const asOneLine = pem.replaceAll("\n", "");
  test.each([
    ["as text", { PRIVATE_KEY: pem }],
    ["with written line ends", { PRIVATE_KEY: pem.replaceAll("\n", "\\n") }],
    ["on one line", { PRIVATE_KEY: asOneLine }],
    ["with Windows line ends", { PRIVATE_KEY: pem.replaceAll("\n", "\r\n") }],
    ["in base64", { PRIVATE_KEY: Buffer.from(pem).toString("base64") }],
    ["from a file", { PRIVATE_KEY_PATH: keyPath }],
  ])("%s", (_, key) => {
    expect(accepted({ APP_ID: "7", ...key }).app?.privateKey).toBe(pem);
  });

  test("in PKCS #8", () => {
    const other = rsaKey("pkcs8");
    expect(accepted({ APP_ID: "7", PRIVATE_KEY: other }).app?.privateKey).toBe(other);
  });
});

describe("a mistake is one line that names the variable", () => {
  const elliptic = generateKeyPairSync("ec", {
    namedCurve: "P-256",
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  }).privateKey;
  const noKey = join(folder, "no-key.pem");
  writeFileSync(noKey, "hello");
  const production = { ...registered, NODE_ENV: "production" };

  const mistakes: [env: Record<string, string>, message: string][] = [
    [{ APP_ID: "seven" }, "APP_ID must be the App ID from the app's settings page, a number such as 123456"],
    [{ APP_ID: "0" }, "APP_ID must be the App ID from the app's settings page, a number such as 123456"],
    [
      { NODE_ENV: "production" },
      "APP_ID is missing: in production it must be the App ID from the app's settings page",
    ],
    [
      { APP_ID: "7" },
      "PRIVATE_KEY or PRIVATE_KEY_PATH is missing: give the text or the path of the .pem file downloaded from the app's settings page",
    ],
    [
      { ...registered, PRIVATE_KEY: pem.slice(0, 900) },
      "PRIVATE_KEY is not an RSA private key: paste the whole text of the .pem file downloaded from the app's settings page",
    ],
    [
      { ...registered, PRIVATE_KEY: pem.replace(/.{64}\n/, "") },
      "PRIVATE_KEY is not an RSA private key: paste the whole text of the .pem file downloaded from the app's settings page",
    ],
    [
      { ...registered, PRIVATE_KEY: elliptic },
      "PRIVATE_KEY is not an RSA private key: paste the whole text of the .pem file downloaded from the app's settings page",
    ],
    [
      { APP_ID: "7", PRIVATE_KEY_PATH: join(folder, "absent.pem") },
      "PRIVATE_KEY_PATH names a file that cannot be read (ENOENT): give the path of the .pem file downloaded from the app's settings page",
    ],
    [
      { APP_ID: "7", PRIVATE_KEY_PATH: folder },
      "PRIVATE_KEY_PATH names a file that cannot be read (EISDIR): give the path of the .pem file downloaded from the app's settings page",
    ],
    [
      { APP_ID: "7", PRIVATE_KEY_PATH: noKey },
      "PRIVATE_KEY_PATH names a file that holds no RSA private key: give the path of the .pem file downloaded from the app's settings page",
    ],
    [
      { NODE_ENV: "production", APP_ID: "7", PRIVATE_KEY: pem },
      "WEBHOOK_SECRET is missing: in production it must be the webhook secret from the app's settings page",
    ],
    [
      { ...production, WEBHOOK_SECRET: "development" },
      "WEBHOOK_SECRET must not be Probot's well-known default in production: choose a secret of your own",
    ],
    [{ ...registered, PORT: "eighty" }, "PORT must be a whole number from 0 to 65535"],
    [{ ...registered, PORT: "65536" }, "PORT must be a whole number from 0 to 65535"],
    [{ ...registered, PORT: "-1" }, "PORT must be a whole number from 0 to 65535"],
    [
      { ...registered, HOST: "http://localhost" },
      "HOST must be a host name or an IP address such as 0.0.0.0",
    ],
    [
      { ...registered, GHE_HOST: "https://github.example.com" },
      "GHE_HOST must be a host name such as github.example.com, without https:// and without a path",
    ],
    [{ ...registered, GHE_PROTOCOL: "ftp" }, "GHE_PROTOCOL must be https or http"],
    [{ ...registered, LOG_LEVEL: "loud" }, "LOG_LEVEL must be one of trace, debug, info, warn, error, fatal"],
    [{ ...registered, LOG_FORMAT: "xml" }, "LOG_FORMAT must be json or pretty"],
    [
      { ...registered, WEBHOOK_PROXY_URL: "smee.io/abc" },
      "WEBHOOK_PROXY_URL must be an address such as https://smee.io/abc",
    ],
    [
      { ...registered, REDIS_URL: "localhost:6379" },
      "REDIS_URL must be an address such as redis://localhost:6379",
    ],
    [{ ...registered, NOTIFICATION_TARGETS: "broken" }, "NOTIFICATION_TARGETS must be JSON or YAML: line 1"],
    ...["0", "-5", "five", "1441", "Infinity"].map((minutes): [Record<string, string>, string] => [
      { ...registered, SWEEP_INTERVAL_MINUTES: minutes },
      "SWEEP_INTERVAL_MINUTES must be a number of minutes above 0 and at most 1440",
    ]),
  ];
  test.each(mistakes.map(([env, message]) => [message, env] as const))("%s", (message, env) => {
    expect(refused(env)).toBe(message);
  });
});

test("Secrets stay in: no message shows any part of a value", () => {
  const value = "s3cr3t-v4lue";
  for (const name of [
    "APP_ID",
    "PRIVATE_KEY",
    "PRIVATE_KEY_PATH",
    "PORT",
    "GHE_HOST",
    "GHE_PROTOCOL",
    "LOG_LEVEL",
    "LOG_FORMAT",
    "WEBHOOK_PROXY_URL",
    "REDIS_URL",
    "SWEEP_INTERVAL_MINUTES",
  ]) {
    const env = {
      ...registered,
      ...(name === "PRIVATE_KEY_PATH" && { PRIVATE_KEY: "" }),
      [name]: `${value}/ `,
    };
    const message = refused(env);
    expect(message).toMatch(new RegExp(`^${name} `));
    expect(message).not.toContain(value);
  }
});
