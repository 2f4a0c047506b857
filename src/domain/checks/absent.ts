import { sameName } from "../actor.ts";
import type { CheckRef } from "../config/checklist.ts";
import type { CheckContext } from "./context.ts";
import type { CommitStatus, WorkflowRun } from "./facts.ts";
import type { CheckIndex } from "./facts-index.ts";
import { nearNames } from "./near.ts";
import type { Evidence, Outcome } from "./outcome.ts";
import { actionsApp, botOf, isNameGlob, type Selection } from "./select.ts";
import { compare, link, list, oneLine, quote, short } from "./text.ts";

/** Why nothing on this commit counts for the item, and what to do. */
export function absent(
  ref: CheckRef,
  selection: Selection,
  index: CheckIndex,
  context: CheckContext,
): Omit<Outcome, "caution"> {
  const notCounted = remarks(ref, selection);
  if (notCounted.length > 0) {
    const wrongApp = selection.foreign.length > 0 || selection.discounted.some(isBot);
    return {
      state: "unknown",
      summary: wrongApp ? "from the wrong app" : "set by a person",
      diagnosis: notCounted.join(" "),
      evidence: [
        ...selection.foreign.flatMap((run) => link(`${run.name} (${run.app})`, run.url)),
        ...selection.discounted.flatMap((status) =>
          link(`${status.context} (${status.creator?.login ?? "unknown"})`, status.url),
        ),
      ]
        .sort(byLabel)
        .slice(0, 3),
    };
  }
  const held = runsWorkflows(ref) ? index.workflows.filter(awaitsApproval) : [];
  const help = remedy(ref, held, context);
  if (context.ranOn !== undefined) {
    return {
      state: "waiting",
      summary: "only on an older commit",
      diagnosis: `${subject(ref)} ran on ${context.ranOn}, and has not started on ${short(context.headSha)}. ${help || "Where it does not start by itself, run it for this commit."}`,
      evidence: [],
    };
  }
  const near = nearNames(wanted(ref), candidates(ref, selection, index, context.ownApp));
  const hint = near.length > 0 ? `Did you mean ${list(near.map(quote), "or")}?` : "";
  return {
    state: "waiting",
    summary: "never started",
    diagnosis: [`${missing(ref, selection)} on ${short(context.headSha)}.`, hint, help]
      .filter(Boolean)
      .join(" "),
    evidence: held
      .flatMap((run) => link(run.name || run.path, run.url))
      .sort(byLabel)
      .slice(0, 3),
  };
}

/** Reports of the right name that do not count; said as long as the item is not green. */
export function remarks(ref: CheckRef, selection: Selection): readonly string[] {
  const { foreign, discounted } = selection;
  const said: string[] = [];
  const apps = [
    ...foreign.map((run) => run.app),
    ...discounted.filter(isBot).map((status) => status.creator?.login.replace(/\[bot\]$/, "") ?? ""),
  ];
  if (apps.length > 0) {
    said.push(`${subject(ref)} was reported by ${names(apps)}, but only ${quote(ref.app ?? "")} counts.`);
  }
  const people = discounted.filter((status) => !isBot(status));
  if (people.length > 0) {
    const logins = people.map((status) => status.creator?.login ?? "ghost");
    said.push(
      `A commit status ${subject(ref)} was set by ${names(logins)}, but people's statuses count only when "by" names them.`,
    );
  }
  return said;
}

const isBot = (status: { readonly creator: { readonly kind: string } | null }): boolean =>
  status.creator?.kind === "bot";

/** Different names, in order, the first three of them. */
export function names(all: readonly string[]): string {
  const different = [...new Set(all)].sort(compare);
  const shown = different.slice(0, 3).map(quote);
  return list(different.length > 3 ? [...shown, `${different.length - 3} more`] : shown);
}

/** The item's check in words. */
export function subject(ref: CheckRef): string {
  if (ref.name === undefined) return oneLine(ref.workflow ?? "");
  return ref.workflow === undefined ? quote(ref.name) : `${quote(ref.name)} of ${oneLine(ref.workflow)}`;
}

function missing(ref: CheckRef, selection: Selection): string {
  if (ref.workflow !== undefined && selection.workflows.length === 0) {
    return `The workflow ${oneLine(ref.workflow)} has no run`;
  }
  const kind = ref.name !== undefined && isNameGlob(ref.name) ? "matches" : "is named";
  const where = ref.workflow === undefined ? "" : ` in ${oneLine(ref.workflow)}`;
  const source = ref.app === undefined || ref.workflow !== undefined ? "" : ` from ${quote(ref.app)}`;
  return `No check${source}${where} ${kind} ${quote(ref.name ?? "")}`;
}

const runsWorkflows = (ref: CheckRef): boolean => ref.app === undefined || sameName(ref.app, actionsApp);

function remedy(ref: CheckRef, held: readonly WorkflowRun[], context: CheckContext): string {
  if (!runsWorkflows(ref)) {
    return ref.workflow === undefined
      ? ""
      : `Workflows are run by ${quote(actionsApp)}: take "app" out, or name that one.`;
  }
  if (held.length > 0) {
    return `Workflow runs wait for an approval (${names(held.map((run) => run.name || run.path))}): approve them on the pull request's page.`;
  }
  if (sameName(context.pullAuthor.login, botOf(actionsApp))) {
    return "GitHub starts no workflows for a pull request that was opened with GITHUB_TOKEN: close and reopen it, or let an app's token open it.";
  }
  return "";
}

export const awaitsApproval = (run: {
  readonly status: string;
  readonly conclusion: string | null;
}): boolean =>
  run.status === "waiting" || (run.status === "completed" && run.conclusion === "action_required");

const byLabel = (a: Evidence, b: Evidence): number => compare(`${a.label} ${a.url}`, `${b.label} ${b.url}`);

const wanted = (ref: CheckRef): string => ref.name ?? ref.workflow?.split("/").at(-1) ?? "";

/** What the item may have meant: workflow files, jobs of its workflow, or whatever reports on the commit. */
function candidates(ref: CheckRef, selection: Selection, index: CheckIndex, ownApp: string): string[] {
  if (ref.workflow !== undefined && selection.workflows.length === 0) {
    return index.workflows.map((run) => run.path.split("/").at(-1) ?? run.path);
  }
  const counts = (run: { app: string }) =>
    !sameName(run.app, ownApp) && (ref.app === undefined || sameName(run.app, ref.app));
  if (ref.workflow !== undefined) {
    return selection.workflows.flatMap((workflow) =>
      (index.runsBySuite.get(workflow.suite) ?? []).filter(counts).map((run) => run.name),
    );
  }
  const runs = [...index.runsByName].filter(([, found]) => found.some(counts)).map(([name]) => name);
  const own = (status: CommitStatus) => sameName(status.creator?.login ?? "", botOf(ownApp));
  const statuses = [...index.statusesByContext]
    .filter(([, found]) => !found.every(own))
    .map(([name]) => name);
  return [...runs, ...statuses];
}
