import { sameName } from "../domain/actor.ts";
import { incidentLabel, mentioned } from "../domain/after/incidents.ts";
import { readFollowUpMarker } from "../domain/after/marker.ts";
import type { Edit } from "../domain/edit.ts";
import { actorOf } from "../github/read/account.ts";
import type { IssuePayload, Payload } from "./payload.ts";
import { repoOf } from "./repo.ts";
import { type Affected, type Hint, hint, ignored } from "./result.ts";

const idle = new Set([
  "locked",
  "unlocked",
  "pinned",
  "unpinned",
  "milestoned",
  "demilestoned",
  "typed",
  "untyped",
]);
/** An incident that names more is no release's in particular. */
const mostMentioned = 10;

/** The app's own follow-ups lead to their pull request, and so does an incident that names it. */
export const onIssue = (
  payload: Payload,
  why: string,
  slug: string,
  isEcho: (pull: number, edit: Edit) => boolean,
): Affected => {
  const { action = "", issue, repository } = payload;
  if (!issue || !repository) return ignored("incomplete");
  if (idle.has(action)) return ignored("changes-nothing");
  if (!isOurs(issue, slug)) return onIncident(payload, issue, why);
  const edit = action === "edited" ? editOf(payload, issue) : null;
  if (action === "edited" && edit === null) return ignored("changes-nothing");
  const pull = pullOf(issue, payload);
  if (pull !== null && edit !== null && isEcho(pull, edit)) return ignored("own-edit");
  return toFollowUp(payload, issue, hint(why, { issueEdits: edit === null ? [] : [edit] }));
};

/** The pull request whose follow-up this is; where its mark was taken out, only who knows the issue can tell. */
export function toFollowUp(payload: Payload, issue: IssuePayload, given: Hint): Affected {
  const { repository } = payload;
  if (!repository) return ignored("incomplete");
  const repo = repoOf(repository);
  const pull = pullOf(issue, payload);
  return pull === null
    ? { kind: "follow-ups", repo, issue: issue.number, hint: given }
    : { kind: "pulls", repo, numbers: [pull], hint: given };
}

export const isOurs = ({ user }: IssuePayload, slug: string): boolean =>
  user?.login !== undefined && sameName(user.login, `${slug}[bot]`);

const pullOf = ({ body }: IssuePayload, { changes }: Payload): number | null =>
  (readFollowUpMarker(body ?? "") ?? readFollowUpMarker(changes?.body?.from ?? ""))?.pull ?? null;

function onIncident({ repository }: Payload, issue: IssuePayload, why: string): Affected {
  const { title = "", body, labels = [], number } = issue;
  if (!repository || !labels.some(({ name }) => name?.toLowerCase() === incidentLabel))
    return ignored("no-follow-up");
  const repo = repoOf(repository);
  const numbers = mentioned(`${title}\n${body ?? ""}`, { owner: repo.owner, name: repo.repo }).filter(
    (other) => other !== number,
  );
  return numbers.length === 0
    ? ignored("no-follow-up")
    : { kind: "pulls", repo, numbers: numbers.slice(0, mostMentioned), hint: hint(why) };
}

const editOf = ({ changes, sender }: Payload, issue: IssuePayload): Edit | null =>
  changes?.body && issue.updated_at
    ? {
        // The payload has no time of its own: the edit is what updated the issue last.
        at: issue.updated_at,
        by: actorOf(sender),
        from: changes.body.from ?? "",
        to: issue.body ?? "",
        head: null,
        source: "event",
      }
    : null;
