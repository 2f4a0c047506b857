import { mergeableState } from "../actions/merge.ts";
import { pullDifference } from "../diff.ts";
import type { Commit } from "../git.ts";
import { nodeId } from "../json/account.ts";
import { issuePage } from "../json/issue.ts";
import { repoPage } from "../json/repo.ts";
import type { Account, Comment, Issue, Pull, QueueEntry, Repo, Revision } from "../model.ts";
import { branchHead } from "../refs.ts";
import { mergeQueueOf } from "../rules.ts";
import { fullName, type World } from "../world.ts";
import { connection } from "./connection.ts";
import { type Args, type Field, type GraphObject, GraphProblem } from "./execute.ts";

/** The objects of the graph that this GitHub knows. */

export interface GraphContext {
  world: World;
  editHistoryForbidden: () => boolean;
}

const object = (__typename: string, fields: Record<string, Field>): GraphObject => ({ __typename, fields });

/** GraphQL names a bot without `[bot]`. */
export const actorObject = (world: World, account: Account): GraphObject =>
  object(account.type, {
    login: () => account.login.replace(/\[bot\]$/, ""),
    id: () => nodeId(account.type, account.id),
    databaseId: () => account.id,
    url: () => `${world.urls.html}/${account.login}`,
    avatarUrl: () => `${world.urls.html}/avatars/u/${account.id}?v=4`,
    name: () => account.name,
  });

export function commitObject(context: GraphContext, repo: Repo, commit: Commit): GraphObject {
  return object("Commit", {
    id: () => nodeId("Commit", commit.sha),
    oid: () => commit.sha,
    abbreviatedOid: () => commit.sha.slice(0, 7),
    message: () => commit.message,
    messageHeadline: () => commit.message.split("\n")[0],
    committedDate: () => commit.committer.date,
    authoredDate: () => commit.author.date,
    url: () => `${repoPage(context.world.urls, repo)}/commit/${commit.sha}`,
    tree: () => object("Tree", { oid: () => commit.tree.sha }),
    author: () => {
      const account = commit.author.login === null ? undefined : context.world.account(commit.author.login);
      return object("GitActor", {
        name: () => commit.author.name,
        email: () => commit.author.email,
        date: () => commit.author.date,
        user: () => (account?.type === "User" ? actorObject(context.world, account) : null),
      });
    },
    associatedPullRequests: (args) =>
      connection("PullRequest", pullsWith(repo, commit), args, (pull) => pullObject(context, pull)),
    parents: (args) =>
      connection("Commit", commit.parents, args, (parent) => commitObject(context, repo, parent)),
  });
}

function revisions(context: GraphContext, list: readonly Revision[], args: Args): GraphObject {
  if (context.editHistoryForbidden())
    throw new GraphProblem("FORBIDDEN", "Resource not accessible by integration");
  return connection("UserContentEdit", [...list].reverse(), args, (revision) =>
    object("UserContentEdit", {
      id: () => nodeId("UserContentEdit", `${revision.editedAt}:${list.indexOf(revision)}`),
      createdAt: () => revision.editedAt,
      updatedAt: () => revision.editedAt,
      editedAt: () => revision.editedAt,
      editor: () => (revision.editor ? actorObject(context.world, revision.editor) : null),
      diff: () => (revision.deletedAt === null ? revision.body : null),
      deletedAt: () => revision.deletedAt,
      deletedBy: () => null,
    }),
  );
}

const lastEdit = (list: readonly Revision[]): Revision | undefined =>
  list.length > 1 ? list.at(-1) : undefined;

export function commentObject(context: GraphContext, comment: Comment): GraphObject {
  const { world } = context;
  const last = lastEdit(comment.revisions);
  return object("IssueComment", {
    id: () => nodeId("IssueComment", comment.id),
    databaseId: () => comment.id,
    fullDatabaseId: () => String(comment.id),
    body: () => comment.body,
    author: () => actorObject(world, comment.user),
    createdAt: () => comment.createdAt,
    updatedAt: () => comment.updatedAt,
    lastEditedAt: () => last?.editedAt ?? null,
    editor: () => (last?.editor ? actorObject(world, last.editor) : null),
    includesCreatedEdit: () => last !== undefined,
    url: () => `${issuePage(world, comment.issue)}#issuecomment-${comment.id}`,
    userContentEdits: (args) => revisions(context, comment.revisions, args),
  });
}

function issueFields(context: GraphContext, issue: Issue): Record<string, Field> {
  const { world } = context;
  const last = lastEdit(issue.revisions);
  return {
    databaseId: () => issue.id,
    fullDatabaseId: () => String(issue.id),
    number: () => issue.number,
    title: () => issue.title,
    body: () => issue.body,
    author: () => actorObject(world, issue.user),
    createdAt: () => issue.createdAt,
    updatedAt: () => issue.updatedAt,
    closedAt: () => issue.closedAt,
    closed: () => issue.state === "closed",
    lastEditedAt: () => last?.editedAt ?? null,
    editor: () => (last?.editor ? actorObject(world, last.editor) : null),
    includesCreatedEdit: () => last !== undefined,
    url: () => issuePage(world, issue),
    userContentEdits: (args) => revisions(context, issue.revisions, args),
    comments: (args) =>
      connection("IssueComment", issue.comments, args, (comment) => commentObject(context, comment)),
    labels: (args) =>
      connection("Label", issue.labels, args, ({ name }) => object("Label", { name: () => name })),
    assignees: (args) => connection("User", issue.assignees, args, (account) => actorObject(world, account)),
    repository: () => repositoryObject(context, issue.repo),
  };
}

export const issueObject = (context: GraphContext, issue: Issue): GraphObject =>
  object("Issue", {
    ...issueFields(context, issue),
    id: () => nodeId("Issue", issue.id),
    state: () => issue.state.toUpperCase(),
  });

const FORCE_PUSHED = "HEAD_REF_FORCE_PUSHED_EVENT";

function timeline(context: GraphContext, pull: Pull, args: Args): GraphObject {
  const types = args.itemTypes as string[] | undefined;
  const events = !types || types.includes(FORCE_PUSHED) ? pull.forcePushes : [];
  return connection("PullRequestTimelineItems", events, args, (event) =>
    object("HeadRefForcePushedEvent", {
      id: () => nodeId("HeadRefForcePushedEvent", event.after.sequence),
      createdAt: () => event.createdAt,
      actor: () => actorObject(context.world, event.actor),
      beforeCommit: () => commitObject(context, pull.headRepo, event.before),
      afterCommit: () => commitObject(context, pull.headRepo, event.after),
    }),
  );
}

/** As REST finds them: not those from forks. */
const pullsWith = (repo: Repo, commit: Commit): Pull[] =>
  [...repo.pulls.values()].filter(
    (pull) =>
      pull.headRepo === repo &&
      (pull.head === commit ||
        pull.mergeCommitSha === commit.sha ||
        pullDifference(pull).commits.includes(commit)),
  );

/** Issues of the same repository that the description names behind one of GitHub's closing keywords. */
function closedBy(pull: Pull): Issue[] {
  const named = pull.body?.matchAll(/\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):? #(\d+)/gi) ?? [];
  const numbers = new Set([...named].map(([, number]) => Number(number)));
  return [...numbers].flatMap((number) => {
    const issue = pull.repo.issues.get(number);
    return issue === undefined || issue.pull ? [] : [issue];
  });
}

export function pullObject(context: GraphContext, pull: Pull): GraphObject {
  const { world } = context;
  return object("PullRequest", {
    ...issueFields(context, pull),
    id: () => nodeId("PullRequest", pull.id),
    state: () => (pull.merged ? "MERGED" : pull.state.toUpperCase()),
    isDraft: () => pull.draft,
    merged: () => pull.merged,
    mergedAt: () => pull.mergedAt,
    mergedBy: () => (pull.mergedBy ? actorObject(world, pull.mergedBy) : null),
    mergeable: () => (mergeableState(pull) === "dirty" ? "CONFLICTING" : "MERGEABLE"),
    mergeStateStatus: () => mergeableState(pull).toUpperCase(),
    headRefOid: () => pull.head.sha,
    headRefName: () => pull.headRef,
    headRepository: () => repositoryObject(context, pull.headRepo),
    isCrossRepository: () => pull.headRepo !== pull.repo,
    baseRefName: () => pull.baseRef,
    baseRefOid: () => pull.base.sha,
    commits: (args) =>
      connection("PullRequestCommit", pullDifference(pull).commits, args, (commit) =>
        object("PullRequestCommit", {
          id: () => nodeId("PullRequestCommit", commit.sha),
          commit: () => commitObject(context, pull.headRepo, commit),
        }),
      ),
    closingIssuesReferences: (args) =>
      connection("Issue", closedBy(pull), args, (issue) => issueObject(context, issue)),
    timelineItems: (args) => timeline(context, pull, args),
    mergeQueueEntry: () => (pull.queueEntry ? entryObject(context, pull.queueEntry) : null),
    isInMergeQueue: () => pull.queueEntry !== undefined,
  });
}

function entryObject(context: GraphContext, entry: QueueEntry): GraphObject {
  const { pull, group } = entry;
  return object("MergeQueueEntry", {
    id: () => nodeId("MergeQueueEntry", entry.id),
    position: () => (pull.repo.queues.get(entry.baseRef) ?? []).indexOf(entry) + 1,
    state: () => "AWAITING_CHECKS",
    enqueuedAt: () => entry.enqueuedAt,
    enqueuer: () => actorObject(context.world, entry.by),
    headCommit: () => (group ? commitObject(context, pull.repo, group.head) : null),
    baseCommit: () => (group ? commitObject(context, pull.repo, group.base) : null),
    pullRequest: () => pullObject(context, pull),
  });
}

export function repositoryObject(context: GraphContext, repo: Repo): GraphObject {
  const { world } = context;
  return object("Repository", {
    id: () => nodeId("Repository", repo.id),
    databaseId: () => repo.id,
    name: () => repo.name,
    nameWithOwner: () => fullName(repo),
    url: () => repoPage(world.urls, repo),
    isPrivate: () => repo.private,
    owner: () => actorObject(world, repo.owner),
    defaultBranchRef: () => object("Ref", { name: () => repo.defaultBranch }),
    pullRequest: (args) => {
      const pull = repo.pulls.get(Number(args.number));
      if (!pull)
        throw new GraphProblem(
          "NOT_FOUND",
          `Could not resolve to a PullRequest with the number of ${args.number}.`,
        );
      return pullObject(context, pull);
    },
    issue: (args) => {
      const issue = repo.issues.get(Number(args.number));
      if (!issue || issue.pull)
        throw new GraphProblem(
          "NOT_FOUND",
          `Could not resolve to an Issue with the number of ${args.number}.`,
        );
      return issueObject(context, issue);
    },
    pullRequests: (args) => {
      const states = args.states as string | string[] | undefined;
      const wanted = states === undefined ? undefined : [states].flat();
      const of = (pull: Pull) => (pull.merged ? "MERGED" : pull.state.toUpperCase());
      const from = wanted?.every((state) => state === "OPEN") ? repo.openPulls : repo.pulls;
      const found = [...from.values()].filter(
        (pull) =>
          (!wanted || wanted.includes(of(pull))) &&
          (args.baseRefName === undefined || pull.baseRef === args.baseRefName) &&
          (args.headRefName === undefined || pull.headRef === args.headRefName),
      );
      return connection("PullRequest", found, args, (pull) => pullObject(context, pull));
    },
    object: (args) => {
      const commit = repo.objects.commits.get(String(args.oid ?? ""));
      return commit ? commitObject(context, repo, commit) : null;
    },
    mergeQueue: (args) => {
      const branch = String(args.branch ?? repo.defaultBranch);
      if (!mergeQueueOf(repo, branch) || !branchHead(repo, branch)) return null;
      return object("MergeQueue", {
        id: () => nodeId("MergeQueue", `${repo.id}:${branch}`),
        entries: (within) =>
          connection("MergeQueueEntry", repo.queues.get(branch) ?? [], within, (entry) =>
            entryObject(context, entry),
          ),
      });
    },
  });
}
