import type { Edit } from "../domain/edit.ts";
import { type Link, linkOf, type Seen as Stood } from "../domain/sign-off/gap.ts";
import type { Snapshot } from "../domain/snapshot.ts";

/** What looks before this one knew of the description. */
export interface Seen {
  /** The description as the last look left it; null: not known. */
  readonly seen: Stood | null;
  /** Edits that were looked at, newest last: told again, they are nothing new. */
  readonly told: readonly ToldEdit[];
  /** Those of them that were made in the newest second: more of that second may follow. */
  readonly recent: readonly Edit[];
  /**
   * `updated_at` for which the edit history was read; empty where it is to be read once more, since edits may follow
   * in that second; null: not yet asked for since the start.
   */
  readonly historyAt: string | null;
}

/** One edit, and a name that it has only in common with itself. */
export interface ToldEdit extends Link {
  readonly key: string;
}

export const nothingSeen: Seen = { seen: null, told: [], recent: [], historyAt: null };

/** Edits of one pull request that are remembered: webhooks come twice, or late, within minutes. */
const kept = 60;
/** Milliseconds after a change in which GitHub may still tell of another one with the same time, clocks that differ included. */
const sameTime = 60_000;

const toldEdit = (edit: Edit): ToldEdit => {
  const link = linkOf(edit);
  return { ...link, key: `${edit.at} ${edit.by?.login ?? ""} ${link.from} ${link.to}` };
};

/** Those edits that no look has seen yet. */
export const newEdits = (edits: readonly Edit[], told: readonly ToldEdit[]): readonly Edit[] =>
  edits.filter((edit) => !told.some(({ key }) => key === toldEdit(edit).key));

/** Known edits that share a second with one of these. */
export const recentAmong = (edits: readonly Edit[], { recent }: Seen): readonly Edit[] =>
  recent.filter(({ at }) => edits.some((edit) => edit.at === at));

/** More edits of one second cannot be ordered anyway. */
const recentKept = 8;

function recentAfter(before: Seen, edits: readonly Edit[]): readonly Edit[] {
  const all = [...before.recent, ...newEdits(edits, before.told)];
  const newest = all
    .map(({ at }) => at)
    .sort()
    .at(-1);
  return all.filter(({ at }) => at === newest).slice(-recentKept);
}

export interface LookEnd {
  readonly snapshot: Snapshot;
  readonly edits: readonly Edit[];
  /** The description as it stands now. */
  readonly body: string;
  /** Nobody else writes it in the app's name. */
  readonly alone: boolean;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** What the next look may take for known. */
export function seenAfter(before: Seen, { snapshot, edits, body, alone, now }: LookEnd): Seen {
  const { history, pull } = snapshot;
  const settled = now - Date.parse(pull.updatedAt) > sameTime;
  const known = history?.ok ? [...history.value.edits.slice(-kept), ...edits] : edits;
  return {
    seen: alone ? { body, at: pull.updatedAt } : null,
    told: [...before.told, ...newEdits(known, before.told).map(toldEdit)].slice(-kept),
    recent: recentAfter(before, edits),
    // One that was not read in the first look was not worth it: there was no record yet.
    historyAt: history === null ? (before.historyAt ?? "") : settled ? pull.updatedAt : "",
  };
}
