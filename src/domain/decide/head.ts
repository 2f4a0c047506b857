import type { Arrival } from "../push.ts";
import type { Snapshot } from "../snapshot.ts";
import type { Needs } from "./circumstances.ts";

/** Commands come late by seconds, or by the time that the app was away. */
const kept = 8;

/**
 * How the head moved: by GitHub's own account where it was read and knows the head, else by what events told and looks
 * found. The order in which that became known does not matter.
 */
export function headsOf(before: readonly Arrival[], snapshot: Snapshot): readonly Arrival[] {
  const { pull, pushes } = snapshot;
  const { sha } = pull.head;
  const told = toldBy(snapshot);
  if (told !== null) return told;
  const course = inOrder([...before, ...pushes.filter(({ at }) => at !== "")]);
  const found: Arrival = { from: null, to: sha, at: pull.updatedAt };
  return (course.at(-1)?.to === sha ? course : inOrder([...course, found])).slice(-kept);
}

/** It may be newer than what was read of the pull request; of what came after its end, it tells nothing. */
const toldBy = ({ pull, activity }: Snapshot): readonly Arrival[] | null =>
  activity?.ok && activity.value.some(({ to }) => to === pull.head.sha) ? activity.value.slice(-kept) : null;

/** For the record: that the same heads came at another time is no news, since GitHub is asked again where it matters. */
export function headsToKeep(before: readonly Arrival[], snapshot: Snapshot): readonly Arrival[] {
  const course = headsOf(before, snapshot);
  const same = course.slice(-before.length).map(({ to }) => to);
  const isKnown = before.length > 0 && before.every(({ to }, index) => to === same[index]);
  return toldBy(snapshot) !== null && isKnown ? before : course;
}

/** By time, and within a second such that one leads to the next. */
function inOrder(arrivals: readonly Arrival[]): readonly Arrival[] {
  const rest = arrivals
    .filter((one, index) => arrivals.findIndex((other) => isSame(one, other)) === index)
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  const course: Arrival[] = [];
  for (let [first] = rest; first !== undefined; [first] = rest) {
    const { at } = first;
    const next = nextOf(
      rest.filter((one) => one.at === at),
      course.at(-1)?.to ?? null,
    );
    rest.splice(rest.indexOf(next ?? first), 1);
    // What a look found is no news where it was there already.
    if (next !== undefined && (next.from !== null || next.to !== course.at(-1)?.to)) course.push(next);
  }
  return course;
}

/** What leads on, else what nothing leads to: pushes first, since looks find what they led to. */
function nextOf(second: readonly Arrival[], reached: string | null): Arrival | undefined {
  const first = second.filter(({ from }) => from === null || !second.some(({ to }) => to === from));
  return (
    second.find(({ from }) => from !== null && from === reached) ??
    first.find(({ from }) => from !== null) ??
    first[0] ??
    second[0]
  );
}

const isSame = (a: Arrival, b: Arrival): boolean => a.from === b.from && a.to === b.to && a.at === b.at;

/**
 * Full SHA of the head at this time; null where nobody can tell. GitHub is asked for its account, since a push that no
 * event told of leaves no other trace when it was undone.
 */
export function headAt(
  at: string,
  before: readonly Arrival[],
  snapshot: Snapshot,
  needs: Needs,
): string | null {
  if (snapshot.activity === null) needs.add({ kind: "activity" });
  return headThen(at, before, snapshot);
}

/** The same by what is known, without asking. */
export function headThen(at: string, before: readonly Arrival[], snapshot: Snapshot): string | null {
  const course = headsOf(before, snapshot);
  const index = course.findLastIndex((arrival) => at > arrival.at);
  const [held, next] = [course[index], course[index + 1]];
  const left = next === undefined ? snapshot.pull.head.sha : next.from;
  return held !== undefined && held.to === left ? left : null;
}
