import type { RecordItem, ReleaseRecord } from "../../src/domain/record/record.ts";
import { createRandom, type Random } from "./random.ts";
import { authors, type Habit, habits, repositories } from "./team.ts";

/** A release as it went, without what GitHub decides: numbers, addresses and commits. Times in milliseconds since the epoch. */
export interface Invented {
  readonly repository: string;
  readonly title: string;
  readonly branch: string;
  readonly author: string;
  readonly opened: number;
  readonly commits: readonly { readonly author: string; readonly at: number; readonly message: string }[];
  readonly merged: number;
  readonly mergedBy: string;
  readonly record: Pick<
    ReleaseRecord,
    "verdict" | "items" | "override" | "bypass" | "outcomes" | "incidents" | "announcements"
  > & { readonly ready: string | null; readonly deployed: string };
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const iso = (time: number): string => `${new Date(time).toISOString().slice(0, 19)}Z`;

/**
 * Releases, oldest first: one a week and repository, as a team has them that waits for signatures, with roll-backs, hot
 * fixes, overrides and merges past the gate. The same end and length give the same history.
 *
 * @param until When it ends, in milliseconds since the epoch.
 */
export function inventHistory(until: number, weeks: number): Invented[] {
  const random = createRandom(7);
  const releases: Invented[] = [];
  for (const [index, repository] of repositories.entries()) {
    let version = 1;
    for (let week = weeks; week >= 1; week -= 1) {
      if (random.percent(15)) continue;
      const opened = until - week * 7 * day + index * day + random.within(0, 6) * hour;
      const release = invent(random, repository, `${index + 1}.${version++}.0`, opened, week === 1);
      releases.push(release);
      if (release.record.outcomes.some(({ result }) => result === "follow-up")) {
        const repaired = release.merged + random.within(2, 30) * hour;
        releases.push(invent(random, repository, `${index + 1}.${version - 1}.1`, repaired, false, true));
      }
    }
  }
  return releases.toSorted((a, b) => a.opened - b.opened);
}

function invent(
  random: Random,
  repository: string,
  version: string,
  opened: number,
  isOpen: boolean,
  isHotfix = false,
): Invented {
  const author = random.pick(authors);
  const items = habits
    .filter((habit) => random.percent(isHotfix && habit.decidedBy === "people" ? 50 : habit.applies))
    .map((habit) => itemOf(random, habit, opened, isHotfix));
  const last = Math.max(opened, ...items.map(({ done }) => (done === null ? 0 : Date.parse(done))));
  const fate = isHotfix ? 50 : random.within(0, 99);
  const override =
    fate < 6 ? { by: "root", at: iso(opened + 40 * minute), reason: "Payments fail in production" } : null;
  const bypassed = fate >= 97;
  const ready = override !== null ? Date.parse(override.at) : last;
  const merged = bypassed ? opened + 30 * minute : ready + random.within(5, isHotfix ? 20 : 300) * minute;
  const deployed = merged + random.within(8, 40) * minute;
  const failure = isHotfix || isOpen ? null : failureOf(random);
  const atMerge = items.map((item) => before(item, merged));
  return {
    repository,
    title: `Release ${version}`,
    branch: `release/${version}`,
    author,
    opened,
    commits: Array.from({ length: isHotfix ? 1 : random.within(2, 14) }, (_, index) => ({
      author: random.pick(authors),
      at: opened - random.within(20, isHotfix ? 90 : 8_000) * minute,
      message: `Change ${index + 1} of ${version}`,
    })).toSorted((a, b) => a.at - b.at),
    merged,
    mergedBy: bypassed ? "root" : author,
    record: {
      verdict: bypassed ? "blocked" : override === null ? "ready" : "overridden",
      items: atMerge,
      override,
      bypass: bypassed
        ? { by: "root", missing: atMerge.filter(({ state }) => state !== "done").map(({ title }) => title) }
        : null,
      outcomes: outcomesOf(random, deployed, failure, isOpen),
      incidents:
        failure === null
          ? []
          : [
              {
                link: `https://github.com/${repository}/issues/${random.within(400, 900)}`,
                by: "sam",
                at: iso(deployed + 12 * minute),
              },
            ],
      announcements: [],
      ready: bypassed ? null : iso(ready),
      deployed: iso(deployed),
    },
  };
}

const failureOf = (random: Random): "rolled-back" | "follow-up" | null =>
  random.percent(78) ? null : random.percent(55) ? "rolled-back" : "follow-up";

function outcomesOf(
  random: Random,
  deployed: number,
  failure: "rolled-back" | "follow-up" | null,
  isOpen: boolean,
): ReleaseRecord["outcomes"] {
  if (isOpen) return [];
  const at = iso(deployed + random.within(20, 150) * minute);
  return [
    { result: failure ?? "successful", by: "sam", at, note: failure === null ? "" : "Orders were lost" },
  ];
}

function itemOf(random: Random, habit: Habit, opened: number, isHotfix: boolean): RecordItem {
  const [least, most] = habit.takes;
  const caught = random.percent(habit.catches) ? random.within(1, 2) : 0;
  const takes = random.within(least, isHotfix ? Math.min(most, least + 30) : most) * (1 + caught);
  const done = iso(opened + takes * minute);
  const by = random.pick(habit.signers);
  const waiver =
    habit.id === "monitoring" && random.percent(6)
      ? { by: "root", at: done, reason: "Nothing that is watched has changed" }
      : null;
  const isSigned = habit.decidedBy === "people" && waiver === null;
  return {
    id: habit.id,
    title: habit.title,
    kind: habit.kind,
    decidedBy: habit.decidedBy,
    phase: "before-merge",
    required: true,
    state: waiver === null ? "done" : "waived",
    done,
    caught,
    signs: isSigned ? [{ by, at: done, commit: "0".repeat(40), via: "box" }] : [],
    answers:
      habit.question === undefined
        ? []
        : [{ question: habit.question, text: "Deploy the version before it again", by, at: done }],
    waiver,
    evidence: [],
  };
}

/** What was done after the merge was not done at the merge. */
const before = (item: RecordItem, merged: number): RecordItem =>
  item.done !== null && Date.parse(item.done) <= merged
    ? item
    : { ...item, state: "waiting", done: null, signs: [], answers: [], waiver: null };
