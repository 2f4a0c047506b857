import type { ItemState, Verdict } from "../decision.ts";
import type { ItemEntry, Ledger, Progress } from "../ledger.ts";

/** Notes how the items stand and since when, so that the record of the release can tell where the time went. */
export function withProgress(
  ledger: Ledger,
  before: Ledger,
  items: readonly ItemState[],
  verdict: Verdict,
  now: number,
): Ledger {
  const at = new Date(now).toISOString();
  const progress = items.flatMap((item): [string, Progress][] => {
    const { id } = item.item;
    return item.state === "not-needed"
      ? []
      : [[id, progressOf(item, item.state, before, ledger.items[id], at)]];
  });
  return {
    ...ledger,
    ready: ledger.ready ?? (verdict.kind === "blocked" ? null : at),
    progress: Object.fromEntries(progress),
  };
}

/**
 * The same for the items of the follow-up.
 *
 * @param before Their entries as they were kept before, by id.
 * @param after And as they are now.
 */
export function withLateProgress(
  ledger: Ledger,
  items: readonly ItemState[],
  before: Ledger["items"],
  after: Ledger["items"],
  now: number,
): Ledger {
  const at = new Date(now).toISOString();
  const kept = { progress: ledger.progress, items: before };
  const progress = items.flatMap((item): [string, Progress][] =>
    item.state === "not-needed" || item.item.phase === undefined
      ? []
      : [[item.item.id, progressOf(item, item.state, kept, after[item.item.id], at)]],
  );
  return { ...ledger, progress: { ...ledger.progress, ...Object.fromEntries(progress) } };
}

function progressOf(
  { item }: ItemState,
  state: Progress["state"],
  before: Pick<Ledger, "progress" | "items">,
  entry: ItemEntry | undefined,
  at: string,
): Progress {
  const last = before.progress[item.id];
  const failed = state === "failed" && last?.state !== "failed";
  const takenBack = isTakenBack(before.items[item.id], entry);
  return {
    state,
    done: state === "done" || state === "waived" ? (last?.done ?? signedAt(state, entry) ?? at) : null,
    caught: (last?.caught ?? 0) + (failed ? 1 : 0) + (takenBack ? 1 : 0),
  };
}

/** The newest sign-off, which may be older than this look. */
const signedAt = (state: Progress["state"], entry: ItemEntry | undefined): string | null =>
  state === "done"
    ? (entry?.signs
        .map((sign) => sign.at)
        .sort()
        .at(-1) ?? null)
    : null;

/** Somebody ended a sign-off that stood: an untick, `unsign`, or a changed answer. A rule that ends one finds nothing out. */
const isTakenBack = (before: ItemEntry | undefined, after: ItemEntry | undefined): boolean =>
  (before?.signs.length ?? 0) > 0 && after !== undefined && after.cleared !== before?.cleared;
