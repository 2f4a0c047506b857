import { type Actor, sameName } from "../actor.ts";
import type { SignOff } from "../ledger.ts";
import type { Operation, TickOperation } from "./operation.ts";
import { nameOf, type SettleContext, type State, type Via } from "./standing.ts";

export function untick(
  state: State,
  operation: TickOperation,
  by: Actor | null,
  context: SettleContext,
): void {
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
export function clear(
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
export function doubt(state: State, gap: string, at: string): void {
  state.found.add(gap);
  if (!state.missing.some(({ key }) => key === gap)) state.missing = [...state.missing, { key: gap, at }];
  state.signs = state.signs.map((sign) =>
    sign.doubts.includes(gap) || sign.at > at ? sign : { ...sign, doubts: [...sign.doubts, gap] },
  );
}
