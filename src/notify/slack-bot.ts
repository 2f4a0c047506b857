import type { Message } from "../domain/announcement.ts";
import { type Answer, fromAnswer, fromFault, post } from "./exchange.ts";
import type { Sending, SendOptions } from "./sending.ts";
import { slackMessage } from "./slack-message.ts";
import type { SlackBotTarget } from "./targets.ts";

/** Slack's Web API; `apiUrl` of a target names another one, such as GovSlack's. */
const publicApi = "https://slack.com/api/";

/** Errors that are worth showing; Slack answers 200 to all of them. https://docs.slack.dev/reference/methods/chat.postMessage */
const reasons = new Set([
  "account_inactive",
  "channel_not_found",
  "invalid_auth",
  "invalid_blocks",
  "is_archived",
  "missing_scope",
  "msg_too_long",
  "no_permission",
  "no_text",
  "not_authed",
  "not_in_channel",
  "rate_limited",
  "ratelimited",
  "restricted_action",
  "token_expired",
  "token_revoked",
]);

/** Slack's own faults, after which the message may have arrived. */
const unclear = new Set(["fatal_error", "internal_error", "request_timeout", "service_unavailable"]);

/**
 * Posts with a bot token. Slack's own client repeats by itself and hides what was answered, which would make a
 * message that arrived look as if it had failed; hence one plain request.
 */
export async function sendToSlackBot(
  { token, channel, apiUrl }: SlackBotTarget,
  message: Message,
  { timeoutMs }: SendOptions,
): Promise<Sending> {
  try {
    const answer = await post(new URL("chat.postMessage", apiUrl ?? publicApi).href, {
      headers: {
        "content-type": "application/json; charset=utf-8",
        authorization: `Bearer ${token}`,
        "user-agent": "release-checklist",
      },
      body: JSON.stringify({ channel, ...slackMessage(message), ...inThread(message) }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    return answer.status >= 200 && answer.status < 300 ? fromWords(answer) : fromAnswer(answer);
  } catch (fault) {
    return fromFault(fault);
  }
}

/** As our own receipt names the message that is answered. */
function inThread({ answers }: Message): { readonly thread_ts?: string } {
  const at = /^message ([\d.]+) in /.exec(answers ?? "")?.[1];
  return at === undefined ? {} : { thread_ts: at };
}

/** Of a long answer only the beginning is read: what is needed stands there, and is looked for as it is written. */
function fromWords({ said }: Answer): Sending {
  const field = (name: string): string | null =>
    new RegExp(`"${name}"\\s*:\\s*"([\\w.]{1,60})"`).exec(said)?.[1] ?? null;
  if (/"ok"\s*:\s*true/.test(said)) {
    const at = field("ts");
    const where = field("channel");
    return { outcome: "sent", detail: at && where ? `message ${at} in ${where}` : "accepted by Slack" };
  }
  const error = field("error");
  if (error === null || unclear.has(error)) {
    return { outcome: "unclear", detail: "Slack's answer does not say whether it arrived" };
  }
  return { outcome: "failed", detail: `refused by Slack${reasons.has(error) ? `: ${error}` : ""}` };
}
