import type { ConfigState } from "../../domain/snapshot.ts";
import type { Octokit } from "../../github/client.ts";
import type { Identity } from "../../github/read/identity.ts";
import type { Targets } from "../../notify/targets.ts";
import type { Recent } from "./recent.ts";

/** The repository that is looked at, and what every examination may use. */
export interface Patient {
  readonly octokit: Octokit;
  readonly owner: string;
  readonly repo: string;
  readonly defaultBranch: string;
  /** `https://github.com`. */
  readonly htmlUrl: string;
  /** Null: a token's owner cannot be told, and no check of ours was found. */
  readonly app: Identity | null;
  readonly config: ConfigState;
  readonly recent: Recent;
  /** `NOTIFICATION_TARGETS` as the server has it; null: not set here. */
  readonly targets: Targets | null;
}

/** For a command line: safe whatever a branch is called. */
export const shellQuoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
