import { sameName } from "../actor.ts";
import type { CheckRef } from "../config/checklist.ts";
import type { CheckIndex } from "./facts-index.ts";
import { actionsApp, botOf, type Selection, workflowPath } from "./select.ts";
import { compare, list, oneLine } from "./text.ts";

/**
 * A workflow that the head changes can let a job of any name succeed. That cannot be forbidden, for workflows must be
 * changed somehow, but whoever relies on the result is to know.
 */
export function caution(
  ref: CheckRef,
  selection: Selection,
  index: CheckIndex,
  changedPaths: readonly string[],
): string | null {
  const changed = new Set(changedPaths.filter((path) => path.startsWith(".github/workflows/")));
  if (changed.size === 0) return null;
  const relied = reliedOn(ref, selection, index);
  const both = [...relied.paths].filter((path) => changed.has(path)).sort(compare);
  if (both.length > 0) {
    const shown = both.slice(0, 3).map(oneLine);
    return `This pull request changes ${list(shown)}, which decides here: read that change before you trust the result.`;
  }
  if (!relied.unknownWorkflow) return null;
  return "This pull request changes workflows, and this result may come from one of them: read that change before you trust it.";
}

/** The workflow files behind what was selected, as far as GitHub tells. */
function reliedOn(
  ref: CheckRef,
  selection: Selection,
  index: CheckIndex,
): { paths: ReadonlySet<string>; unknownWorkflow: boolean } {
  const paths = new Set(ref.workflow === undefined ? [] : [workflowPath(ref.workflow)]);
  // With GITHUB_TOKEN any workflow can set a status, so such a status tells nothing of its origin.
  let unknownWorkflow = selection.statuses.some((status) =>
    sameName(status.creator?.login ?? "", botOf(actionsApp)),
  );
  for (const run of selection.runs) {
    if (!sameName(run.app, actionsApp)) continue;
    const workflow = index.workflowBySuite.get(run.suite);
    if (workflow) paths.add(workflow.path);
    // A job of a reusable workflow is named "caller / job", and its file is not the one that GitHub names here.
    if (!workflow || run.name.includes(" / ")) unknownWorkflow = true;
  }
  return { paths, unknownWorkflow };
}
