import { sameName } from "../actor.ts";
import type { CheckRef } from "../config/checklist.ts";
import type { CheckFacts } from "./facts.ts";
import { actionsApp, isNameGlob, workflowPath } from "./select.ts";
import type { CheckUpdate } from "./update.ts";

/**
 * Whether an update may change how an item stands. False is certain: the item asks for another name, or for a workflow
 * that this is no part of. It is told without looking at all the other checks, because most updates concern no item.
 *
 * @param facts With the update; null: nothing is known of the commit, so that a job may be part of any workflow.
 */
export function mayConcern(
  { name, workflow }: CheckRef,
  update: CheckUpdate,
  facts: CheckFacts | null,
): boolean {
  // Suites, too, hold a glob back.
  if (name !== undefined && isNameGlob(name)) return true;
  switch (update.kind) {
    case "run":
      if (workflow === undefined) return name === update.run.name;
      if (facts === null) return sameName(update.run.app, actionsApp);
      return facts.workflows.some(
        ({ suite, path }) => suite === update.run.suite && path === workflowPath(workflow),
      );
    case "suite":
      return false;
    case "status":
      return workflow === undefined && name === update.status.context;
    case "workflow":
      return workflow !== undefined;
  }
}
