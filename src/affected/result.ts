import type { Actor } from "../domain/actor.ts";
import type { Told } from "../domain/checks/update.ts";
import type { Edit } from "../domain/edit.ts";
import type { MergeGroup } from "../domain/merge-group.ts";
import type { Push } from "../domain/push.ts";
import type { RepoName } from "../github/read/account.ts";

/** Which pull requests an event is about, or why none. */
export type Affected = Known | Resolve | Environment | FollowUps | Group | Ignored;

/** What an event tells the looks that it causes. */
export interface Hint {
  /** `pull_request.edited`. */
  readonly why: string;
  readonly edits: readonly Edit[];
  /** Edits of the follow-up issue. */
  readonly issueEdits: readonly Edit[];
  /** Full SHA of the pull request's head; null where the event does not tell. */
  readonly head: string | null;
  /** How the pull request's head moved. */
  readonly pushes: readonly Push[];
  /** A commit for which the pull request may have decided until now: others with this head are looked at as well. */
  readonly vacated: string | null;
  /** What it tells of the checks of a commit. */
  readonly told: Told | null;
  /** The environment that something was deployed to. */
  readonly deployedTo: string | null;
  /** Somebody asked for a look: nothing remembered may be used. */
  readonly fresh: boolean;
  /** Who pressed the button that announces. */
  readonly pressed: readonly Actor[];
  /** Rights of people may have changed: what is remembered of them is void. */
  readonly rights: boolean;
}

export interface Known {
  readonly kind: "pulls";
  readonly repo: RepoName;
  readonly numbers: readonly number[];
  readonly hint: Hint;
}

/** Which pull requests these are, only GitHub knows. */
export type Resolve = { readonly hint: Hint } & (
  | { readonly kind: "commit"; readonly repo: RepoName; readonly sha: string }
  | { readonly kind: "repositories"; readonly repos: readonly RepoName[] }
  | { readonly kind: "installation" }
);

/** Every open pull request of the repository, where an item names this environment. */
export interface Environment {
  readonly kind: "environment";
  readonly repo: RepoName;
  /** Where the configuration stands that tells. */
  readonly defaultBranch: string;
  readonly environment: string;
  readonly hint: Hint;
}

/** Every open follow-up of the repository, as far as this process knows them. */
export interface FollowUps {
  readonly kind: "follow-ups";
  readonly repo: RepoName;
  /** Only the one with this number; null: all. */
  readonly issue: number | null;
  readonly hint: Hint;
}

/** A merge queue asks for the check on a commit of its own. */
export interface Group {
  readonly kind: "group";
  readonly repo: RepoName;
  readonly group: MergeGroup;
  readonly hint: Hint;
}

export interface Ignored {
  readonly kind: "ignored";
  readonly because: Reason;
}

/** Why an event changes nothing for any pull request. */
export const reasons = {
  unrelated: "the event tells nothing that a checklist looks at",
  "changes-nothing": "the action changes nothing that a checklist looks at",
  "told-elsewhere": "another event tells the same",
  "own-check": "it is the app's own check",
  "own-edit": "it is the app's own edit, and it erased nothing",
  "no-pull-request": "the comment belongs to an issue",
  "no-follow-up": "the issue is no follow-up of a release, and tells of no incident",
  "no-command": "the comment holds no command",
  "not-a-person": "commands of bots do not count",
  "other-branch": "the push is not to the default branch",
  "no-configuration": "the push touches no configuration",
  gone: "the app may not read there any more",
  incomplete: "the payload lacks what its event always carries",
} as const;
export type Reason = keyof typeof reasons;

export const ignored = (because: Reason): Ignored => ({ kind: "ignored", because });

export const hint = (why: string, parts: Partial<Hint> = {}): Hint => ({
  why,
  edits: [],
  issueEdits: [],
  head: null,
  pushes: [],
  vacated: null,
  told: null,
  deployedTo: null,
  fresh: false,
  pressed: [],
  rights: false,
  ...parts,
});
