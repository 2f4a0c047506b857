import type { ColumnDef, Constraint } from "libpg-query";
import { as, typeNameOf } from "../ast.ts";
import { type Concern, risky, type Scene } from "../scene.ts";
import { volatileFunction } from "./expressions.ts";

const counting = /^(?:small|big)?serial[248]?$/;
const inSteps =
  "Add the column nullable and without default, set the default in a second statement, and fill old rows in batches.";

/** `ADD COLUMN` to a table that exists: harmless when nullable or with a default that is the same for every row. */
export function addColumn(column: ColumnDef | undefined, scene: Scene): Concern | null {
  const constraints = (column?.constraints ?? []).flatMap((node) => as(node, "Constraint") ?? []);
  const of = (...kinds: readonly Constraint["contype"][]) =>
    constraints.find(({ contype }) => kinds.includes(contype));
  const type = typeNameOf(column?.typeName);
  if (counting.test(type.toLowerCase()) || of("CONSTR_IDENTITY") !== undefined) {
    return risky(
      "A column that counts by itself is filled for every row: the table is rewritten under a lock.",
      inSteps,
    );
  }
  const generated = of("CONSTR_GENERATED");
  if (generated !== undefined && generated.generated_kind !== "v") {
    return risky(
      "A stored generated column is computed for every row: the table is rewritten under a lock.",
      "Add an ordinary column, fill it by a trigger and in batches.",
    );
  }
  const fallback = of("CONSTR_DEFAULT")?.raw_expr;
  const changing = volatileFunction(fallback, scene.created);
  if (changing !== null) {
    return risky(
      `The default calls ${changing}(), which gives another value for every row: the table is rewritten under a lock.`,
      inSteps,
    );
  }
  if (of("CONSTR_PRIMARY", "CONSTR_UNIQUE") !== undefined) {
    return risky(
      "The index for the constraint is built while nobody can read or write the table.",
      "Add the column, then CREATE UNIQUE INDEX CONCURRENTLY, then ADD CONSTRAINT … USING INDEX.",
    );
  }
  const hasDefault = fallback !== undefined && as(fallback, "A_Const")?.isnull !== true;
  if (of("CONSTR_NOTNULL") !== undefined && !hasDefault && generated === undefined) {
    return risky(
      "A NOT NULL column without default fails when the table has rows, and the release that still runs does not fill it.",
      "Give it a constant default, or add it nullable, fill it, and set NOT NULL in a later release.",
    );
  }
  if (of("CONSTR_CHECK") !== undefined) {
    return risky(
      "The check reads every row while nobody can read or write the table.",
      "Add the column first, then the constraint with NOT VALID, and validate it in a transaction of its own.",
    );
  }
  if (of("CONSTR_FOREIGN") !== undefined && hasDefault) {
    return risky(
      "The foreign key is checked for every row while both tables are locked against writing.",
      "Add the column first, then the constraint with NOT VALID, and validate it in a transaction of its own.",
    );
  }
  return scene.created.has("other", ["domain", ...type.split(".")])
    ? risky("A new column of a domain with constraints rewrites the table under a lock.", inSteps)
    : null;
}
