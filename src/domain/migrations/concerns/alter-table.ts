import type { AlterTableCmd, AlterTableStmt, AlterTableType, Node } from "libpg-query";
import { as, relationParts } from "../ast.ts";
import { type Concern, destructive, risky, type Scene } from "../scene.ts";
import { addColumn } from "./add-column.ts";
import { typeChange } from "./column-type.ts";
import { addConstraint, dropConstraint, validateConstraint } from "./constraints.ts";

const rewrite = risky(
  "The whole table is rewritten while nobody can read or write it.",
  "Do it in a quiet hour with a lock_timeout, or build a new table beside the old one.",
);
const policies = risky(
  "Row-level security changes which rows the release that still runs can see and write.",
  "Create the policies first, try them with the application's role, and switch in a release of its own.",
);
const triggersOff = risky(
  "While triggers or rules are off, nothing keeps the data as they did; foreign keys are triggers too.",
  "Fill the data in batches with the triggers on, or let no application write meanwhile.",
);
const inheritance = risky(
  "Rows appear in or vanish from the parent table at once.",
  "Make sure that no release in production depends on them.",
);
const newMeaning = risky(
  "The release that still runs may write the column otherwise than it may from now on.",
  "Deploy code that works with both first, and change the column in a later release.",
);

/** Actions that need nothing but their kind to be judged. What is listed nowhere here is harmless. */
const simple: { readonly [Kind in AlterTableType]?: Concern } = {
  AT_SetNotNull: risky(
    "SET NOT NULL reads every row while nobody can read or write the table, fails on rows without a value, and breaks a release that does not write one.",
    "Add CHECK (… IS NOT NULL) NOT VALID, validate it in a migration of its own, and set NOT NULL after that.",
  ),
  AT_SetExpression: rewrite,
  AT_SetLogged: rewrite,
  AT_SetUnLogged: rewrite,
  AT_SetAccessMethod: rewrite,
  AT_SetTableSpace: rewrite,
  AT_DropExpression: newMeaning,
  AT_DropIdentity: newMeaning,
  AT_DisableTrig: triggersOff,
  AT_DisableTrigAll: triggersOff,
  AT_DisableTrigUser: triggersOff,
  AT_DisableRule: triggersOff,
  AT_AddInherit: inheritance,
  AT_DropInherit: inheritance,
  AT_EnableRowSecurity: policies,
  AT_DisableRowSecurity: policies,
  AT_ForceRowSecurity: policies,
  AT_NoForceRowSecurity: policies,
  AT_DetachPartition: risky(
    "The rows of the partition vanish from the table at once.",
    "Make sure that no release in production reads them; DETACH … CONCURRENTLY waits without blocking.",
  ),
};

/** `ALTER TABLE`, and what PostgreSQL writes likewise: `ALTER INDEX`, `ALTER TYPE … ATTRIBUTE`, `ALTER VIEW`. */
export function alterTable(statement: AlterTableStmt, scene: Scene): Concern[] {
  const table = statement.relation === undefined ? [] : relationParts(statement.relation);
  return (statement.cmds ?? []).flatMap((node, action) => {
    const command = as(node, "AlterTableCmd") ?? {};
    const concern = judge(command, statement, table, scene);
    return concern === null ? [] : [{ ...concern, action }];
  });
}

function judge(
  command: AlterTableCmd,
  { objtype }: AlterTableStmt,
  table: readonly string[],
  scene: Scene,
): Concern | null {
  const isNew = scene.created.has("relation", table) || scene.created.has("type", table);
  if (command.subtype === "AT_DropColumn") return dropColumn(command, objtype, table, scene);
  if (isNew) return null;
  const name = command.name ?? "";
  switch (command.subtype) {
    case "AT_AddColumn":
      return objtype === "OBJECT_TABLE" ? addColumn(as(command.def, "ColumnDef"), scene) : null;
    case "AT_AlterColumnType":
      return typeChange(as(command.def, "ColumnDef"));
    case "AT_ColumnDefault":
      return isNothing(command.def) && objtype !== "OBJECT_VIEW"
        ? risky(
            "Without the default, a release that leaves the column out writes NULL or fails.",
            "Drop the default when no release in production relies on it any more.",
          )
        : null;
    case "AT_AddConstraint":
      return addConstraint(as(command.def, "Constraint"));
    case "AT_ValidateConstraint":
      return validateConstraint(table, name, scene);
    case "AT_DropConstraint":
      return dropConstraint(table, name, scene);
    case "AT_AlterConstraint": {
      const { alterEnforceability, is_enforced } = as(command.def, "ATAlterConstraint") ?? {};
      return alterEnforceability === true && is_enforced === true
        ? addConstraint({ contype: "CONSTR_FOREIGN", is_enforced })
        : null;
    }
    case "AT_AddIdentity":
      return as(command.def, "Constraint")?.generated_when === "a" ? newMeaning : null;
    case "AT_AttachPartition": {
      const partition = as(command.def, "PartitionCmd")?.name;
      if (objtype === "OBJECT_INDEX" || partition === undefined) return null;
      return scene.created.has("relation", relationParts(partition))
        ? null
        : risky(
            "Attaching a table that exists reads all its rows, and those of the default partition, under a lock.",
            "Give the table a validated CHECK constraint that matches the bounds first; then nothing is read.",
          );
    }
    default:
      return (command.subtype === undefined ? undefined : simple[command.subtype]) ?? null;
  }
}

/** No default at all, or `SET DEFAULT NULL`. */
const isNothing = (fallback: Node | undefined): boolean =>
  fallback === undefined || as(fallback, "A_Const")?.isnull === true;

function dropColumn(
  { name = "" }: AlterTableCmd,
  objtype: AlterTableStmt["objtype"],
  table: readonly string[],
  { created }: Scene,
): Concern | null {
  if (created.surely("relation", table) || created.surely("type", table)) return null;
  if (created.surely("column", [...table, name])) return null;
  if (objtype === "OBJECT_FOREIGN_TABLE" || objtype === "OBJECT_VIEW") {
    return risky(
      "The release that still runs may read the column.",
      "Stop using it first, and drop it in a later release.",
    );
  }
  return objtype === "OBJECT_TYPE"
    ? destructive(
        "The attribute's data goes from every column of this type.",
        "Stop using it first, take a backup, and drop it in a later release.",
      )
    : destructive(
        "The column's data is gone, and the release that still runs may read or write it.",
        "Stop using the column first, take a backup, and drop it in a later release.",
      );
}
