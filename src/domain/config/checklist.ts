import type { WindowRule } from "../windows/rule.ts";

/**
 * The checklist as it applies after reading, merging templates and checking: what
 * `.github/release.yml` means. Keys are camelCase here, kebab-case in the file.
 */
export interface Checklist {
  readonly enforcement: "active" | "evaluate";
  /** Any rule that matches makes the pull request a release. Never empty: the defaults stand here when none were written. */
  readonly release: readonly ReleaseRule[];
  readonly range: "base" | "last-release" | "auto";
  readonly may: { readonly override: readonly Party[]; readonly waive: readonly Party[] };
  readonly requestSigners: boolean;
  /** Other pull requests into the base wait while a ready release into it is open. */
  readonly freezeBase: boolean;
  readonly groups: readonly Group[];
  /** In order. Ids are unique. */
  readonly items: readonly Item[];
}

/** All keys that are present must match. Patterns are globs as in GitHub Actions. */
export interface ReleaseRule {
  /** Base branches. Absent: the default branch. */
  readonly base?: readonly string[];
  readonly head?: readonly string[];
  readonly labels?: readonly string[];
}

export interface Group {
  readonly title: string;
  readonly expects?: string;
}

/** Who a rule names: `octocat`, `@acme/sre`, `role:maintain`. */
export type Party =
  | { readonly type: "user"; readonly login: string }
  | { readonly type: "team"; readonly org: string; readonly slug: string }
  | { readonly type: "role"; readonly role: Role };

/** Repository roles, weakest first; a custom role counts as the base role GitHub reports for it. */
export const roles = ["read", "triage", "write", "maintain", "admin"] as const;
export type Role = (typeof roles)[number];

export type Item = ManualItem | AutomatedItem | NotifyItem;

/** The app decides them from what it reads. */
export type AutomatedItem =
  | CheckItem
  | ChangedItem
  | DeploymentItem
  | AssignedItem
  | WindowItem
  | TagItem
  | ReleaseItem
  | WaitItem;

/** The phases that follow the merge. */
export type LatePhase = "deploy" | "after-deploy";

export interface ItemBase {
  /** Lower-case letters, digits and `-`; unique in the checklist. */
  readonly id: string;
  readonly title: string;
  readonly help?: string;
  readonly group?: string;
  readonly when?: Condition;
  /** `false`: shown, does not block. */
  readonly required: boolean;
  /** When it is due, in the follow-up of the merge. Absent: before the merge. */
  readonly phase?: LatePhase;
}

/** All that are given must match. */
export interface Condition {
  readonly paths?: readonly string[];
  readonly labels?: readonly string[];
  readonly base?: readonly string[];
  /** The SQL that the release adds is at least so dangerous. */
  readonly migrations?: "risky" | "destructive";
}

export interface ManualItem extends ItemBase {
  readonly kind: "manual";
  readonly questions: readonly Question[];
  /** `scope`: whoever signs it needs to know what is in the release. */
  readonly lists?: "scope";
  readonly signers: SignerRule;
  readonly dismissStale: DismissStale;
}

export interface Question {
  /** Lower-case letters, digits and `-`; unique in its item. */
  readonly id: string;
  readonly text: string;
}

export interface SignerRule {
  /** Anyone of these. Default: `role:write`. */
  readonly from: readonly Party[];
  readonly not: readonly ("author" | "contributors")[];
  readonly count: number;
}

/** `default`: false, but true for pull requests that a bot keeps rebuilding. Globs: a change of these paths ends the sign-off. */
export type DismissStale = "default" | boolean | readonly string[];

export interface CheckItem extends ItemBase {
  readonly kind: "check";
  readonly check: CheckRef;
}

/** Which check runs or commit statuses decide. At least one of `name` and `workflow` is there. */
export interface CheckRef {
  /** A name, or a glob (`*` also matches `/`). */
  readonly name?: string;
  /** A workflow file's name (`ci.yml`) or path (`.github/workflows/ci.yml`). */
  readonly workflow?: string;
  /** The slug of the app that must have made the run, such as `github-actions`. */
  readonly app?: string;
  /** Conclusions that count as green. Default: `["success"]`. */
  readonly accept: readonly string[];
  /** Logins of people whose commit statuses count as well. */
  readonly by: readonly string[];
}

export interface ChangedItem extends ItemBase {
  readonly kind: "changed";
  /** Globs of paths of which at least one must be changed by the pull request. */
  readonly changed: readonly string[];
}

export interface DeploymentItem extends ItemBase {
  readonly kind: "deployment";
  readonly deployment: DeploymentRef;
}

/** Which environment must run this commit. */
export interface DeploymentRef {
  /** A name, or a glob (`*` also matches `/`). */
  readonly environment: string;
  /** Globs of paths in which the deployed commit may differ. */
  readonly ignore: readonly string[];
  /** Logins of people whose deployments count as well. */
  readonly by: readonly string[];
}

/** Somebody is in charge: whom the pull request is assigned to. */
export interface AssignedItem extends ItemBase {
  readonly kind: "assigned";
}

export interface WindowItem extends ItemBase {
  readonly kind: "window";
  readonly window: WindowRule;
}

/** A tag that points at the merge commit, or contains it. */
export interface TagItem extends ItemBase {
  readonly kind: "tag";
  /** Globs of names, of which one must match. */
  readonly tag: readonly string[];
}

/** A published release of GitHub whose tag points at the merge commit, or contains it. */
export interface ReleaseItem extends ItemBase {
  readonly kind: "release";
  /** Globs of names of tags, of which one must match. */
  readonly release: readonly string[];
}

/** Time in which the release is watched. */
export interface WaitItem extends ItemBase {
  readonly kind: "wait";
  readonly wait: {
    readonly milliseconds: number;
    /** A name or a glob; null: the environments that items of the late phases name, else the merge. */
    readonly environment: string | null;
  };
}

export interface NotifyItem extends ItemBase {
  readonly kind: "notify";
  readonly to: readonly Recipient[];
  readonly post: "on-tick" | "when-ready";
  readonly signers: SignerRule;
}

/** A target of the server's environment, a mention in a comment, or a plain comment. */
export type Recipient =
  | { readonly type: "target"; readonly name: string }
  | { readonly type: "mention"; readonly name: string }
  | { readonly type: "comment" };
