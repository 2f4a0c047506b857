import type { Commit } from "./git.ts";
import type { Repo } from "./model.ts";

/** Finding commits by the many names they have. */

export const branchRef = (branch: string): string => `refs/heads/${branch}`;

export function branchHead(repo: Repo, branch: string): Commit | undefined {
  const sha = repo.refs.get(branchRef(branch));
  return sha === undefined ? undefined : repo.objects.commits.get(sha);
}

/** A branch, a tag, a ref in full or without `refs/`, a SHA, or at least seven digits of one. */
export function resolveCommit(repo: Repo, name: string): Commit | undefined {
  const { refs, objects } = repo;
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
