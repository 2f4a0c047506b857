import type { Head, SeenHead } from "../ledger.ts";
import type { Push } from "../push.ts";
import type { Snapshot } from "../snapshot.ts";

/** Commands come late by seconds, or by the time that the app was away. */
const headsKept = 5;

/** The head as the record shall know it, with those before it, also such that only pushes told of. */
export function headOf(before: Head | null, { pull, pushes }: Snapshot): Head {
  const { sha } = pull.head;
  const news = newPushes(before, pushes);
  if (before?.sha === sha && news.length === 0) return before;
  const course: SeenHead[] =
    before === null ? [] : [{ sha: before.sha, since: before.since }, ...before.before].toReversed();
  for (const { from, to, at } of news) {
    const last = course.pop();
    // Another head came in between, and nothing tells when.
    if (last !== undefined) course.push(last.sha === from ? last : { ...last, sha: null });
    course.push({ sha: to, since: at });
  }
  const last = course.at(-1);
  if (last !== undefined && last.sha !== sha) {
    // What led on from there nothing tells, so that the present head may have been there since.
    if (news.length > 0) course[course.length - 1] = { ...last, sha: null };
    course.push({ sha, since: pull.updatedAt });
  }
  const [{ since } = { since: pull.updatedAt }, ...left] = course.toReversed();
  return { sha, since, before: left.slice(0, headsKept) };
}

/** In order, without those that led to what is known, which GitHub may tell again. */
function newPushes(before: Head | null, pushes: readonly Push[]): readonly Push[] {
  const isKnown = ({ to, at }: Push): boolean =>
    before?.before.some(({ sha, since }) => sha === to && since === at) ?? false;
  const isNew = (push: Push): boolean =>
    before === null ||
    push.at > before.since ||
    (push.at === before.since && push.from === before.sha && !isKnown(push));
  const isSame = (a: Push, b: Push): boolean => a.from === b.from && a.to === b.to && a.at === b.at;
  return pushes
    .filter((push, index) => isNew(push) && pushes.findIndex((other) => isSame(other, push)) === index)
    .toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

/** Full SHA of the head at this time; null where nobody can tell. */
export function headAt(at: string, before: Head | null, snapshot: Snapshot): string | null {
  const head = headOf(before, snapshot);
  if (at > head.since) return head.sha;
  // What is older than all of them may have been meant for any head before.
  return head.before.find(({ since }) => at > since)?.sha ?? null;
}
