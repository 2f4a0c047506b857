import { recordMarker } from "../render/record.ts";
import type { Payload } from "./payload.ts";
import { repoOf } from "./repo.ts";
import { type Affected, hint, ignored } from "./result.ts";

/** Commands stand on a line of their own; more exact reading is left to the look. */
const command = /^\s*\/checklist\b/im;

/** Only new comments: a command counts while its comment is unedited. The app's record is put right again. */
export const onComment = (
  { action, issue, comment, changes, sender, repository }: Payload,
  why: string,
): Affected => {
  if (!issue || !repository) return ignored("incomplete");
  if (!issue.pull_request) return ignored("no-pull-request");
  const isRecord = [comment?.body, changes?.body?.from].some((body) => body?.includes(recordMarker));
  if (isRecord && action !== "created" && sender?.type !== "Bot")
    return { kind: "pulls", repo: repoOf(repository), numbers: [issue.number], hint: hint(why) };
  if (action !== "created") return ignored("changes-nothing");
  if (comment?.user?.type === "Bot") return ignored("not-a-person");
  if (!command.test(comment?.body ?? "")) return ignored("no-command");
  return { kind: "pulls", repo: repoOf(repository), numbers: [issue.number], hint: hint(why) };
};
