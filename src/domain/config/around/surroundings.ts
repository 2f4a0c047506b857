import type { Read } from "../../problem.ts";

/** What stands around a configuration: read from GitHub, or known to the server. Null: nobody asked. */
export interface Surroundings {
  readonly owner: string;
  /** Names of the notification targets that the server knows for this owner. */
  readonly targets: ReadonlySet<string> | null;
  /** By `org/slug` as written: whether there is such a team. */
  readonly teams: ReadonlyMap<string, Read<boolean>>;
  /** Names of the repository's environments. */
  readonly environments: Read<readonly string[]> | null;
  /** File names of the workflows at this commit. */
  readonly workflows: Read<readonly string[]> | null;
  /** Names of checks and statuses that were seen where a release would have them. */
  readonly checks: Read<SeenChecks> | null;
}

export interface SeenChecks {
  readonly names: ReadonlySet<string>;
  /** On how many pull requests they were looked for, besides the base branch. */
  readonly pulls: number;
  readonly base: string;
}
