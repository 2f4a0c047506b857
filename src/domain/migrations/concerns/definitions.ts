import type {
  AlterDomainStmt,
  AlterObjectSchemaStmt,
  AlterSeqStmt,
  CreatePolicyStmt,
  GrantStmt,
  Node,
  ObjectType,
  RangeVar,
  RenameStmt,
  RuleStmt,
  VariableSetStmt,
} from "libpg-query";
import { as, nameParts, relationParts, stringsOf } from "../ast.ts";
import { type Concern, risky, type Scene } from "../scene.ts";
import { addConstraint } from "./constraints.ts";
import { createdKind } from "./drop.ts";

/** What nobody addresses by name while it runs. */
const namelessInUse = new Set<ObjectType | undefined>([
  ...([
    "OBJECT_INDEX",
    "OBJECT_TABCONSTRAINT",
    "OBJECT_DOMCONSTRAINT",
    "OBJECT_TRIGGER",
    "OBJECT_POLICY",
  ] as const),
  ...(["OBJECT_RULE", "OBJECT_STATISTIC_EXT", "OBJECT_EVENT_TRIGGER"] as const),
]);

const isNew = (relation: RangeVar | undefined, { created }: Scene): boolean =>
  relation !== undefined && created.has("relation", relationParts(relation));

/** The name of what is renamed or moved. */
export const subjectOf = ({ relation, object }: { relation?: RangeVar; object?: Node }): string[] =>
  relation === undefined ? nameParts(object) : relationParts(relation);

export function rename(statement: RenameStmt, scene: Scene): Concern | null {
  const { renameType, relationType, subname = "" } = statement;
  if (namelessInUse.has(renameType)) return null;
  const subject = subjectOf(statement);
  if (renameType === "OBJECT_SCHEMA" && scene.created.has("schema", [subname])) return null;
  if (scene.created.has(createdKind(renameType === "OBJECT_ATTRIBUTE" ? relationType : renameType), subject))
    return null;
  if (renameType === "OBJECT_COLUMN") {
    return scene.created.has("relation", subject) || scene.created.has("column", [...subject, subname])
      ? null
      : risky(
          "The release that still runs knows the column by its old name, and fails.",
          "Add the new column, write both, fill it, switch the readers, and drop the old one in a later release.",
        );
  }
  return risky(
    "The release that still runs knows it by its old name, and fails.",
    renameType === "OBJECT_TABLE"
      ? "Leave a view with the old name in the same transaction, and drop it in a later release."
      : "Create the new one beside it, switch, and drop the old one in a later release.",
  );
}

export function moveSchema(statement: AlterObjectSchemaStmt, scene: Scene): Concern | null {
  const { objectType } = statement;
  return scene.created.has(createdKind(objectType), subjectOf(statement))
    ? null
    : risky(
        "The release that still runs looks for it in the old schema, and fails.",
        "Make sure that every release in production finds it by its search_path.",
      );
}

export function alterDomain(statement: AlterDomainStmt, scene: Scene): Concern | null {
  if (scene.created.has("type", stringsOf(statement.typeName))) return null;
  // C: add a constraint, O: set NOT NULL, T: set or drop the default.
  if (statement.subtype === "C") return addConstraint(as(statement.def, "Constraint"));
  if (statement.subtype === "O") return addConstraint({ contype: "CONSTR_NOTNULL" });
  return statement.subtype === "T" && statement.def === undefined
    ? risky(
        "Without the default, a release that leaves the column out writes NULL or fails.",
        "Drop the default when no release in production relies on it any more.",
      )
    : null;
}

export function alterSequence({ sequence, options = [] }: AlterSeqStmt, scene: Scene): Concern | null {
  const names = options.map((node) => as(node, "DefElem")?.defname);
  if (isNew(sequence, scene) || !(names.includes("restart") || names.includes("as"))) return null;
  return risky(
    "Another position or type can give numbers twice, or none.",
    "Compare it with the biggest number in use first.",
  );
}

export function createPolicy({ permissive, table }: CreatePolicyStmt, scene: Scene): Concern | null {
  return permissive === true || isNew(table, scene)
    ? null
    : risky(
        "A restrictive policy hides rows from the release that still runs.",
        "Try it with the application's role first.",
      );
}

export function rule({ relation }: RuleStmt, scene: Scene): Concern | null {
  return isNew(relation, scene)
    ? null
    : risky("A rule changes what statements on this table do.", "Use a trigger, or change the application.");
}

export function grant(
  { is_grant, targtype, objtype, objects = [] }: GrantStmt,
  scene: Scene,
): Concern | null {
  if (is_grant === true) return null;
  const all = objects.every((object) => scene.created.has(createdKind(objtype), nameParts(object)));
  return targtype === "ACL_TARGET_OBJECT" && all
    ? null
    : risky(
        "The release that still runs may need the permission.",
        "Revoke it when nobody uses it any more.",
      );
}

export function setVariable({ name, args = [] }: VariableSetStmt): Concern | null {
  const value = as(args[0], "A_Const")?.sval?.sval?.toLowerCase();
  if (name !== "session_replication_role" || args.length === 0 || value === "origin" || value === "local")
    return null;
  return risky(
    "Triggers and foreign keys do not work while this is set: the data can come out wrong without an error.",
    "Fill the data with triggers and foreign keys on.",
  );
}
