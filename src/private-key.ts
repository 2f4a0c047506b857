import { createPrivateKey } from "node:crypto";
import { readFileSync } from "node:fs";

export type PrivateKeyReading =
  | { readonly ok: true; readonly pem: string }
  | { readonly ok: false; readonly message: string };

const downloaded = "the .pem file downloaded from the app's settings page";

/**
 * The app's private key as PEM text, checked to be one.
 *
 * Takes what Probot takes in `PRIVATE_KEY`: PEM text, PEM text whose line ends are written `\n` or are missing (many
 * hosts keep variables on one line), and any of these in base64. Messages never show any part of the value.
 */
export function readPrivateKey(text: string | undefined, path: string | undefined): PrivateKeyReading {
  if (text !== undefined) {
    const pem = toPem(text);
    return isRsaKey(pem)
      ? { ok: true, pem }
      : wrong(`PRIVATE_KEY is not an RSA private key: paste the whole text of ${downloaded}`);
  }
  if (path === undefined) {
    return wrong(`PRIVATE_KEY or PRIVATE_KEY_PATH is missing: give the text or the path of ${downloaded}`);
  }
  let file: string;
  try {
    file = readFileSync(path, "utf8");
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "unknown reason";
    return wrong(
      `PRIVATE_KEY_PATH names a file that cannot be read (${code}): give the path of ${downloaded}`,
    );
  }
  const pem = toPem(file);
  return isRsaKey(pem)
    ? { ok: true, pem }
    : wrong(`PRIVATE_KEY_PATH names a file that holds no RSA private key: give the path of ${downloaded}`);
}

const wrong = (message: string): PrivateKeyReading => ({ ok: false, message });

function toPem(value: string): string {
  const text = value.includes("-----BEGIN") ? value : Buffer.from(value, "base64").toString("utf8");
  const parts = /-----BEGIN ([A-Z ]+)-----([^-]+)-----END \1-----/.exec(text.replaceAll("\\n", "\n"));
  if (parts === null) return "";
  const [, label, body = ""] = parts;
  const lines = body.replace(/\s+/g, "").match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ""].join("\n");
}

/** GitHub signs with RS256 only, so a key of another kind would fail at the first request instead of here. */
function isRsaKey(pem: string): boolean {
  try {
    return createPrivateKey(pem).asymmetricKeyType === "rsa";
  } catch {
    return false;
  }
}
