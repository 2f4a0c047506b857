import { type ReleaseRecord, writeRecord } from "./record.ts";

/** Longest JSON of a record, in characters: it stands in a comment, for which GitHub takes 65,535, with its signature. */
export const recordLimit = 58_000;

interface Step {
  /** Longest text of a person, in characters. */
  readonly text: number;
  /** Longest first line of a commit. */
  readonly headline: number;
  /** So many of the newest commits. */
  readonly commits: number;
  /** Links of an item. */
  readonly links: number;
  readonly answers: boolean;
  readonly signs: boolean;
}

/** What gives way, step by step: the check of the merged commit holds the sign-offs whole, and git the commits. */
const steps: readonly Step[] = [
  { text: 5_000, headline: 200, commits: 250, links: 20, answers: true, signs: true },
  { text: 2_000, headline: 72, commits: 250, links: 3, answers: true, signs: true },
  { text: 500, headline: 0, commits: 250, links: 1, answers: true, signs: true },
  { text: 200, headline: 0, commits: 100, links: 1, answers: true, signs: true },
  { text: 60, headline: 0, commits: 20, links: 0, answers: true, signs: true },
  { text: 60, headline: 0, commits: 10, links: 0, answers: false, signs: true },
  { text: 60, headline: 0, commits: 10, links: 0, answers: false, signs: false },
];

/** The record in at most {@link recordLimit} characters of JSON; null when even its shortest form is longer. */
export function fitRecord(record: ReleaseRecord): ReleaseRecord | null {
  for (const [index, step] of steps.entries()) {
    const fitted = { ...shorten(record, step), shortened: index > 0 };
    if (writeRecord(fitted).length <= recordLimit) return fitted;
  }
  return null;
}

function shorten(
  record: ReleaseRecord,
  { text, headline, commits, links, answers, signs }: Step,
): ReleaseRecord {
  const said = (words: string): string => cut(words, text);
  return {
    ...record,
    pull: { ...record.pull, title: said(record.pull.title) },
    range: {
      ...record.range,
      commits: record.range.commits
        .slice(-commits)
        .map((commit) => ({ ...commit, headline: cut(commit.headline, headline) })),
    },
    items: record.items.map((item) => ({
      ...item,
      title: said(item.title),
      signs: signs ? item.signs : [],
      answers: (answers ? item.answers : []).map((answer) => ({
        ...answer,
        question: said(answer.question),
        text: said(answer.text),
      })),
      waiver: item.waiver && { ...item.waiver, reason: said(item.waiver.reason) },
      evidence: item.evidence
        .filter(({ url }) => /^https?:\/\//.test(url) && url.length <= 2_000)
        .slice(0, links)
        .map((link) => ({ ...link, label: said(link.label) })),
    })),
    override: record.override && { ...record.override, reason: said(record.override.reason) },
    bypass: record.bypass && { ...record.bypass, missing: record.bypass.missing.map(said) },
    announcements: record.announcements.map((announcement) => ({
      ...announcement,
      receipts: announcement.receipts.map((receipt) => ({ ...receipt, detail: said(receipt.detail) })),
    })),
    outcomes: record.outcomes.map((outcome) => ({ ...outcome, note: said(outcome.note) })),
    lessons: record.lessons.map((lesson) => ({
      ...lesson,
      question: said(lesson.question),
      text: said(lesson.text),
    })),
  };
}

/** Not in the middle of a character. */
function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const kept = text.slice(0, Math.max(length - 1, 0)).replace(/[\ud800-\udbff]$/, "");
  return length === 0 ? "" : `${kept}…`;
}
