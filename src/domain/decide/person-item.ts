import type { ItemState, Reason } from "../decision.ts";
import type { ItemEntry, Ledger, SignOff } from "../ledger.ts";
import { emptyEntry } from "../ledger.ts";
import { inOneLine, type Problem } from "../problem.ts";
import type { Link } from "../sign-off/link.ts";
import type { Operation } from "../sign-off/operation.ts";
import type { Told } from "../sign-off/operations.ts";
import { inWords } from "../sign-off/rights.ts";
import { counting, newest, settle } from "../sign-off/settle.ts";
import type { Snapshot } from "../snapshot.ts";
import { actorOf, type Needs, type PersonItem, rightToSign, selfOf, shortSha } from "./circumstances.ts";
import { headAt } from "./head.ts";
import { nobodyLeft } from "./nobody.ts";
import { end, endStale, onItsHead } from "./stale.ts";
import { keepFirstAnswers, refuseShown, type Shown } from "./unexplained.ts";
import { keepUnplaced, placeCommanded } from "./unplaced.ts";

export interface PersonItemInput {
  readonly item: PersonItem;
  readonly ledger: Ledger;
  readonly shown: Shown;
  readonly told: Told;
  /** What comments asked for, as operations on this item. */
  readonly commanded: readonly Operation[];
  readonly snapshot: Snapshot;
  /** Every edit that is known, by the hashes of its texts. */
  readonly links: readonly Link[];
  readonly needs: Needs;
  /** The history is whole, so that everything is derived anew from it. */
  readonly whole: boolean;
}

export interface SignedItem {
  readonly entry: ItemEntry;
  /** Enough people signed, every answer is there, and nothing is in doubt. */
  readonly signed: boolean;
  /** What could not be read about rights; the item blocks then. */
  readonly problems: readonly Problem[];
}

/** Brings the record of one item up to date with what people did, and with the rules that end sign-offs. */
export function recordPersonItem(input: PersonItemInput): SignedItem {
  const { item, ledger, shown, told, snapshot, needs } = input;
  const before = ledger.items[item.id] ?? emptyEntry;
  const { placed, unplaced } = placeCommanded(input, before.unplaced);
  const operations = [
    ...placed,
    ...told.operations
      .filter((operation) => operation.item === item.id)
      .map((operation) => withHead(operation, before, input)),
  ];
  const problems: Problem[] = [];
  let entry = settle(keepFirstAnswers(item, before, shown, snapshot), operations, {
    shown: isSent(item, ledger) ? null : shown.box,
    answers: shown.answers,
    right: (by) => rightToSign(item, by, snapshot, needs),
    head: { sha: snapshot.pull.head.sha, tree: snapshot.pull.tree },
    self: selfOf(snapshot),
    from: input.whole ? "beginning" : snapshot.explained && (snapshot.explained.items[item.id] ?? emptyEntry),
    links: input.links,
    undecided: () => {
      if (snapshot.history === null) needs.add({ kind: "history" });
    },
  });
  entry = endStale(item, entry, snapshot, needs);
  entry = { ...entry, signs: newest(entry.signs) };
  entry = endLostRights(item, entry, snapshot, needs, problems);
  entry = refuseShown(item, entry, shown, told, snapshot, needs);
  entry = keepUnplaced(entry, unplaced);
  const signed =
    counting(entry).length >= item.signers.count &&
    problems.length === 0 &&
    missingAnswers(item, entry).length === 0;
  return { entry: { ...entry, box: boxOf(item, entry) }, signed, problems };
}

/** Then the box shows the announcement, whoever ticked it. */
const isSent = ({ id }: PersonItem, { announcements }: Ledger): boolean =>
  announcements[id]?.state === "sent";

/** Where neither box nor event tells the commit, it is the one that was the head then, if that is known. */
function withHead(
  operation: Operation,
  { signs }: ItemEntry,
  { item, ledger, snapshot, needs }: PersonItemInput,
): Operation {
  if (operation.kind !== "tick" || operation.sha !== null || operation.head !== null) return operation;
  if (signs.some(({ by, at }) => by === operation.by?.login && at === operation.at)) return operation;
  const then = (at: string): string | null => headAt(at, ledger.heads, snapshot, needs);
  return onItsHead(item, operation, snapshot, then) ?? { ...operation, headless: true };
}

/** The box shows the signatures; missing answers leave it ticked. */
export const boxOf = (item: PersonItem, entry: ItemEntry): boolean =>
  counting(entry).length >= item.signers.count;

export const missingAnswers = (item: PersonItem, entry: ItemEntry): readonly string[] =>
  item.kind === "manual"
    ? item.questions
        .filter(({ id }) => (entry.answers[id]?.hash ?? emptyHash) === emptyHash)
        .map(({ text }) => text)
    : [];

const emptyHash = "811c9dc5";

function endLostRights(
  item: PersonItem,
  before: ItemEntry,
  snapshot: Snapshot,
  needs: Needs,
  problems: Problem[],
): ItemEntry {
  let entry = before;
  for (const sign of before.signs) {
    const right = rightToSign(item, actorOf(sign.by), snapshot, needs);
    if (right.may === "unknown") problems.push(right.problem);
    if (right.may === "no")
      entry = end(entry, [sign], {
        sha: null,
        why: `${sign.by} may not sign: ${right.why}`,
        at: snapshot.pull.updatedAt,
      });
  }
  return entry;
}

/** How the item stands, in words. */
export function statePersonItem(
  item: PersonItem,
  record: SignedItem,
  snapshot: Snapshot,
  needs: Needs,
): ItemState {
  const { entry, signed, problems } = record;
  const signers = inWords(item.signers.from);
  const base = { item, box: boxOf(item, entry), evidence: [] };
  if (signed)
    return {
      ...base,
      state: "done",
      summary: signatures(counting(entry), snapshot),
      reason: null,
      notes: [],
    };
  const notes = [...notesOf(item, entry), ...problems.slice(0, 1).map(inOneLine)];
  const [problem] = problems;
  if (problem !== undefined) {
    const reason: Reason = {
      item: item.id,
      short: `${item.title}: ${problem.what} cannot be read`,
      long: `${item.title}: ${inOneLine(problem)}`,
      failed: true,
    };
    return { ...base, state: "failed", summary: "cannot be decided", reason, notes };
  }
  const nobody = nobodyLeft(item, snapshot, needs);
  if (nobody !== null) {
    const reason: Reason = {
      item: item.id,
      short: `nobody can sign ${item.title}`,
      long: `${item.title}: nobody can sign it: ${nobody}. It can be waived with \`/checklist waive ${item.id} …\`, or the configuration names others`,
      failed: true,
    };
    return { ...base, state: "failed", summary: "nobody can sign it", reason, notes };
  }
  const unanswered = missingAnswers(item, entry);
  const answering = boxOf(item, entry) && unanswered.length > 0;
  const reason: Reason = {
    item: item.id,
    short: answering ? `answer missing, ${item.title}` : `waiting for ${signers}, ${item.title}`,
    long: [
      `${item.title}: ${whatIsMissing(item, entry, signers, answering ? unanswered : [])}`,
      ...takenBack(entry),
    ].join("; "),
    failed: false,
  };
  const summary = answering
    ? "answer missing"
    : counting(entry).length > 0
      ? soFar(item, entry, (login) => login)
      : `waiting for ${signers}`;
  return { ...base, state: "waiting", summary, reason, notes };
}

function whatIsMissing(
  item: PersonItem,
  entry: ItemEntry,
  signers: string,
  unanswered: readonly string[],
): string {
  if (unanswered.length > 0) return `still to be answered in the description: ${unanswered.join(" ")}`;
  const not = item.signers.not.map((kind) => (kind === "author" ? "the author" : "an author of its commits"));
  const who = not.length === 0 ? signers : `${signers} (but not ${not.join(" or ")})`;
  if (item.kind === "notify")
    return `${who} can send it: read the preview first, then tick the box or comment \`/checklist announce\``;
  const there = counting(entry);
  const have = there.length > 0 ? ` (${there.map(({ by }) => by).join(", ")})` : "";
  const count = item.signers.count > 1 ? `${there.length} of ${item.signers.count} signatures${have}: ` : "";
  const questions = missingAnswers(item, entry).length > 0 ? "answer its questions and " : "";
  return `${count}${who} can ${questions}sign it`;
}

/** A login as code, so that it is not mentioned. Brackets would end the code. */
const named = (login: string): string =>
  login.endsWith("[bot]") ? `the bot \`${login.slice(0, -"[bot]".length)}\`` : `\`${login}\``;

function takenBack({ refusal }: ItemEntry): string[] {
  if (refusal === null) return [];
  const whose = refusal.by === null ? "a tick" : `the tick of ${named(refusal.by)}`;
  return [`${whose} was taken back: ${refusal.why}`];
}

function notesOf(item: PersonItem, entry: ItemEntry): string[] {
  const notes = takenBack(entry);
  // Who was refused last matters more than what ended before.
  if (entry.refusal === null && entry.ended !== null && entry.signs.length === 0) {
    const who = entry.ended.signs.map((sign) => named(sign.by)).join(", ");
    notes.push(`the sign-off of ${who} has ended: ${entry.ended.why}`);
  }
  const there = counting(entry).length;
  const doubted = entry.signs.filter((sign) => sign.doubts.length > 0).map((sign) => named(sign.by));
  if (doubted.length > 0 && there < item.signers.count)
    notes.push(
      `the sign-off of ${doubted.join(", ")} does not count: somebody unknown unticked this or changed an answer`,
    );
  if (there > 0 && there < item.signers.count) notes.push(soFar(item, entry, named));
  if (boxOf(item, entry) && missingAnswers(item, entry).length > 0) notes.push("answer missing");
  return notes;
}

/** `1 of 2: bea`. */
const soFar = (item: PersonItem, entry: ItemEntry, name: (login: string) => string): string =>
  `${counting(entry).length} of ${item.signers.count}: ${counting(entry)
    .map(({ by }) => name(by))
    .join(", ")}`;

/** `signed by bea on 2026-11-20 at abc1234, 12 commits since`. */
export function signatures(signs: readonly SignOff[], snapshot: Snapshot): string {
  return signs
    .map((sign) => {
      const comparison = snapshot.comparisons.get(sign.sha);
      const commits = comparison?.ok && !comparison.value.sameTree ? comparison.value.commits : 0;
      const since = commits > 0 ? `, ${commits} commit${commits === 1 ? "" : "s"} since` : "";
      const how = sign.via === "comment" ? " by comment" : "";
      return `signed by ${sign.by}${how} on ${sign.at.slice(0, 10)} at ${shortSha(sign.sha)}${since}`;
    })
    .join("; ");
}
