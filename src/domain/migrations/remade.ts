import type { Node } from "libpg-query";
import { as, relationParts } from "./ast.ts";
import { partOf } from "./scene.ts";

/** The triggers, policies and constraints that these statements create, wherever they stand in the file. */
export function remadeBy(nodes: readonly Node[]): Set<string> {
  const remade = new Set<string>();
  for (const node of nodes) {
    const trigger = as(node, "CreateTrigStmt");
    if (trigger?.relation !== undefined)
      remade.add(partOf(relationParts(trigger.relation), trigger.trigname ?? ""));
    const policy = as(node, "CreatePolicyStmt");
    if (policy?.table !== undefined)
      remade.add(partOf(relationParts(policy.table), policy.policy_name ?? ""));
    const { relation, cmds = [] } = as(node, "AlterTableStmt") ?? {};
    for (const command of cmds) {
      const { subtype, def } = as(command, "AlterTableCmd") ?? {};
      const name = subtype === "AT_AddConstraint" ? as(def, "Constraint")?.conname : undefined;
      if (relation !== undefined && name !== undefined) remade.add(partOf(relationParts(relation), name));
    }
  }
  return remade;
}
