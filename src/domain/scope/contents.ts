import type { Pull } from "../snapshot.ts";
import type { RangeCommit, RangeFacts, RangeStart, ScopeFacts, ScopeIssue, ScopePull } from "./facts.ts";
import { isCollected } from "./range.ts";

/** What is in a release, for whoever has to look at all of it. */
export interface Contents {
  readonly start: RangeStart;
  /** Commits in all. */
  readonly commits: number;
  /** Files in all; null: GitHub does not list them all. */
  readonly files: number | null;
  /** In the order in which they came. */
  readonly pulls: readonly ScopePull[];
  /** Commits that no other pull request brought; those that only join two lines are left out. */
  readonly direct: readonly RangeCommit[];
  /** Issues that the release's own pull request closes. */
  readonly issues: readonly ScopeIssue[];
  /** Commits older than those that were looked at. */
  readonly unlisted: number;
  /** Why this is too much at once to be looked at with care; empty: it is not. */
  readonly tooMuch: readonly string[];
}

/** More than this at once is hard to verify, and hard to take back. */
export const much = { commits: 100, pulls: 20, files: 200 } as const;

export function contentsOf(
  range: RangeFacts,
  scope: ScopeFacts,
  pull: Pick<Pull, "number" | "head">,
): Contents {
  const pulls = new Map<number, ScopePull>();
  const direct: RangeCommit[] = [];
  for (const commit of range.commits) {
    const brought = (scope.broughtBy.get(commit.sha) ?? []).filter(({ number }) => number !== pull.number);
    for (const one of brought) pulls.set(one.number, one);
    // What a release bot commits itself are version numbers and notes.
    if (brought.length === 0 && !commit.merge && !isCollected(pull)) direct.push(commit);
  }
  const files = range.files.complete ? range.files.paths.length : null;
  return {
    start: range.start,
    commits: range.total,
    files,
    pulls: [...pulls.values()],
    direct,
    issues: scope.issues,
    unlisted: range.total - range.commits.length,
    tooMuch: [
      ...(range.total > much.commits ? [`${range.total} commits (more than ${much.commits})`] : []),
      ...(pulls.size > much.pulls ? [`${pulls.size} pull requests (more than ${much.pulls})`] : []),
      ...(files === null
        ? ["more files than GitHub lists"]
        : files > much.files
          ? [`${files} files (more than ${much.files})`]
          : []),
    ],
  };
}
