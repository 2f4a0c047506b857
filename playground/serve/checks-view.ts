import { newestStatuses } from "../github/actions/statuses.ts";
import type { PullHandle, RepoHandle } from "../github/index.ts";
import type { CheckRun, RequiredCheck, Status } from "../github/model.ts";
import { requiredChecks } from "../github/rules.ts";
import type { CheckView } from "./view.ts";

/** The list of checks as GitHub's page shows it: the app's own first, then what is required, then the rest. */
export function checksOf(repo: RepoHandle, pull: PullHandle, appId: number): CheckView[] {
  const required = requiredChecks(repo.record, pull.base);
  const isRequired = (name: string, app: number | null): boolean =>
    required.some((one) => one.name === name && (one.appId === null || one.appId === app));
  const runs = newestRuns(repo.record.checkRunsBySha.get(pull.headSha) ?? []).map((run) =>
    ofRun(run, run.app.id === appId, isRequired(run.name, run.app.id)),
  );
  const statuses = newestStatuses(repo.record, pull.headSha).map((status) =>
    ofStatus(status, isRequired(status.context, status.app?.id ?? null)),
  );
  const shown = [...runs, ...statuses];
  const missing = required
    .filter(({ name }) => !shown.some((check) => check.required && check.name === name))
    .map(expected);
  const rank = ({ ours, required }: CheckView): number =>
    ours && required ? 0 : ours ? 1 : required ? 2 : 3;
  return [...missing, ...shown].sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
}

/** The newest run of each name and app. */
function newestRuns(runs: readonly CheckRun[]): CheckRun[] {
  const newest = new Map<string, CheckRun>();
  for (const run of runs) {
    const key = `${run.app.id} ${run.name}`;
    const known = newest.get(key);
    if (known === undefined || known.id < run.id) newest.set(key, run);
  }
  return [...newest.values()];
}

const ofConclusion: Readonly<Record<string, CheckView["state"]>> = {
  success: "success",
  neutral: "neutral",
  skipped: "neutral",
  action_required: "waiting",
};

function stateOf({ status, conclusion }: CheckRun): CheckView["state"] {
  if (conclusion !== null) return ofConclusion[conclusion] ?? "failure";
  return status === "queued" ? "queued" : "running";
}

function ofRun(run: CheckRun, ours: boolean, required: boolean): CheckView {
  const { id, name, app, status, conclusion, output, annotations, actions } = run;
  return {
    id,
    name,
    by: app.slug,
    ours,
    required,
    state: stateOf(run),
    word: conclusion ?? status,
    title: output.title ?? "",
    summary: output.summary ?? "",
    text: ours ? (output.text ?? "") : "",
    annotations: annotations.map(({ path, start_line, annotation_level, message }) => ({
      path,
      line: start_line,
      level: annotation_level,
      message,
    })),
    actions: actions.map(({ label, description, identifier }) => ({ label, description, id: identifier })),
  };
}

const ofStatusState: Readonly<Record<Status["state"], CheckView["state"]>> = {
  success: "success",
  pending: "running",
  failure: "failure",
  error: "failure",
};

const ofStatus = (status: Status, required: boolean): CheckView => ({
  ...nothing,
  id: status.id,
  name: status.context,
  by: status.app?.slug ?? status.creator.login,
  required,
  state: ofStatusState[status.state],
  word: status.state,
  title: status.description ?? "",
});

const expected = ({ name }: RequiredCheck): CheckView => ({
  ...nothing,
  name,
  required: true,
  state: "expected",
  word: "expected",
  title: "Waiting for status to be reported",
});

const nothing = {
  id: null,
  by: "",
  ours: false,
  summary: "",
  text: "",
  annotations: [],
  actions: [],
} satisfies Partial<CheckView>;
