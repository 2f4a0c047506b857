import type { ItemEntry, Ledger, SignOff } from "../../src/domain/ledger.ts";
import { readLedger } from "../../src/domain/ledger-text.ts";
import { asking, type ItemId, items, maySign, self, signatures } from "./cast.ts";
import { answerOf, boxOf, count, hasBegin, hasEnd, marksOf } from "./description.ts";
import type { EditFact, ExceptionFact, Fact } from "./facts.ts";
import { foldFacts, isOpen, type Sign, standing, type Truth } from "./oracle.ts";
import { checkName, type Opening, type Stage } from "./stage.ts";

/** What is wrong at the end of a story, in words; empty when all is as the people did it. */
export function judge(stage: Stage): string[] {
  const { facts, opening, story, pull } = stage;
  const run = stage.repo.checkRuns(pull.headSha, checkName).at(-1);
  const ledger = readLedger(run?.record.output.text ?? "");
  if (run === undefined || ledger === null || ledger === "damaged")
    return ["no check with a ledger on the head"];
  const truth = foldFacts(facts, opening, story.author);
  const findings: string[] = [];
  const wrong = (what: string): void => void findings.push(what);
  for (const item of items) judgeItem(stage, item, truth, ledger, wrong);
  judgeAnswer(stage, truth, ledger, wrong);
  judgeProse(stage, truth, wrong);
  for (const item of [null, ...items]) judgeException(stage, item, truth, ledger, wrong);
  judgeGate(stage, truth, ledger, run.conclusion, wrong);
  return findings;
}

type Wrong = (what: string) => void;

function judgeItem(stage: Stage, item: ItemId, truth: Truth, ledger: Ledger, wrong: Wrong): void {
  const entry = ledger.items[item];
  if (entry === undefined) {
    wrong(`${item}: not in the ledger`);
    return;
  }
  const { pull } = stage;
  for (const sign of entry.signs)
    if (!happened(stage, item, sign)) wrong(`${item}: signed by ${sign.by} at ${sign.at}, which nobody did`);
  const box = boxOf(pull.body, item);
  const shown = item === "told" ? announcements(stage).length > 0 && isSent(ledger) : isCounted(entry, item);
  if (box?.checked !== (shown || (item === "told" && isCounted(entry, item))))
    wrong(`${item}: the box shows ${box?.checked ?? "nothing"}`);
  const now = standing(truth, item, (sign) => mayBeGood(stage, sign, pull.headSha));
  const maybe = item === "schema" ? now.filter((sign) => !isFirmlyGood(stage, sign)) : [];
  // One that the same person gave before is the newest for whoever cannot tell what the doubtful one was for.
  const besides = standing(
    truth,
    item,
    (sign) => mayBeGood(stage, sign, pull.headSha) && !maybe.includes(sign),
  );
  const signed = now.length >= signatures[item];
  if (isClouded(stage, item)) {
    if (isCounted(entry, item) && !signed && !isExcused(stage, item))
      wrong(`${item}: counts, but is not signed`);
    return;
  }
  const [told, known] = [namesOf(counting(entry)), namesOf(now)];
  const doubtful = namesOf(maybe);
  const firm = known.filter((name) => !doubtful.includes(name));
  const invented = told.filter((name) => !known.includes(name) && !namesOf(besides).includes(name));
  const lost = firm.filter((name) => !told.includes(name) && !isExchangeable(stage, item, name));
  if (invented.length > 0) wrong(`${item}: signed by ${invented.join(", ")}, which does not stand`);
  if (lost.length > 0 && !(stage.halfway.has(item) && !stage.story.history))
    wrong(`${item}: the sign-off of ${lost.join(", ")} is lost`);
  const { refused } = truth.items[item];
  if (
    refused !== null &&
    truth.items[item].signs.length === 0 &&
    entry.refusal === null &&
    entry.ended === null
  )
    wrong(`${item}: no word of why the tick of ${refused} was taken back`);
}

const namesOf = (signs: readonly { by: string; at: string }[]): string[] =>
  signs.map(({ by, at }) => `${by} at ${at.slice(11, 19)}`).sort();

const isCounted = (entry: ItemEntry, item: ItemId): boolean => counting(entry).length >= signatures[item];

const counting = ({ signs }: ItemEntry): readonly SignOff[] =>
  signs.filter(({ doubts }) => doubts.length === 0);

const announcements = ({ received }: Stage): readonly string[] =>
  received.filter((title) => title.startsWith("Release announced"));

const isSent = (ledger: Ledger): boolean => ledger.announcements.told?.state === "sent";

/** A tick or command of this person at this time did happen. */
const happened = (stage: Stage, item: ItemId, { by, at }: Sign): boolean =>
  stage.facts.some((fact) => {
    if (fact.kind === "push" || fact.kind === "exception" || fact.by !== by || fact.at !== at) return false;
    if (fact.kind === "command") return fact.verb === "sign" && fact.item === item;
    const [before, after] = [boxOf(fact.from, item), boxOf(fact.to, item)];
    return before?.checked === false && after?.checked === true;
  });

/** The files that the sign-off depends on are the same at this head. */
const isGood = (stage: Stage, { sha }: Sign, head: string): boolean =>
  sha !== null && guardedAt(stage, sha) === guardedAt(stage, head);

/** The same for any of the heads that it may have been meant for. */
const mayBeGood = (stage: Stage, { by, at, sha }: Sign, head: string): boolean =>
  isGood(stage, { by, at, sha }, head) ||
  headsAround(stage, at).some((other) => isGood(stage, { by, at, sha: other }, head));

/** It holds for the head, and did without a break. */
const isFirmlyGood = (stage: Stage, sign: Sign): boolean =>
  isGood(stage, sign, stage.pull.headSha) && !wasLeft(stage, sign);

/**
 * Where GitHub does not tell how the branch moved, a command may as well have been for a head that stood there before and
 * after: the pushes that led away and back may be lost.
 */
function headsAround({ story, facts, firstHead }: Stage, at: string): readonly string[] {
  const given = facts.findIndex((fact) => fact.at === at && fact.kind !== "push");
  const kind = facts[given]?.kind;
  if (story.history || (kind !== "command" && kind !== "exception")) return [];
  const heads = (some: readonly Fact[]): string[] =>
    some.flatMap((fact) => (fact.kind === "push" ? [fact.head] : []));
  const before = [firstHead, ...heads(facts.slice(0, given))];
  return heads(facts.slice(given)).filter((head) => before.includes(head));
}

const guardedAt = (stage: Stage, sha: string): string | undefined => stage.repo.file("db/schema.sql", sha);

/** It holds for the head, but did not for one in between: whether it was ended depends on who looked when. */
const wasLeft = (stage: Stage, sign: Sign): boolean =>
  isDoubtful(stage, sign.at, (head) => isGood(stage, sign, head));

/** The same for what was done at this time, by any rule of which heads it is good for. */
const isDoubtful = (stage: Stage, at: string, isGoodFor: (head: string) => boolean): boolean => {
  const { facts, lookedAt } = stage;
  const given = facts.findIndex((fact) => fact.kind !== "push" && fact.at === at);
  const fact = facts[given];
  // Where GitHub does not tell how the branch moved, a command from before the app looked at that head, or a tick in a
  // box without a commit, may have been meant for the one before.
  const headless =
    !stage.story.history &&
    (fact?.kind === "command" ||
      fact?.kind === "exception" ||
      (fact?.kind === "edit" && !boxOf(fact.to, "schema")?.sha));
  const looked = headless ? lookedAt.get(fact.head) : "";
  if (looked === undefined || looked >= at) return true;
  const before = facts.slice(0, given).findLast((one) => one.kind === "push");
  const later = facts.slice(given).filter((one) => one.kind === "push");
  // That the head came at this time, or was left only then, nothing told.
  if (headless && [before, later[0]].some((push) => push !== undefined && !stage.told.has(push.guid)))
    return true;
  return [before, ...later].some((push) => push !== undefined && !isGoodFor(push.head));
};

/** Nothing tells of an edit that changed what stands there of the item, or it was told to a process that forgot. */
function isClouded(stage: Stage, item: ItemId): boolean {
  const { story, facts, told, forgot, unseen } = stage;
  if (story.history) return false;
  const untold = facts.filter(
    (fact) => fact.kind === "edit" && fact.by !== self && !told.has(fact.guid),
  ) as readonly EditFact[];
  return forgot || untold.some((fact) => unseen.has(fact.guid) || changes(fact, item));
}

/**
 * Two people did the same to the item in the second of this sign-off, or of any: nobody can tell who came first, and
 * what stays undecided counts as not signed.
 */
function isExchangeable({ story, facts }: Stage, item: ItemId, name?: string): boolean {
  if (story.history) return false;
  const edits = facts
    .filter((fact) => fact.kind === "edit")
    .filter((edit) => edit.by !== self && changes(edit, item));
  return edits.some(
    (a) =>
      (name === undefined || name.endsWith(a.at.slice(11, 19))) &&
      edits.some((b) => a.at === b.at && a.from === b.from && a.to === b.to && a.by !== b.by),
  );
}

function changes({ from, to }: EditFact, item: ItemId): boolean {
  if (boxOf(to, item) !== null && boxOf(from, item)?.checked !== boxOf(to, item)?.checked) return true;
  return (
    item === asking.item && answerOf(from, item, asking.question) !== answerOf(to, item, asking.question)
  );
}

/**
 * An untold untick was erased by a write whose echo was lost as well, or was made in a second in which the app wrote,
 * so that its order is not known, or undid what was told only later, or was taken out with its item, or was followed by
 * the end of the process, the only one that knew what had stood there: nothing is left to tell of it.
 */
function isExcused({ story, facts, told, forgot }: Stage, item: ItemId): boolean {
  if (story.history) return false;
  const untold = facts.filter((fact) => fact.kind === "edit" && !told.has(fact.guid));
  if (untold.some((fact) => fact.kind === "edit" && undoesUnknown(fact, item, facts, told))) return true;
  if (untold.some((fact) => fact.kind === "edit" && isTakenOut(fact, item, facts, told))) return true;
  if (forgot && untold.some((fact) => fact.kind === "edit" && fact.by !== self && changes(fact, item)))
    return true;
  const seconds = new Set(
    facts.flatMap((fact) => (fact.kind === "edit" && fact.by === self ? [fact.at] : [])),
  );
  return untold.some(
    (fact) =>
      fact.kind === "edit" &&
      (fact.by === self
        ? boxOf(fact.from, item)?.checked === false
        : seconds.has(fact.at) && changes(fact, item)),
  );
}

/** It undid a tick of which the app was told only afterwards: by then the box showed what the record said. */
const undoesUnknown = (
  undone: EditFact,
  item: ItemId,
  facts: readonly Fact[],
  told: ReadonlyMap<string, number>,
): boolean =>
  facts
    .slice(0, facts.indexOf(undone))
    .some(
      (fact) =>
        fact.kind === "edit" &&
        changes(fact, item) &&
        (told.get(fact.guid) ?? facts.length) > facts.indexOf(undone) &&
        changes(undone, item),
    );

/**
 * Its item was taken out before the app wrote anything, and nothing tells of that either: no text with what it did is
 * left, and a rewrite by a bot of which nothing tells looks the same, and ends nothing.
 */
function isTakenOut(
  changed: EditFact,
  item: ItemId,
  facts: readonly Fact[],
  told: Pick<ReadonlySet<string>, "has">,
): boolean {
  if (changed.by === self || !changes(changed, item)) return false;
  const later = facts.slice(facts.indexOf(changed) + 1).filter((fact) => fact.kind === "edit");
  const next = later.findIndex(
    (fact) => fact.by === self || told.has(fact.guid) || boxOf(fact.to, item) === null,
  );
  const out = later[next];
  return out !== undefined && out.by !== self && !told.has(out.guid);
}

function judgeException(stage: Stage, item: ItemId | null, truth: Truth, ledger: Ledger, wrong: Wrong): void {
  const name = item === null ? "the override" : `the waiver of ${item}`;
  const kept = (item === null ? ledger.override : ledger.items[item]?.waiver) ?? null;
  const given = truth.exceptions.filter((fact) => fact.item === item);
  const isMeant = ({ by, at, head }: ExceptionFact): boolean =>
    by === kept?.by && at === kept.at && mayBeFor(stage, { at, head }, kept.sha);
  if (kept !== null && !given.some(isMeant))
    wrong(`${name} by ${kept.by} at ${kept.at} for ${kept.sha.slice(0, 7)} is nothing that anybody gave`);
  const firm = given.findLast((fact) => isFirm(stage, fact));
  if (firm !== undefined && (kept === null || kept.at < firm.at))
    wrong(`${name} by ${firm.by} at ${firm.at} is lost`);
}

/**
 * It was given for the content of the head, and no other came since. Where GitHub does not tell how the branch moved, one
 * that is read before the event of a later push is refused, with the request to write it again.
 */
function isFirm(stage: Stage, exception: ExceptionFact): boolean {
  const { facts, pull, story } = stage;
  const isMeantFor = (head: string): boolean => isSameContent(stage, exception.head, head);
  const later = facts.slice(facts.indexOf(exception));
  if (!story.history && later.some(({ kind }) => kind === "push")) return false;
  return isMeantFor(pull.headSha) && !isDoubtful(stage, exception.at, isMeantFor);
}

/** It was given for this content, or for that of a head that it may have been meant for. */
const mayBeFor = (stage: Stage, { at, head }: Pick<ExceptionFact, "at" | "head">, sha: string): boolean =>
  [head, ...headsAround(stage, at)].some((meant) => isSameContent(stage, meant, sha));

/** Of the files that pushes change. */
const isSameContent = ({ repo }: Stage, one: string, other: string): boolean =>
  ["db/schema.sql", "docs/notes.md"].every((path) => repo.file(path, one) === repo.file(path, other));

function judgeAnswer(stage: Stage, truth: Truth, ledger: Ledger, wrong: Wrong): void {
  if (isClouded(stage, asking.item)) return;
  const answer = ledger.items[asking.item]?.answers[asking.question];
  if ((answer?.text ?? "") !== truth.answer.text)
    wrong(`the answer is "${answer?.text ?? ""}" instead of "${truth.answer.text}"`);
  else if (answer && answer.by !== truth.answer.by && answer.text !== "")
    wrong(`the answer is said to be ${answer.by}'s instead of ${truth.answer.by}'s`);
  const shown = answerOf(stage.pull.body, asking.item, asking.question);
  if (shown !== truth.answer.text)
    wrong(`the description shows the answer "${shown}" instead of "${truth.answer.text}"`);
}

function judgeProse(stage: Stage, truth: Truth, wrong: Wrong): void {
  const { body } = stage.pull;
  const excused = erasedInSilence(stage);
  if (!hasBegin(body) || !hasEnd(body)) wrong("the block is not whole");
  for (const mark of truth.prose) {
    const times = count(body, mark);
    if (times === 0 && !excused.has(mark)) wrong(`${mark} is lost`);
    if (times > 1) wrong(`${mark} stands there ${times} times`);
  }
  for (const mark of marksOf(body))
    if (!truth.prose.has(mark) && !excused.has(mark)) wrong(`${mark} is back although somebody took it out`);
}

/**
 * Prose that a write of the app erased or brought back, with nothing to tell of it, or with edits of the same line that
 * were told only after the app had put back what it knew of.
 */
function erasedInSilence({ story, facts, told }: Stage): Set<string> {
  const marks = new Set<string>();
  if (story.history) return marks;
  for (const fact of facts) {
    if (fact.kind !== "edit" || fact.by !== self) continue;
    for (const mark of touchedBy(fact))
      if (!told.has(fact.guid) || isToldLate(mark, facts, told)) marks.add(mark);
  }
  return marks;
}

function touchedBy({ from, to }: EditFact): string[] {
  const [before, after] = [marksOf(from), marksOf(to)];
  return [...new Set([...before, ...after])].filter((mark) => !before.has(mark) || !after.has(mark));
}

const isToldLate = (mark: string, facts: readonly Fact[], told: ReadonlyMap<string, number>): boolean =>
  facts.some((fact, index) => {
    if (fact.kind !== "edit" || fact.by === self || !touchedBy(fact).includes(mark)) return false;
    const next = facts.findIndex((other, at) => at > index && other.kind === "edit" && other.by === self);
    return next >= 0 && (told.get(fact.guid) ?? facts.length) > next;
  });

function judgeGate(
  stage: Stage,
  truth: Truth,
  ledger: Ledger,
  conclusion: string | null,
  wrong: Wrong,
): void {
  const { facts, story, pull } = stage;
  const arrived = announcements(stage).length;
  if (arrived > 1) wrong(`announced ${arrived} times`);
  const overrides = truth.exceptions.filter(({ item }) => item === null).length;
  if (stage.received.length - arrived > overrides)
    wrong(`${overrides} overrides were announced ${stage.received.length - arrived} times`);
  const announced = ledger.announcements.told;
  if (arrived === 1 && announced?.state !== "sent" && announced?.state !== "unclear")
    wrong(`the announcement arrived, and the record says ${announced?.state ?? "nothing"}`);
  const clouded = items.some(
    (item) =>
      isClouded(stage, item) || (stage.halfway.has(item) && !story.history) || isExchangeable(stage, item),
  );
  const open = allowed(stage, truth, pull.headSha, announced?.state === "sent");
  if (conclusion === "success" && !open.may && !items.some((item) => isExcused(stage, item)))
    wrong("the gate is open, and should be closed");
  if (conclusion !== "success" && open.must && !clouded) wrong("the gate is closed, and should be open");
  for (const opening of stage.openings) {
    const { since, until, told, reached } = opening;
    const moments = Array.from({ length: until - since + 1 }, (_, index) => facts.slice(0, since + index));
    const seen = [told, reached].flatMap((known) =>
      moments.map((past) => past.filter((fact) => !isHidden(stage, fact, past, known))),
    );
    const fine = [...moments, ...seen].some((past) => {
      const head = past.findLast((fact) => fact.kind === "push")?.head ?? stage.firstHead;
      return allowed(stage, foldFacts(past, stage.opening, story.author), head, true).may;
    });
    if (!fine && !items.some((item) => isExcused(stage, item))) wrong("the gate was opened too early");
  }
  const names = new Set(facts.flatMap((fact) => (fact.kind === "push" ? [fact.before] : [])));
  names.delete(pull.headSha);
  for (const sha of names) {
    const old = stage.repo.checkRuns(sha, checkName).at(-1);
    if (old?.conclusion === "success")
      wrong(`the check of ${sha.slice(0, 7)}, which was left, is still green`);
  }
}

/** Nothing told the app of it by then: not the history, no event, and what it changed had been changed again. */
function isHidden(stage: Stage, fact: Fact, past: readonly Fact[], told: Opening["told"]): boolean {
  if (stage.story.history || fact.kind !== "edit" || fact.by === self || told.has(fact.guid)) return false;
  // Of a tick that counts the app must have been told.
  const ticks = items.filter(
    (item) => boxOf(fact.from, item)?.checked === false && boxOf(fact.to, item)?.checked,
  );
  if (ticks.some((item) => maySign(fact.by, item, stage.story.author))) return false;
  const later = past.slice(past.indexOf(fact) + 1);
  return items
    .filter((item) => changes(fact, item))
    .every(
      (item) =>
        later.some((other) => other.kind === "edit" && changes(other, item)) ||
        isTakenOut(fact, item, past, told) ||
        undoesUnknown(fact, item, stage.facts, stage.told),
    );
}

function allowed(
  stage: Stage,
  truth: Truth,
  head: string,
  announced: boolean,
): { may: boolean; must: boolean } {
  const holds = (sign: Sign): boolean => mayBeGood(stage, sign, head);
  const inForce = (exception: ExceptionFact): boolean => mayBeFor(stage, exception, head);
  const may = isOpen(truth, { announced, holds, inForce });
  const must = isOpen(truth, {
    announced,
    holds: (sign) => isFirmlyGood(stage, sign),
    inForce: (exception) => isFirm(stage, exception),
  });
  return { may, must };
}
