import type { Saying } from "../../decision.ts";
import type { Comment } from "../../snapshot.ts";
import { isNotify } from "../announcements.ts";
import { rightToSign } from "../circumstances.ts";
import { type CommandOf, type Hearing, note, refusals, why } from "./hearing.ts";
import { addTick } from "./sign.ts";

/** `announce` and `announced`: whoever signs the item may say either. */
export function announcement(
  hearing: Hearing,
  comment: Comment,
  command: CommandOf<"announce" | "announced">,
): Saying | null {
  const { checklist, snapshot, needs, collected } = hearing;
  const { at, author } = comment;
  const chosen = checklist.items
    .filter(isNotify)
    .filter(({ id }) => command.items.length === 0 || command.items.includes(id));
  if (chosen.length === 0) return note("This checklist announces nothing.");
  const reasons: string[] = [];
  for (const item of chosen) {
    const right = rightToSign(item, author, snapshot, needs);
    if (right.may !== "yes") {
      reasons.push(`\`${item.id}\`: ${why(right)}`);
      continue;
    }
    addTick(collected, item, comment, snapshot, "tick");
    if (command.kind === "announce") collected.announce.set(item.id, author.login);
    else collected.announced.set(item.id, { by: author.login, link: command.link, at });
  }
  return refusals(reasons);
}
