/** What of a repository matters for its checklist, wherever it was read. */
export interface Repository {
  /** `acme`; null: not known. */
  readonly owner: string | null;
  readonly defaultBranch: string;
  /** Without `refs/heads/` and without the remote's name. */
  readonly branches: readonly string[];
  /** Every file. */
  readonly paths: readonly string[];
  /** Text of `.github/workflows/*`, by path. */
  readonly workflows: ReadonlyMap<string, string>;
  /** Text of the CODEOWNERS file that counts; null: there is none. */
  readonly codeowners: string | null;
  /** As GitHub knows them; empty where it was not asked. */
  readonly environments: readonly string[];
  /** Checks that are required on the default branch; empty where GitHub was not asked. */
  readonly requiredChecks: readonly string[];
  /** The organisation's file with a checklist, as `acme/.github:.github/release.yml`; null: none is known. */
  readonly organisation: string | null;
}

/** What the file will be made of. */
export interface Shape {
  readonly defaultBranch: string;
  /** The tool that opens release pull requests. */
  readonly tool: "release-please" | "changesets" | null;
  /** A branch that only releases go into; null: none was found. */
  readonly releaseBase: string | null;
  readonly ci: CheckFound | null;
  readonly e2e: CheckFound | null;
  readonly migrationCheck: CheckFound | null;
  /** Folders with migrations, and whether they hold SQL. */
  readonly migrations: { readonly folders: readonly string[]; readonly sql: boolean };
  /** Where a release stands before it is in production. */
  readonly staging: StagingFound | null;
  /** Teams who own everything, as `@org/team`. */
  readonly owners: readonly string[];
  readonly organisation: string | null;
}

/** A check that fills a slot, as the configuration writes it, and where it was found. */
export type CheckFound =
  | { readonly workflow: string; readonly where: string }
  | { readonly name: string; readonly where: string };

export interface StagingFound {
  readonly environment: string;
  /** A workflow deploys there what a release pull request holds, before it is merged. */
  readonly beforeMerge: boolean;
}
