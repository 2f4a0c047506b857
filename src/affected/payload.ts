/** An event as GitHub delivers it; only what decides which pull requests it is about. */
export interface Event {
  readonly name: string;
  readonly payload: Payload;
}

export interface Payload {
  readonly action?: string;
  readonly installation?: { readonly id: number } | null;
  readonly repository?: RepositoryPayload | null;
  readonly sender?: Account | null;
  readonly changes?: {
    readonly body?: { readonly from?: string | null };
    readonly base?: unknown;
    readonly title?: unknown;
    readonly default_branch?: unknown;
    readonly repository?: { readonly name?: { readonly from?: string } };
  };
  readonly pull_request?: PullPayload;
  /** Of `synchronize` and `push`: the commit that was left. */
  readonly before?: string;
  readonly after?: string;
  readonly check_run?: ChecksPayload & { readonly check_suite?: ChecksPayload | null };
  readonly check_suite?: ChecksPayload;
  readonly workflow_run?: ChecksPayload;
  readonly merge_group?: {
    readonly head_sha: string;
    readonly head_ref: string;
    readonly base_sha: string;
  };
  readonly requested_action?: { readonly identifier?: string };
  /** Of `status`, as are those that follow. */
  readonly sha?: string;
  readonly id?: number;
  readonly context?: string;
  readonly state?: string;
  readonly description?: string | null;
  readonly target_url?: string | null;
  readonly deployment?: { readonly environment?: string };
  readonly deployment_status?: { readonly environment?: string };
  readonly issue?: IssuePayload;
  readonly comment?: { readonly body?: string | null; readonly user?: Account | null };
  readonly ref?: string;
  readonly forced?: boolean;
  readonly created?: boolean;
  readonly deleted?: boolean;
  readonly commits?: readonly {
    readonly added?: readonly string[];
    readonly modified?: readonly string[];
    readonly removed?: readonly string[];
  }[];
  readonly repositories_added?: readonly { readonly full_name: string }[];
  readonly repositories_removed?: readonly { readonly full_name: string }[];
}

export interface IssuePayload {
  readonly number: number;
  readonly pull_request?: unknown;
  readonly title?: string;
  readonly body?: string | null;
  readonly updated_at?: string;
  readonly user?: Account | null;
  readonly labels?: readonly { readonly name?: string }[];
}

export interface Account {
  readonly login: string;
  readonly type?: string;
}

export interface RepositoryPayload {
  readonly id: number;
  readonly name: string;
  /** Events name an account; `push` may leave the login out and give the name only. */
  readonly owner?: { readonly login?: string; readonly name?: string | null } | null;
  readonly full_name: string;
  readonly default_branch?: string;
}

export interface PullPayload {
  readonly number: number;
  readonly body?: string | null;
  readonly updated_at?: string;
  readonly head: { readonly sha: string };
}

/** What check runs, check suites and workflow runs have in common. */
export interface ChecksPayload {
  readonly id?: number;
  readonly name?: string | null;
  readonly head_sha?: string;
  readonly status?: string | null;
  readonly conclusion?: string | null;
  readonly html_url?: string | null;
  readonly details_url?: string | null;
  readonly app?: { readonly id?: number; readonly slug?: string } | null;
  /** Of suites. */
  readonly latest_check_runs_count?: number;
  /** Of workflow runs, as are those that follow. */
  readonly path?: string;
  readonly check_suite_id?: number;
  readonly run_attempt?: number;
  readonly run_number?: number;
  /** Empty for pull requests from forks. */
  readonly pull_requests?: readonly (LinkedPull | null)[] | null;
}

export interface LinkedPull {
  readonly number: number;
  readonly head?: { readonly sha?: string };
  readonly base?: { readonly repo?: { readonly id?: number } };
}
