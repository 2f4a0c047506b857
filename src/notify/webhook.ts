import { createHash, createHmac } from "node:crypto";
import type { Message } from "../domain/announcement.ts";
import { fromAnswer, fromFault, post } from "./exchange.ts";
import type { Sending, SendOptions } from "./sending.ts";
import type { WebhookTarget } from "./targets.ts";

/**
 * Posts the message as JSON. `X-Release-Checklist-Signature-256` is `sha256=` and the HMAC of the raw body in hex, as
 * GitHub signs its webhooks; `X-Release-Checklist-Delivery` is the same on every try.
 */
export async function sendToWebhook(
  { url, secret }: WebhookTarget,
  { id, title, url: page, lines, text }: Message,
  { timeoutMs }: SendOptions,
): Promise<Sending> {
  try {
    const body = JSON.stringify({ id, title, url: page, lines, text });
    const answer = await post(url, {
      headers: {
        "content-type": "application/json",
        "user-agent": "release-checklist",
        "x-release-checklist-delivery": headerSafe(id),
        "x-release-checklist-signature-256": `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`,
      },
      body,
      signal: AbortSignal.timeout(timeoutMs),
    });
    return fromAnswer(answer);
  } catch (fault) {
    return fromFault(fault);
  }
}

const headerSafe = (id: string): string =>
  /^[\x21-\x7e]{1,200}$/.test(id) ? id : createHash("sha256").update(id).digest("hex");
