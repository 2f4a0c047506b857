import type { Message } from "../domain/announcement.ts";
import { fromAnswer, fromFault, post } from "./exchange.ts";
import type { Sending, SendOptions } from "./sending.ts";
import type { TeamsTarget } from "./targets.ts";
import { teamsMessage } from "./teams-message.ts";

/** Posts an Adaptive Card to a workflow of Teams ("When a Teams webhook request is received"); it answers 202. */
export async function sendToTeams(
  { url }: TeamsTarget,
  message: Message,
  { timeoutMs }: SendOptions,
): Promise<Sending> {
  try {
    const answer = await post(url, {
      headers: { "content-type": "application/json", "user-agent": "release-checklist" },
      body: JSON.stringify(teamsMessage(message)),
      signal: AbortSignal.timeout(timeoutMs),
    });
    return fromAnswer(answer);
  } catch (fault) {
    return fromFault(fault);
  }
}
