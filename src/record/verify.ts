import { createPublicKey, type KeyObject } from "node:crypto";
import { type CryptoKey, compactVerify, errors, importJWK, type JWK } from "jose";
import type { Seal } from "../domain/ledger.ts";
import { type ReleaseRecord, writeRecord } from "../domain/record/record.ts";
import { readSignedRecord, recordMarker } from "../render/record.ts";
import { sealOf } from "./seal.ts";
import { recordType } from "./sign.ts";

/** A comment that may hold the record, with what GitHub tells of it. */
export interface RecordComment {
  readonly id: number;
  readonly url: string;
  readonly body: string;
  /** Id of the app that wrote it; null: somebody else. */
  readonly app: number | null;
  readonly author: string;
  /** Login of the last editor; null: never edited, or nobody knows. */
  readonly editor: string | null;
}

/** Where a record belongs, and what is known of the newest one. */
export interface Expected {
  readonly app: { readonly id: number; readonly slug: string };
  readonly repository: number;
  readonly pull: number;
  readonly head: string;
  /** From the check of the head commit; null: it is gone, or says nothing. */
  readonly seal: Seal | null;
}

export type Verified =
  | { readonly kind: "stands"; readonly record: ReleaseRecord; readonly comment: RecordComment }
  /** There is something that must not be taken for the record. */
  | { readonly kind: "refused"; readonly reasons: readonly Refusal[] }
  /** It is signed and unchanged, but nothing tells whether it is the newest. */
  | { readonly kind: "unknown"; readonly why: string };

export interface Refusal {
  readonly comment: RecordComment | null;
  /** One sentence without its full stop; plain text. */
  readonly why: string;
}

/** A public key of the app. After a change of the key the older ones are wanted as well. */
export type VerifyKey = KeyObject | CryptoKey;

/** Keys as PEM text of a public or private key, or as JWK. */
export type KeySource = string | JWK;

export async function readKeys(sources: readonly KeySource[]): Promise<readonly VerifyKey[]> {
  return Promise.all(
    sources.map(async (source) => {
      if (typeof source === "string") return createPublicKey(source);
      const key = await importJWK(source, "RS256");
      if (key instanceof Uint8Array) throw new TypeError("a secret key verifies nothing here");
      return key;
    }),
  );
}

/**
 * Whether one of these comments is the record of this very pull request: written by the app, unedited by others, what
 * people read following from the JSON, signed with the app's key, and the newest one.
 */
export async function verifyRecord(
  comments: readonly RecordComment[],
  expected: Expected,
  keys: readonly VerifyKey[],
): Promise<Verified> {
  const refusals: Refusal[] = [];
  const good: { readonly record: ReleaseRecord; readonly comment: RecordComment }[] = [];
  for (const comment of comments.filter(({ body }) => body.includes(recordMarker))) {
    const record = await judge(comment, expected, keys);
    if (typeof record === "string") refusals.push({ comment, why: record });
    else good.push({ record, comment });
  }
  const { seal } = expected;
  for (const found of good) {
    if (seal === null) continue;
    const { revision, digest } = sealOf(found.record);
    if (revision === seal.revision && digest === seal.digest) return { kind: "stands", ...found };
    refusals.push({
      comment: found.comment,
      why:
        revision < seal.revision
          ? `it is an older record: revision ${revision}, while the check of the merged commit tells of revision ${seal.revision}`
          : `it is not the record that the check of the merged commit tells of (revision ${seal.revision})`,
    });
  }
  if (good.length > 0 && seal === null)
    return {
      kind: "unknown",
      why: "the check of the merged commit says nothing of a record, so that nothing tells whether this is the newest one (GitHub keeps checks for 400 days)",
    };
  return refusals.length > 0
    ? { kind: "refused", reasons: refusals }
    : { kind: "refused", reasons: [{ comment: null, why: "no comment holds a release record" }] };
}

/** The record, or why it is none. */
async function judge(
  comment: RecordComment,
  expected: Expected,
  keys: readonly VerifyKey[],
): Promise<ReleaseRecord | string> {
  const { app } = expected;
  const self = `${app.slug}[bot]`;
  if (comment.app !== app.id) return `it was not written by the app ${app.slug}, but by ${comment.author}`;
  if (comment.editor !== null && comment.editor !== self) return `it was edited by ${comment.editor}`;
  const reading = readSignedRecord(comment.body);
  if (!reading.ok) return reading.why;
  const { record, signature } = reading.signed;
  const wrong = await signatureFault(writeRecord(record), signature, keys);
  if (wrong !== null) return wrong;
  if (record.app.id !== app.id) return `it is a record of the app ${record.app.id}, not of ${app.id}`;
  if (record.repository.id !== expected.repository)
    return `it is a record of another repository, ${record.repository.name}`;
  if (record.pull.number !== expected.pull)
    return `it is the record of another pull request, #${record.pull.number}`;
  if (record.pull.head !== expected.head)
    return `it is a record of the commit ${record.pull.head.slice(0, 7)}, while ${expected.head.slice(0, 7)} was merged`;
  return record;
}

/** Null: one of the keys made it. */
async function signatureFault(
  text: string,
  signature: string,
  keys: readonly VerifyKey[],
): Promise<string | null> {
  const payload = Buffer.from(text).toString("base64url");
  const jws = signature.replace("..", `.${payload}.`);
  for (const key of keys) {
    try {
      const { protectedHeader } = await compactVerify(jws, key, { algorithms: ["RS256"] });
      return protectedHeader.typ === recordType ? null : "what is signed is not a release record";
    } catch (error) {
      if (!(error instanceof errors.JOSEError)) throw error;
    }
  }
  return "its signature was not made with the app's key";
}
