import { sameName } from "../actor.ts";
import type { CheckRef } from "../config/checklist.ts";
import type { CheckFacts } from "./facts.ts";
import { actionsApp, isNameGlob, workflowPath } from "./select.ts";
import type { CheckUpdate } from "./update.ts";

/**
 * Whether an update may change how an item stands. False is certain: the item asks for another name, or for a workflow
 * that this is no part of. It is told without looking at all the other checks, because most updates concern no item.
 *
 * @param facts With the update.
 */
export function mayConcern({ name, workflow }: CheckRef, update: CheckUpdate, facts: CheckFacts): boolean {
  // Suites, too, hold a glob back.
  if (name !== undefined && isNameGlob(name)) return true;
  switch (update.kind) {
    case "run":
      if (workflow === undefined) return name === update.run.name;
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

/** The same where nothing is known of the commit yet: a job may be part of any workflow. */
export function mayConcernAnywhere({ name, workflow }: CheckRef, update: CheckUpdate): boolean {
  if (name !== undefined && isNameGlob(name)) return true;
  if (workflow === undefined)
    return (
      (update.kind === "run" && name === update.run.name) ||
      (update.kind === "status" && name === update.status.context)
    );
  return update.kind === "workflow" || (update.kind === "run" && sameName(update.run.app, actionsApp));
}
