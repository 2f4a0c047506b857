import { type FetchFunction, IncomingWebhook } from "@slack/webhook";
import type { Message } from "../domain/announcement.ts";
import { type Answer, fromAnswer, fromFault, post } from "./exchange.ts";
import type { Sending, SendOptions } from "./sending.ts";
import { slackMessage } from "./slack-message.ts";
import type { SlackTarget } from "./targets.ts";

/** What Slack gives as reason; other words are not shown. https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks */
const reasons = new Set([
  "action_prohibited",
  "channel_is_archived",
  "channel_not_found",
  "invalid_blocks",
  "invalid_payload",
  "invalid_token",
  "no_active_hooks",
  "no_service",
  "no_service_id",
  "no_team",
  "no_text",
  "posting_to_general_channel_denied",
  "rate_limited",
  "team_disabled",
  "too_many_attachments",
  "user_not_found",
]);

/** The client's own errors tell neither a redirect from a reset nor `Retry-After`, so the exchange is judged beside it. */
export async function sendToSlack(
  { url }: SlackTarget,
  message: Message,
  { timeoutMs }: SendOptions,
): Promise<Sending> {
  let sending: Sending | undefined;
  const fetch: FetchFunction = async (address, init) => {
    try {
      const answer = await post(String(address), {
        headers: init?.headers ?? {},
        body: String(init?.body ?? ""),
        signal: init?.signal ?? AbortSignal.timeout(timeoutMs),
      });
      sending = fromAnswer(answer, reasonOf(answer));
      return new Response(answer.said || null, { status: answer.status });
    } catch (fault) {
      sending ??= fromFault(fault);
      throw fault;
    }
  };
  const client = new IncomingWebhook(url, { fetch, timeout: timeoutMs, retryConfig: { retries: 0 } });
  // The client rejects for what is not accepted; what `fetch` saw tells more.
  await client.send(slackMessage(message)).catch(() => {});
  return sending ?? fromFault(undefined);
}

function reasonOf({ said }: Answer): string {
  const word = said.trim();
  return reasons.has(word) ? word : "";
}
