import type { Edit } from "../domain/edit.ts";
import type { Push } from "../domain/push.ts";
import { actorOf } from "../github/read/account.ts";
import type { Payload, PullPayload } from "./payload.ts";
import { repoOf } from "./repo.ts";
import { type Affected, hint, ignored } from "./result.ts";

const idle = new Set([
  "auto_merge_disabled",
  "auto_merge_enabled",
  "demilestoned",
  "dequeued",
  "enqueued",
  "locked",
  "milestoned",
  "review_request_removed",
  "review_requested",
  "unlocked",
]);

/** Every action that is not known to change nothing is a reason to look. */
export const onPullRequest = (payload: Payload, why: string, isEcho: (edit: Edit) => boolean): Affected => {
  const { action = "", pull_request: pull, repository } = payload;
  if (!pull || !repository) return ignored("incomplete");
  if (idle.has(action)) return ignored("changes-nothing");
  if (action === "edited" && changesTitleOnly(payload)) return ignored("changes-nothing");
  const edit = action === "edited" ? editOf(payload, pull) : null;
  if (edit && !payload.changes?.base && isEcho(edit)) return ignored("own-edit");
  return {
    kind: "pulls",
    repo: repoOf(repository),
    numbers: [pull.number],
    hint: hint(why, {
      edits: edit ? [edit] : [],
      head: pull.head.sha,
      // Another base may make it a release, whatever is remembered.
      fresh: payload.changes?.base !== undefined,
      pushes: action === "synchronize" && payload.before ? [pushOf(payload.before, pull)] : [],
      vacated: vacatedBy(payload, pull),
    }),
  };
};

/** The payload has no time of its own: nothing updated the pull request after it. */
const pushOf = (from: string, { head, updated_at: at }: PullPayload): Push => ({
  from,
  to: head.sha,
  at: at ?? "",
});

/** One pull request decides for a commit and base. When it goes away, its verdict must not stand for another one. */
const vacatedBy = ({ action, before, changes }: Payload, pull: PullPayload): string | null => {
  if (action === "synchronize") return before ?? null;
  return action === "closed" || changes?.base ? pull.head.sha : null;
};

const changesTitleOnly = ({ changes }: Payload): boolean =>
  changes?.title !== undefined && changes.body === undefined && changes.base === undefined;

const editOf = ({ changes, sender }: Payload, pull: PullPayload): Edit | null =>
  changes?.body && pull.updated_at
    ? {
        // The payload has no time of its own: the edit is what updated the pull request last.
        at: pull.updated_at,
        by: actorOf(sender),
        from: changes.body.from ?? "",
        to: pull.body ?? "",
        head: pull.head.sha,
        source: "event",
      }
    : null;
