import type { Ledger } from "../../domain/ledger.ts";
import { readLedger } from "../../domain/ledger-text.ts";
import type { OwnRuns } from "../../domain/snapshot.ts";
import type { Octokit } from "../client.ts";
import type { RepoName } from "./account.ts";
import { readLineage } from "./lineage.ts";
import { listOwnRuns, type OwnRunFacts } from "./own-run.ts";

export interface OwnWants {
  readonly appId: number;
  readonly pull: number;
  /** Full SHA of the head. */
  readonly head: string;
  /** Name of the check for the present base. */
  readonly check: string;
  /** Heads that the pull request left, as webhooks told. */
  readonly left: readonly string[];
  /** Our runs on the head when somebody has read them already, with the checks. */
  readonly onHead?: readonly OwnRunFacts[];
  /**
   * `if-missing`: forced pushes and older commits are searched, newest first, only as long as no ledger was found, or
   * only one that may have been left behind.
   * `never` for a pull request that was just opened. `always` when events may have been lost.
   */
  readonly search: "never" | "if-missing" | "always";
}

const visitedAtOnce = 10;
/** So many times a run that was superseded is followed to the next one. */
const hops = 20;

/**
 * Our runs of this pull request and the ledger with the highest revision, wherever it lies: on the head, on the heads
 * that it came from, or where superseded runs point to. A forced push back to an old commit finds an old ledger on
 * the head, which is why the others count as well.
 */
export const readOwnRuns = async (octokit: Octokit, name: RepoName, wants: OwnWants): Promise<OwnRuns> => {
  const seen = new Map<string, readonly OwnRunFacts[]>();
  if (wants.onHead) seen.set(wants.head, wants.onHead);

  const visit = async (shas: readonly string[]): Promise<void> => {
    let next = shas;
    for (let hop = 0; hop <= hops && next.length > 0; hop += 1) {
      const fresh = [...new Set(next)].filter((sha) => !seen.has(sha));
      const lists = await Promise.all(
        fresh.map((sha) =>
          sha === wants.head
            ? listOwnRuns(octokit, name, sha, wants.appId)
            : listOwnRunsIfAny(octokit, name, sha, wants.appId),
        ),
      );
      fresh.forEach((sha, index) => {
        seen.set(sha, lists[index] ?? []);
      });
      next = [...seen.values()]
        .flat()
        .flatMap(successorsOf(wants.pull))
        .filter((sha) => !seen.has(sha));
    }
  };

  await visit([wants.head, ...wants.left]);
  const isFound = () => {
    const { ledger, damaged } = collect(seen, wants);
    return ledger !== null || damaged !== null;
  };
  const search =
    wants.search === "always" || (wants.search === "if-missing" && (!isFound() || mayBeOlder(seen, wants)));
  if (!search) return collect(seen, wants);
  const lineage = await readLineage(octokit, name, wants.pull);
  for (let start = 0; start < lineage.length; start += visitedAtOnce) {
    await visit(lineage.slice(start, start + visitedAtOnce));
    // The newest head that was looked at holds the highest revision, and the lineage goes from new to old.
    if (wants.search === "if-missing" && isFound() && !mayBeOlder(seen, wants)) break;
  }
  return collect(seen, wants);
};

/** The head has a ledger, but none of the commits that it came from has: perhaps it was pushed back to, and the newer one lies elsewhere. */
const mayBeOlder = (
  seen: ReadonlyMap<string, readonly OwnRunFacts[]>,
  { head, left, pull }: OwnWants,
): boolean => {
  const holds = (sha: string) =>
    seen.get(sha)?.some((run) => run.pull === pull && readLedger(run.text) !== null) ?? false;
  return left.length > 0 && holds(head) && ![...seen.keys()].some((sha) => sha !== head && holds(sha));
};

const successorsOf =
  (pull: number) =>
  (run: OwnRunFacts): string[] =>
    run.pull === pull && run.successor !== null ? [run.successor] : [];

const collect = (seen: ReadonlyMap<string, readonly OwnRunFacts[]>, wants: OwnWants): OwnRuns => {
  const all = [...seen.values()].flat();
  const isCurrent = (run: OwnRunFacts) => run.sha === wants.head && run.name === wants.check;
  const ours = all.filter((run) => run.pull === wants.pull);
  const ledgers = ours.map((run) => ({ run, ledger: readLedger(run.text) }));
  const damaged = ledgers.find(({ ledger }) => ledger === "damaged");
  return {
    current: all.filter(isCurrent).toSorted((a, b) => b.id - a.id)[0] ?? null,
    stale: ours.filter((run) => !isCurrent(run) && run.successor === null),
    ledger: highest(
      ledgers.map(({ ledger }) => ledger),
      wants.pull,
    ),
    damaged: damaged
      ? {
          what: "the ledger",
          why: `the check run ${damaged.run.id} on ${damaged.run.sha.slice(0, 7)} holds one that this version of the app cannot read`,
        }
      : null,
  };
};

const highest = (ledgers: readonly (Ledger | "damaged" | null)[], pull: number): Ledger | null =>
  ledgers
    .filter((ledger) => ledger !== null && ledger !== "damaged")
    .filter((ledger) => ledger.pull === pull)
    .toSorted((a, b) => b.revision - a.revision)[0] ?? null;

/** GitHub forgets commits that no branch holds any more: then there is nothing to be found on them. */
const listOwnRunsIfAny = async (
  octokit: Octokit,
  name: RepoName,
  sha: string,
  appId: number,
): Promise<OwnRunFacts[]> => {
  try {
    return await listOwnRuns(octokit, name, sha, appId);
  } catch (error) {
    if (error instanceof Error && "status" in error && (error.status === 404 || error.status === 422))
      return [];
    throw error;
  }
};
