import type { ApplicationFunction } from "probot";
import { repoOf } from "./affected/repo.ts";
import { type Affected, affected, type Event, type Hint, type Known, type Payload } from "./affected.ts";
import type { Edit } from "./domain/edit.ts";
import type { MergeGroup } from "./domain/merge-group.ts";
import type { Repo } from "./domain/snapshot.ts";
import type { Clients } from "./github/client.ts";
import type { FollowUps } from "./github/follow-ups.ts";
import type { OpenPulls } from "./github/open-pulls.ts";
import type { RepoName } from "./github/read/account.ts";
import type { Identity } from "./github/read/identity.ts";
import { type PullKey, type Queue, type Work, work } from "./queue/queue.ts";
import type { Sweep } from "./sweep.ts";

type DeployedRepo = Pick<Repo, "owner" | "name" | "defaultBranch">;

export interface AppOptions {
  readonly identity: () => Promise<Identity>;
  readonly clients: Clients;
  readonly queue: Pick<Queue, "add">;
  readonly pulls: OpenPulls;
  readonly followUps: Pick<FollowUps, "withCommit" | "withIssue" | "open">;
  /** Where other replicas look as well, finds out which follow-ups there are. */
  readonly learnFollowUps: (installation: number, repo: RepoName) => Promise<void>;
  readonly sweep: Sweep;
  readonly readBeforeWriting: Known["readBeforeWriting"];
  readonly restingOn: Known["restingOn"];
  /** Whether what the event tells can change anything for this pull request, by what is remembered of it. */
  readonly interest: (key: PullKey, hint: Hint) => "none" | "unawaited" | "awaited";
  /** Whether an item of the repository's checklist waits for what runs in this environment. */
  readonly awaits: (installation: number, repo: DeployedRepo, environment: string) => Promise<boolean>;
  readonly answerGroup: (installation: number, repo: RepoName, group: MergeGroup) => Promise<void>;
  /** An event says that rights of people have changed. */
  readonly forgetPeople: () => void;
  /** Told of every event, for log and metrics. */
  readonly onEvent?: (event: Event & { readonly id: string }, result: Affected) => void;
  /** Milliseconds until GitHub is told that the work is not done yet. */
  readonly deadline?: number;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
}

/** GitHub hears 500 after eight seconds, before Probot would say 202 at nine and GitHub give up at ten. */
const defaultDeadline = 8_000;

/**
 * The Probot application: every webhook becomes looks at pull requests. A webhook is acknowledged when these have
 * ended or are stored; one that takes too long fails for GitHub, whose delivery log keeps it, while the looks go on.
 */
export const createApp =
  (options: AppOptions): ApplicationFunction =>
  (probot) => {
    const receive = createReceiver(options);
    probot.onAny(async ({ id, name, payload }) => {
      const event = { id, name, payload: payload as Payload };
      await inTime(receive(event), options.deadline ?? defaultDeadline);
    });
  };

/** Takes one event and resolves when everything that follows from it is done or stored. */
export const createReceiver = (options: AppOptions): ((event: Event & { id: string }) => Promise<void>) => {
  const now = options.now ?? Date.now;
  return async (event) => {
    const since = now();
    learn(options, event);
    const { readBeforeWriting, restingOn } = options;
    const result = affected(event, { app: await options.identity(), readBeforeWriting, restingOn });
    options.onEvent?.(event, result);
    if (result.kind === "ignored") return;
    if (result.hint.rights) options.forgetPeople();
    const installation = event.payload.installation?.id;
    // Webhooks of repositories and organisations carry none; the app's own always do.
    if (installation === undefined) return;
    await look(options, installation, result, workOf(result.hint, event.id, since));
  };
};

/** What events tell beside the looks that they cause. */
const learn = ({ clients, pulls }: AppOptions, { name, payload }: Event): void => {
  const { installation, pull_request: pull, repository } = payload;
  // A token keeps the permissions that it was made with.
  if (name === "installation" && installation) clients.forget(installation.id);
  if (name !== "pull_request" || !pull || !repository) return;
  pulls.learn(repoOf(repository), pull.number, pull.head.sha);
};

const workOf = (
  { why, edits, issueEdits, head, pushes, told, fresh, pressed }: Hint,
  id: string,
  since: number,
): Work => {
  const named = (edit: Edit): Edit => ({ ...edit, id });
  return work(why, since, {
    edits: edits.map(named),
    issueEdits: issueEdits.map(named),
    head,
    pushes,
    updates: told ? [told] : [],
    fresh,
    pressed,
  });
};

const look = async (
  options: AppOptions,
  installation: number,
  result: Exclude<Affected, { kind: "ignored" }>,
  given: Work,
): Promise<void> => {
  const { clients, queue, pulls, followUps, sweep, interest } = options;
  const addAll = async (repo: Pick<PullKey, "owner" | "repo">, numbers: readonly number[]) => {
    const keys = numbers.map((number) => ({ installation, ...repo, number }));
    const add = async (key: PullKey): Promise<void> => {
      const wanted = interest(key, result.hint);
      if (wanted === "none") return;
      const added = queue.add(key, given);
      if (wanted === "awaited") await added;
      // A start looks at everything, so that nothing is lost with it.
      else added.catch(() => {});
    };
    await Promise.all(keys.map(add));
  };
  switch (result.kind) {
    case "pulls":
      await addAll(result.repo, result.numbers);
      return lookAtOthers(options, installation, result, given);
    case "commit":
      await options.learnFollowUps(installation, result.repo);
      return addAll(result.repo, [
        ...followUps.withCommit(result.repo, result.sha),
        ...(await pulls.withHead(clients.installation(installation), result.repo, result.sha)),
      ]);
    case "repositories":
      return sweep.repositories(installation, result.repos, given);
    case "installation":
      return sweep.installation(installation, given);
    case "environment": {
      const { repo, environment, defaultBranch } = result;
      const known = { owner: repo.owner, name: repo.repo, defaultBranch };
      if (!(await options.awaits(installation, known, environment))) return;
      await options.learnFollowUps(installation, repo);
      return addAll(repo, [
        ...followUps.open(repo),
        ...(await pulls.open(clients.installation(installation), repo)),
      ]);
    }
    case "follow-ups": {
      const { repo, issue } = result;
      await options.learnFollowUps(installation, repo);
      return addAll(repo, issue === null ? followUps.open(repo) : followUps.withIssue(repo, issue));
    }
    case "group":
      return options.answerGroup(installation, result.repo, result.group);
  }
};

/** Those that share the commit for which this pull request decides no longer. */
const lookAtOthers = async (
  { clients, pulls, queue }: AppOptions,
  installation: number,
  { repo, numbers, hint }: Extract<Affected, { kind: "pulls" }>,
  { why, since }: Work,
): Promise<void> => {
  if (hint.vacated === null) return;
  const sharing = await pulls.withHead(clients.installation(installation), repo, hint.vacated);
  const others = sharing.filter((number) => !numbers.includes(number));
  const given = work(why[0] ?? "", since, { fresh: true });
  await Promise.all(others.map((number) => queue.add({ installation, ...repo, number }, given)));
};

const inTime = async (promise: Promise<void>, milliseconds: number): Promise<void> => {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => late.reject(new Error(`the work was not done within ${milliseconds} ms; it goes on`)),
    milliseconds,
  );
  try {
    await Promise.race([promise, late.promise]);
  } finally {
    clearTimeout(timer);
  }
};
