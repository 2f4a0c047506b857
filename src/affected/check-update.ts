import type { CheckRun, CommitStatus } from "../domain/checks/facts.ts";
import type { CheckUpdate } from "../domain/checks/update.ts";
import { actorOf } from "../github/read/account.ts";
import type { Payload } from "./payload.ts";

const runStates: readonly string[] = [
  "queued",
  "in_progress",
  "completed",
  "waiting",
  "requested",
  "pending",
];
const statusStates: readonly string[] = ["error", "failure", "pending", "success"];

/** What the payload tells of a check; null when it lacks something, so that only reading can tell. */
export function updateFromRun({ check_run: run }: Payload): CheckUpdate | null {
  const suite = run?.check_suite;
  const status = run?.status ?? "";
  if (!run?.id || !run.name || !run.app?.slug || !suite?.id || !runStates.includes(status)) return null;
  return {
    kind: "run",
    run: {
      id: run.id,
      name: run.name,
      app: run.app.slug,
      suite: suite.id,
      status: status as CheckRun["status"],
      conclusion: run.conclusion ?? null,
      url: run.details_url ?? run.html_url ?? "",
    },
    suite: {
      id: suite.id,
      app: run.app.slug,
      status: suite.status ?? "queued",
      conclusion: suite.conclusion ?? null,
      runs: 1,
    },
  };
}

export function updateFromSuite({ check_suite: suite }: Payload): CheckUpdate | null {
  if (!suite?.id || !suite.app?.slug || !suite.status) return null;
  const runs = suite.latest_check_runs_count;
  if (runs === undefined) return null;
  return {
    kind: "suite",
    suite: {
      id: suite.id,
      app: suite.app.slug,
      status: suite.status,
      conclusion: suite.conclusion ?? null,
      runs,
    },
  };
}

export function updateFromStatus({
  id,
  context,
  state,
  sender,
  description,
  target_url: url,
}: Payload): CheckUpdate | null {
  // The creator stands nowhere in the payload but as the sender.
  if (!id || !context || !state || !statusStates.includes(state) || !sender) return null;
  return {
    kind: "status",
    status: {
      id,
      context,
      state: state as CommitStatus["state"],
      creator: actorOf(sender),
      description: description ?? "",
      url: url ?? "",
    },
  };
}

export function updateFromWorkflow({ workflow_run: run }: Payload): CheckUpdate | null {
  if (!run?.id || !run.path || !run.check_suite_id || !run.status || !run.run_attempt || !run.run_number)
    return null;
  return {
    kind: "workflow",
    workflow: {
      id: run.id,
      // A reusable or required workflow's path ends with `@<ref>`.
      path: run.path.replace(/@.*$/, ""),
      name: run.name ?? "",
      suite: run.check_suite_id,
      status: run.status,
      conclusion: run.conclusion ?? null,
      attempt: run.run_attempt,
      number: run.run_number,
      url: run.html_url ?? "",
    },
  };
}
