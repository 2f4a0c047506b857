import type { Message } from "../domain/announcement.ts";
import type { Sending, SendOptions } from "./sending.ts";
import { sendToSlack } from "./slack.ts";
import { sendToSlackBot } from "./slack-bot.ts";
import type { Target } from "./targets.ts";
import { sendToTeams } from "./teams.ts";
import { sendToWebhook } from "./webhook.ts";

const patience: SendOptions = { timeoutMs: 10_000 };

/** Sends once, and never rejects: no target knows how to tell a repetition, so trying again is the caller's to decide. */
export function send(target: Target, message: Message, options: SendOptions = patience): Promise<Sending> {
  switch (target.type) {
    case "slack":
      return sendToSlack(target, message, options);
    case "slack-bot":
      return sendToSlackBot(target, message, options);
    case "teams":
      return sendToTeams(target, message, options);
    case "webhook":
      return sendToWebhook(target, message, options);
  }
}
