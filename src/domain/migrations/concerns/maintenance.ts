import type {
  ClusterStmt,
  IndexStmt,
  LockStmt,
  Node,
  RangeVar,
  RefreshMatViewStmt,
  ReindexStmt,
  VacuumStmt,
} from "libpg-query";
import { as, relationParts } from "../ast.ts";
import { type Concern, risky, type Scene } from "../scene.ts";

const isNew = (relation: RangeVar | undefined, { created }: Scene): boolean =>
  relation !== undefined && created.has("relation", relationParts(relation));

/** Options such as `CONCURRENTLY` or `(FULL, VERBOSE false)`. */
export const option = (options: readonly Node[] | undefined, name: string): boolean =>
  (options ?? []).some((node) => {
    const { defname, arg } = as(node, "DefElem") ?? {};
    if (defname !== name) return false;
    const text = as(arg, "String")?.sval?.toLowerCase();
    return !(text === "false" || text === "off" || as(arg, "Integer")?.ival === 0);
  });

export function createIndex({ relation, concurrent }: IndexStmt, scene: Scene): Concern | null {
  // ON ONLY builds nothing: the index stays invalid until those of all partitions are attached.
  if (concurrent === true || relation?.inh !== true || isNew(relation, scene)) return null;
  return risky(
    "Nobody can write to the table while the index is built.",
    "CREATE INDEX CONCURRENTLY, outside a transaction.",
  );
}

export function reindex({ relation, params }: ReindexStmt, scene: Scene): Concern | null {
  if (option(params, "concurrently") || isNew(relation, scene)) return null;
  return risky(
    "Nobody can write to the table, nor read by the index, while it is built anew.",
    "REINDEX … CONCURRENTLY, outside a transaction.",
  );
}

export function vacuum({ options, rels = [] }: VacuumStmt, scene: Scene): Concern | null {
  if (!option(options, "full")) return null;
  const tables = rels.map((node) => as(node, "VacuumRelation")?.relation);
  if (tables.length > 0 && tables.every((table) => isNew(table, scene))) return null;
  return risky(
    "VACUUM FULL rewrites the table while nobody can read or write it.",
    "Plain VACUUM, or a tool that rewrites without the lock.",
  );
}

export function cluster({ relation }: ClusterStmt, scene: Scene): Concern | null {
  if (isNew(relation, scene)) return null;
  return risky(
    "CLUSTER rewrites the table while nobody can read or write it.",
    "Do it in a quiet hour, or with a tool that rewrites without the lock.",
  );
}

export function refresh({ relation, concurrent }: RefreshMatViewStmt, scene: Scene): Concern | null {
  if (concurrent === true || isNew(relation, scene)) return null;
  return risky(
    "Nobody can read the view while it is computed anew.",
    "REFRESH MATERIALIZED VIEW CONCURRENTLY, which needs a unique index.",
  );
}

export function lock({ relations = [] }: LockStmt, scene: Scene): Concern | null {
  if (relations.length > 0 && relations.every((node) => isNew(as(node, "RangeVar"), scene))) return null;
  return risky(
    "The table is locked until the end of the transaction, and others wait.",
    "Take no lock by hand, or set a short lock_timeout and keep the transaction short.",
  );
}
