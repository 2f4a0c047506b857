import { expect, test } from "@jest/globals";
import { createGitHub } from "../../playground/github/index.ts";
import { sealOf } from "../../src/record/seal.ts";
import { createSigner } from "../../src/record/sign.ts";
import { readKeys, verifyRecord } from "../../src/record/verify.ts";
import { renderRecord } from "../../src/render/record.ts";
import { publicKeysHandler } from "../../src/well-known.ts";
import { exampleRecord } from "../record/example.ts";

const { privateKey } = createGitHub().app({ slug: "release-checklist" });

/** What the handler answers; null: it is not its business. */
async function ask(method: string, url: string) {
  let status = 0;
  let text = "";
  const response = {
    writeHead(given: number) {
      status = given;
      return response;
    },
    end(given: string) {
      text = given;
    },
  };
  const taken = await publicKeysHandler(privateKey)({ method, url } as never, response as never);
  return taken ? { status, text } : null;
}

test("GET /.well-known/jwks.json shows the key that checks the records of this app, and nothing private", async () => {
  const answer = await ask("GET", "/.well-known/jwks.json?now");
  expect(answer?.status).toBe(200);
  const { keys } = JSON.parse(answer?.text ?? "");
  expect(keys).toEqual([
    { kty: "RSA", n: expect.any(String), e: "AQAB", kid: expect.any(String), alg: "RS256", use: "sig" },
  ]);
  const body = renderRecord(await createSigner(privateKey)(exampleRecord)) ?? "";
  const { app, repository, pull } = exampleRecord;
  expect(
    await verifyRecord(
      [{ id: 1, url: "", body, app: app.id, author: "release-checklist[bot]", editor: null }],
      { app, repository: repository.id, pull: pull.number, head: pull.head, seal: sealOf(exampleRecord) },
      await readKeys(keys),
    ),
  ).toMatchObject({ kind: "stands" });
});

test("it answers nothing else", async () => {
  expect(await ask("POST", "/.well-known/jwks.json")).toBeNull();
  expect(await ask("GET", "/.well-known/other")).toBeNull();
});
