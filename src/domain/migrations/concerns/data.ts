import type { DeleteStmt, MergeStmt, RangeVar, TruncateStmt, UpdateStmt } from "libpg-query";
import { as, relationParts, walk } from "../ast.ts";
import { type Concern, destructive, risky, type Scene } from "../scene.ts";
import { alwaysTrue } from "./expressions.ts";

const backup = "Take a backup, and keep the rows elsewhere until the release has proved itself.";
const batches = "Fill the rows in batches, outside the migration.";

/** Everything in a statement that changes or removes rows, also inside `WITH`. */
export function dataChanges(statement: unknown, scene: Scene): Concern[] {
  const found: Concern[] = [];
  walk(statement, (kind, inner) => {
    const concern =
      kind === "DeleteStmt"
        ? remove(inner as DeleteStmt, scene)
        : kind === "UpdateStmt"
          ? update(inner as UpdateStmt, scene)
          : kind === "MergeStmt"
            ? merge(inner as MergeStmt, scene)
            : kind === "TruncateStmt"
              ? truncate(inner as TruncateStmt, scene)
              : null;
    if (concern !== null) found.push(concern);
  });
  return found;
}

const isNew = (relation: RangeVar | undefined, { created }: Scene): boolean =>
  relation !== undefined &&
  (relation.schemaname === "pg_temp" || created.surely("relation", relationParts(relation)));

function remove({ relation, whereClause }: DeleteStmt, scene: Scene): Concern | null {
  if (isNew(relation, scene)) return null;
  return whereClause === undefined || alwaysTrue(whereClause)
    ? destructive("Every row of the table is deleted.", backup)
    : risky(
        "Rows are deleted; only a backup brings them back.",
        "Count them first with the same WHERE, keep a copy, and delete in batches.",
      );
}

function update({ relation, targetList = [], whereClause }: UpdateStmt, scene: Scene): Concern | null {
  if (isNew(relation, scene) || (whereClause !== undefined && !alwaysTrue(whereClause))) return null;
  const table = relation === undefined ? [] : relationParts(relation);
  const onlyNew = targetList.every((target) =>
    scene.created.surely("column", [...table, as(target, "ResTarget")?.name ?? ""]),
  );
  return onlyNew
    ? risky("Every row is written in one go and stays locked until the end.", batches)
    : destructive("A column is overwritten in every row.", `${backup} Fill the rows in batches.`);
}

function merge({ relation, mergeWhenClauses = [] }: MergeStmt, scene: Scene): Concern | null {
  if (isNew(relation, scene)) return null;
  const deletes = mergeWhenClauses
    .flatMap((node) => as(node, "MergeWhenClause") ?? [])
    .filter(({ commandType }) => commandType === "CMD_DELETE");
  if (deletes.length === 0) return null;
  const takesAll = deletes.some(
    ({ matchKind, condition }) =>
      matchKind === "MERGE_WHEN_NOT_MATCHED_BY_SOURCE" && (condition === undefined || alwaysTrue(condition)),
  );
  return takesAll
    ? destructive("Every row that the source does not have is deleted.", backup)
    : risky("Rows are deleted; only a backup brings them back.", "Count them first, and keep a copy.");
}

function truncate({ relations = [] }: TruncateStmt, scene: Scene): Concern | null {
  return relations.every((node) => isNew(as(node, "RangeVar"), scene))
    ? null
    : destructive("All rows of the table are gone.", backup);
}
