import { matcher } from "../glob.ts";
import type { Barred, Ended, ItemEntry, SignOff } from "../ledger.ts";
import type { Operation } from "../sign-off/operation.ts";
import type { Snapshot } from "../snapshot.ts";
import { type Needs, type PersonItem, shortSha } from "./circumstances.ts";

/**
 * Ends the sign-offs that do not hold for the head (`dismiss-stale`). Trees are compared: a forced push with the
 * same content ends nothing. A comparison that cannot be read, or that GitHub cut, ends what depends on paths.
 */
export function endStale(item: PersonItem, entry: ItemEntry, snapshot: Snapshot, needs: Needs): ItemEntry {
  let current = entry;
  for (const sign of entry.signs) {
    const why = staleness(item, sign, snapshot, needs);
    if (why === null) continue;
    const { updatedAt: at, head } = snapshot.pull;
    current = end(current, [sign], { sha: head.sha, why, at }, "commit");
  }
  return current;
}

/**
 * Ended sign-offs never come back, not even when an older event tells of them again.
 *
 * @param scope whether ticks on other commits may still count that these people made before
 */
export function end(
  entry: ItemEntry,
  signs: readonly SignOff[],
  { sha, why, at }: Omit<Ended, "signs">,
  scope: "commit" | "all" = "all",
): ItemEntry {
  const barred = signs.map(
    (sign): Barred => ({ by: sign.by, at: sign.at, sha: scope === "commit" ? sign.sha : null }),
  );
  const same = entry.ended?.at === at && entry.ended.why === why;
  return {
    ...entry,
    signs: entry.signs.filter((sign) => !signs.includes(sign)),
    barred: [...entry.barred, ...barred],
    ended: { signs: [...(same ? (entry.ended?.signs ?? []) : []), ...signs], at, sha, why },
  };
}

function staleness(item: PersonItem, sign: SignOff, snapshot: Snapshot, needs: Needs): string | null {
  const { pull } = snapshot;
  if (sign.tree === pull.tree || pull.head.sha.startsWith(sign.sha)) return null;
  const comparison = snapshot.comparisons.get(sign.sha);
  if (comparison === undefined) {
    needs.add({ kind: "comparison", sha: sign.sha });
    return null;
  }
  const rule = dismissRule(item, snapshot);
  if (rule === false) return null;
  const head = shortSha(pull.head.sha);
  if (!comparison.ok) return `${head} cannot be compared with the commit it was signed at`;
  const { sameTree, paths, complete } = comparison.value;
  if (sameTree) return null;
  if (rule === true) return `${head} changed ${some(paths) ?? "the content"}`;
  const touched = paths.filter(matcher(rule, "path"));
  if (touched.length > 0) return `${head} changed ${some(touched)}`;
  return complete ? null : `${head} changed more files than GitHub lists`;
}

/**
 * A command counts for the head that its author saw, where a sign-off holds for a commit only. Null: nobody can tell
 * which that was.
 */
export function onItsHead(
  item: PersonItem,
  operation: Operation,
  snapshot: Snapshot,
  headThen: (at: string) => string | null,
): Operation | null {
  if (operation.kind !== "tick" || dismissRule(item, snapshot) === false) return operation;
  const sha = headThen(operation.at);
  if (sha === null) return null;
  return sha === snapshot.pull.head.sha ? operation : { ...operation, sha, head: sha };
}

export function dismissRule(item: PersonItem, snapshot: Snapshot): boolean | readonly string[] {
  // After the merge no other content can come.
  if (item.kind === "notify" || snapshot.follow !== undefined) return false;
  return item.dismissStale === "default" ? snapshot.pull.author.kind === "bot" : item.dismissStale;
}

function some(paths: readonly string[]): string | null {
  const [first] = paths;
  if (first === undefined) return null;
  return paths.length === 1 ? first : `${first} (and ${paths.length - 1} more)`;
}
