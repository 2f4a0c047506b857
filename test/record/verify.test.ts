import { generateKeyPairSync } from "node:crypto";
import { beforeAll, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { ReleaseRecord } from "../../src/domain/record/record.ts";
import { sealOf } from "../../src/record/seal.ts";
import { createSigner, publicKeys, type SignRecord } from "../../src/record/sign.ts";
import {
  type Expected,
  type RecordComment,
  readKeys,
  type VerifyKey,
  verifyRecord,
} from "../../src/record/verify.ts";
import { commentLimit, readSignedRecord, renderRecord } from "../../src/render/record.ts";
import { exampleItem, exampleRecord } from "./example.ts";

/** As GitHub gives them: PKCS #1. */
const newKey = (): string =>
  generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({
    type: "pkcs1",
    format: "pem",
  }) as string;

const pem = newKey();
const sign = createSigner(pem);
const signWithAnother = createSigner(newKey());
let keys: readonly VerifyKey[];
beforeAll(async () => {
  keys = await readKeys((await publicKeys(pem)).keys);
});

const commentOf = (body: string, more: Partial<RecordComment> = {}): RecordComment => ({
  id: 1,
  url: "https://github.test/acme/shop/pull/7#issuecomment-1",
  body,
  app: exampleRecord.app.id,
  author: "release-checklist[bot]",
  editor: null,
  ...more,
});

const expectedFor = (record: ReleaseRecord): Expected => ({
  app: record.app,
  repository: record.repository.id,
  pull: record.pull.number,
  head: record.pull.head,
  seal: sealOf(record),
});

const written = async (record: ReleaseRecord, by: SignRecord = sign): Promise<string> => {
  const body = renderRecord(await by(record));
  if (body === null) throw new Error("it does not fit");
  return body;
};

const judge = (comment: RecordComment, record = exampleRecord) =>
  verifyRecord([comment], expectedFor(record), keys);
const reasonsOf = (verified: Awaited<ReturnType<typeof judge>>) =>
  verified.kind === "refused" ? verified.reasons.map(({ why }) => why) : verified.kind;

/** Any text that people write: Markdown, HTML, our own marks, line breaks, signs that show nothing. */
const text = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 60 }),
  fc.constantFrom(
    "```\n</details>",
    "<!-- release-checklist:record -->",
    "| a | b |\n|---|---|",
    "\u202eevil\u2069 \u2028 \u0000",
    "@acme/sre closes #1",
    "\ud800",
  ),
);

const record: fc.Arbitrary<ReleaseRecord> = fc
  .record({
    title: text,
    answer: text,
    reason: text,
    revision: fc.integer({ min: 1, max: 1000 }),
    verdict: fc.constantFrom("ready", "overridden", "blocked" as const),
    ended: fc.boolean(),
    items: fc.integer({ min: 0, max: 4 }),
  })
  .map(({ title, answer, reason, revision, verdict, ended, items }) => ({
    ...exampleRecord,
    revision,
    verdict,
    pull: { ...exampleRecord.pull, title },
    items: Array.from({ length: items }, (_, index) => ({
      ...exampleItem,
      id: `item-${index}`,
      title: reason,
      answers: [{ question: title, text: answer, by: null, at: "2026-03-02T10:59:00Z" }],
    })),
    override: verdict === "overridden" ? { by: "root", at: "2026-03-02T11:00:00Z", reason } : null,
    outcomes: ended ? exampleRecord.outcomes : [],
  }));

describe("a record stands", () => {
  test("whatever people wrote, with LF and CRLF, after edits by the app itself", async () => {
    await fc.assert(
      fc.asyncProperty(record, fc.boolean(), fc.boolean(), async (record, crlf, edited) => {
        const body = await written(record);
        const comment = commentOf(crlf ? body.replaceAll("\n", "\r\n") : body, {
          editor: edited ? "release-checklist[bot]" : null,
        });
        expect(await judge(comment, record)).toEqual({ kind: "stands", record, comment });
      }),
      { numRuns: 60 },
    );
  });

  test("signed twice, it is the same to the last character", async () => {
    expect(await written(exampleRecord)).toBe(await written(exampleRecord));
  });

  test("among others that are refused", async () => {
    const good = commentOf(await written(exampleRecord), { id: 9 });
    const bad = commentOf(await written({ ...exampleRecord, revision: 1 }));
    expect(await verifyRecord([bad, good], expectedFor(exampleRecord), keys)).toMatchObject({
      kind: "stands",
      comment: { id: 9 },
    });
  });

  test("with the key given as PEM, and among keys of before", async () => {
    const comment = commentOf(await written(exampleRecord));
    const several = await readKeys([newKey(), pem]);
    expect(await verifyRecord([comment], expectedFor(exampleRecord), several)).toMatchObject({
      kind: "stands",
    });
  });
});

describe("a record is refused", () => {
  test("after any edit of its text", async () => {
    await fc.assert(
      fc.asyncProperty(
        record,
        fc.nat(),
        fc.integer({ min: 0, max: 3 }),
        fc.oneof(fc.constantFrom("x", "1", " ", "\n", "é", "✅"), fc.string({ minLength: 1, maxLength: 5 })),
        async (record, at, remove, insert) => {
          const body = await written(record);
          const start = at % body.length;
          const edited = body.slice(0, start) + insert + body.slice(start + remove);
          fc.pre(edited.replaceAll("\r\n", "\n") !== body);
          expect(await judge(commentOf(edited), record)).toMatchObject({ kind: "refused" });
        },
      ),
      { numRuns: 300 },
    );
  });

  test("when another record's JSON, signature or table is put in", async () => {
    await fc.assert(
      fc.asyncProperty(record, record, async (one, other) => {
        fc.pre(JSON.stringify(one) !== JSON.stringify(other));
        const [mine, theirs] = [(await written(one)).split("\n"), (await written(other)).split("\n")];
        const json = (lines: readonly string[]) => lines.findIndex((line) => line.startsWith("{"));
        const swapped = [json(mine), json(mine) + 4].map((at, index) =>
          mine.with(at, theirs[json(theirs) + 4 * index] ?? "").join("\n"),
        );
        const cut = (lines: readonly string[]) => lines.findIndex((line) => line.startsWith("<details>"));
        const doctored = [...theirs.slice(0, cut(theirs)), ...mine.slice(cut(mine))].join("\n");
        for (const body of [...swapped, doctored]) {
          if (body === mine.join("\n")) continue;
          expect(await judge(commentOf(body), one)).toMatchObject({ kind: "refused" });
        }
      }),
      { numRuns: 60 },
    );
  });

  test("when an older one is put back", async () => {
    await fc.assert(
      fc.asyncProperty(record, fc.integer({ min: 1, max: 5 }), async (newest, back) => {
        fc.pre(newest.revision > back);
        const older = { ...newest, revision: newest.revision - back, outcomes: [] };
        const refused = await judge(commentOf(await written(older)), newest);
        expect(reasonsOf(refused)).toEqual([
          `it is an older record: revision ${older.revision}, while the check of the merged commit tells of revision ${newest.revision}`,
        ]);
      }),
      { numRuns: 40 },
    );
  });

  const other = { ...exampleRecord, pull: { ...exampleRecord.pull, number: 8 } };
  test.each<[string, ReleaseRecord, SignRecord, Partial<RecordComment>, string]>([
    [
      "it was copied by a person",
      exampleRecord,
      sign,
      { app: null, author: "mallory" },
      "it was not written by the app release-checklist, but by mallory",
    ],
    [
      "it was copied by another app",
      exampleRecord,
      sign,
      { app: 5, author: "evil[bot]" },
      "it was not written by the app release-checklist, but by evil[bot]",
    ],
    [
      "somebody edited it, even back to what it was",
      exampleRecord,
      sign,
      { editor: "root" },
      "it was edited by root",
    ],
    ["it is of another pull request", other, sign, {}, "it is the record of another pull request, #8"],
    [
      "it is of another repository",
      { ...exampleRecord, repository: { id: 78, name: "acme/other" } },
      sign,
      {},
      "it is a record of another repository, acme/other",
    ],
    [
      "it is of another commit",
      { ...exampleRecord, pull: { ...exampleRecord.pull, head: "c".repeat(40) } },
      sign,
      {},
      "it is a record of the commit ccccccc, while aaaaaaa was merged",
    ],
    [
      "it names another app",
      { ...exampleRecord, app: { id: 5, slug: "evil" } },
      sign,
      {},
      "it is a record of the app 5, not of 1011",
    ],
    [
      "it was signed with another key",
      exampleRecord,
      signWithAnother,
      {},
      "its signature was not made with the app's key",
    ],
    [
      "it has the newest revision, but is not what the check tells of",
      { ...exampleRecord, verdict: "overridden" },
      sign,
      {},
      "it is not the record that the check of the merged commit tells of (revision 2)",
    ],
  ])("when %s", async (_, record, by, more, why) => {
    expect(reasonsOf(await judge(commentOf(await written(record, by), more)))).toEqual([why]);
  });

  test("when there is none", async () => {
    expect(reasonsOf(await verifyRecord([], expectedFor(exampleRecord), keys))).toEqual([
      "no comment holds a release record",
    ]);
  });

  test("when a token of another kind was signed with the same key", async () => {
    const body = await written(exampleRecord);
    const { signature } = await sign(exampleRecord);
    const header = Buffer.from(JSON.stringify({ alg: "RS256", typ: "JWT" })).toString("base64url");
    const forged = body.replace(signature, `${header}..${signature.split("..")[1]}`);
    expect(reasonsOf(await judge(commentOf(forged)))).toEqual([
      "its signature was not made with the app's key",
    ]);
  });
});

test("without the check nobody can tell whether it is the newest", async () => {
  const comment = commentOf(await written(exampleRecord));
  const verified = await verifyRecord([comment], { ...expectedFor(exampleRecord), seal: null }, keys);
  expect(verified.kind).toBe("unknown");
});

test("a table that is too long gives way to the JSON, and is still compared", async () => {
  const long = {
    ...exampleRecord,
    items: Array.from({ length: 70 }, (_, index) => ({
      ...exampleItem,
      id: `item-${index}`,
      answers: [
        {
          ...exampleItem.answers[0],
          question: "Why?",
          text: "y".repeat(250),
          by: null,
          at: exampleRecord.times.opened,
        },
      ],
    })),
  };
  const body = await written(long);
  expect(body.length).toBeLessThanOrEqual(commentLimit);
  expect(body).toContain("the table does not fit into a comment");
  expect(await judge(commentOf(body), long)).toMatchObject({ kind: "stands" });
  expect(readSignedRecord(body.replace("does not fit", "would fit")).ok).toBe(false);
});
