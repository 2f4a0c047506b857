import type { Reason, Release, Verdict } from "../decision.ts";
import type { Exception } from "../ledger.ts";

/** Ready only without a reason against it; an override opens whatever the reasons are. */
export function verdictOf(reasons: readonly Reason[], override: Exception | null): Verdict {
  if (override !== null) return { kind: "overridden", by: override.by, reason: override.reason };
  if (reasons.length === 0) return { kind: "ready" };
  return { kind: "blocked", failed: reasons.some((reason) => reason.failed) };
}

/** Required items of this release that are done or set aside, and how many there are. */
export function count(release: Pick<Release, "items">): { done: number; all: number } {
  const required = release.items.filter(({ item, state }) => item.required && state !== "not-needed");
  const done = required.filter(({ state }) => state === "done" || state === "waived");
  return { done: done.length, all: required.length };
}

/** Failures first: they are what somebody has to look at now. */
export const inOrder = (reasons: readonly Reason[]): readonly Reason[] => [
  ...reasons.filter((reason) => reason.failed),
  ...reasons.filter((reason) => !reason.failed),
];
