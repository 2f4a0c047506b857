import { type Actor, sameName } from "../actor.ts";
import type { Barred, ItemEntry, SignOff } from "../ledger.ts";
import { inOneLine } from "../problem.ts";
import type { TickOperation } from "./operation.ts";
import { nameOf, type SettleContext, type State } from "./standing.ts";

/** Why a tick does not count whose commit nobody knows. */
export const headless = "nobody can tell for which commit it was meant: sign again";

export function tick(
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
