import type { AppIdentity } from "../../domain/snapshot.ts";
import type { Octokit } from "../../github/client.ts";
import type { RepoName } from "../../github/read/account.ts";
import type { Comparisons } from "../../github/read/compare.ts";
import type { Memo } from "../../github/read/memo.ts";
import type { People } from "../../github/read/people.ts";
import type { CommitFacts } from "../../github/read/pull.ts";
import type { Required } from "../../github/read/required.ts";
import type { Configs } from "../config/configs.ts";

/** Everything that observing one pull request needs besides what is to be observed. */
export interface ObserveContext {
  readonly octokit: Octokit;
  readonly name: RepoName;
  readonly number: number;
  readonly app: AppIdentity;
  readonly targets: ReadonlySet<string>;
  readonly people: People;
  readonly configs: Configs;
  readonly required: Required;
  readonly commits: Memo<CommitFacts>;
  readonly comparisons: Comparisons;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** When this look began. */
  readonly started: number;
}
