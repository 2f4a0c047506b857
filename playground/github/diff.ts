import { type Commit, commitsBetween, diffTrees, type FileChange, mergeBase } from "./git.ts";
import type { Pull } from "./model.ts";

/** What a pull request brings: its own commits, and the files that differ from where it left the base. */
export interface Difference {
  commits: Commit[];
  files: FileChange[];
  additions: number;
  deletions: number;
}

const known = new WeakMap<Pull, { base: Commit; head: Commit; difference: Difference }>();

export function compareCommits(base: Commit, head: Commit): Difference {
  const files = diffTrees(mergeBase(base, head)?.tree, head.tree);
  return {
    commits: commitsBetween(base, head),
    files,
    additions: files.reduce((sum, file) => sum + file.additions, 0),
    deletions: files.reduce((sum, file) => sum + file.deletions, 0),
  };
}

/** Kept until the head or the base moves, since every event of a pull request counts its files. */
export function pullDifference(pull: Pull): Difference {
  const last = known.get(pull);
  if (last?.base === pull.base && last.head === pull.head) return last.difference;
  const difference = compareCommits(pull.base, pull.head);
  known.set(pull, { base: pull.base, head: pull.head, difference });
  return difference;
}
