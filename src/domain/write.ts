/** Everything that the app ever writes to GitHub, as plain values: planned purely, shown by a dry run, carried out in one place. */
export type Write =
  | CreateCheck
  | UpdateCheck
  | UpdateBody
  | CreateComment
  | UpdateComment
  | React
  | CreateIssue
  | UpdateIssue
  | TurnIssue;

export interface CheckContent {
  readonly name: string;
  readonly externalId: string;
  readonly conclusion: "success" | "failure" | "action_required";
  readonly title: string;
  /** Markdown, at most 65,535 characters. */
  readonly summary: string;
  /** Markdown, at most 65,535 characters; holds the ledger. */
  readonly text: string;
  /** At most three buttons. */
  readonly actions: readonly CheckAction[];
  /** Where "Details" leads; null: to GitHub's own page of the run. */
  readonly detailsUrl: string | null;
}

/** GitHub's limits in characters: label 20, description 40, identifier 20. */
export interface CheckAction {
  readonly label: string;
  readonly description: string;
  readonly identifier: string;
}

/** At most 50 in one request; GitHub adds those of an update to those that are there. */
export interface Annotation {
  readonly path: string;
  readonly line: number;
  readonly level: "warning" | "failure";
  readonly message: string;
}

export interface CreateCheck extends CheckContent {
  readonly kind: "create-check";
  readonly headSha: string;
  readonly annotations?: readonly Annotation[];
}

export interface UpdateCheck extends CheckContent {
  readonly kind: "update-check";
  readonly id: number;
  readonly annotations?: readonly Annotation[];
}

/** Writes the whole description: GitHub knows no part of it. The caller has read it just before. */
export interface UpdateBody {
  readonly kind: "update-body";
  readonly pull: number;
  readonly body: string;
}

/** The body must hold the marker: by it the comment is found again, so that it is created once. */
export interface CreateComment {
  readonly kind: "create-comment";
  readonly pull: number;
  /** A hidden HTML comment that no other comment of the app holds. */
  readonly marker: string;
  readonly body: string;
}

export interface UpdateComment {
  readonly kind: "update-comment";
  readonly comment: number;
  readonly body: string;
}

export interface React {
  readonly kind: "react";
  readonly comment: number;
  readonly reaction: "+1" | "confused" | "eyes";
}

/** The body must hold the marker: by it the issue is found again, so that it is opened once. */
export interface CreateIssue {
  readonly kind: "create-issue";
  readonly marker: string;
  readonly title: string;
  readonly body: string;
  /** Logins; those whom GitHub does not let be assigned are left out. */
  readonly assignees: readonly string[];
  /** It cannot be older, ISO 8601. */
  readonly since: string;
}

/** Writes the whole text of an issue. The caller has read it just before. */
export interface UpdateIssue {
  readonly kind: "update-issue";
  readonly issue: number;
  readonly body: string;
}

export interface TurnIssue {
  readonly kind: "turn-issue";
  readonly issue: number;
  readonly state: "open" | "closed";
}
