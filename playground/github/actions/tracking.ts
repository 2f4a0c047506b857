import type { Pull } from "../model.ts";

/** The indexes by which open pull requests are found from a commit or a branch. */

function move(
  map: Map<string, Set<Pull>>,
  pull: Pull,
  from: string | undefined,
  to: string | undefined,
): void {
  if (from !== undefined) {
    const set = map.get(from);
    set?.delete(pull);
    if (set?.size === 0) map.delete(from);
  }
  if (to === undefined) return;
  const set = map.get(to);
  if (set) set.add(pull);
  else map.set(to, new Set([pull]));
}

/** An open pull request got another head. */
export function trackHead(pull: Pull, before: string, after: string): void {
  move(pull.repo.openPullsBySha, pull, before, after);
}

export function trackOpened(pull: Pull): void {
  pull.repo.openPulls.set(pull.number, pull);
  move(pull.headRepo.pullsFromBranch, pull, undefined, pull.headRef);
  move(pull.repo.openPullsBySha, pull, undefined, pull.head.sha);
}

export function trackClosed(pull: Pull): void {
  pull.repo.openPulls.delete(pull.number);
  move(pull.headRepo.pullsFromBranch, pull, pull.headRef, undefined);
  move(pull.repo.openPullsBySha, pull, pull.head.sha, undefined);
}
