import type { Actor } from "../actor.ts";

/** What GitHub tells of one commit: everything a `check` item may look at. */
export interface CheckFacts {
  readonly runs: readonly CheckRun[];
  readonly suites: readonly CheckSuite[];
  readonly statuses: readonly CommitStatus[];
  readonly workflows: readonly WorkflowRun[];
}

export interface CheckRun {
  readonly id: number;
  readonly name: string;
  /** Slug of the app that made the run: the only part of it that nobody else can forge. */
  readonly app: string;
  readonly suite: number;
  readonly status: "queued" | "in_progress" | "completed" | "waiting" | "requested" | "pending";
  /** Null until completed. */
  readonly conclusion: string | null;
  readonly url: string;
}

export interface CheckSuite {
  readonly id: number;
  readonly app: string;
  readonly status: string;
  readonly conclusion: string | null;
  /** Suites that hold no runs do not count. */
  readonly runs: number;
}

export interface CommitStatus {
  readonly context: string;
  readonly state: "error" | "failure" | "pending" | "success";
  readonly creator: Actor | null;
  readonly description: string;
  readonly url: string;
  /** Greater is newer. */
  readonly id: number;
}

export interface WorkflowRun {
  readonly id: number;
  /** `.github/workflows/ci.yml`, without the `@ref` that GitHub may append. */
  readonly path: string;
  readonly name: string;
  readonly suite: number;
  readonly status: string;
  readonly conclusion: string | null;
  readonly attempt: number;
  readonly number: number;
  readonly url: string;
}
