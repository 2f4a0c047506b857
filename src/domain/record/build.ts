import { retrospective } from "../after/checklist.ts";
import type { Merge } from "../after/merge.ts";
import type { Checklist, Item, Question } from "../config/checklist.ts";
import type { ItemState } from "../decision.ts";
import { emptyEntry, type ItemEntry, type Ledger } from "../ledger.ts";
import type { RangeFacts } from "../scope/facts.ts";
import type { AppIdentity, Pull } from "../snapshot.ts";
import { fitRecord } from "./fit.ts";
import type { RecordItem, ReleaseRecord } from "./record.ts";

export interface RecordInput {
  readonly app: Pick<AppIdentity, "id" | "slug">;
  readonly repository: { readonly id: number; readonly owner: string; readonly name: string };
  readonly pull: Pick<Pull, "number" | "url" | "title" | "author" | "createdAt" | "base" | "head">;
  readonly ledger: Ledger;
  readonly merge: Merge;
  /** Null: the rules cannot be read any more. */
  readonly checklist: Checklist | null;
  /** Null: GitHub cannot tell what the release brought. */
  readonly range: RangeFacts | null;
  /** How the items that follow the merge stand now. */
  readonly late: readonly LateItem[];
}

export type LateItem = Pick<ItemState, "item" | "state" | "evidence">;

/**
 * The record as it follows from what the app keeps. The same facts give the same record, so that it is written once.
 * Null when it does not fit even in its shortest form.
 */
export function buildRecord(input: RecordInput, revision: number): ReleaseRecord | null {
  const { app, repository, pull, ledger, merge, checklist, range } = input;
  const trial = checklist?.enforcement === "evaluate";
  return fitRecord({
    version: 1,
    revision,
    app: { id: app.id, slug: app.slug },
    repository: { id: repository.id, name: `${repository.owner}/${repository.name}` },
    pull: {
      number: pull.number,
      url: pull.url,
      title: pull.title,
      author: pull.author.login,
      base: pull.base.ref,
      branch: pull.head.ref,
      head: merge.head,
    },
    verdict: verdictOf(merge, trial),
    trial,
    merge: { by: merge.by, commit: merge.sha },
    times: { opened: pull.createdAt, ready: ledger.ready, merged: merge.at, deployed: ledger.deployed },
    range: {
      from: range?.start.kind === "release" ? range.start.tag : "base",
      total: range?.total ?? 0,
      commits: (range?.commits ?? []).map(({ sha, headline, author, at, merge }) => ({
        sha,
        headline,
        author,
        // Git takes any number for a time.
        at: at !== null && time.test(at) ? at : null,
        merge,
      })),
    },
    items: [...gateItems(input), ...lateItems(input)],
    override: merge.verdict === "overridden" ? reasoned(ledger.override) : null,
    bypass: merge.bypassed ? { by: merge.by, missing: merge.reasons } : null,
    announcements: Object.entries(ledger.announcements).flatMap(([about, { by, at, receipts }]) =>
      receipts.length === 0 ? [] : [{ about, by, at, receipts }],
    ),
    followUp:
      merge.followUp?.issue == null || merge.followUp.url === null
        ? null
        : { number: merge.followUp.issue, url: merge.followUp.url, closed: merge.followUp.closedAt },
    outcomes: merge.outcomes.map(({ status, by, at, note }) => ({
      result: status,
      by,
      at,
      note: note ?? "",
    })),
    incidents: merge.incidents,
    lessons: answersOf(retrospective.questions, merge.followUp?.items[retrospective.id] ?? emptyEntry),
    shortened: false,
  });
}

const time = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z$/;

/** A trial never blocks: what it would have done stands in the title of its check. */
const verdictOf = ({ verdict, title }: Merge, trial: boolean): ReleaseRecord["verdict"] =>
  verdict === "none" || (trial && title.startsWith("Would block")) ? "blocked" : verdict;

/** As they stood at the merge. */
function gateItems({ merge, ledger, checklist }: RecordInput): RecordItem[] {
  return merge.items.map(({ id, title, state, required, evidence }) => {
    const item = checklist?.items.find((one) => one.id === id);
    const progress = ledger.progress[id];
    const isDone = state === "done" || state === "waived";
    return {
      ...recordItem(item, { id, title, required, state, evidence }, ledger.items[id]),
      phase: "before-merge",
      // Whatever was done at the merge without having been seen so was done by then.
      done: isDone ? (progress?.done ?? merge.at) : null,
      caught: progress?.caught ?? 0,
    };
  });
}

function lateItems({ merge, ledger, late }: RecordInput): RecordItem[] {
  return late.map(({ item, state, evidence }) => {
    const { id, title, required, phase } = item;
    const progress = ledger.progress[id];
    return {
      ...recordItem(item, { id, title, required, state, evidence }, merge.followUp?.items[id]),
      phase: phase ?? "after-deploy",
      done: progress?.done ?? null,
      caught: progress?.caught ?? 0,
    };
  });
}

function recordItem(
  item: Item | undefined,
  {
    id,
    title,
    required,
    state,
    evidence,
  }: Pick<RecordItem, "id" | "title" | "required" | "state" | "evidence">,
  entry: ItemEntry = emptyEntry,
): Omit<RecordItem, "phase" | "done" | "caught"> {
  const signed =
    item === undefined
      ? entry.signs.length > 0
      : item.kind === "manual" || (item.kind === "notify" && item.post === "on-tick");
  const questions = item?.kind === "manual" ? item.questions : [];
  return {
    id,
    title,
    kind: item?.kind ?? "unknown",
    decidedBy: signed ? "people" : "app",
    required,
    state,
    signs: entry.signs
      .filter(({ doubts }) => doubts.length === 0)
      .map(({ by, at, sha, via }) => ({ by, at, commit: sha, via })),
    answers: answersOf(questions, entry),
    waiver: state === "waived" ? reasoned(entry.waiver) : null,
    evidence: evidence.map(({ label, url }) => ({ label, url })),
  };
}

const answersOf = (questions: readonly Question[], { answers }: ItemEntry): ReleaseRecord["lessons"] =>
  Object.entries(answers).flatMap(([key, { text, by, at }]) =>
    text === "" ? [] : [{ question: questions.find((one) => one.id === key)?.text ?? key, text, by, at }],
  );

const reasoned = (exception: ItemEntry["waiver"]): ReleaseRecord["override"] =>
  exception && { by: exception.by, at: exception.at, reason: exception.reason };
