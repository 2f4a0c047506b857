import { leftBy } from "../../domain/push.ts";
import type { OwnRuns, Pull, Snapshot } from "../../domain/snapshot.ts";
import type { Work } from "../../queue/queue.ts";
import type { Facts } from "../memory/memory.ts";
import type { ObserveContext } from "./context.ts";
import { readOwn } from "./own.ts";
import { isSameCommit } from "./same-commit.ts";

/**
 * What is to be known of a merged pull request before anything is decided; null where it was no release, or another
 * one decided for its commit.
 */
export async function observeMerged(
  context: ObserveContext,
  observed: Snapshot,
  work: Work,
  facts: Facts | null,
): Promise<Snapshot | null> {
  const { octokit, configs, started } = context;
  const { pull, repo } = observed;
  const recalled =
    facts !== null && !work.fresh && isSameCommit(facts.snapshot.pull, pull) ? facts.snapshot : null;
  if (facts?.kind === "pass" && recalled !== null) return null;
  const own = recalled?.own ?? (await readOwnOfMerged(context, pull, work));
  const { current, ledger } = own;
  if (ledger?.release !== true || (current !== null && current.pull !== pull.number)) return null;
  const config = await configs.read(octokit, repo, work.fresh ? started : null);
  if (recalled === null) return { ...observed, own, config };
  const { checks, files, migrations, contributors, comparisons, deployments, range, scope } = recalled;
  const known = { checks, files, migrations, contributors, comparisons, deployments, range, scope };
  return { ...observed, ...known, own, config };
}

/** Most merged pull requests were no release, and their check says so: only where there is none is one looked for. */
async function readOwnOfMerged(context: ObserveContext, pull: Pull, work: Work): Promise<OwnRuns> {
  const own = await readOwn(context, pull, { left: leftBy(work.pushes), search: "never" });
  return own.current === null && own.ledger === null
    ? readOwn(context, pull, { left: leftBy(work.pushes), search: "if-missing" })
    : own;
}
