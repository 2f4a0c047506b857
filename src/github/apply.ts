import { followUpLabel } from "../domain/after/marker.ts";
import type { Problem } from "../domain/problem.ts";
import type { CheckContent, CreateCheck, CreateComment, CreateIssue, Write } from "../domain/write.ts";
import type { Octokit } from "./client.ts";
import { classify, PassingFault } from "./errors.ts";
import type { RepoName } from "./read/account.ts";
import { listComments } from "./read/comments.ts";
import { findIssue } from "./read/issues.ts";
import { listOwnRuns } from "./read/own-run.ts";

export interface ApplyContext {
  readonly octokit: Octokit;
  readonly repo: RepoName;
  /** The app itself: only what it made counts as ours. */
  readonly app: { readonly id: number; readonly slug: string };
}

/** What became of a write. Passing faults are thrown: the look is tried again. */
export type Applied =
  | {
      readonly outcome: "done";
      /** Of the check run, comment or reaction; of a description: the pull request's number. */
      readonly id: number;
      /** What GitHub says stands there now; null where it does not tell. */
      readonly body: string | null;
      /** GitHub's time of the write, ISO 8601; null where it does not tell. */
      readonly at: string | null;
      readonly url: string | null;
      /** It was there already: nothing was written. */
      readonly existed: boolean;
    }
  /** GitHub will not have it until somebody changes something. */
  | { readonly outcome: "refused"; readonly status: number; readonly problem: Problem };

/** The only writer. Carries out one planned write. */
export const applyWrite = async (context: ApplyContext, write: Write): Promise<Applied> => {
  try {
    return await carryOut(context, write);
  } catch (error) {
    const meaning = classify(error);
    if (meaning instanceof PassingFault) throw meaning;
    return {
      outcome: "refused",
      status: meaning.status,
      problem: { what: words[write.kind], why: meaning.why },
    };
  }
};

const words: Readonly<Record<Write["kind"], string>> = {
  "create-check": "writing the check",
  "update-check": "writing the check",
  "update-body": "writing the description",
  "create-comment": "writing a comment",
  "update-comment": "changing a comment",
  react: "reacting to a comment",
  "create-issue": "opening the follow-up",
  "update-issue": "writing the follow-up",
  "turn-issue": "closing or reopening the follow-up",
};

type Done = Extract<Applied, { outcome: "done" }>;

const carryOut = async (context: ApplyContext, write: Write): Promise<Done> => {
  const { octokit, repo } = context;
  switch (write.kind) {
    case "create-check":
      return createCheck(context, write);
    case "update-check": {
      const { data } = await octokit.rest.checks.update({
        ...repo,
        check_run_id: write.id,
        ...checkParameters(write),
      });
      return done(data.id, { url: data.html_url });
    }
    case "update-body": {
      const { data } = await octokit.rest.pulls.update({
        ...repo,
        pull_number: write.pull,
        body: write.body,
      });
      return done(data.number, { body: data.body ?? "", at: data.updated_at, url: data.html_url });
    }
    case "create-comment":
      return createComment(context, write);
    case "update-comment": {
      const { data } = await octokit.rest.issues.updateComment({
        ...repo,
        comment_id: write.comment,
        body: write.body,
      });
      return done(data.id, { body: data.body ?? "", at: data.updated_at, url: data.html_url });
    }
    case "create-issue":
      return createIssue(context, write);
    case "update-issue": {
      const { data } = await octokit.rest.issues.update({
        ...repo,
        issue_number: write.issue,
        body: write.body,
      });
      return done(data.number, { body: data.body ?? "", at: data.updated_at, url: data.html_url });
    }
    case "turn-issue": {
      const { data } = await octokit.rest.issues.update({
        ...repo,
        issue_number: write.issue,
        state: write.state,
        state_reason: write.state === "closed" ? "completed" : "reopened",
      });
      return done(data.number, { at: data.updated_at, url: data.html_url });
    }
    case "react": {
      // GitHub keeps one reaction of a kind for each account, so doing it twice is harmless.
      const { data } = await octokit.rest.reactions.createForIssueComment({
        ...repo,
        comment_id: write.comment,
        content: write.reaction,
      });
      return done(data.id, { at: data.created_at });
    }
  }
};

const done = (id: number, told: Partial<Done> = {}): Done => ({
  outcome: "done",
  id,
  body: null,
  at: null,
  url: null,
  existed: false,
  ...told,
});

/** The caller has read our runs on this commit and found none; only after an unclear failure there may be one after all. */
const createCheck = async (context: ApplyContext, write: CreateCheck): Promise<Done> => {
  const { octokit, repo, app } = context;
  const create = async (): Promise<Done> => {
    const { data } = await octokit.rest.checks.create({
      ...repo,
      head_sha: write.headSha,
      ...checkParameters(write),
    });
    return done(data.id, { url: data.html_url });
  };
  return createOnce(create, async () => {
    const runs = await listOwnRuns(octokit, repo, write.headSha, app.id);
    const ours = runs.find((run) => run.name === write.name && run.externalId === write.externalId);
    return ours ? done(ours.id, { existed: true }) : null;
  });
};

const createComment = async (context: ApplyContext, write: CreateComment): Promise<Done> => {
  const { octokit, repo } = context;
  const find = () => findComment(context, write);
  const create = async (): Promise<Done> => {
    const { data } = await octokit.rest.issues.createComment({
      ...repo,
      issue_number: write.pull,
      body: write.body,
    });
    return done(data.id, { body: data.body ?? "", at: data.created_at, url: data.html_url });
  };
  return (await find()) ?? (await createOnce(create, find));
};

const createIssue = async (context: ApplyContext, write: CreateIssue): Promise<Done> => {
  const { octokit, repo, app } = context;
  const find = async (): Promise<Done | null> => {
    const ours = await findIssue(octokit, repo, app.slug, write);
    return ours === null ? null : done(ours.number, { body: ours.body, url: ours.url, existed: true });
  };
  const createFor = async (assignees: readonly string[]): Promise<Done> => {
    const { title, body } = write;
    const { data } = await octokit.rest.issues.create({
      ...repo,
      title,
      body,
      labels: [followUpLabel],
      assignees: [...assignees],
    });
    return done(data.number, { body: data.body ?? "", at: data.created_at, url: data.html_url });
  };
  const create = async (): Promise<Done> => {
    try {
      return await createFor(write.assignees);
    } catch (error) {
      // Somebody who may not be assigned here must not keep the issue from being opened.
      if (write.assignees.length === 0 || !isInvalid(error)) throw error;
      return createFor([]);
    }
  };
  return (await find()) ?? (await createOnce(create, find));
};

const isInvalid = (error: unknown): boolean =>
  error instanceof Error && "status" in error && error.status === 422;

const findComment = async (
  { octokit, repo, app }: ApplyContext,
  { pull, marker }: CreateComment,
): Promise<Done | null> => {
  const comments = await listComments(octokit, repo, pull, null);
  const isOurs = ({ performed_via_github_app: via, user }: (typeof comments)[number]) =>
    via?.id === app.id || user?.login === `${app.slug}[bot]`;
  const ours = comments.find((comment) => isOurs(comment) && comment.body?.includes(marker));
  return ours
    ? done(ours.id, { body: ours.body ?? "", at: ours.created_at, url: ours.html_url, existed: true })
    : null;
};

/** A create is never repeated blindly: after a failure that leaves it open, ours is looked for first. */
const createOnce = async (create: () => Promise<Done>, find: () => Promise<Done | null>): Promise<Done> => {
  try {
    return await create();
  } catch (error) {
    const meaning = classify(error);
    if (!(meaning instanceof PassingFault && meaning.unclear)) throw error;
    return (await find()) ?? (await create());
  }
};

const checkParameters = (write: CheckContent & Pick<CreateCheck, "annotations">) => ({
  name: write.name,
  external_id: write.externalId,
  status: "completed" as const,
  conclusion: write.conclusion,
  ...(write.detailsUrl ? { details_url: write.detailsUrl } : {}),
  actions: [...write.actions],
  output: {
    title: write.title,
    summary: write.summary,
    text: write.text,
    ...(write.annotations?.length
      ? {
          annotations: write.annotations.map(({ path, line, level, message }) => ({
            path,
            start_line: line,
            end_line: line,
            annotation_level: level,
            message,
          })),
        }
      : {}),
  },
});
