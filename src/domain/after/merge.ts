import type { HandledComments, ItemEntry, Move } from "../item-entry.ts";

/** The merge of a release and what followed: part of the ledger from the merge on. Times are ISO 8601 in UTC. */
export interface Merge {
  /** Login of who merged; null where the account is gone. */
  readonly by: string | null;
  readonly at: string;
  /** The commit on the base, full SHA. */
  readonly sha: string;
  /** The last head of the pull request, full SHA. */
  readonly head: string;
  /** What the check on that head said at the merge. `none`: there was no verdict for this commit yet. */
  readonly verdict: "ready" | "blocked" | "overridden" | "none";
  /** The title of that check. */
  readonly title: string;
  /** Merged although the check did not allow it. */
  readonly bypassed: boolean;
  /** What was missing then, in sentences; empty when nothing was. */
  readonly reasons: readonly string[];
  /** The items that the gate had, as they stood. */
  readonly items: readonly MergedItem[];
  /** Ids of the items of the late phases that apply to this release. */
  readonly after: readonly string[];
  /** Null: there is none. */
  readonly followUp: FollowUp | null;
  /** What went wrong because of the release, as people linked it. */
  readonly incidents: readonly Incident[];
  /** How it ended, oldest first: the last one holds. */
  readonly outcomes: readonly ReleaseOutcome[];
}

/** An item of the gate as it stood at the merge. */
export interface MergedItem {
  readonly id: string;
  readonly title: string;
  readonly state: "done" | "waiting" | "failed" | "waived" | "not-needed";
  readonly required: boolean;
  readonly summary: string;
  readonly evidence: readonly { readonly label: string; readonly url: string }[];
}

export const outcomeStatuses = ["successful", "rolled-back", "follow-up"] as const;
export type OutcomeStatus = (typeof outcomeStatuses)[number];

/** As people read them. */
export const outcomeWords: Readonly<Record<OutcomeStatus, string>> = {
  successful: "successful",
  "rolled-back": "rolled back",
  "follow-up": "needs follow-up",
};

export interface ReleaseOutcome {
  readonly status: OutcomeStatus;
  /** Null: every item was done, and the last one by the app itself. */
  readonly by: string | null;
  readonly at: string;
  readonly note: string | null;
  /** `items`: nobody said so, but every item of the follow-up was done. */
  readonly via: "comment" | "items";
}

export interface Incident {
  readonly link: string;
  /** Who linked it, or wrote the issue. */
  readonly by: string;
  readonly at: string;
}

/** The follow-up issue, with the record of its boxes: the same parts as those of the pull request. */
export interface FollowUp {
  readonly items: Readonly<Record<string, ItemEntry>>;
  readonly comments: HandledComments;
  readonly echoes: readonly string[];
  readonly moves: readonly Move[];
  readonly lines: readonly string[];
  /** Null: it is about to be opened. */
  readonly issue: number | null;
  readonly url: string | null;
  /** Since when the release runs where it is deployed to. */
  readonly running: Readonly<Record<string, string>>;
  /** How its items and the outcome stood, as a hash, and since when. */
  readonly standing: string;
  readonly progressAt: string;
  /** When whoever is in charge was reminded; null: never. */
  readonly remindedAt: string | null;
  /** When the app closed it; null: it is open, or people closed it. */
  readonly closedAt: string | null;
}

/** Key in `Ledger.announcements` under which the final status of an outcome went out. */
export const finalKey = ({ at }: Pick<ReleaseOutcome, "at">): string => `final:${at}`;
export const isFinal = (key: string): boolean => key.startsWith("final:");

/** Key in `Ledger.announcements` under which a bypass was told. */
export const bypassKey = "bypass";

/** How the release ended, as far as it was said. */
export const outcomeOf = ({ outcomes }: Merge): ReleaseOutcome | null => outcomes.at(-1) ?? null;

export const emptyFollowUp = (at: string): FollowUp => ({
  issue: null,
  url: null,
  items: {},
  comments: { through: 0, ids: [] },
  echoes: [],
  moves: [],
  lines: [],
  running: {},
  standing: "",
  progressAt: at,
  remindedAt: null,
  closedAt: null,
});
