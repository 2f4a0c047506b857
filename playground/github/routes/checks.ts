import {
  createRun,
  newestRuns,
  type RunFields,
  rerequestRun,
  rerequestSuite,
  updateRun,
} from "../actions/checks.ts";
import { forbidden, notFound, unprocessable } from "../errors.ts";
import { runJson, suiteJson } from "../json/check.ts";
import type { Annotation, CheckRun, CheckSuite, Json } from "../model.ts";
import type { RepoCall } from "../router.ts";
import { appOf, checkFields, created, ok, page, type Routes, text } from "../routing.ts";

const MOST_OUTPUT = 65_535;
const MOST_ANNOTATIONS = 50;
const STATUSES = ["queued", "in_progress", "completed", "waiting", "requested", "pending"];
const CONCLUSIONS = [
  "action_required",
  "cancelled",
  "failure",
  "neutral",
  "success",
  "skipped",
  "stale",
  "timed_out",
];

const invalid = (message: string) => unprocessable(`Invalid request.\n\n${message}`);

function checkOutput(output: Json): NonNullable<RunFields["output"]> {
  checkFields(
    output,
    { title: "string", summary: "string", text: "string", annotations: "array", images: "array" },
    ["summary"],
  );
  for (const key of ["summary", "text"]) {
    const length = text(output, key)?.length ?? 0;
    if (length > MOST_OUTPUT)
      throw invalid(`Only ${MOST_OUTPUT} characters are allowed in output.${key}; ${length} were supplied.`);
  }
  if (text(output, "title") === undefined) throw invalid('"title" wasn\'t supplied.');
  const annotations = (output.annotations ?? []) as Annotation[];
  if (annotations.length > MOST_ANNOTATIONS) {
    throw invalid(`No more than ${MOST_ANNOTATIONS} items are allowed; ${annotations.length} were supplied.`);
  }
  for (const annotation of annotations) {
    for (const key of ["path", "start_line", "end_line", "annotation_level", "message"] as const) {
      if (annotation[key] === undefined) throw invalid(`"${key}" wasn't supplied.`);
    }
  }
  return output as NonNullable<RunFields["output"]>;
}

const limits = { label: 20, description: 40, identifier: 20 } as const;

function checkActions(actions: unknown[]): CheckRun["actions"] {
  if (actions.length > 3) throw invalid(`No more than 3 items are allowed; ${actions.length} were supplied.`);
  for (const action of actions as Json[]) {
    checkFields(
      action,
      { label: "string", description: "string", identifier: "string" },
      Object.keys(limits),
    );
    for (const [key, most] of Object.entries(limits)) {
      if ((text(action, key)?.length ?? 0) > most)
        throw invalid(`actions.${key} is too long (maximum is ${most} characters)`);
    }
  }
  return actions as CheckRun["actions"];
}

const kinds = {
  name: "string",
  details_url: "string",
  external_id: "string",
  status: "string",
  started_at: "string",
  conclusion: "string",
  completed_at: "string",
  output: "object",
  actions: "array",
} as const;

/** What may be written of a check run, as the actions take it. */
function fieldsOf(body: Json): Partial<RunFields> {
  const status = text(body, "status");
  const conclusion = text(body, "conclusion");
  if (status !== undefined && !STATUSES.includes(status))
    throw invalid(`"${status}" is not a member of ${JSON.stringify(STATUSES)}.`);
  if (conclusion !== undefined && !CONCLUSIONS.includes(conclusion)) {
    throw invalid(`"${conclusion}" is not a member of ${JSON.stringify(CONCLUSIONS)}.`);
  }
  if (conclusion === "stale") throw invalid("stale is set by GitHub only.");
  if (status === "completed" && conclusion === undefined) throw invalid('"conclusion" wasn\'t supplied.');
  const time = (key: string) => {
    const value = text(body, key);
    if (value !== undefined && Number.isNaN(Date.parse(value)))
      throw invalid(`"${value}" is not a valid date-time.`);
    return value === undefined ? undefined : `${new Date(value).toISOString().slice(0, 19)}Z`;
  };
  const fields = {
    name: text(body, "name"),
    detailsUrl: text(body, "details_url"),
    externalId: text(body, "external_id"),
    status,
    conclusion,
    startedAt: time("started_at"),
    completedAt: time("completed_at"),
    output: body.output ? checkOutput(body.output as Json) : undefined,
    actions: Array.isArray(body.actions) ? checkActions(body.actions) : undefined,
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

export function checkRoutes(routes: Routes): void {
  const { world } = routes;
  const read = { needs: [["checks", "read"]] } as const;
  const write = { needs: [["checks", "write"]], role: "write" } as const;
  const runOf = (call: RepoCall): CheckRun => {
    const run = call.repo.checkRuns.get(Number(call.params.id));
    if (!run) throw notFound();
    return run;
  };
  const suiteOf = (call: RepoCall): CheckSuite => {
    const suite = call.repo.suites.get(Number(call.params.id));
    if (!suite) throw notFound();
    return suite;
  };

  routes.repo("POST", "/check-runs", write, (call) => {
    const app = appOf(call);
    checkFields(call.body, { ...kinds, head_sha: "string" }, ["name", "head_sha"]);
    const fields = fieldsOf(call.body);
    const sha = text(call.body, "head_sha") as string;
    if (!call.repo.objects.commits.has(sha)) throw unprocessable(`No commit found for SHA: ${sha}`);
    const run = createRun(world, call.repo, app, { ...fields, name: fields.name as string, sha }, call.actor);
    return created(runJson(world, run));
  });

  routes.repo("GET", "/check-runs/{id}", read, (call) => ok(runJson(world, runOf(call))));

  routes.repo("PATCH", "/check-runs/{id}", write, (call) => {
    const app = appOf(call);
    const run = runOf(call);
    checkFields(call.body, kinds);
    if (run.app !== app)
      throw forbidden(
        `Invalid app_id \`${app.id}\` - check run can only be modified by the GitHub App that created it.`,
      );
    updateRun(world, run, fieldsOf(call.body), call.actor);
    return ok(runJson(world, run));
  });

  routes.repo("GET", "/check-runs/{id}/annotations", read, (call) =>
    page(call, runOf(call).annotations, (annotation) => annotation),
  );

  routes.repo("POST", "/check-runs/{id}/rerequest", write, (call) => {
    rerequestRun(world, runOf(call), call.actor);
    return created({});
  });

  routes.repo("GET", "/check-suites/{id}", read, (call) => ok(suiteJson(world, suiteOf(call))));

  routes.repo("POST", "/check-suites/{id}/rerequest", write, (call) => {
    rerequestSuite(world, suiteOf(call), call.actor);
    return created({});
  });

  routes.repo("GET", "/check-suites/{id}/check-runs", read, (call) => {
    const name = call.query.get("check_name");
    const all = suiteOf(call).runs;
    const latest = call.query.get("filter") === "all" ? all : newestRuns(all);
    const runs = latest.filter((run) => name === null || run.name === name).sort((a, b) => b.id - a.id);
    return page(call, runs, (run) => runJson(world, run), "check_runs");
  });
}
