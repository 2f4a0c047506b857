import type { CheckRun, WorkflowRun } from "../../github/model.ts";
import type { MachineView } from "../view.ts";

/** What somebody can let a machine do. `make` is for what is there or not, such as a tag. */
export type Doing = "start" | "pass" | "fail" | "make";

/** How something beside the app reports about commits. */
export interface Reporting {
  /** What reports, in a few words: "workflow ci.yml". */
  readonly what: string;
  readonly can: readonly Doing[];
  state(sha: string): MachineView["state"];
  /** Reports about this commit, as the real one would. */
  report(sha: string, doing: Doing): void;
}

export const runs: readonly Doing[] = ["start", "pass", "fail"];

/** The slug of the app that stands for every pipeline that the configuration leaves open. */
export const pipeline = "pipeline";

/** A name that a glob matches. */
export const aName = (glob: string): string => glob.replaceAll(/\*+/g, "1");

export const conclusionOf = (doing: Doing): "success" | "failure" =>
  doing === "fail" ? "failure" : "success";

export function stateOf(
  run: Pick<CheckRun | WorkflowRun, "status" | "conclusion"> | undefined,
): MachineView["state"] {
  if (run === undefined) return "never";
  if (run.status !== "completed") return "running";
  return run.conclusion === "success" ? "success" : "failure";
}
