/** A group of changes that a merge queue is about to land. */
export interface MergeGroup {
  /** Full SHA that needs the check. */
  readonly head: string;
  /** Full SHA that the group stands on: the base's head, or the group of the entry ahead. */
  readonly onto: string;
  /** The queue's entry that the group ends with. */
  readonly pull: number;
  /** Name of the branch that the queue merges into. */
  readonly base: string;
}

/** How a pull request of the group stands on its own head. */
export interface Standing {
  readonly pull: number;
  /** Null: it has no verdict yet. */
  readonly conclusion: string | null;
  readonly title: string;
}

export interface GroupVerdict {
  readonly conclusion: "success" | "failure";
  readonly title: string;
  /** Plain text, a line for each pull request. */
  readonly lines: readonly string[];
}

/**
 * `refs/heads/gh-readonly-queue/<base>/pr-<number>-<sha>`: the payload names no pull request but here. Null for
 * anything else.
 */
export function readGroupRef(ref: string): { readonly base: string; readonly pull: number } | null {
  const match = /^refs\/heads\/gh-readonly-queue\/(.+)\/pr-([1-9]\d{0,9})-[0-9a-f]{40,64}$/.exec(ref);
  return match?.[1] === undefined ? null : { base: match[1], pull: Number(match[2]) };
}

/** A group may land when each pull request in it may, by the verdict on its own head. */
export function decideGroup(standings: readonly Standing[], problem: string | null): GroupVerdict {
  const open = standings.filter(({ conclusion }) => conclusion !== "success");
  const lines = standings.map(
    ({ pull, title, conclusion }) => `#${pull}: ${conclusion === null ? "no verdict yet" : title}`,
  );
  if (problem !== null)
    return {
      conclusion: "failure",
      title: "Blocked: the merge queue cannot be read",
      lines: [problem, ...lines],
    };
  const names = open.map(({ pull }) => `#${pull}`).join(", ");
  return open.length === 0 && standings.length > 0
    ? { conclusion: "success", title: `Ready: ${standings.map(({ pull }) => `#${pull}`).join(", ")}`, lines }
    : { conclusion: "failure", title: `Blocked: ${names || "nothing"} not ready`, lines };
}
