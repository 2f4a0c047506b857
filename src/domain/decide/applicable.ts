import type { Checklist, Item } from "../config/checklist.ts";
import { applies } from "../config/condition.ts";
import type { Snapshot } from "../snapshot.ts";
import type { Needs } from "./circumstances.ts";
import { changedFiles } from "./scope.ts";

/** Which items apply. A file list that cannot be read matches every condition on paths: an item too many blocks, one too few opens. */
export function applicable(checklist: Checklist, snapshot: Snapshot, needs: Needs): (item: Item) => boolean {
  const looksAtSql = checklist.items.some((item) => item.when?.migrations !== undefined);
  const looksAtPaths = looksAtSql || checklist.items.some((item) => item.when?.paths !== undefined);
  const read = looksAtPaths ? changedFiles(checklist, snapshot, needs) : null;
  const files = read?.ok ? read.value : { paths: [], complete: false };
  if (looksAtSql && read?.ok && snapshot.migrations === null)
    needs.add({ kind: "migrations", paths: read.value.paths });
  const migrations = snapshot.migrations?.ok ? snapshot.migrations.value : null;
  const facts = { ...files, migrations, labels: snapshot.pull.labels, base: snapshot.pull.base.ref };
  return (item) => applies(item.when, facts);
}
