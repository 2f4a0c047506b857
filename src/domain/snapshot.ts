import type { Actor } from "./actor.ts";
import type { CheckFacts } from "./checks/facts.ts";
import type { Checklist, Role } from "./config/checklist.ts";
import type { Finding } from "./config/finding.ts";
import type { Edit } from "./edit.ts";
import type { Ledger } from "./ledger.ts";
import type { Problem, Read } from "./problem.ts";

/** Everything that was read for one look at one pull request: what deciding may know. */
export interface Snapshot {
  readonly app: AppIdentity;
  readonly repo: Repo;
  readonly pull: Pull;
  readonly config: ConfigState;
  readonly own: OwnRuns;
  /** Checks of the head commit. */
  readonly checks: Read<CheckFacts>;
  /** Files that the pull request changes. */
  readonly files: Read<FileList>;
  /** Edits that webhooks told, oldest first. */
  readonly edits: readonly Edit[];
  /** The description's edit history; null when it was not asked for. */
  readonly history: Read<readonly Edit[]> | null;
  /** By lower-case login: everyone whose right matters for this look. */
  readonly people: ReadonlyMap<string, Person>;
  /** Commands in comments; null when not read. */
  readonly comments: Read<readonly Comment[]> | null;
  /** By lower-case login: authors of the commits, for `not: [contributors]`. Null when no item asks. */
  readonly contributors: Read<readonly string[]> | null;
  /** By full SHA of an earlier commit: which files differ between it and the head (for `dismiss-stale`). */
  readonly changedSince: ReadonlyMap<string, Read<Comparison>>;
  /** Names of notification targets that the server knows for this owner. */
  readonly targets: ReadonlySet<string>;
  /** Set when another pull request decides for this commit and base. */
  readonly deferTo: number | null;
}

export interface AppIdentity {
  readonly id: number;
  readonly slug: string;
  readonly version: string;
}

export interface Repo {
  readonly owner: string;
  readonly name: string;
  readonly defaultBranch: string;
}

export interface Pull {
  readonly number: number;
  readonly url: string;
  readonly title: string;
  /** Never null: GitHub's null is the empty string here. */
  readonly body: string;
  readonly author: Actor;
  readonly state: "open" | "closed";
  readonly merged: boolean;
  readonly draft: boolean;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly base: { readonly ref: string; readonly sha: string };
  readonly head: { readonly ref: string; readonly sha: string; readonly fork: boolean };
  /** Tree of the head commit: equal trees are equal content, whatever the SHA. */
  readonly tree: string;
  /** Who committed or pushed the head, when GitHub tells; `not: [author]` looks at it for bots' pull requests. */
  readonly pusher: Actor | null;
  readonly labels: readonly string[];
  readonly assignees: readonly string[];
}

/** `.github/release.yml` as it stands for this repository. */
export type ConfigState =
  | { readonly kind: "none" }
  | { readonly kind: "valid"; readonly checklist: Checklist; readonly commit: string; readonly file: string }
  /** The newest version is broken; an older valid one goes on deciding. */
  | {
      readonly kind: "outdated";
      readonly checklist: Checklist;
      readonly commit: string;
      readonly file: string;
      readonly findings: readonly Finding[];
    }
  /** Broken, and no valid version among the last ones. */
  | { readonly kind: "broken"; readonly file: string; readonly findings: readonly Finding[] }
  | { readonly kind: "unreadable"; readonly problem: Problem };

/** The app's own check runs. */
export interface OwnRuns {
  /** Our run of this name on the head, newest-created; null when there is none. */
  readonly current: OwnRun | null;
  /** Our runs on commits that the pull request left, which still look alive. */
  readonly stale: readonly OwnRun[];
  /** The ledger with the highest revision among all that were found. */
  readonly ledger: Ledger | null;
  /** A ledger was found but cannot be understood (newer version, damaged). */
  readonly damaged: Problem | null;
}

export interface OwnRun {
  readonly id: number;
  readonly sha: string;
  readonly name: string;
  readonly conclusion: string | null;
  readonly title: string;
  readonly summary: string;
  readonly text: string;
  readonly actions: readonly { readonly identifier: string }[];
}

export interface FileList {
  readonly paths: readonly string[];
  /** False when GitHub cut the list: then everything that depends on paths matches. */
  readonly complete: boolean;
}

export interface Comparison extends FileList {
  /** True when both commits have the same tree: nothing changed. */
  readonly sameTree: boolean;
  readonly commits: number;
}

export interface Person {
  readonly actor: Actor;
  /** Null: no access to the repository. */
  readonly role: Read<Role | null>;
  /** By `org/slug` in lower case. */
  readonly teams: ReadonlyMap<string, Read<boolean>>;
}

export interface Comment {
  readonly id: number;
  readonly author: Actor;
  readonly body: string;
  readonly at: string;
  readonly edited: boolean;
  readonly url: string;
}
