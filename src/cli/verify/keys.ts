import { readFileSync } from "node:fs";
import { z } from "zod";
import { readPrivateKey } from "../../private-key.ts";
import { type KeySource, readKeys, type VerifyKey } from "../../record/verify.ts";
import { Cannot } from "../cannot.ts";
import type { Env } from "../connect.ts";

export interface KeyOptions {
  readonly key?: readonly string[];
  readonly keysFrom?: string;
}

/** Milliseconds until the app has to have answered. */
const patience = 10_000;
const jwks = z.object({
  keys: z.array(z.looseObject({ kty: z.literal("RSA"), n: z.string(), e: z.string() })).min(1),
});

/** The app's public keys: from files, from the running app, or from its private key in the environment. */
export async function keysOf(options: KeyOptions, env: Env): Promise<readonly VerifyKey[]> {
  const sources: KeySource[] = [];
  for (const file of options.key ?? []) sources.push(fromFile(file));
  if (options.keysFrom !== undefined) sources.push(...(await fromApp(options.keysFrom)));
  if (sources.length === 0) sources.push(fromEnv(env));
  try {
    return await readKeys(sources);
  } catch {
    throw new Cannot("what was given is no RSA key: give the app's public or private key as a PEM file.");
  }
}

function fromFile(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Cannot(
      `--key ${file} cannot be read (${code ?? "unknown reason"}): give a PEM file with the app's key.`,
    );
  }
}

async function fromApp(address: string): Promise<KeySource[]> {
  const url = URL.canParse(address) ? new URL("/.well-known/jwks.json", address) : null;
  if (url === null || !/^https?:$/.test(url.protocol))
    throw new Cannot(
      `--keys-from must be the address of the running app, such as https://checklist.example.com, not "${address}".`,
    );
  let answer: unknown;
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(patience) });
    if (!response.ok) throw new Error(`it answered ${response.status}`);
    answer = await response.json();
  } catch (error) {
    const why =
      error instanceof Error && /^it answered/.test(error.message)
        ? error.message
        : "it did not answer with JSON";
    throw new Cannot(`${url.href} tells no keys: ${why}.`);
  }
  const parsed = jwks.safeParse(answer);
  if (!parsed.success) throw new Cannot(`${url.href} tells no keys: what it answered is no set of RSA keys.`);
  return parsed.data.keys;
}

function fromEnv(env: Env): string {
  if (env.PRIVATE_KEY === undefined && env.PRIVATE_KEY_PATH === undefined)
    throw new Cannot(
      "the app's key is needed to check the signature: give --key <file>, --keys-from <address of the app>, or PRIVATE_KEY in the environment.",
    );
  const key = readPrivateKey(env.PRIVATE_KEY, env.PRIVATE_KEY_PATH);
  if (!key.ok) throw new Cannot(key.message);
  return key.pem;
}
