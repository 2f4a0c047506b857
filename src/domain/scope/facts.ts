/** Where a range starts. */
export type RangeFrom = "base" | "last-release";

/** The commits that a release brings. */
export interface RangeFacts {
  readonly start: RangeStart;
  /** Oldest first, at most {@link mostCommits} of the newest. */
  readonly commits: readonly RangeCommit[];
  /** How many there are, listed or not. */
  readonly total: number;
  /** What they change; not complete where GitHub cut the list. */
  readonly files: { readonly paths: readonly string[]; readonly complete: boolean };
}

export type RangeStart =
  /** Where the head left the base branch. */
  | { readonly kind: "base" }
  | { readonly kind: "release"; readonly tag: string }
  /** The last release was asked for, and there is none yet: it starts at the base as well. */
  | { readonly kind: "no-release" };

export interface RangeCommit {
  /** Full SHA. */
  readonly sha: string;
  /** First line of its message. */
  readonly headline: string;
  /** Login; null: GitHub knows no account for it. */
  readonly author: string | null;
  /** When it was written (author date), ISO 8601: a rebase or a cherry-pick does not change it. Null: GitHub does not tell. */
  readonly at: string | null;
  /** It only joins two lines of commits. */
  readonly merge: boolean;
}

/** GitHub lists no more commits of a pull request either. */
export const mostCommits = 250;

/** What GitHub tells of where the commits of a release come from. */
export interface ScopeFacts {
  /** By full SHA: the pull requests that brought the commit, merged ones only. */
  readonly broughtBy: ReadonlyMap<string, readonly ScopePull[]>;
  /** Issues that the release's own pull request closes. */
  readonly issues: readonly ScopeIssue[];
}

export interface ScopePull {
  readonly number: number;
  readonly title: string;
  readonly url: string;
  /** Issues that it closes. */
  readonly issues: readonly ScopeIssue[];
}

export interface ScopeIssue {
  readonly number: number;
  readonly title: string;
  readonly url: string;
}
