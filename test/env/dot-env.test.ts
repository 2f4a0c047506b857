import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import { fillFromDotEnv } from "../../src/dot-env.ts";
import { readEnv } from "../../src/env.ts";
import { rsaKey } from "./key.ts";

const folder = mkdtempSync(join(tmpdir(), "dot-env-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("a file as Probot's set-up page writes it gives the credentials", () => {
  const pem = rsaKey();
  const path = join(folder, "written-by-set-up");
  writeFileSync(path, `APP_ID=7\nPRIVATE_KEY="${pem.replaceAll("\n", "\\n")}"\nWEBHOOK_SECRET=hush`);
  const env = {};
  expect(fillFromDotEnv(env, path)).toEqual({ ok: true });
  expect(readEnv(env, () => ({ ok: true, value: null }))).toMatchObject({
    ok: true,
    value: { app: { appId: 7, privateKey: pem, webhookSecret: "hush" } },
  });
});

test("what the process already has wins, even when it is empty", () => {
  const path = join(folder, "second");
  writeFileSync(path, "APP_ID=7\nPORT=4000\nHOST=0.0.0.0");
  const env = { APP_ID: "8", PORT: "" };
  fillFromDotEnv(env, path);
  expect(env).toEqual({ APP_ID: "8", PORT: "", HOST: "0.0.0.0" });
});

test("a missing file is fine", () => {
  const env = {};
  expect(fillFromDotEnv(env, join(folder, "absent"))).toEqual({ ok: true });
  expect(env).toEqual({});
});

test("a file that cannot be read is named", () => {
  const path = join(folder, "a-folder");
  mkdirSync(path);
  expect(fillFromDotEnv({}, path)).toEqual({
    ok: false,
    message: ".env cannot be read (EISDIR): make it readable for this user, or remove it",
  });
});
