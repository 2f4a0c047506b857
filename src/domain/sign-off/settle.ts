import { type Actor, sameName } from "../actor.ts";
import { hash } from "../hash.ts";
import { type Answer, answerLimit, type Barred, type ItemEntry, type SignOff } from "../ledger.ts";
import { inOneLine } from "../problem.ts";
import { isFilled, type Link } from "./gap.ts";
import type { AnswerOperation, Operation, TickOperation } from "./operation.ts";
import type { Right } from "./rights.ts";

export interface SettleContext {
  /** What the box shows now; null where the description has no such box. */
  readonly shown: boolean | null;
  /** What it shows as answers, by question. */
  readonly answers: ReadonlyMap<string, string>;
  readonly right: (by: Actor) => Right;
  /** The head now: a tick whose commit is not told counts for it. */
  readonly head: { readonly sha: string; readonly tree: string };
  /** Login of the app's own account: what it writes is nobody's act. */
  readonly self: string;
  /** True when the operations are the whole history in order: what boxes did is then derived anew. */
  readonly replay: boolean;
  /** Edits that are known by now, which may fill a gap. */
  readonly links: readonly Link[];
  /** Told when the order of two acts of the same second matters and is not known. */
  readonly undecided: () => void;
}

/** How many ended ticks an item remembers. */
const barredLimit = 40;
/** How many edits of which nothing is known. */
const missingLimit = 10;

/**
 * Applies what people did to one item. The result does not depend on when the operations became known: a sign-off
 * counts when it is newer than whatever cleared the item, and per person and item the newest edit wins.
 */
export function settle(
  before: ItemEntry,
  operations: readonly Operation[],
  context: SettleContext,
): ItemEntry {
  const state = start(before, operations, context);
  for (const operation of operations) {
    const { by } = operation;
    if (by !== null && sameName(by.login, context.self)) continue;
    if (operation.kind === "tick") tick(state, operation, by, before, context);
    else if (by?.kind === "bot") continue;
    else if (operation.kind === "answer") answer(state, operation, by, context);
    else untick(state, operation, by, context);
  }
  state.ended = ended(state, before);
  const { clearedBy: _, here: __, answered: ___, found: ____, ...entry } = state;
  return {
    ...entry,
    signs: entry.signs.toSorted(inOrder),
    barred: entry.barred.slice(-barredLimit),
    missing: entry.missing.slice(-missingLimit),
  };
}

/** What is gone without a word: it was taken back before it was given, as far as was known. */
function ended({ signs, ended, cleared }: State, before: ItemEntry): State["ended"] {
  const gone = before.signs.filter(({ by }) => !signs.some((sign) => sameName(sign.by, by)));
  if (gone.length === 0 || ended !== before.ended) return ended;
  return { signs: gone, at: cleared ?? gone[0]?.at ?? "", sha: null, why: "it was taken back" };
}

/** By time: the order in which sign-offs became known says nothing. */
const inOrder = (a: SignOff, b: SignOff): number =>
  a.at < b.at ? -1 : a.at > b.at ? 1 : a.by < b.by ? -1 : a.by > b.by ? 1 : 0;

type Via = TickOperation["via"];
type Changing<T> = { -readonly [Key in keyof T]: T[Key] };

interface State extends Changing<Omit<ItemEntry, "answers">> {
  answers: Record<string, Answer>;
  /** The newest clearing act is among these operations, told this way, so that its order is known. */
  clearedBy: Via | null;
  /** The same for sign-offs and answers. */
  readonly here: Set<SignOff>;
  readonly answered: Set<string>;
  /** Missing edits that this look has come upon. */
  readonly found: Set<string>;
}

/** What these operations tell again is derived anew, in their order. */
function start(before: ItemEntry, operations: readonly Operation[], { replay, links }: SettleContext): State {
  const toldAgain = (sign: SignOff): boolean =>
    operations.some((one) => one.kind === "tick" && one.via === sign.via && isSame(one, sign));
  const clearedAgain = operations.some(
    ({ kind, at, gap }) => kind !== "tick" && gap === undefined && at === before.cleared,
  );
  const signs = before.signs.filter((sign) => (replay ? sign.via === "comment" : !toldAgain(sign)));
  return {
    ...before,
    signs: signs.map((sign) => ({ ...sign, doubts: replay ? [] : unfilled(sign, links) })),
    missing: replay ? [] : before.missing.filter(({ key }) => !isFilled(key, links)),
    cleared: replay ? before.unsigned : before.cleared,
    answers: { ...before.answers },
    clearedBy: !replay && clearedAgain ? "box" : null,
    here: new Set(),
    answered: new Set(),
    found: new Set(),
  };
}

const isSame = ({ by, at }: Operation, sign: SignOff): boolean =>
  by !== null && sameName(by.login, sign.by) && at === sign.at;

const unfilled = (sign: SignOff, links: readonly Link[]): readonly string[] =>
  sign.doubts.filter((key) => !isFilled(key, links));

function tick(
  state: State,
  operation: TickOperation,
  by: Actor | null,
  before: ItemEntry,
  context: SettleContext,
): void {
  const { at } = operation;
  if (by === null) {
    if (state.signs.length === 0) state.refusal = refusalBy(state, null, at, "nobody knows who ticked it");
    return;
  }
  if (isCleared(state, operation, context) || isBarred(state.barred, operation, by)) return;
  const right = context.right(by);
  if (right.may !== "yes") {
    // An unknown right is not held against the person: once it can be read, the history may still tell of the tick.
    if (right.may === "no") state.barred = [...state.barred, { by: by.login, at, sha: null }];
    const why = right.may === "no" ? right.why : inOneLine(right.problem);
    if (state.signs.length === 0) state.refusal = refusalBy(state, by.login, at, why);
    return;
  }
  const known = state.signs.find((sign) => sameName(sign.by, by.login));
  if (known !== undefined && (known.at > at || (known.at === at && known.doubts.length === 0))) return;
  // Whoever is unknown may have come after it; one that this look has come upon came before.
  const doubts = state.missing.flatMap(({ key, at: latest }) =>
    at <= latest && !state.found.has(key) ? [key] : [],
  );
  const sign = signOff(operation, by, before, context, doubts);
  state.signs = [...state.signs.filter((other) => other !== known), sign];
  if (!operation.tied) state.here.add(sign);
  const { refusal } = state;
  if (refusal !== null && (refusal.by === null || refusal.at <= at)) state.refusal = null;
}

/** Something that ended all sign-offs came after it. Within one second, what is shown decides where nothing else does. */
function isCleared(state: State, { at, tied, via }: TickOperation, context: SettleContext): boolean {
  if (state.cleared === null || at > state.cleared) return false;
  if (at < state.cleared) return true;
  if (state.clearedBy === via && !tied) return false;
  context.undecided();
  return context.shown !== true || state.signs.length > 0;
}

const isBarred = (barred: readonly Barred[], { at, sha }: TickOperation, by: Actor): boolean =>
  barred.some(
    (one) =>
      sameName(one.by, by.login) &&
      at <= one.at &&
      (one.sha === null || sha === null || one.sha.startsWith(sha) || sha.startsWith(one.sha)),
  );

/** The same refusal told again, by history a second later, stays as it is. */
function refusalBy({ refusal }: State, by: string | null, at: string, why: string): State["refusal"] {
  const same = refusal !== null && refusal.by === by && refusal.why === why && refusal.at >= at;
  return same ? refusal : { by, at, why };
}

function signOff(
  operation: TickOperation,
  by: Actor,
  before: ItemEntry,
  context: SettleContext,
  doubts: readonly string[],
): SignOff {
  const { head } = context;
  const remembered = rememberedSign(before, by, operation.at);
  const sha = operation.sha ?? operation.head ?? remembered?.sha ?? head.sha;
  const current = head.sha.startsWith(sha);
  return {
    by: by.login,
    at: operation.at,
    sha: current ? head.sha : sha,
    tree: current ? head.tree : remembered?.sha === sha ? remembered.tree : null,
    via: operation.via,
    doubts,
  };
}

/** History does not tell the head; an event may have told it before. Their times can differ by a second or two. */
const rememberedSign = (before: ItemEntry, by: Actor, at: string): SignOff | undefined =>
  before.signs.find(
    (sign) => sameName(sign.by, by.login) && Math.abs(Date.parse(sign.at) - Date.parse(at)) <= 2_000,
  );

function untick(state: State, operation: TickOperation, by: Actor | null, context: SettleContext): void {
  const { at, gap, via } = operation;
  if (gap !== undefined) {
    doubt(state, gap, at);
    return;
  }
  if (via === "comment" && (state.unsigned === null || at > state.unsigned)) state.unsigned = at;
  clear(state, operation, via, `unticked by ${by?.login ?? "somebody unknown"}`, context);
  if (state.refusal !== null && state.refusal.at < at) state.refusal = null;
}

/** Ends all sign-offs that came before. */
function clear(state: State, { at, tied }: Operation, via: Via, why: string, context: SettleContext): void {
  const stays = (sign: SignOff): boolean => {
    if (sign.at !== at) return sign.at > at;
    if (state.here.has(sign) && sign.via === via && !tied) return false;
    context.undecided();
    return context.shown === true;
  };
  const kept = state.signs.filter(stays);
  const ended = state.signs.filter((sign) => !kept.includes(sign));
  if (ended.length > 0 && (state.ended === null || at > state.ended.at))
    state.ended = { signs: ended, at, sha: null, why };
  state.signs = kept;
  if (state.cleared !== null && at < state.cleared) return;
  state.cleared = at;
  state.clearedBy = tied ? null : via;
}

/** Somebody unknown may have taken them back. */
function doubt(state: State, gap: string, at: string): void {
  state.found.add(gap);
  if (!state.missing.some(({ key }) => key === gap)) state.missing = [...state.missing, { key: gap, at }];
  state.signs = state.signs.map((sign) =>
    sign.doubts.includes(gap) ? sign : { ...sign, doubts: [...sign.doubts, gap] },
  );
}

function answer(state: State, operation: AnswerOperation, by: Actor | null, context: SettleContext): void {
  const { question, text, gap } = operation;
  const known = state.answers[question];
  const same = known?.hash === hash(text);
  if (gap !== undefined) {
    if (same) return;
    // One that was taken out comes back, and does not count either before somebody ticks again.
    if (text !== "") state.answers[question] = written(operation, null);
    doubt(state, gap, operation.at);
    return;
  }
  if (same ? known.by === null : isNewest(state, operation, known, context))
    state.answers[question] = written(operation, by);
  const now = state.answers[question];
  if (now?.hash === hash(text) && now.at === operation.at && !operation.tied) state.answered.add(question);
  const who = by?.login ?? "somebody unknown";
  if (by === null || context.right(by).may !== "yes")
    clear(state, operation, "box", `${who} changed an answer`, context);
}

const written = ({ text, at }: AnswerOperation, by: Actor | null): Answer => ({
  text: text.slice(0, answerLimit),
  hash: hash(text),
  by: by?.login ?? null,
  at,
});

function isNewest(
  state: State,
  { at, question, text, tied }: AnswerOperation,
  known: Answer | undefined,
  context: SettleContext,
): boolean {
  if (known === undefined || at !== known.at) return known === undefined || at > known.at;
  if (state.answered.has(question) && !tied) return true;
  context.undecided();
  return context.answers.get(question) === text;
}

/** Those sign-offs that count. */
export const counting = ({ signs }: ItemEntry): readonly SignOff[] =>
  signs.filter(({ doubts }) => doubts.length === 0);
