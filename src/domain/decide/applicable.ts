import type { Checklist, Item } from "../config/checklist.ts";
import { applies } from "../config/condition.ts";
import type { Snapshot } from "../snapshot.ts";
import type { Needs } from "./circumstances.ts";
import { changedFiles } from "./scope.ts";

/**
 * Which items apply. What a label has brought in stays, whoever takes the label off. A file list that cannot be read
 * matches every condition on paths: an item too many blocks, one too few opens.
 */
export function applicable(
  checklist: Checklist,
  labelled: readonly string[],
  snapshot: Snapshot,
  needs: Needs,
): (item: Item) => boolean {
  const looksAtSql = checklist.items.some((item) => item.when?.migrations !== undefined);
  const looksAtPaths = looksAtSql || checklist.items.some((item) => item.when?.paths !== undefined);
  const read = looksAtPaths ? changedFiles(checklist, snapshot, needs) : null;
  const files = read?.ok ? read.value : { paths: [], complete: false };
  if (looksAtSql && read?.ok && snapshot.migrations === null)
    needs.add({ kind: "migrations", paths: read.value.paths });
  const migrations = snapshot.migrations?.ok ? snapshot.migrations.value : null;
  const facts = { ...files, migrations, labels: snapshot.pull.labels, base: snapshot.pull.base.ref };
  return (item) => {
    if (!labelled.includes(item.id)) return applies(item.when, facts);
    const { labels: _, ...when } = item.when ?? {};
    return applies(when, facts);
  };
}

/** Those that a label keeps on the checklist from now on. */
export const labelledItems = (before: readonly string[], applying: readonly Item[]): readonly string[] => {
  const more = applying.filter(({ id, when }) => when?.labels !== undefined && !before.includes(id));
  return more.length === 0 ? before : [...before, ...more.map(({ id }) => id)];
};
