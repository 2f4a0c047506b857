import { checklistOf, type Snapshot } from "../../domain/snapshot.ts";

/** The checklist asks for checks. */
export const wantsChecks = ({ config }: Snapshot): boolean =>
  checklistOf(config)?.items.some((item) => item.kind === "check") ?? false;

/** It asks for whole workflow runs. */
export const workflowsWanted = ({ config }: Snapshot): boolean =>
  checklistOf(config)?.items.some((item) => item.kind === "check" && item.check.workflow !== undefined) ??
  false;
