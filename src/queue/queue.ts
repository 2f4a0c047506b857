import type { Actor } from "../domain/actor.ts";
import type { Told } from "../domain/checks/update.ts";
import type { Edit } from "../domain/edit.ts";
import type { Push } from "../domain/push.ts";

/** The pull request that a look is about, and the installation that may read it. */
export interface PullKey {
  readonly installation: number;
  readonly owner: string;
  readonly repo: string;
  readonly number: number;
}

/** What an event adds to the next look at a pull request. Works on one key are merged while they wait. */
export interface Work {
  /** Why to look, for the log: `pull_request.edited`, `sweep`. Merged works keep each reason once. */
  readonly why: readonly string[];
  /** Edits that events told; none is ever dropped, whatever else is merged. */
  readonly edits: readonly Edit[];
  /** Edits of the follow-up issue of a merged pull request, likewise. */
  readonly issueEdits: readonly Edit[];
  /** Full SHA of the head, as the newest event told it; null: none did. */
  readonly head: string | null;
  /** How events told that the head moved: where a ledger may still lie. */
  readonly pushes: readonly Push[];
  /** What events told of the head's checks, in order of arrival. */
  readonly updates: readonly Told[];
  /** Who pressed the button **Announce**. */
  readonly pressed: readonly Actor[];
  /** Somebody asked for it (a button): nothing remembered may be used. */
  readonly fresh: boolean;
  /** Earliest time at which one of the merged events arrived, in milliseconds since the epoch: for the lag metric. */
  readonly since: number;
}

/**
 * Looks once. Resolves when everything decided was written; throws when the look has to be tried again with the same
 * work, and with what it took of the later one.
 */
export type Look = (key: PullKey, work: Work, later: Later) => Promise<LookResult>;

/** Work that came for a pull request while a look at it runs. */
export interface Later {
  /** All that waits, merged; null: nothing came, or the queue does not tell. */
  waiting(): Work | null;
  /** From now on the running look covers what waits: it succeeds and fails with it. */
  take(): void;
}

export const nothingLater: Later = { waiting: () => null, take: () => {} };

export interface LookResult {
  /** Look again after so many milliseconds, whatever happens (a retry of an announcement, the end of a back-off); null: not needed. */
  readonly again: number | null;
}

export interface Queue {
  /**
   * Asks for a look. Resolves when the work is done (in memory) or durably stored (Redis); it rejects only when
   * the work could not be taken. A look that fails is tried again by the queue itself.
   */
  add(key: PullKey, work: Work): Promise<void>;
  /** Keys that wait or are being looked at. */
  depth(): Promise<number>;
  /** Takes no new work, lets running looks end, and resolves at the latest after `milliseconds`. */
  drain(milliseconds: number): Promise<void>;
}

export const work = (why: string, since: number, parts: Partial<Work> = {}): Work => ({
  why: [why],
  edits: [],
  issueEdits: [],
  head: null,
  pushes: [],
  updates: [],
  pressed: [],
  fresh: false,
  since,
  ...parts,
});

/** What such an event tells is in `updates`. */
export const isOfCheck = (why: string): boolean =>
  /^(check_run|check_suite|status|workflow_run)(\.|$)/.test(why);

/** All that the events tell is in `updates`. */
export const tellsOnlyOfChecks = ({ why, edits, issueEdits, pushes, pressed, fresh }: Work): boolean =>
  !fresh && why.every(isOfCheck) && [edits, issueEdits, pushes, pressed].every(({ length }) => length === 0);

export const keyOf = (key: PullKey): string => `${key.owner}/${key.repo}#${key.number}`.toLowerCase();

export const mergeWork = (a: Work, b: Work): Work => ({
  why: [...new Set([...a.why, ...b.why])],
  edits: [...a.edits, ...b.edits],
  issueEdits: [...a.issueEdits, ...b.issueEdits],
  head: b.head ?? a.head,
  pushes: [...a.pushes, ...b.pushes],
  updates: [...a.updates, ...b.updates],
  pressed: [...a.pressed, ...b.pressed],
  fresh: a.fresh || b.fresh,
  since: Math.min(a.since, b.since),
});
