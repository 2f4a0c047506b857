import type { ConfigSource, ConfigState } from "../../domain/snapshot.ts";
import { createMemo } from "../../github/read/memo.ts";
import { keyOf, type PullKey } from "../../queue/queue.ts";
import type { Memory } from "./memory.ts";

/** Then it is looked at anyway: another pull request with the same commit may have written the check. */
const longest = 60 * 60_000;
const kept = 20_000;
/** GitHub tells only seconds, by its own clock: what came this soon before the look may have come after it. */
const blur = 5_000;

/**
 * Whether a sweep may leave out a pull request: it is no release, and neither it nor the configuration has changed since
 * it was looked at. Most open pull requests are such, and would cost most of what a sweep costs.
 *
 * @param now Milliseconds since the epoch.
 */
export const createUnchanged = (memory: Memory, now: () => number) => {
  const visits = createMemo<number>(kept);
  /** @param updatedAt As GitHub's list tells it. @param config As it was just read. */
  return (key: PullKey, updatedAt: string, config: ConfigState): boolean => {
    const name = keyOf(key);
    const facts = memory.facts(name);
    const unchanged =
      facts?.kind === "pass" &&
      facts.snapshot.pull.updatedAt === updatedAt &&
      facts.snapshot.readAt - Date.parse(updatedAt) > blur &&
      isSame(facts.snapshot.config, config) &&
      now() - (visits.get(name) ?? Number.NEGATIVE_INFINITY) < longest;
    if (!unchanged) visits.set(name, now());
    return unchanged;
  };
};

const isSame = (before: ConfigState, after: ConfigState): boolean =>
  before.kind === "valid" &&
  after.kind === "valid" &&
  before.file === after.file &&
  before.commit === after.commit &&
  versionsOf(before.also) === versionsOf(after.also);

/** Which versions of other files a configuration rests on. */
const versionsOf = (also: readonly ConfigSource[] = []): string =>
  also.map(({ file, commit, findings }) => `${file}@${commit}${findings.length > 0 ? "!" : ""}`).join();
