import type { Actor } from "../actor.ts";
import { sameName } from "../actor.ts";
import { hash } from "../hash.ts";
import {
  type Answer,
  answerLimit,
  type Ended,
  type ItemEntry,
  type Refusal,
  type SignOff,
} from "../ledger.ts";
import { inOneLine } from "../problem.ts";
import type { AnswerOperation, Operation, TickOperation } from "./operation.ts";
import type { Right } from "./rights.ts";

export interface SettleContext {
  /** What the box shows now; null where the description has no such box. */
  readonly shown: boolean | null;
  readonly right: (by: Actor) => Right;
  /** The head now: a tick whose commit is not told counts for it. */
  readonly head: { readonly sha: string; readonly tree: string };
  /** Login of the app's own account: what it writes is nobody's act. */
  readonly self: string;
  /** True when the operations are the whole history in order: ticks known from before are then derived anew. */
  readonly replay: boolean;
}

/** How many refused people an item remembers. */
const refusedLimit = 20;

/**
 * Applies what people did to one item. The result does not depend on when the operations became known: a sign-off
 * counts when it is newer than the newest untick and than whatever a rule ended, and per person and item the
 * newest edit wins.
 */
export function settle(
  before: ItemEntry,
  operations: readonly Operation[],
  context: SettleContext,
): ItemEntry {
  const state: State = {
    signs: context.replay ? before.signs.filter((sign) => sign.via === "comment") : [...before.signs],
    cleared: context.replay ? null : before.cleared,
    floor: before.floor,
    refused: [...before.refused],
    answers: { ...before.answers },
    refusal: before.refusal,
    ended: before.ended,
    doubt: before.doubt,
    clearedHere: false,
  };
  for (const operation of operations) {
    if (operation.by === null || sameName(operation.by.login, context.self)) continue;
    if (operation.kind === "tick") tick(state, operation, operation.by, before, context);
    else if (operation.by.kind === "bot") continue;
    else if (operation.kind === "answer") answer(state, operation, operation.by, context);
    else untick(state, operation, operation.by, context);
  }
  const { clearedHere: _, ...entry } = state;
  return {
    ...before,
    ...entry,
    signs: entry.signs.toSorted(inOrder),
    refused: entry.refused.slice(-refusedLimit),
  };
}

/** By time: the order in which sign-offs became known says nothing. */
const inOrder = (a: SignOff, b: SignOff): number =>
  a.at < b.at ? -1 : a.at > b.at ? 1 : a.by < b.by ? -1 : a.by > b.by ? 1 : 0;

interface State {
  signs: SignOff[];
  cleared: string | null;
  floor: string | null;
  refused: { by: string; at: string }[];
  answers: Record<string, Answer>;
  refusal: Refusal | null;
  ended: Ended | null;
  doubt: boolean;
  /** The newest untick is among these operations, so that their order is known. */
  clearedHere: boolean;
}

function tick(
  state: State,
  operation: TickOperation,
  by: Actor,
  before: ItemEntry,
  context: SettleContext,
): void {
  const { at } = operation;
  if (state.floor !== null && at <= state.floor) return;
  if (state.cleared !== null) {
    if (at < state.cleared) return;
    const ordered = state.clearedHere && !operation.tied;
    if (at === state.cleared && !ordered && context.shown !== true) return;
  }
  if (state.refused.some((refused) => sameName(refused.by, by.login) && at <= refused.at)) return;
  const right = context.right(by);
  if (right.may === "unknown") {
    // It is not among the refused: once the right can be read, the history may still tell of it.
    if (state.signs.length === 0) refuse(state, by, at, inOneLine(right.problem));
    return;
  }
  if (right.may === "no") {
    state.refused.push({ by: by.login, at });
    if (state.signs.length === 0) refuse(state, by, at, right.why);
    return;
  }
  const known = state.signs.find((sign) => sameName(sign.by, by.login));
  if (known !== undefined && known.at >= at) return;
  const remembered = rememberedSign(before, by, at);
  const sha = operation.sha ?? operation.head ?? remembered?.sha ?? context.head.sha;
  const current = context.head.sha.startsWith(sha);
  state.signs = [
    ...state.signs.filter((sign) => sign !== known),
    {
      by: by.login,
      at,
      sha: current ? context.head.sha : sha,
      tree: current ? context.head.tree : remembered?.sha === sha ? remembered.tree : null,
      via: operation.via,
    },
  ];
  state.refusal = null;
  state.doubt = false;
}

/** The same refusal told again, by history a second later, stays as it is. */
function refuse(state: State, by: Actor, at: string, why: string): void {
  const { refusal } = state;
  const same = refusal?.by === by.login && refusal.why === why && refusal.at >= at;
  if (!same) state.refusal = { by: by.login, at, why };
}

/** History does not tell the head; an event may have told it before. Their times can differ by a second or two. */
const rememberedSign = (before: ItemEntry, by: Actor, at: string): SignOff | undefined =>
  before.signs.find(
    (sign) => sameName(sign.by, by.login) && Math.abs(Date.parse(sign.at) - Date.parse(at)) <= 2_000,
  );

function untick(state: State, operation: TickOperation, by: Actor, context: SettleContext): void {
  const { at } = operation;
  if (state.floor !== null && at <= state.floor) return;
  const stays = (sign: SignOff): boolean =>
    sign.at > at || (sign.at === at && operation.tied && context.shown === true);
  const ended = state.signs.filter((sign) => !stays(sign));
  if (ended.length > 0) state.ended = { signs: ended, at, sha: null, why: `unticked by ${by.login}` };
  state.signs = state.signs.filter(stays);
  if (state.cleared === null || at >= state.cleared) {
    state.cleared = at;
    state.clearedHere = !operation.tied;
  }
  if (state.refusal !== null && state.refusal.at <= at) state.refusal = null;
  if (state.signs.length === 0) state.doubt = false;
}

function answer(state: State, operation: AnswerOperation, by: Actor, context: SettleContext): void {
  const { at, question, text } = operation;
  const known = state.answers[question];
  if (known?.hash === hash(text)) {
    if (known.by === null) state.answers[question] = { ...known, by: by.login };
    return;
  }
  if (known !== undefined && at < known.at) return;
  state.answers[question] = { text: text.slice(0, answerLimit), hash: hash(text), by: by.login, at };
  const older = state.signs.filter((sign) => sign.at <= at && !sameName(sign.by, by.login));
  if (older.length === 0) return;
  if (context.right(by).may === "yes") return;
  state.ended = { signs: older, at, sha: null, why: `${by.login} changed an answer` };
  state.signs = state.signs.filter((sign) => !older.includes(sign));
  state.floor = at;
}
