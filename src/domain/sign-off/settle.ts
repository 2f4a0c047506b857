import { type Actor, sameName } from "../actor.ts";
import { hash } from "../hash.ts";
import { type Answer, answerLimit, type Barred, type ItemEntry, type SignOff } from "../ledger.ts";
import { inOneLine } from "../problem.ts";
import { isFilled, type Link } from "./link.ts";
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
  /**
   * From where on the operations are all that is known, in order, so that what boxes did is derived anew from there:
   * the very beginning, or how this item stood at some time; null: they add to what is in the record.
   */
  readonly from: "beginning" | ItemEntry | null;
  /** Edits that are known by now, which may fill a gap. */
  readonly links: readonly Link[];
  /** Told when the order of two acts of the same second matters and is not known. */
  readonly undecided: () => void;
}

/** Why a tick does not count whose commit nobody knows. */
export const headless = "nobody can tell for which commit it was meant: sign again";

/** How many ended ticks an item remembers. */
const barredLimit = 40;
/** How many edits of which nothing is known. */
const missingLimit = 10;

/**
 * Applies what people did to one item. The result does not depend on when the operations became known: a sign-off
 * counts when it is newer than whatever cleared the item, and per person and commit the newest edit wins: a tick in a
 * box that names an old commit takes away none that was given for the head.
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
  const { clearedBy: _, clearedHere: _a, here: _b, answered: _c, found: _d, base: _e, ...entry } = state;
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
  /** One of these operations set `cleared`. */
  clearedHere: boolean;
  /** The same for sign-offs and answers. */
  readonly here: Set<string>;
  readonly answered: Set<string>;
  /** What the record told when the description was last explained. */
  readonly base: Pick<ItemEntry, "cleared"> & {
    readonly signs: readonly SignOff[];
    readonly answers: Readonly<Record<string, Answer>>;
  };
  /** Missing edits that this look has come upon. */
  readonly found: Set<string>;
}

/** What these operations tell again is derived anew, in their order. */
function start(before: ItemEntry, operations: readonly Operation[], { from, links }: SettleContext): State {
  const toldAgain = (sign: SignOff): boolean =>
    operations.some((one) => one.kind === "tick" && one.via === sign.via && isSame(one, sign));
  const base =
    from === "beginning"
      ? { signs: [], cleared: null, missing: [], answers: before.answers }
      : (from ?? before);
  const clearedAgain = operations.some(
    ({ kind, at, gap }) => kind !== "tick" && gap === undefined && at === base.cleared,
  );
  // What ended since then without an edit that tells of it stays so.
  const isStanding = ({ by, at }: SignOff): boolean =>
    before.signs.some((sign) => sameName(sign.by, by) && sign.at === at) ||
    ((before.unsigned === null || at > before.unsigned) &&
      !before.barred.some((one) => sameName(one.by, by) && at <= one.at));
  const commanded = before.signs.filter(({ via }) => via === "comment");
  const ticked = base.signs.filter(
    (sign) =>
      sign.via === "box" &&
      isStanding(sign) &&
      !commanded.some(({ by, at }) => sameName(by, sign.by) && at >= sign.at),
  );
  const missing = base.missing.filter(({ key }) => !isFilled(key, links));
  const known = (signs: readonly SignOff[]): SignOff[] =>
    signs
      .filter((sign) => !toldAgain(sign))
      .map((sign) => ({
        ...sign,
        doubts: sign.doubts.filter((doubt) => missing.some(({ key }) => key === doubt)),
      }));
  const based = known(ticked);
  return {
    ...before,
    signs: [...based, ...known(commanded)],
    base: { cleared: base.cleared, signs: based, answers: base.answers },
    missing,
    cleared: latest(base.cleared, before.unsigned),
    answers: { ...base.answers, ...commandedAnswers(before, base.answers) },
    clearedBy: clearedAgain ? "box" : null,
    clearedHere: false,
    here: new Set(),
    answered: new Set(),
    found: new Set(),
  };
}

/** Answers by comment that are newer than what stood there. */
const commandedAnswers = (before: ItemEntry, based: ItemEntry["answers"]): ItemEntry["answers"] =>
  Object.fromEntries(
    Object.entries(before.answers).filter(
      ([question, { via, at }]) => via === "comment" && at >= (based[question]?.at ?? ""),
    ),
  );

const latest = (a: string | null, b: string | null): string | null =>
  a === null || (b !== null && b > a) ? b : a;

const nameOf = ({ by, at }: SignOff): string => `${by.toLowerCase()} ${at}`;

const isSame = ({ by, at }: Operation, sign: SignOff): boolean =>
  by !== null && sameName(by.login, sign.by) && at === sign.at;

function tick(
  state: State,
  operation: TickOperation,
  by: Actor | null,
  before: ItemEntry,
  context: SettleContext,
): void {
  const { at } = operation;
  if (by === null) {
    // What ended since then is the newer reason.
    const newer = before.ended !== null && before.ended.at >= at;
    if (state.signs.length === 0 && !newer)
      state.refusal = refusalBy(state, null, at, "nobody knows who ticked it");
    return;
  }
  if (isCleared(state, operation, context)) return;
  if (isBarred(state.barred, operation, by)) {
    // What an earlier one cleared meanwhile is still why this one does not count.
    const { refusal } = before;
    if (refusal?.by === by.login && refusal.at === at && state.signs.length === 0) state.refusal = refusal;
    return;
  }
  const right = context.right(by);
  if (right.may !== "yes") {
    // An unknown right is not held against the person: once it can be read, the history may still tell of the tick.
    if (right.may === "no") state.barred = [...state.barred, { by: by.login, at, sha: null }];
    const why = right.may === "no" ? right.why : inOneLine(right.problem);
    if (state.signs.length === 0) state.refusal = refusalBy(state, by.login, at, why);
    return;
  }
  if (operation.headless) {
    if (state.signs.length === 0) state.refusal = refusalBy(state, by.login, at, headless);
    return;
  }
  // Whoever is unknown may have come after it; one that this look has come upon came before.
  const doubts = state.missing.flatMap(({ key, at: latest }) =>
    at <= latest && !state.found.has(key) ? [key] : [],
  );
  const sign = signOff(operation, by, before, context, doubts);
  // For another commit the same person may have signed besides.
  const known = state.signs.find((other) => sameName(other.by, sign.by) && other.sha === sign.sha);
  if (known !== undefined && (known.at > at || (known.at === at && known.doubts.length === 0))) return;
  state.signs = [...state.signs.filter((other) => other !== known), sign];
  if (!operation.tied) state.here.add(nameOf(sign));
  const { refusal } = state;
  if (refusal !== null && (refusal.by === null || refusal.at <= at)) state.refusal = null;
}

/** Something that ended all sign-offs came after it. Within one second, what is shown decides where nothing else does. */
function isCleared(state: State, { at, tied, via, since }: TickOperation, context: SettleContext): boolean {
  if (state.cleared === null || at > state.cleared) return false;
  if (at < state.cleared) return true;
  if (since && !state.clearedHere && state.cleared === state.base.cleared) return false;
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
function clear(
  state: State,
  { at, tied, since }: Operation,
  via: Via,
  why: string,
  context: SettleContext,
): void {
  const stays = (sign: SignOff): boolean => {
    if (sign.at !== at) return sign.at > at;
    if (state.base.signs.some((known) => sameName(known.by, sign.by) && known.at === at)) {
      // Told late, it may have come before as well. Where no history tells, the sign-off has to be given again.
      if (!since) context.undecided();
      return false;
    }
    if (state.here.has(nameOf(sign)) && sign.via === via && !tied) return false;
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
  state.clearedHere = true;
}

/** Somebody unknown may have taken them back. */
function doubt(state: State, gap: string, at: string): void {
  state.found.add(gap);
  if (!state.missing.some(({ key }) => key === gap)) state.missing = [...state.missing, { key: gap, at }];
  state.signs = state.signs.map((sign) =>
    sign.doubts.includes(gap) || sign.at > at ? sign : { ...sign, doubts: [...sign.doubts, gap] },
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
  const again = same && known.by !== null && by !== null && sameName(known.by, by.login);
  if (!again && ((same && known.by === null) || isNewest(state, operation, known, context)))
    state.answers[question] = written(operation, by);
  const now = state.answers[question];
  if (now?.hash === hash(text) && now.at === operation.at && !operation.tied) state.answered.add(question);
  const who = by?.login ?? "somebody unknown";
  if (by === null || context.right(by).may !== "yes")
    clear(state, operation, "box", `${who} changed an answer`, context);
}

const written = ({ text, at, via }: AnswerOperation, by: Actor | null): Answer => ({
  text: text.slice(0, answerLimit),
  hash: hash(text),
  by: by?.login ?? null,
  at,
  ...(via === "comment" ? { via } : {}),
});

function isNewest(
  state: State,
  { at, question, text, was, tied, since }: AnswerOperation,
  known: Answer | undefined,
  context: SettleContext,
): boolean {
  if (known === undefined || at !== known.at) return known === undefined || at > known.at;
  if (since && known === state.base.answers[question]) return true;
  if (state.answered.has(question) && !tied) return true;
  context.undecided();
  // What it replaced stood there before.
  return was === known.hash || context.answers.get(question) === text;
}

/** Of everybody the newest. */
export const newest = (signs: readonly SignOff[]): readonly SignOff[] =>
  signs.filter((sign) => signs.findLast(({ by }) => sameName(by, sign.by)) === sign);

/** Those sign-offs that count. */
export const counting = ({ signs }: ItemEntry): readonly SignOff[] =>
  signs.filter(({ doubts }) => doubts.length === 0);
