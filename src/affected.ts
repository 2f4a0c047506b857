import { onCheckRun, onCheckSuite, onStatus, onWorkflowRun } from "./affected/checks.ts";
import { onComment } from "./affected/comment.ts";
import { onDeployment } from "./affected/deployment.ts";
import { onIssue } from "./affected/issue.ts";
import { onMergeGroup } from "./affected/merge-group.ts";
import type { Event, Payload } from "./affected/payload.ts";
import { onMember, onMembership, onOrganization, onTeam } from "./affected/people.ts";
import { onRelease } from "./affected/published.ts";
import { onPullRequest } from "./affected/pull-request.ts";
import { repoOf } from "./affected/repo.ts";
import {
  onInstallation,
  onInstallationRepositories,
  onLabel,
  onPush,
  onRepository,
} from "./affected/repository.ts";
import { type Affected, ignored } from "./affected/result.ts";
import { sameName } from "./domain/actor.ts";
import type { Edit } from "./domain/edit.ts";
import type { RepoName } from "./github/read/account.ts";

export type { Event, Payload } from "./affected/payload.ts";
export { type Affected, type Hint, type Reason, reasons } from "./affected/result.ts";

/** What must be known to tell which pull requests an event is about. */
export interface Known {
  /** The app itself, as `GET /app` tells. */
  readonly app: { readonly id: number; readonly slug: string };
  /** Whether `from` is what we had read when we wrote this text of this pull request: then our edit erased nothing. */
  readonly readBeforeWriting: (
    pull: RepoName & { readonly number: number },
    from: string,
    text: WrittenText,
  ) => boolean;
  /** Repositories of the same owner whose configuration extends one of these files; null: any file of the repository. */
  readonly restingOn: (repo: RepoName, paths: readonly string[] | null) => readonly RepoName[];
}

/** What the app writes into: the description of a pull request, or the follow-up of its merge. */
export type WrittenText = "description" | "follow-up";

type Handler = (payload: Payload, why: string, known: Known) => Affected;

/** By event. What stands here is what the app wants to be told; `app.yml` subscribes to these. */
const handlers: Readonly<Record<string, Handler>> = {
  check_run: (payload, why, { app }) => onCheckRun(payload, why, app.id),
  check_suite: (payload, why, { app }) => onCheckSuite(payload, why, app.id),
  deployment: onDeployment,
  deployment_status: onDeployment,
  installation: onInstallation,
  installation_repositories: onInstallationRepositories,
  issue_comment: (payload, why, { app }) => onComment(payload, why, app.slug),
  issues: (payload, why, known) =>
    onIssue(payload, why, known.app.slug, (pull, edit) => isEcho(payload, pull, edit, known, "follow-up")),
  label: onLabel,
  member: onMember,
  membership: onMembership,
  merge_group: onMergeGroup,
  organization: onOrganization,
  pull_request: (payload, why, known) =>
    onPullRequest(payload, why, (edit) =>
      isEcho(payload, payload.pull_request?.number ?? 0, edit, known, "description"),
    ),
  push: (payload, why, { restingOn }) => onPush(payload, why, restingOn),
  release: onRelease,
  repository: onRepository,
  status: onStatus,
  team: onTeam,
  team_add: onMember,
  workflow_job: () => ignored("told-elsewhere"),
  workflow_run: onWorkflowRun,
};

/** Which pull requests are to be looked at because of this event, or why none. */
export const affected = ({ name, payload }: Event, known: Known): Affected => {
  const why = payload.action ? `${name}.${payload.action}` : name;
  return Object.hasOwn(handlers, name)
    ? (handlers[name] as Handler)(payload, why, known)
    : ignored("unrelated");
};

/** An app's writes come back to it as edits by `<slug>[bot]`. */
const isEcho = (
  { repository }: Payload,
  number: number,
  edit: Edit,
  { app, readBeforeWriting }: Known,
  text: WrittenText,
) => {
  if (!repository || !edit.by || !sameName(edit.by.login, `${app.slug}[bot]`)) return false;
  return readBeforeWriting({ ...repoOf(repository), number }, edit.from, text);
};
