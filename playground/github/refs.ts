import type { Commit } from "./git.ts";
import type { Repo } from "./model.ts";

/** Finding commits by the many names they have. */

export const branchRef = (branch: string): string => `refs/heads/${branch}`;

/** Keeps the refs and the index of branches by commit together. */
export function pointRef(repo: Repo, ref: string, sha: string | undefined): void {
  const before = repo.refs.get(ref);
  if (before !== undefined) repo.refsBySha.get(before)?.delete(ref);
  if (before !== undefined && repo.refsBySha.get(before)?.size === 0) repo.refsBySha.delete(before);
  if (sha === undefined) {
    repo.refs.delete(ref);
    return;
  }
  repo.refs.set(ref, sha);
  const refs = repo.refsBySha.get(sha);
  if (refs) refs.add(ref);
  else repo.refsBySha.set(sha, new Set([ref]));
}

/** The branches whose newest commit this is. */
export const branchesAt = (repo: Repo, sha: string): string[] =>
  [...(repo.refsBySha.get(sha) ?? [])]
    .filter((ref) => ref.startsWith("refs/heads/"))
    .map((ref) => ref.slice("refs/heads/".length));

export function branchHead(repo: Repo, branch: string): Commit | undefined {
  const sha = repo.refs.get(branchRef(branch));
  return sha === undefined ? undefined : repo.objects.commits.get(sha);
}

/** A branch, a tag, a ref in full or without `refs/`, a SHA, or at least seven digits of one. */
export function resolveCommit(repo: Repo, name: string): Commit | undefined {
  const { refs, objects } = repo;
  const pull = /^(?:refs\/)?pull\/(\d+)\/head$/.exec(name)?.[1];
  if (pull !== undefined) return repo.pulls.get(Number(pull))?.head;
  const sha =
    refs.get(branchRef(name)) ??
    refs.get(`refs/tags/${name}`) ??
    refs.get(name) ??
    refs.get(`refs/${name}`) ??
    name;
  const exact = objects.commits.get(sha);
  if (exact || !/^[0-9a-f]{7,39}$/.test(name)) return exact;
  for (const [full, commit] of objects.commits) {
    if (full.startsWith(name)) return commit;
  }
  return undefined;
}

export const branchesOf = (repo: Repo): Array<{ name: string; sha: string }> =>
  [...repo.refs]
    .filter(([ref]) => ref.startsWith("refs/heads/"))
    .map(([ref, sha]) => ({ name: ref.slice("refs/heads/".length), sha }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
