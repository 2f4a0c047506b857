import type { Checklist } from "../../domain/config/checklist.ts";
import { sampleOf } from "./sample.ts";

/** The pull request that a preview is about, as far as a checklist depends on it. */
export interface Scene {
  /** What it is, in words. */
  readonly about: string;
  readonly base: string;
  readonly head: string;
  readonly defaultBranch: string;
  readonly title: string;
  readonly labels: readonly string[];
  /** Paths that it changes. */
  readonly paths: readonly string[];
}

/** A release pull request for which as many items apply as can. */
export function inventScene(checklist: Checklist, defaultBranch: string): Scene {
  const [rule] = checklist.release;
  const conditions = checklist.items.flatMap(({ when }) => when ?? []);
  const base = rule?.base === undefined ? defaultBranch : (sampleOf(rule.base, "branch") ?? defaultBranch);
  const head = rule?.head === undefined ? "release/1.0" : (sampleOf(rule.head, "branch") ?? "release/1.0");
  const labels = [
    ...(rule?.labels === undefined ? [] : [rule.labels]),
    ...conditions.flatMap(({ labels }) => (labels ? [labels] : [])),
  ];
  return {
    about: "an invented release, of which nothing is done yet",
    base,
    head,
    defaultBranch,
    title: "Release 1.0",
    labels: unique(labels.flatMap((patterns) => sampleOf(patterns, "label") ?? [])),
    paths: unique(conditions.flatMap(({ paths }) => (paths ? (sampleOf(paths, "path") ?? []) : []))),
  };
}

const unique = (values: readonly string[]): string[] => [...new Set(values)];
