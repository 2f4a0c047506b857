import type { Actor } from "../actor.ts";
import { sameName } from "../actor.ts";
import type { Answer, ItemEntry, SignOff } from "../ledger.ts";
import { isFilled, type Link } from "./link.ts";
import type { Operation, TickOperation } from "./operation.ts";
import type { Right } from "./rights.ts";

export interface SettleContext {
  /** What the box shows now; null where the description has no such box, or it shows no sign-off. */
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

export type Via = TickOperation["via"];
type Changing<T> = { -readonly [Key in keyof T]: T[Key] };

export interface State extends Changing<Omit<ItemEntry, "answers">> {
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
export function start(
  before: ItemEntry,
  operations: readonly Operation[],
  { from, links }: SettleContext,
): State {
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

const isSame = ({ by, at }: Operation, sign: SignOff): boolean =>
  by !== null && sameName(by.login, sign.by) && at === sign.at;

export const nameOf = ({ by, at }: SignOff): string => `${by.toLowerCase()} ${at}`;
