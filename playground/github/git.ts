import { createHash } from "node:crypto";

/** Commits, trees and files as Git relates them. SHAs are 40 hex digits; trees with equal content have equal SHAs. */

export interface Blob {
  sha: string;
  content: string;
}

export interface Tree {
  sha: string;
  files: ReadonlyMap<string, Blob>;
}

export interface Signature {
  name: string;
  email: string;
  date: string;
  login: string | null;
}

export interface Commit {
  sha: string;
  /** Grows with every commit, so a parent's is always smaller than its child's. */
  sequence: number;
  tree: Tree;
  parents: readonly Commit[];
  message: string;
  author: Signature;
  committer: Signature;
}

export interface FileChange {
  filename: string;
  previous: string | undefined;
  status: "added" | "removed" | "modified" | "renamed";
  sha: string;
  additions: number;
  deletions: number;
  patch: string;
}

const sha1 = (text: string): string => createHash("sha1").update(text).digest("hex");

const blobOf = (content: string): Blob => ({
  sha: sha1(`blob ${Buffer.byteLength(content)}\0${content}`),
  content,
});

export const EMPTY_SHA = "0".repeat(40);

/** What a repository and its forks share. */
export class Objects {
  readonly commits = new Map<string, Commit>();
  readonly trees = new Map<string, Tree>();
  #sequence = 0;
  readonly #seed: string;

  constructor(seed: string) {
    this.#seed = seed;
  }

  tree(files: ReadonlyMap<string, Blob>): Tree {
    const names = [...files.keys()].sort();
    const sha = sha1(`tree ${names.map((name) => `${name}\0${files.get(name)?.sha}`).join("\n")}`);
    const known = this.trees.get(sha);
    if (known) return known;
    const tree = { sha, files };
    this.trees.set(sha, tree);
    return tree;
  }

  /** The tree that comes out when files are written over and taken from another one. */
  change(from: Tree | undefined, files: Readonly<Record<string, string>>, deletes: readonly string[]): Tree {
    const next = new Map(from?.files);
    for (const path of deletes) next.delete(path);
    for (const path in files) {
      const content = files[path] as string;
      if (next.get(path)?.content !== content) next.set(path, blobOf(content));
    }
    return this.tree(next);
  }

  /** Two commits never share a SHA here, even when everything in them is the same. */
  commit(fields: Omit<Commit, "sha" | "sequence">): Commit {
    const sequence = ++this.#sequence;
    const commit = { ...fields, sequence, sha: sha1(`commit ${this.#seed} ${sequence}`) };
    this.commits.set(commit.sha, commit);
    return commit;
  }
}

/** Takes the newest commit off a small frontier. */
function takeNewest(frontier: Commit[]): Commit | undefined {
  let best = 0;
  for (let index = 1; index < frontier.length; index++) {
    if ((frontier[index] as Commit).sequence > (frontier[best] as Commit).sequence) best = index;
  }
  return frontier.splice(best, 1)[0];
}

const LEFT = 1;
const RIGHT = 2;

/** Both histories, newest first: a commit comes once, when all its children have come. */
function* walk(
  left: Commit,
  right: Commit,
): Generator<{ commit: Commit; sides: number; open: () => boolean }> {
  const sides = new Map<Commit, number>([[left, LEFT]]);
  sides.set(right, (sides.get(right) ?? 0) | RIGHT);
  const frontier = [...sides.keys()];
  const open = () => frontier.some((commit) => sides.get(commit) === RIGHT);
  for (let commit = takeNewest(frontier); commit; commit = takeNewest(frontier)) {
    const of = sides.get(commit) as number;
    for (const parent of commit.parents) {
      const known = sides.get(parent);
      if (known === undefined) frontier.push(parent);
      sides.set(parent, (known ?? 0) | of);
    }
    yield { commit, sides: of, open };
  }
}

export function mergeBase(left: Commit, right: Commit): Commit | undefined {
  for (const { commit, sides } of walk(left, right)) {
    if (sides === (LEFT | RIGHT)) return commit;
  }
  return undefined;
}

/** The commits that `head` has and `base` has not, oldest first. */
export function commitsBetween(base: Commit, head: Commit): Commit[] {
  const found: Commit[] = [];
  if (base === head) return found;
  for (const { commit, sides, open } of walk(base, head)) {
    if (sides === RIGHT) found.push(commit);
    if (!open()) break;
  }
  return found.reverse();
}

export function isAncestor(ancestor: Commit, of: Commit): boolean {
  return ancestor === of || mergeBase(ancestor, of) === ancestor;
}

/** All that a commit rests on and itself, newest first. */
export function* history(head: Commit): Generator<Commit> {
  const seen = new Set([head]);
  const frontier = [head];
  while (frontier.length > 0) {
    const commit = takeNewest(frontier) as Commit;
    yield commit;
    for (const parent of commit.parents) {
      if (seen.has(parent)) continue;
      seen.add(parent);
      frontier.push(parent);
    }
  }
}

const linesOf = (content: string): string[] => (content === "" ? [] : content.replace(/\n$/, "").split("\n"));

/** One hunk between the common beginning and the common end: enough for counts and for people to read. */
function lineDiff(before: string, after: string): Pick<FileChange, "additions" | "deletions" | "patch"> {
  const old = linesOf(before);
  const now = linesOf(after);
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) start++;
  let end = 0;
  const most = Math.min(old.length, now.length) - start;
  while (end < most && old[old.length - 1 - end] === now[now.length - 1 - end]) end++;
  const removed = old.slice(start, old.length - end);
  const added = now.slice(start, now.length - end);
  const header = `@@ -${start + 1},${removed.length} +${start + 1},${added.length} @@`;
  const patch = [header, ...removed.map((line) => `-${line}`), ...added.map((line) => `+${line}`)].join("\n");
  return { additions: added.length, deletions: removed.length, patch };
}

/** The files that differ, by name; a file that only moved is one `renamed` change, as Git reports it. */
export function diffTrees(before: Tree | undefined, after: Tree): FileChange[] {
  if (before === after) return [];
  const changes: FileChange[] = [];
  const gone = new Map<string, string>();
  for (const [filename, blob] of before?.files ?? []) {
    if (!after.files.has(filename)) gone.set(blob.sha, filename);
  }
  const moved = new Set<string>();
  for (const [filename, blob] of after.files) {
    const old = before?.files.get(filename);
    if (old?.sha === blob.sha) continue;
    const previous = old ? undefined : gone.get(blob.sha);
    if (previous !== undefined && !moved.has(previous)) {
      moved.add(previous);
      changes.push({
        filename,
        previous,
        status: "renamed",
        sha: blob.sha,
        additions: 0,
        deletions: 0,
        patch: "",
      });
    } else {
      const status = old ? "modified" : "added";
      changes.push({
        filename,
        previous: undefined,
        status,
        sha: blob.sha,
        ...lineDiff(old?.content ?? "", blob.content),
      });
    }
  }
  for (const [filename, blob] of before?.files ?? []) {
    if (after.files.has(filename) || moved.has(filename)) continue;
    changes.push({
      filename,
      previous: undefined,
      status: "removed",
      sha: blob.sha,
      ...lineDiff(blob.content, ""),
    });
  }
  return changes.sort((a, b) => (a.filename < b.filename ? -1 : 1));
}
