import type { Actor } from "./actor.ts";
import type { CheckFacts } from "./checks/facts.ts";
import type { Checklist, ReleaseRule, Role } from "./config/checklist.ts";
import type { Finding } from "./config/finding.ts";
import type { EnvironmentFacts } from "./deployments/facts.ts";
import type { Edit, OwnWrite } from "./edit.ts";
import type { Ledger } from "./ledger.ts";
import type { MigrationsRisk } from "./migrations/risk.ts";
import type { Problem, Read } from "./problem.ts";
import type { Arrival, Push } from "./push.ts";
import type { Reply } from "./reply.ts";
import type { RangeFacts, RangeFrom, ScopeFacts } from "./scope/facts.ts";
import type { Seen } from "./sign-off/course.ts";
import type { Link } from "./sign-off/link.ts";

/**
 * Everything that was read for one look at one pull request: what deciding may know. Parts that are null were not
 * read yet: deciding names what it needs, and is asked again when that was read.
 */
export interface Snapshot {
  readonly app: AppIdentity;
  readonly repo: Repo;
  readonly pull: Pull;
  /** When the pull request was asked for, in milliseconds since the epoch. */
  readonly readAt: number;
  readonly config: ConfigState;
  readonly own: OwnRuns;
  /** What this look was asked to make sure of. */
  readonly ask: Ask;
  /** Edits that webhooks told. */
  readonly edits: readonly Edit[];
  /** Edits of the same seconds that were told before, oldest first, and those of the last second before. */
  readonly recent: readonly Edit[];
  /** Our own writes of this description that this process remembers, oldest first. */
  readonly written: readonly OwnWrite[];
  /** How the head moved, as the events tell that led to this look. */
  readonly pushes: readonly Push[];
  /** How the branch moved by GitHub's own account, oldest first. */
  readonly activity: Read<readonly Arrival[]> | null;
  /** Null: this process does not remember, or others write as well. */
  readonly explained: Explained | null;
  /** Edits that events told this process before. */
  readonly links: readonly Link[];
  /** Names of notification targets that the server knows for this owner. */
  readonly targets: ReadonlySet<string>;
  /** Checks of the head commit. */
  readonly checks: Read<CheckFacts> | null;
  /** Files that the pull request changes. */
  readonly files: Read<FileList> | null;
  /** Those of the configuration among them, where that was told without being asked for. */
  readonly configFiles?: readonly string[] | null;
  /** What the SQL of the release can do. */
  readonly migrations: Read<MigrationsRisk> | null;
  /** The description's edit history, oldest first. */
  readonly history: Read<History> | null;
  /** By lower-case login: everyone whose right matters for this look. */
  readonly people: ReadonlyMap<string, Person>;
  /** Members of teams by `org/slug` in lower case, where it matters whether anybody is left to sign; absent: not read. */
  readonly teams?: ReadonlyMap<string, Read<readonly string[]>>;
  /** Comments that hold commands, oldest first. */
  readonly comments: Read<readonly Comment[]> | null;
  /** Logins of the authors of the commits. */
  readonly contributors: Read<readonly string[]> | null;
  /** By SHA as the ledger has it: what changed between an earlier commit and the head. */
  readonly comparisons: ReadonlyMap<string, Read<Comparison>>;
  /** By {@link deploymentsKey}: what runs in the environments that items name. */
  readonly deployments: ReadonlyMap<string, Read<readonly EnvironmentFacts[]>>;
  /** Numbers of the ready releases into the base, for which others have to wait. */
  readonly readyReleases: Read<readonly number[]> | null;
  /** What the release brings, and where that was read from. */
  readonly range: { readonly from: RangeFrom; readonly facts: Read<RangeFacts> } | null;
  /** Where the commits of the range come from. */
  readonly scope: Read<ScopeFacts> | null;
  /** The pull request that owns our run on this head, when that is another one. */
  readonly rival: Rival | null;
  /** Whether a rule of the base branch requires our check; absent: not read. It matters only without a configuration. */
  readonly required?: boolean;
  /** Only where the follow-up of a merge is looked at instead of the pull request. */
  readonly follow?: FollowFacts;
}

/**
 * What is looked at after the merge. The rest of the snapshot then tells of the follow-up issue where it speaks of a
 * description, and of the merge commit where it speaks of the head.
 */
export interface FollowFacts {
  /** Number of the issue. */
  readonly issue: number;
  readonly mergedAt: string;
  /** What the release is deployed to, by the items that say so. */
  readonly watched: readonly DeploymentWanted[];
  /** There are items of the phase `deploy`. */
  readonly deploys: boolean;
  /**
   * By {@link deploymentsKey}: since when the release has run there without a break; by `deploy`: since when all items
   * of that phase are done.
   */
  readonly running: Readonly<Record<string, string>>;
  readonly tags: Read<readonly Tag[]> | null;
  /** Names of the tags of published releases. */
  readonly releases: Read<readonly PublishedRelease[]> | null;
}

export interface DeploymentWanted {
  /** A name, or a glob. */
  readonly environment: string;
  readonly by: readonly string[];
}

export interface Tag {
  readonly name: string;
  /** Full SHA of the commit that it points at in the end. */
  readonly sha: string;
}

export interface PublishedRelease {
  readonly tag: string;
  readonly url: string;
}

/** The newest description of which it is known how it came about, and what is known since. */
export interface Explained {
  readonly seen: Seen;
  /** What the ledger said of the items then. */
  readonly items: Ledger["items"];
  /** Edits since then that were told before, while others between them are missing. */
  readonly edits: readonly Edit[];
  /** Our own writes since then, oldest first. */
  readonly writes: readonly OwnWrite[];
}

export interface Ask {
  /** Read the comments: one was written, or it is time to look for missed ones. */
  readonly comments: boolean;
  /** Read the edit history: the first look after a start, or before the gate opens. */
  readonly history: boolean;
  /** Who pressed the button **Announce**, oldest first. */
  readonly announce: readonly Actor[];
}

/** What is still to be read before a decision stands. */
export type Need =
  | { readonly kind: "checks"; readonly workflows: boolean }
  | { readonly kind: "files" }
  | { readonly kind: "migrations"; readonly paths: readonly string[] }
  | { readonly kind: "history" }
  | { readonly kind: "comments" }
  | { readonly kind: "activity" }
  | { readonly kind: "contributors" }
  | { readonly kind: "person"; readonly actor: Actor; readonly teams: readonly string[] }
  | { readonly kind: "team"; readonly team: string }
  | { readonly kind: "comparison"; readonly sha: string }
  | { readonly kind: "deployments"; readonly environment: string; readonly by: readonly string[] }
  | { readonly kind: "range"; readonly from: RangeFrom }
  /** Only once the range was read. */
  | { readonly kind: "scope" }
  | { readonly kind: "ready-releases" }
  | { readonly kind: "tags" }
  | { readonly kind: "releases" }
  | { readonly kind: "required" }
  | { readonly kind: "rival"; readonly number: number };

/** What was read of deployments depends on whose count. */
export const deploymentsKey = ({
  environment,
  by,
}: {
  readonly environment: string;
  readonly by: readonly string[];
}): string => JSON.stringify([environment, ...by]);

export interface History {
  readonly edits: readonly Edit[];
  /** True when no revision is missing, so that the order of all edits is known. */
  readonly complete: boolean;
}

export interface Rival {
  readonly number: number;
  /** Still open, with the same head and base. */
  readonly alive: boolean;
  readonly release: boolean;
  readonly fork: boolean;
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
  /** Only where it was merged. */
  readonly merge?: MergeFacts;
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

/** What GitHub tells of a merge. */
export interface MergeFacts {
  /** Null: the account is gone. */
  readonly by: Actor | null;
  readonly at: string;
  /** The commit that it made on the base, or the newest of those that it brought there. */
  readonly sha: string;
  /** Id of the repository: it stays when the name changes. */
  readonly repository: number;
}

/** `.github/release.yml` as it stands for this repository. */
export type ConfigState =
  | { readonly kind: "none" }
  | {
      readonly kind: "valid";
      readonly checklist: Checklist;
      readonly commit: string;
      readonly file: string;
      readonly also?: readonly ConfigSource[];
      /** Where it loosens what the organisation locks: there the locked form counts. */
      readonly loosened?: readonly Finding[];
    }
  /** The newest version is broken; an older valid one goes on deciding. */
  | {
      readonly kind: "outdated";
      readonly checklist: Checklist;
      readonly commit: string;
      readonly file: string;
      readonly findings: readonly Finding[];
      readonly also?: readonly ConfigSource[];
    }
  /** Broken, and no valid version among the last ones. */
  | {
      readonly kind: "broken";
      readonly file: string;
      readonly findings: readonly Finding[];
      /** What is known of the release rules, besides those that hold by default. */
      readonly release?: readonly ReleaseRule[];
      /** What the organisation locks: it goes on deciding where the mistakes block nothing. */
      readonly locked?: Checklist;
    }
  | { readonly kind: "unreadable"; readonly problem: Problem };

/** What is read only when a decision asks for it. */
export const nothingRead = {
  checks: null,
  files: null,
  migrations: null,
  history: null,
  people: new Map(),
  comments: null,
  activity: null,
  contributors: null,
  comparisons: new Map(),
  deployments: new Map(),
  readyReleases: null,
  range: null,
  scope: null,
  rival: null,
} satisfies Partial<Snapshot>;

/** What releases are held to; where the file is broken that is what the organisation locks. Null: nobody knows. */
export const checklistOf = (config: ConfigState): Checklist | null =>
  "checklist" in config ? config.checklist : config.kind === "broken" ? (config.locked ?? null) : null;

/** Another file that a configuration rests on: the organisation's, or one that it extends. */
export interface ConfigSource {
  readonly file: string;
  readonly commit: string;
  /** Mistakes in its newest version, where an older one goes on deciding. */
  readonly findings: readonly Finding[];
}

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
  /** GitHub refuses to show our runs: nothing is known of the record. */
  readonly unreadable?: Problem;
}

export interface OwnRun {
  readonly id: number;
  /** The pull request that it was written for, from its `external_id`; null when that cannot be told. */
  readonly pull: number | null;
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
  /** How many commits the earlier one has that the later one lacks, as after a forced push. */
  readonly removed: number;
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
  /** How many reacted so; absent where GitHub does not tell. */
  readonly reactions?: Readonly<Record<Reply["reaction"], number>>;
}
