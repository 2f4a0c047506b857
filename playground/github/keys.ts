import { createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from "node:crypto";

/** RSA keys are slow to make: one pair serves a whole process. */
let cached: string | undefined;

/** A private key in PEM, made once in a process. */
export function testPrivateKey(): string {
  cached ??= generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  }).privateKey;
  return cached;
}

const publicKeys = new Map<string, KeyObject>();

export function publicKeyOf(privateKey: string): KeyObject {
  const known = publicKeys.get(privateKey);
  if (known) return known;
  const key = createPublicKey(privateKey);
  publicKeys.set(privateKey, key);
  return key;
}

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");

/** The token with which an app speaks for itself. Times are in seconds. */
export function signJwt(
  privateKey: string,
  claims: { iss: number | string; iat: number; exp: number },
): string {
  const text = `${part({ alg: "RS256", typ: "JWT" })}.${part(claims)}`;
  return `${text}.${sign("RSA-SHA256", Buffer.from(text), privateKey).toString("base64url")}`;
}

export interface Claims {
  iss?: unknown;
  iat?: unknown;
  exp?: unknown;
}

/** The claims of a token, not yet verified, or nothing when it is no token at all. */
export function readJwt(token: string): Claims | undefined {
  const [header, claims] = token.split(".");
  try {
    const { alg } = JSON.parse(Buffer.from(header ?? "", "base64url").toString()) as { alg?: unknown };
    if (alg !== "RS256") return undefined;
    return JSON.parse(Buffer.from(claims ?? "", "base64url").toString()) as Claims;
  } catch {
    return undefined;
  }
}

export function verifyJwt(token: string, key: KeyObject): boolean {
  const end = token.lastIndexOf(".");
  const signature = Buffer.from(token.slice(end + 1), "base64url");
  return verify("RSA-SHA256", Buffer.from(token.slice(0, end)), key, signature);
}
