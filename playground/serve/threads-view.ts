import { commitsBetween } from "../github/git.ts";
import type { IssueHandle, PullHandle, RepoHandle } from "../github/index.ts";
import { checksOf } from "./checks-view.ts";
import { logins } from "./people.ts";
import type { CommentView, PullView, ThreadView } from "./view.ts";

/** Every pull request and issue of the repository, the oldest first. */
export function threadsOf(repo: RepoHandle, appId: number): ThreadView[] {
  return [...repo.record.issues.keys()].map((number) => {
    const pull = repo.record.pulls.has(number) ? repo.pull(number) : null;
    const thread = pull ?? repo.issue(number);
    return {
      kind: pull === null ? "issue" : "pull",
      number,
      title: thread.title,
      state: pull?.merged ? "merged" : thread.state,
      author: thread.record.user.login,
      body: thread.body,
      assignees: thread.assignees,
      labels: thread.labels,
      comments: commentsOf(thread),
      pull: pull === null ? null : pullOf(repo, pull, appId),
    };
  });
}

const commentsOf = ({ comments }: Pick<IssueHandle, "comments">): CommentView[] =>
  comments.map(({ id, author, body, reactions, record }) => ({
    id,
    author,
    at: record.createdAt,
    body,
    reactions,
  }));

const pullOf = (repo: RepoHandle, pull: PullHandle, appId: number): PullView => ({
  head: pull.head,
  base: pull.base,
  sha: pull.headSha,
  mergedBy: pull.record.mergedBy?.login ?? null,
  commits: commitsBetween(pull.record.base, pull.record.head).map(({ sha, message, author }) => ({
    sha,
    message,
    by: author.login ?? author.name,
  })),
  checks: checksOf(repo, pull, appId),
  blockers: Object.fromEntries(logins.map((login) => [login, pull.blockers(login)])),
});
