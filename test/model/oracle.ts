import { asking, type ItemId, isBot, items, mayExcept, maySign, self, signatures } from "./cast.ts";
import { answerOf, boxOf, marksOf } from "./description.ts";
import type { EditFact, ExceptionFact, Fact } from "./facts.ts";

/**
 * What the facts come to: an own, simple account of the promises. It goes through them in the order in which they
 * happened, which the app has to find out.
 */
export interface Truth {
  readonly items: Readonly<Record<ItemId, ItemTruth>>;
  readonly answer: { readonly text: string; readonly by: string | null };
  /** Marks of prose that stands: somebody wrote it and nobody took it out. */
  readonly prose: ReadonlySet<string>;
  /** Waivers and overrides of those who may give them, in order. */
  readonly exceptions: readonly ExceptionFact[];
}

export interface ItemTruth {
  /** In order; of one person several, where they may be for different commits. */
  readonly signs: readonly Sign[];
  /** Whose tick was the last thing that happened to the box, when it could not count. */
  readonly refused: string | null;
}

export interface Sign {
  readonly by: string;
  readonly at: string;
  /** Full or short SHA of the commit that it was given for; null where it does not matter. */
  readonly sha: string | null;
}

export function foldFacts(facts: readonly Fact[], opening: string, author: string): Truth {
  const states = Object.fromEntries(
    items.map((item) => [item, { signs: [] as Sign[], refused: null as string | null }]),
  ) as Record<ItemId, { signs: Sign[]; refused: string | null }>;
  let answer: Truth["answer"] = { text: "", by: null };
  const prose = marksOf(opening);
  const exceptions: ExceptionFact[] = [];
  const sign = (item: ItemId, given: Sign): void => {
    const state = states[item];
    if (!maySign(given.by, item, author)) {
      state.refused = given.by;
      return;
    }
    state.signs = [...state.signs, given];
    state.refused = null;
  };
  const unsign = (item: ItemId): void => {
    states[item].signs = [];
    states[item].refused = null;
  };
  for (const fact of facts) {
    if (fact.kind === "command") {
      if (!maySign(fact.by, fact.item, author)) continue;
      if (fact.verb === "sign") sign(fact.item, { by: fact.by, at: fact.at, sha: fact.head });
      else unsign(fact.item);
    }
    if (fact.kind === "exception" && mayExcept(fact.by, fact.item)) exceptions.push(fact);
    if (fact.kind !== "edit" || fact.by === self) continue;
    for (const mark of marksOf(fact.from)) if (!marksOf(fact.to).has(mark)) prose.delete(mark);
    for (const mark of marksOf(fact.to)) if (!marksOf(fact.from).has(mark)) prose.add(mark);
    for (const item of items) {
      const [before, after] = [boxOf(fact.from, item), boxOf(fact.to, item)];
      if (before === null || after === null || before.checked === after.checked) continue;
      if (after.checked) sign(item, { by: fact.by, at: fact.at, sha: after.sha ?? fact.head });
      else if (!isBot(fact.by)) unsign(item);
    }
    const answered = answerIn(fact);
    if (answered === null || isBot(fact.by)) continue;
    answer = { text: answered, by: fact.by };
    const asked = states[asking.item];
    if (!maySign(fact.by, asking.item, author)) asked.signs = asked.signs.filter(({ by }) => by === fact.by);
  }
  return { items: states, answer, prose, exceptions };
}

/** The answer that an edit changed, or null. */
export function answerIn({ from, to }: EditFact): string | null {
  const [before, after] = [from, to].map((body) => answerOf(body, asking.item, asking.question));
  return before == null || after == null || before === after ? null : after;
}

/** What opens the gate at some moment. */
export interface Standards {
  /** The announcement went out. */
  readonly announced: boolean;
  /** A sign-off is good for the head. */
  readonly holds: (sign: Sign) => boolean;
  /** A waiver or an override is. */
  readonly inForce: (exception: ExceptionFact) => boolean;
}

export function isOpen(truth: Truth, { announced, holds, inForce }: Standards): boolean {
  const excepted = (what: ItemId | null): boolean =>
    truth.exceptions.some((exception) => exception.item === what && inForce(exception));
  const done = (item: ItemId): boolean =>
    item === "told"
      ? announced
      : isSigned(truth, item, holds) && (item !== asking.item || truth.answer.text !== "");
  return excepted(null) || items.every((item) => excepted(item) || done(item));
}

export const isSigned = (truth: Truth, item: ItemId, holds: (sign: Sign) => boolean): boolean =>
  standing(truth, item, holds).length >= signatures[item];

/** The newest of everybody: one that is for another commit takes none away. */
export function standing(truth: Truth, item: ItemId, holds: (sign: Sign) => boolean): readonly Sign[] {
  const { signs } = truth.items[item];
  const good = item === "schema" ? signs.filter(holds) : signs;
  return good.filter((sign) => good.findLast(({ by }) => by === sign.by) === sign);
}
