import type { Constraint } from "libpg-query";
import { type Concern, type ConstraintKind, partOf, risky, type Scene } from "../scene.ts";

const later = "Add it with NOT VALID, and VALIDATE CONSTRAINT in a transaction of its own.";

/** `ADD CONSTRAINT` to a table that exists. */
export function addConstraint(constraint: Constraint | undefined): Concern | null {
  switch (constraint?.contype) {
    case "CONSTR_CHECK":
    case "CONSTR_FOREIGN":
    case "CONSTR_NOTNULL": {
      const notEnforced = constraint.contype !== "CONSTR_NOTNULL" && constraint.is_enforced !== true;
      if (constraint.skip_validation === true || notEnforced) return null;
      return constraint.contype === "CONSTR_FOREIGN"
        ? risky("A new foreign key reads every row while both tables are locked against writing.", later)
        : risky("A new constraint reads every row while nobody can read or write the table.", later);
    }
    case "CONSTR_PRIMARY":
    case "CONSTR_UNIQUE":
      return constraint.indexname !== undefined
        ? null
        : risky(
            "The index for the constraint is built while nobody can read or write the table.",
            "CREATE UNIQUE INDEX CONCURRENTLY first, then ADD CONSTRAINT … USING INDEX.",
          );
    case "CONSTR_EXCLUSION":
      return risky(
        "The index for the constraint is built while nobody can read or write the table.",
        "There is no way without the lock: do it in a quiet hour, with a lock_timeout.",
      );
    default:
      return null;
  }
}

/** `VALIDATE CONSTRAINT` takes a weak lock, unless its transaction still holds the one that added it. */
export function validateConstraint(table: readonly string[], name: string, scene: Scene): Concern | null {
  const added = scene.constraints.get(partOf(table, name));
  if (added?.transaction !== scene.transaction) return null;
  return risky(
    "The constraint is validated in the transaction that added it: its lock is held while every row is read.",
    "Validate it in a transaction or migration of its own.",
  );
}

/** Names as PostgreSQL, the usual tools and most people give them. */
const benign =
  /^(?:fk|chk|ck|check)(?![a-z])|(?:_|^)(?:fkey|fk|foreign|chk|ck|check|not_?null|nn|is_?not_?null)\d*$/i;
const key =
  /^(?:pk|uq|uk|unique|uniq)(?![a-z])|(?:_|^)(?:pkey|pk|key|uq|uk|uniq|unique|idx|excl|primary)\d*$/i;

/** `DROP CONSTRAINT`: the file often does not tell what it was; its name does. */
export function dropConstraint(table: readonly string[], name: string, scene: Scene): Concern | null {
  const part = partOf(table, name);
  const kind: ConstraintKind | undefined =
    scene.constraints.get(part)?.kind ??
    (benign.test(name) || scene.remade.has(part) ? "check" : key.test(name) ? "key" : undefined);
  if (kind === "check" || kind === "foreign") return null;
  return kind === "key"
    ? risky(
        "With a key its index goes, and ON CONFLICT and foreign keys that rely on it stop working.",
        "Make sure that no release in production relies on it any more.",
      )
    : risky(
        "The file does not tell what the constraint is. With a key, its index goes, and what relies on it stops working.",
        "Make sure that it is a check or a foreign key, or that nothing relies on it any more.",
      );
}
