import type { DropStmt, Node, ObjectType } from "libpg-query";
import { nameParts } from "../ast.ts";
import type { CreatedKind } from "../created.ts";
import { type Concern, destructive, partOf, risky, type Scene } from "../scene.ts";

const backup = "Stop using it first, take a backup, and drop it in a later release.";
const unused = "Drop it when no release in production uses it any more.";

/** Objects that hold data themselves. */
const holding: { readonly [Kind in ObjectType]?: string } = {
  OBJECT_TABLE: "All rows of the table are gone.",
  OBJECT_SCHEMA: "Everything in the schema goes with it.",
  OBJECT_SEQUENCE: "The sequence's position is gone: numbers could be given twice.",
};
/** Objects whose columns `CASCADE` takes along. */
const holdingByCascade = new Set<ObjectType | undefined>([
  ...(["OBJECT_TYPE", "OBJECT_DOMAIN", "OBJECT_EXTENSION", "OBJECT_COLLATION"] as const),
]);
const words: { readonly [Kind in ObjectType]?: string } = {
  OBJECT_VIEW: "view",
  OBJECT_MATVIEW: "materialized view",
  OBJECT_FUNCTION: "function",
  OBJECT_PROCEDURE: "procedure",
  OBJECT_TRIGGER: "trigger",
  OBJECT_TYPE: "type",
  OBJECT_DOMAIN: "domain",
  OBJECT_EXTENSION: "extension",
  OBJECT_POLICY: "policy",
  OBJECT_RULE: "rule",
};
const kinds: { readonly [Kind in ObjectType]?: CreatedKind } = {
  OBJECT_SCHEMA: "schema",
  OBJECT_TYPE: "type",
  OBJECT_DOMAIN: "type",
  OBJECT_FUNCTION: "function",
  OBJECT_PROCEDURE: "function",
  OBJECT_ROUTINE: "function",
};

/** Where an object that is being dropped would stand among what the file created. */
export const createdKind = (type: ObjectType | undefined): CreatedKind =>
  (type === undefined ? undefined : kinds[type]) ?? "relation";

/** `DROP …`, one concern for all its objects. */
export function drop(
  { objects = [], removeType, behavior, concurrent }: DropStmt,
  scene: Scene,
): Concern | null {
  const cascade = behavior === "DROP_CASCADE";
  const old = objects.filter((object) => !isNew(object, removeType, cascade, scene));
  if (old.length === 0) return null;
  const holds = removeType === undefined ? undefined : holding[removeType];
  if (holds !== undefined) return destructive(holds, backup);
  if (cascade && holdingByCascade.has(removeType)) {
    return destructive("CASCADE drops every column that uses it, with its data.", backup);
  }
  if (removeType === "OBJECT_STATISTIC_EXT") return null;
  if (removeType === "OBJECT_INDEX") {
    return concurrent === true
      ? null
      : risky(
          "The lock on the table waits for running queries, and everybody else waits behind it.",
          "DROP INDEX CONCURRENTLY, outside a transaction.",
        );
  }
  const word = (removeType === undefined ? undefined : words[removeType]) ?? "object";
  return risky(`The release that still runs may use the ${word}.`, unused);
}

function isNew(object: Node, type: ObjectType | undefined, cascade: boolean, scene: Scene): boolean {
  const name = nameParts(object);
  if (type === "OBJECT_TRIGGER" || type === "OBJECT_POLICY") {
    return (
      scene.remade.has(partOf(name.slice(0, -1), name.at(-1) ?? "")) ||
      scene.created.has("relation", name.slice(0, -1))
    );
  }
  if (name[0] === "pg_temp") return true;
  const kind = createdKind(type);
  const keepsData =
    type !== undefined && (holding[type] !== undefined || (cascade && holdingByCascade.has(type)));
  return keepsData ? scene.created.surely(kind, name) : scene.created.has(kind, name);
}
