import type { BlockReading } from "../block/reading.ts";
import { type Edit, isSameEdit, type OwnWrite } from "../edit.ts";
import { hash } from "../hash.ts";
import type { Ledger } from "../ledger.ts";
import { type Gap, gapKey } from "../sign-off/gap.ts";
import type { Layout } from "../sign-off/layout.ts";
import { layOut } from "../sign-off/likeliest.ts";
import type { Operation } from "../sign-off/operation.ts";
import { operationsOf, type ReadBlock, type Told } from "../sign-off/operations.ts";
import { ordersOf } from "../sign-off/second.ts";
import { orderEdits, type PlacedEdit } from "../sign-off/timeline.ts";
import type { Snapshot } from "../snapshot.ts";
import { type Needs, selfOf } from "./circumstances.ts";

export interface KnownEdits {
  /** In order. */
  readonly placed: readonly PlacedEdit[];
  /** Those of them that tell what was done: not those that only help to order the others. */
  readonly news: readonly PlacedEdit[];
  /** The whole history, so that everything can be derived anew from it. */
  readonly whole: boolean;
  /** Where some are missing that led to the present description, in order. */
  readonly gaps: readonly Gap[];
}

/** The history where it was read; events besides it only where it does not tell of them. */
export function knownEdits(snapshot: Snapshot, items: Ledger["items"], read: ReadBlock): KnownEdits {
  const { history, pull, explained, written, links } = snapshot;
  const course = {
    seen: explained?.seen ?? null,
    now: pull.body,
    at: pull.updatedAt,
    written,
    writtenSince: explained?.writes ?? [],
    links,
    changed: (gap: Gap) => inGap(gap, items, read).length,
    strict: history === null,
    self: selfOf(snapshot),
  };
  // Those of the same second that were told before only help to order the others.
  const since = explained?.edits ?? [];
  const seconds = new Set([...since, ...snapshot.edits].map(({ at }) => at));
  const recent = snapshot.recent.filter(({ at }) => seconds.has(at));
  const earlier = snapshot.recent.filter(({ at }) => !seconds.has(at));
  const old = recent.filter((edit) => !since.some((other) => isSameEdit(other, edit)));
  const told = [...recent, ...since, ...snapshot.edits];
  const events = orderEdits(told, {
    seen:
      old.length > 0
        ? (endOf(earlier, written, [...seconds].sort()[0] ?? "", course.self) ?? beginningOf(told))
        : (explained?.seen.body ?? null),
    now: pull.body,
    written,
    self: course.self,
    echoes: echoesOf(written, told, course.self),
  });
  if (history === null || !history.ok) {
    const isOld = (edit: Edit): boolean => old.some((other) => isSameEdit(other, edit));
    const fresh = events.filter((edit) => !isOld(edit));
    const known = placedIn(events, layOut(fresh, course));
    // Told again without their order they could only undo what the record made of them.
    const news = known.placed.filter((edit) => !edit.tied || !isOld(edit));
    return { ...known, news, whole: false };
  }
  const { edits, complete } = history.value;
  const placed = edits.map((edit) => ({ ...edit, head: headFrom(events, edit), tied: false }));
  const listed = new Set(edits.map(nameOf));
  const rest = events.filter((edit) => !listed.has(nameOf(edit)));
  const last = edits.at(-1);
  // An app that may not read the history could be told an empty one: the app's own writes must be in it.
  const credible =
    last === undefined ? (snapshot.own.ledger?.lines.length ?? 0) === 0 : last.to === pull.body;
  const whole = complete && credible && rest.length === 0;
  const all = [...placed, ...rest].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  const known = whole ? { placed: all, gaps: [] } : placedIn(all, layOut(all, course));
  return { ...known, news: known.placed, whole };
}

/** Own writes of the seconds of these edits whose echo was told before, and needs no look. */
const echoesOf = (written: readonly OwnWrite[], told: readonly Edit[], self: string): readonly Edit[] =>
  written
    .filter(({ at, dated, echoed }) => dated && echoed && told.some((edit) => edit.at === at))
    .map(({ at, read: from, wrote: to }): Edit => {
      return { at, by: { login: self, kind: "bot" }, from, to, head: null, source: "event" };
    })
    .filter((echo) => !told.some((edit) => isSameEdit(edit, echo)));

/** The edits, with what the layout tells of them, in its order. */
function placedIn(
  edits: readonly PlacedEdit[],
  { gaps, since, order, certain }: Layout,
): Pick<KnownEdits, "placed" | "gaps"> {
  const laidOut = new Set(order);
  const next = order.values();
  const ordered = edits.map((edit) => (laidOut.has(edit) ? (next.next().value ?? edit) : edit));
  const placed = new Map(
    ordered.map((edit) => [edit, { ...edit, since: since.has(edit), tied: edit.tied && !certain.has(edit) }]),
  );
  return {
    placed: [...placed.values()],
    gaps: gaps.map((gap) => ({ ...gap, next: gap.next && (placed.get(gap.next) ?? null) })),
  };
}

/** What stood there before these, which are in the order in which they were told; null: more than one text may have. */
function beginningOf(edits: readonly Edit[]): string | null {
  const [first] = edits;
  const starts = edits.filter(({ from }) => !edits.some(({ to }) => to === from));
  if (first === undefined || starts.includes(first)) return first?.from ?? null;
  const [start, another] = starts;
  return another === undefined ? (start?.from ?? null) : null;
}

/** What stood there when the second of these was over, and until this later one; null: more than one text may have. */
function endOf(
  edits: readonly Edit[],
  written: readonly OwnWrite[],
  until: string,
  self: string,
): string | null {
  const [first] = edits;
  if (first === undefined) return null;
  const later = written.filter(({ at, dated }) => dated && at > first.at && at < until);
  if (later.length > 0) return later.at(-1)?.wrote ?? null;
  const { breaks, orders } = ordersOf([...echoesOf(written, edits, self), ...edits], new Set());
  const ends = new Set(orders.map((order) => order.at(-1)?.to));
  const [end = null] = ends;
  return breaks === 0 && ends.size === 1 ? end : null;
}

const nameOf = ({ from, to }: Edit): string => `${from}\u0000${to}`;

/** Events know the head, history does not. */
const headFrom = (events: readonly Edit[], edit: Edit): string | null =>
  events.find(({ from, to }) => from === edit.from && to === edit.to)?.head ?? null;

/**
 * What was done, as far as the known edits tell. Where one is missing that changed boxes or answers, the history is
 * asked; where that does not tell either, somebody unknown did it.
 */
export function tellOperations(
  { news, gaps }: KnownEdits,
  items: Ledger["items"],
  read: ReadBlock,
  snapshot: Snapshot,
  needs: Needs,
): Told {
  const told = operationsOf(news, read);
  const missing = gaps.flatMap((gap) => {
    const operations = inGap(gap, items, read);
    return operations.length === 0 ? [] : [{ next: gap.next, operations }];
  });
  if (missing.length === 0) return told;
  if (snapshot.history === null) {
    needs.add({ kind: "history" });
    return told;
  }
  const before = (next: PlacedEdit | null): Operation[] =>
    missing.flatMap((gap) => (gap.next === next ? gap.operations : []));
  const operations = news.flatMap((edit) => [...before(edit), ...operationsOf([edit], read).operations]);
  return { ...told, operations: [...operations, ...before(null)] };
}

/**
 * Whether nothing that matters is missing. A first text without boxes that were ticked does not tell what became of
 * them before they were taken out.
 */
export const isExplained = ({ gaps }: KnownEdits, items: Ledger["items"], read: ReadBlock): boolean =>
  gaps.every(
    (gap) => gap.from === null && showsTicked(gap.to, items, read) && inGap(gap, items, read).length === 0,
  );

function showsTicked(text: string, items: Ledger["items"], read: ReadBlock): boolean {
  const { boxes } = read(text);
  return Object.entries(items).every(([item, { box }]) => box !== true || boxes.has(item));
}

function inGap(gap: Gap, items: Ledger["items"], read: ReadBlock): Operation[] {
  const from = gap.from === null ? recorded(items) : shownIn(read(gap.from));
  const to = read(gap.to);
  const base = { by: null, at: gap.at, head: null, tied: false, since: true, gap: gapKey(gap) };
  const found: Operation[] = [];
  for (const [item, { checked, sha }] of to.boxes) {
    if (items[item] === undefined) continue;
    const before = from.box(item);
    if (before === null || before === checked) continue;
    found.push({ ...base, kind: checked ? "tick" : "untick", item, sha, via: "box" });
  }
  for (const [key, text] of to.answers) {
    const [item = "", question = ""] = key.split("/");
    if (items[item] === undefined) continue;
    const before = from.answer(item, question);
    if (before === null || before === hash(text)) continue;
    found.push({ ...base, kind: "answer", item, question, text, was: before, via: "box" });
  }
  return found;
}

/** Null: there is no such box or question. Of answers the hash. */
interface Before {
  box(item: string): boolean | null;
  answer(item: string, question: string): string | null;
}

const shownIn = ({ boxes, answers }: BlockReading): Before => ({
  box: (item) => boxes.get(item)?.checked ?? null,
  answer: (item, question) => {
    const text = answers.get(`${item}/${question}`);
    return text === undefined ? null : hash(text);
  },
});

const recorded = (items: Ledger["items"]): Before => ({
  box: (item) => items[item]?.box ?? null,
  answer: (item, question) =>
    items[item] === undefined || items[item].box === null
      ? null
      : (items[item].answers[question]?.hash ?? hash("")),
});
