/** What the page shows, as it travels to the browser. Types only: the browser imports them too. */

export interface View {
  readonly world: WorldView;
  readonly play: PlayView;
  readonly repo: RepoView;
  readonly threads: readonly ThreadView[];
  readonly machines: readonly MachineView[];
  readonly inbox: InboxView;
  readonly webhooks: WebhooksView;
  readonly requests: RequestsView;
}

export interface Choice {
  readonly name: string;
  readonly title: string;
}

export interface PersonView {
  readonly login: string;
  /** What this person is here for, in one or two words. */
  readonly part: string;
  readonly role: string;
}

export interface WorldView {
  /** `problem` says why, in one sentence. */
  readonly state: "starting" | "running" | "broken";
  readonly problem: string | null;
  /** The newest lines of the app's log, where it is broken. */
  readonly log: readonly string[];
  /** Which of the choices this world was made for. */
  readonly choice: string;
  readonly choices: readonly Choice[];
  readonly people: readonly PersonView[];
  /** Counts the worlds since the start: everything else belongs to this one. */
  readonly number: number;
  /** The id of the app's process. */
  readonly app: number | null;
  /** The local GitHub's address, with which links into it begin. */
  readonly github: string;
}

export interface PlayView {
  readonly state: "idle" | "playing" | "paused" | "done" | "failed";
  readonly total: number;
  /** The steps so far, the newest last. */
  readonly told: readonly ToldStep[];
  readonly problem: string | null;
}

export interface ToldStep {
  readonly happens: string;
  /** Null while it is not yet seen. */
  readonly leads: string | null;
}

export interface RepoView {
  readonly name: string;
  readonly defaultBranch: string;
  readonly configuration: string;
  readonly configurationFile: string;
  readonly commit: string;
  /** Null: the configuration has no window that the buttons know how to close. */
  readonly window: "open" | "closed" | null;
}

export interface ThreadView {
  readonly kind: "pull" | "issue";
  readonly number: number;
  readonly title: string;
  readonly state: "open" | "closed" | "merged";
  readonly author: string;
  readonly body: string;
  readonly assignees: readonly string[];
  readonly labels: readonly string[];
  readonly comments: readonly CommentView[];
  readonly pull: PullView | null;
}

export interface CommentView {
  readonly id: number;
  readonly author: string;
  readonly at: string;
  readonly body: string;
  readonly reactions: readonly { readonly by: string; readonly content: string }[];
}

export interface PullView {
  readonly head: string;
  readonly base: string;
  readonly sha: string;
  readonly mergedBy: string | null;
  readonly commits: readonly CommitView[];
  readonly checks: readonly CheckView[];
  /** Why GitHub would not merge now, by the login of whoever asks; empty when it would. */
  readonly blockers: Readonly<Record<string, readonly string[]>>;
}

export interface CommitView {
  readonly sha: string;
  readonly message: string;
  readonly by: string;
}

export interface CheckView {
  /** Null: a required check that nobody has reported yet. */
  readonly id: number | null;
  readonly name: string;
  /** The slug of the app, or the login, that reports it. */
  readonly by: string;
  readonly ours: boolean;
  readonly required: boolean;
  readonly state: "expected" | "queued" | "running" | "success" | "failure" | "waiting" | "neutral";
  /** GitHub's own word. */
  readonly word: string;
  readonly title: string;
  readonly summary: string;
  /** Of our own: the record of sign-offs. */
  readonly text: string;
  readonly annotations: readonly AnnotationView[];
  readonly actions: readonly { readonly label: string; readonly description: string; readonly id: string }[];
}

export interface AnnotationView {
  readonly path: string;
  readonly line: number;
  readonly level: string;
  readonly message: string;
}

/** Something beside the app that reports about commits, as an item of the checklist names it. */
export interface MachineView {
  readonly id: string;
  readonly title: string;
  /** What reports, in a few words: "workflow ci.yml". */
  readonly what: string;
  /** What can be asked of it. */
  readonly can: readonly ("start" | "pass" | "fail" | "make")[];
  readonly state: "never" | "running" | "success" | "failure";
}

export interface InboxView {
  readonly messages: readonly { readonly channel: string; readonly text: string; readonly at: number }[];
  readonly webhook: { readonly received: number; readonly refused: number };
}

export interface WebhooksView {
  readonly total: number;
  /** The newest first. */
  readonly rows: readonly WebhookRow[];
}

export interface WebhookRow {
  readonly id: number;
  readonly event: string;
  readonly by: string;
  readonly status: number;
  readonly milliseconds: number;
}

export interface RequestsView {
  readonly total: number;
  readonly reads: number;
  readonly writes: number;
  /** By method and route, the most frequent first. */
  readonly counts: readonly (readonly [route: string, count: number])[];
  /** The newest first. */
  readonly rows: readonly RequestRow[];
}

export interface RequestRow {
  readonly number: number;
  readonly method: string;
  readonly path: string;
  readonly status: number;
}

/** What a configuration says, for the editor. */
export interface ConfigurationView {
  readonly kind: "none" | "valid" | "broken";
  readonly findings: readonly FindingView[];
  /** Of a valid one: the checklist that it gives. */
  readonly given: {
    readonly items: number;
    /** The description's block in Markdown, for a release to which as many items apply as can. */
    readonly block: string;
    /** Items that are asked for elsewhere, and when. */
    readonly others: readonly string[];
  } | null;
}

export interface FindingView {
  readonly severity: "error" | "warning";
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** The answer to whatever somebody wanted to do. */
export type Outcome =
  | { readonly ok: true }
  /** `reasons` are the lines that GitHub would show. */
  | { readonly ok: false; readonly message: string; readonly reasons: readonly string[] };
