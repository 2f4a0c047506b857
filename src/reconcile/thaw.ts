import { freezing, isRelease } from "../domain/decide/freeze.ts";
import type { Snapshot } from "../domain/snapshot.ts";
import type { ObserveContext } from "./observe/context.ts";

/**
 * Whether others may have to wait from now on, or no longer, because this release has become ready, is not ready any
 * more, or has ended.
 */
export async function thaws(
  { octokit, configs }: ObserveContext,
  before: Snapshot,
  ready: boolean,
): Promise<boolean> {
  const { pull, repo, own } = before;
  const ended = pull.state === "closed";
  const checklist = freezing(ended ? await configs.lastKnown(octokit, repo) : before.config);
  if (checklist === null || !isRelease(checklist, pull, repo)) return false;
  const wasReady = [own.current, ...own.stale].some((run) => run?.conclusion === "success");
  return ended || wasReady !== ready;
}
