import { hash } from "../hash.ts";
import { answerLimit, type ItemEntry, type Refusal } from "../ledger.ts";
import type { LastChange } from "../sign-off/operation.ts";
import type { Told } from "../sign-off/operations.ts";
import type { Snapshot } from "../snapshot.ts";
import { type Needs, type PersonItem, selfOf } from "./circumstances.ts";
import { end } from "./stale.ts";

/** What the description shows of one item. */
export interface Shown {
  /** Null: it has no such box. */
  readonly box: boolean | null;
  /** By question id; absent: it has no such question. */
  readonly answers: ReadonlyMap<string, string>;
}

/**
 * A box that somebody changed since the app last wrote it, and that no known edit explains: the history is asked.
 * Where it does not tell, a tick is taken back and an untick closes the item until somebody ticks again.
 */
export function settleBox(
  item: PersonItem,
  entry: ItemEntry,
  shown: Shown,
  told: Told,
  snapshot: Snapshot,
  needs: Needs,
): ItemEntry {
  const signed = entry.signs.length >= item.signers.count;
  const change = told.lastChanges.get(item.id);
  const explained =
    change !== undefined &&
    change.by !== null &&
    change.checked === shown.box &&
    isNewest(change, entry, snapshot);
  if (shown.box === null) return entry;
  const current = entry.doubt && explained && signed ? { ...entry, doubt: false } : entry;
  const desired = signed && !current.doubt;
  if (shown.box === desired || shown.box === (entry.box ?? false)) return current;
  if (!explained && snapshot.history === null) {
    needs.add({ kind: "history" });
    return current;
  }
  if (!shown.box) return explained ? current : { ...current, doubt: true };
  if (current.signs.length > 0 || alreadyRefused(current, change)) return current;
  return { ...current, refusal: refusal(explained ? change : undefined, current, snapshot) };
}

/** An older change explains nothing: what is shown came after what is recorded. */
function isNewest(change: LastChange, entry: ItemEntry, snapshot: Snapshot): boolean {
  if (snapshot.history?.ok && snapshot.history.value.complete) return true;
  const known = [
    ...entry.signs.map((sign) => sign.at),
    entry.cleared,
    entry.floor,
    entry.refusal?.at ?? null,
  ];
  const newest = known.reduce((a, b) => (b !== null && (a === null || b > a) ? b : a), null);
  return newest === null || change.at > newest || alreadyRefused(entry, change);
}

const alreadyRefused = (entry: ItemEntry, change: LastChange | undefined): boolean =>
  [...entry.refused, entry.refusal].some(
    (refused) => refused !== null && refused.by === change?.by?.login && refused.at === change.at,
  );

function refusal(change: LastChange | undefined, entry: ItemEntry, snapshot: Snapshot): Refusal {
  const self = selfOf(snapshot);
  const by = change?.by && change.by.login !== self ? change.by.login : null;
  const untouched = snapshot.history?.ok && snapshot.history.value.edits.length === 0;
  const why =
    by !== null
      ? "it came along with a text instead of being ticked in its box"
      : untouched
        ? "it came with the opening text"
        : "nobody knows who ticked it";
  if (entry.refusal?.by === by && entry.refusal.why === why) return entry.refusal;
  return { by, at: snapshot.pull.updatedAt, why };
}

/**
 * Answers that differ from the record without an edit that explains them. A text that stands there is kept, whoever
 * wrote it, and ends the sign-offs; one that was taken away by nobody known comes back.
 */
export function settleAnswers(
  item: PersonItem,
  entry: ItemEntry,
  shown: Shown,
  told: Told,
  snapshot: Snapshot,
  needs: Needs,
): ItemEntry {
  if (item.kind !== "manual") return entry;
  let current = entry;
  for (const { id } of item.questions) {
    const text = shown.answers.get(id);
    const known = current.answers[id];
    if (text === undefined || hash(text) === (known?.hash ?? hash(""))) continue;
    const change = told.lastAnswers.get(`${item.id}/${id}`);
    if (change?.by && change.text === text) continue;
    if (snapshot.history === null) {
      needs.add({ kind: "history" });
      continue;
    }
    if (text === "") continue;
    const at = snapshot.pull.updatedAt;
    const answer = { text: text.slice(0, answerLimit), hash: hash(text), by: null, at };
    current = { ...current, answers: { ...current.answers, [id]: answer } };
    if (current.signs.length > 0)
      current = end(current, current.signs, null, "an answer was changed, and nobody knows by whom", at);
  }
  return current;
}
