import type { ColumnDef, Node, TypeName } from "libpg-query";
import { as, holds, typeNameOf, walk } from "../ast.ts";
import { type Concern, destructive, risky } from "../scene.ts";
import { calls } from "./expressions.ts";

/** Types that hold less than a type from which people usually come. */
const narrow = new Set([
  ...["int2", "int4", "smallint", "integer", "float4", "float8", "bool", "date", "time", "timetz", "money"],
  ...["char", "name", "bit", "bpchar", "macaddr"],
]);
/** Types that hold less when a length or precision is given. */
const narrowWhenBounded = new Set([
  "varchar",
  "bpchar",
  "numeric",
  "timestamp",
  "timestamptz",
  "varbit",
  "interval",
]);

const throwsAway = new Set([
  ...["left", "right", "substr", "substring", "split_part", "regexp_replace", "regexp_substr", "overlay"],
  ...[
    "round",
    "trunc",
    "floor",
    "ceil",
    "ceiling",
    "date_trunc",
    "extract",
    "date_part",
    "date",
    "abs",
    "sign",
  ],
  ...["lower", "upper", "md5", "sha256", "digest", "length", "char_length", "cardinality", "array_length"],
]);

/**
 * `ALTER COLUMN … TYPE`. The old type is not in the file, so a new type that can hold less than another counts
 * as one that does.
 */
export function typeChange(definition: ColumnDef | undefined): Concern {
  const type = definition?.typeName;
  const using = definition?.raw_default;
  if (using !== undefined && losesByUsing(using)) {
    return destructive(
      "The new value is made by an expression that throws something of the old one away.",
      "Add a new column, fill it in batches, move the readers, and drop the old column in a later release.",
    );
  }
  if (isNarrow(type)) {
    return destructive(
      `The type ${shown(type)} can hold less than the type before, which this file does not tell: values can be cut or rounded, or make it fail. The table is rewritten under a lock.`,
      "Look at the longest and biggest values first. Add a new column, fill it in batches, and drop the old one in a later release.",
    );
  }
  return risky(
    "A type change can rewrite the table and its indexes while nobody can read or write it, and the release that still runs expects the old type.",
    "Add a column of the new type, write both, fill it in batches, switch the readers, and drop the old one later.",
  );
}

export function isNarrow(type: TypeName | undefined): boolean {
  const name = typeNameOf(type).toLowerCase();
  return narrow.has(name) || (narrowWhenBounded.has(name) && (type?.typmods?.length ?? 0) > 0);
}

function losesByUsing(using: Node): boolean {
  // Without the column in it, every row gets the same value.
  if (!holds(using, "ColumnRef")) return true;
  if (calls(using).some((name) => throwsAway.has(name.at(-1) ?? ""))) return true;
  let castsToLess = false;
  walk(using, (kind, inner) => {
    if (kind === "TypeCast") castsToLess ||= isNarrow((inner as { typeName?: TypeName }).typeName);
  });
  return castsToLess;
}

function shown(type: TypeName | undefined): string {
  const bounds = (type?.typmods ?? []).map((bound) => as(bound, "A_Const")?.ival?.ival ?? 0);
  return typeNameOf(type) + (bounds.length > 0 ? `(${bounds.join(", ")})` : "");
}
