import { recordMarker } from "../render/record.ts";
import { isOurs, toFollowUp } from "./issue.ts";
import type { Payload } from "./payload.ts";
import { repoOf } from "./repo.ts";
import { type Affected, hint, ignored } from "./result.ts";

/** Commands stand on a line of their own; more exact reading is left to the look. */
const command = /^\s*\/checklist\b/im;

/** Only new comments: a command counts while its comment is unedited. The app's record is put right again. */
export const onComment = (payload: Payload, why: string, slug: string): Affected => {
  const { action, issue, comment, changes, sender, repository } = payload;
  if (!issue || !repository) return ignored("incomplete");
  if (!issue.pull_request && !isOurs(issue, slug)) return ignored("no-pull-request");
  const isRecord = [comment?.body, changes?.body?.from].some((body) => body?.includes(recordMarker));
  if (isRecord && issue.pull_request && action !== "created" && sender?.login !== comment?.user?.login)
    return { kind: "pulls", repo: repoOf(repository), numbers: [issue.number], hint: hint(why) };
  if (action !== "created") return ignored("changes-nothing");
  if (comment?.user?.type === "Bot") return ignored("not-a-person");
  if (!command.test(comment?.body ?? "")) return ignored("no-command");
  if (!issue.pull_request) return toFollowUp(payload, issue, hint(why));
  return { kind: "pulls", repo: repoOf(repository), numbers: [issue.number], hint: hint(why) };
};
