import { createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";
import { CompactSign, calculateJwkThumbprint, exportJWK, type JWK } from "jose";
import { type ReleaseRecord, writeRecord } from "../domain/record/record.ts";
import type { SignedRecord } from "../render/record.ts";

/** What `typ` in the header says, so that no other token signed with this key passes for a record. */
export const recordType = "release-record";

export type SignRecord = (record: ReleaseRecord) => Promise<SignedRecord>;

/**
 * Signs with the app's private key. RS256 gives the same signature for the same record each time, so that a second look
 * at an unchanged release writes nothing.
 *
 * @param privateKey PEM, as GitHub gives it.
 */
export function createSigner(privateKey: string): SignRecord {
  const key = createPrivateKey(privateKey);
  let kid: Promise<string> | null = null;
  return async (record) => {
    kid ??= thumbprintOf(createPublicKey(privateKey));
    const jws = await new CompactSign(new TextEncoder().encode(writeRecord(record)))
      .setProtectedHeader({ alg: "RS256", typ: recordType, kid: await kid })
      .sign(key);
    const [header, , signature] = jws.split(".");
    return { record, signature: `${header}..${signature}` };
  };
}

/** The public half of the app's key, as `/.well-known/jwks.json` shows it (RFC 7517). */
export async function publicKeys(privateKey: string): Promise<{ readonly keys: readonly JWK[] }> {
  const key = createPublicKey(privateKey);
  return {
    keys: [{ ...(await exportJWK(key)), kid: await thumbprintOf(key), alg: "RS256", use: "sig" }],
  };
}

const thumbprintOf = async (key: KeyObject): Promise<string> => calculateJwkThumbprint(await exportJWK(key));
