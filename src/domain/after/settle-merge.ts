import { afterMerge } from "../config/phases.ts";
import { applicable } from "../decide/applicable.ts";
import type { Needs } from "../decide/circumstances.ts";
import { gateAtMerge } from "../decide/decide.ts";
import { holds } from "../decide/release-item.ts";
import type { Release } from "../decision.ts";
import type { Ledger } from "../ledger.ts";
import type { Read } from "../problem.ts";
import type { MergeFacts, OwnRun, Snapshot } from "../snapshot.ts";
import type { Merge } from "./merge.ts";

/** So much of each is kept, in UTF-16 code units: the record has to fit into a check. */
const longestSummary = 500;
const longestReason = 1_000;
const longestUrl = 1_000;

/**
 * What happened at the merge of a release. It is settled once, from what the check on the last head said then; how the
 * items stood is worked out anew, from nothing that came after the merge.
 *
 * @param now Milliseconds since the epoch.
 */
export function settleMerge(
  facts: MergeFacts,
  ledger: Ledger,
  snapshot: Snapshot,
  now: number,
  needs: Needs,
): Merge {
  const before = upTo(facts.at, snapshot);
  const gate = gateAtMerge(before, now, needs);
  const { current } = snapshot.own;
  const verdict = verdictOf(current, ledger, snapshot);
  return {
    by: facts.by?.login ?? null,
    at: facts.at,
    sha: facts.sha,
    head: snapshot.pull.head.sha,
    verdict,
    title: current?.title ?? "",
    bypassed: verdict === "blocked" || verdict === "none",
    reasons: verdict === "ready" ? [] : reasonsOf(gate, current),
    items: (gate?.items ?? []).map(({ item: { id, title, required }, state, summary, evidence }) => ({
      id,
      title,
      state,
      required,
      summary: summary.slice(0, longestSummary),
      evidence: evidence.flatMap(({ label, url }) => (url.length > longestUrl ? [] : [{ label, url }])),
    })),
    after: lateItems(snapshot, ledger, needs),
    followUp: null,
    incidents: [],
    outcomes: [],
  };
}

function verdictOf(current: OwnRun | null, ledger: Ledger, snapshot: Snapshot): Merge["verdict"] {
  if (current === null) return "none";
  if (current.conclusion !== "success") return "blocked";
  return holds(ledger.override, snapshot) ? "overridden" : "ready";
}

/** What was missing may have come right after the merge; then the check's title is all that tells. */
function reasonsOf(gate: Release | null, current: OwnRun | null): readonly string[] {
  const reasons = (gate?.reasons ?? []).map(({ long }) => long.slice(0, longestReason));
  if (reasons.length > 0) return reasons;
  return current === null ? ["The app had not looked at the last commit yet"] : [current.title];
}

function lateItems({ config, ...snapshot }: Snapshot, ledger: Ledger, needs: Needs): readonly string[] {
  if (!("checklist" in config)) return [];
  const late = { ...config.checklist, items: afterMerge(config.checklist.items) };
  const applies = applicable(late, ledger.labelled, { ...snapshot, config }, needs);
  return late.items.filter(applies).map(({ id }) => id);
}

/** What came after the merge has not brought it about. */
function upTo(time: string, snapshot: Snapshot): Snapshot {
  const those = <T extends { readonly at: string }>(list: readonly T[]) =>
    list.filter(({ at }) => at <= time);
  const within = <T, U>(reading: Read<T> | null, change: (value: T) => U): Read<U> | null =>
    reading?.ok === true ? { ok: true, value: change(reading.value) } : reading;
  return {
    ...snapshot,
    edits: those(snapshot.edits),
    history: within(snapshot.history, (history) => ({ ...history, edits: those(history.edits) })),
    comments: within(snapshot.comments, those),
  };
}
