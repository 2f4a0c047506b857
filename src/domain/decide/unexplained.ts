import { sameName } from "../actor.ts";
import { hash } from "../hash.ts";
import { answerLimit, type ItemEntry, type Refusal } from "../ledger.ts";
import type { Told } from "../sign-off/operations.ts";
import type { Snapshot } from "../snapshot.ts";
import { type Needs, type PersonItem, selfOf } from "./circumstances.ts";

/** What the description shows of one item. */
export interface Shown {
  /** Null: it has no such box. */
  readonly box: boolean | null;
  /** By question id; absent: it has no such question. */
  readonly answers: ReadonlyMap<string, string>;
}

/** A tick that neither the app wrote nor anybody made in its box is taken back, with the reason. */
export function refuseShown(
  item: PersonItem,
  entry: ItemEntry,
  shown: Shown,
  told: Told,
  snapshot: Snapshot,
  needs: Needs,
): ItemEntry {
  if (shown.box !== true || entry.box === true || entry.signs.length > 0) return entry;
  const change = told.lastChanges.get(item.id);
  // The app showed that it was signed, and did not come to show that it no longer is.
  if (change?.checked === true && change.by?.login === selfOf(snapshot)) return entry;
  const by = change?.checked === true ? change.by : null;
  if (by === null && change?.by?.login !== selfOf(snapshot) && snapshot.history === null)
    needs.add({ kind: "history" });
  if (change === undefined || by === null)
    return entry.refusal === null ? { ...entry, refusal: unknownTick(snapshot) } : entry;
  const { refusal, ended } = entry;
  // It did count, and what ended it is told.
  if (ended?.signs.some((sign) => sameName(sign.by, by.login) && sign.at === change.at)) return entry;
  if (refusal?.by === by.login || (refusal !== null && refusal.at >= change.at)) return entry;
  const why = "it came along with a text instead of being ticked in its box";
  return { ...entry, refusal: { by: by.login, at: change.at, why } };
}

function unknownTick({ history, pull }: Snapshot): Refusal {
  const untouched = history?.ok && history.value.edits.length === 0;
  const why = untouched ? "it came with the opening text" : "nobody knows who ticked it";
  return { by: null, at: pull.updatedAt, why };
}

/** An answer that stood there from the beginning is kept, whoever wrote it; sign-offs were not given on it. */
export function keepFirstAnswers(
  item: PersonItem,
  entry: ItemEntry,
  shown: Shown,
  snapshot: Snapshot,
): ItemEntry {
  if (item.kind !== "manual") return entry;
  let current = entry;
  for (const { id } of item.questions) {
    const text = shown.answers.get(id) ?? "";
    if (text === "" || current.answers[id] !== undefined || entry.box !== null) continue;
    const at = snapshot.pull.updatedAt;
    const answer = { text: text.slice(0, answerLimit), hash: hash(text), by: null, at };
    current = { ...current, answers: { ...current.answers, [id]: answer } };
  }
  return current;
}
