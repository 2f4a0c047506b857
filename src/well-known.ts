import { publicKeys } from "./record/sign.ts";
import type { Handler } from "./webhook-door.ts";

/** `GET /.well-known/jwks.json`: the public key by which anybody can check the app's release records (RFC 7517). */
export function publicKeysHandler(privateKey: string): Handler {
  const text = publicKeys(privateKey).then((keys) => `${JSON.stringify(keys)}\n`);
  // Whoever asks hears of a fault.
  text.catch(() => {});
  return async (request, response) => {
    const path = request.url?.split("?")[0];
    if (path !== "/.well-known/jwks.json" || (request.method !== "GET" && request.method !== "HEAD"))
      return false;
    response
      .writeHead(200, { "content-type": "application/jwk-set+json", "cache-control": "public, max-age=300" })
      .end(await text);
    return true;
  };
}
