import type { CheckRef } from "../config/checklist.ts";
import type { CheckIndex } from "./facts-index.ts";
import { actionRequired, green, type Judgement, judge } from "./judge.ts";
import { isNameGlob, type Selection } from "./select.ts";
import { compare, oneLine, quote } from "./text.ts";

/** One thing that must be green for the item to be green. */
export interface Part extends Judgement {
  /** What the table counts: `main` ones are asked for by the item, `side` ones only hold it back. */
  readonly role: "main" | "side";
  /** As it stands in a sentence. */
  readonly name: string;
  /** As it stands on a link. */
  readonly label: string;
  readonly url: string;
}

/** Everything that must be green, in an order that does not depend on the order of the facts. Empty: nothing matches. */
export function partsOf(ref: CheckRef, selection: Selection, index: CheckIndex): readonly Part[] {
  const parts = [
    ...workflowParts(ref, selection),
    ...runParts(ref, selection),
    ...statusParts(ref, selection),
    ...suiteParts(ref, selection, index),
  ];
  return parts.sort((a, b) => severity(b) - severity(a) || compare(sortKey(a), sortKey(b)));
}

const rank = { green: 0, unknown: 1, waiting: 2, failed: 3 } as const;

/** Failed beats waiting beats unknown. */
export const severity = (part: Pick<Judgement, "state">): number => rank[part.state];

const sortKey = (part: Part): string => `${part.role} ${part.label} ${part.url} ${part.says}`;

/**
 * Every run of the workflow counts, for it may have been started twice on one commit (by `push` and by
 * `pull_request`). With a job's name the workflow need only have ended, so that no job of the name is still to come;
 * where it ended without such a job, its own result must do.
 */
function workflowParts(ref: CheckRef, selection: Selection): Part[] {
  const holding = new Set(ref.name === undefined ? [] : selection.runs.map((run) => run.suite));
  return selection.workflows.map((run) => {
    const label = `${run.path.split("/").at(-1)} #${run.number}`;
    const judgement =
      run.status === "completed" && holding.has(run.suite)
        ? green
        : judge(run.status, run.conclusion, ref.accept);
    return {
      // A whole workflow run asks for one action only: that a maintainer lets it start.
      ...(judgement === actionRequired ? judge("waiting", null, []) : judgement),
      role: ref.name === undefined ? "main" : "side",
      name: oneLine(label),
      label,
      url: run.url,
    };
  });
}

function runParts(ref: CheckRef, selection: Selection): Part[] {
  const sources = sourcesByName(selection);
  return selection.runs.map((run) => {
    const label = (sources.get(run.name)?.size ?? 0) > 1 ? `${run.name} (${run.app})` : run.name;
    return {
      ...judge(run.status, run.conclusion, ref.accept),
      // A job is part of the workflow run that the item names: it is counted only when it stands against it.
      role: ref.name === undefined ? "side" : "main",
      name: quote(label),
      label,
      url: run.url,
    };
  });
}

function statusParts(ref: CheckRef, selection: Selection): Part[] {
  const sources = sourcesByName(selection);
  return selection.statuses.map((status) => {
    const ambiguous = (sources.get(status.context)?.size ?? 0) > 1;
    const label = ambiguous ? `${status.context} (${status.creator?.login})` : status.context;
    const pending = status.state === "pending";
    return {
      ...judge(pending ? "pending" : "completed", pending ? null : status.state, ref.accept),
      role: "main",
      name: quote(label),
      label,
      url: status.url,
    };
  });
}

/** Jobs behind `needs`, and later ones of a matrix, have no run yet while the first ones are green. */
function suiteParts(ref: CheckRef, selection: Selection, index: CheckIndex): Part[] {
  if (ref.workflow !== undefined || ref.name === undefined || !isNameGlob(ref.name)) return [];
  const held = new Map(selection.runs.map((run) => [run.suite, run.app]));
  return [...held].flatMap(([id, app]): Part[] => {
    const completed = index.suiteCompleted.get(id);
    if (completed) return [];
    const label = `Suite of ${quote(app)}`;
    const common = { role: "side", name: label, label, url: "", remedy: "" } as const;
    return completed === false
      ? [
          {
            ...common,
            state: "waiting",
            says: "is not complete: more checks may follow",
            word: "more may follow",
          },
        ]
      : [
          {
            ...common,
            state: "unknown",
            says: "is not known, so more checks may follow",
            word: "incomplete",
          },
        ];
  });
}

/** By name: who reports it. More than one source is ambiguous, and all of them must be green. */
export function sourcesByName(selection: Selection): ReadonlyMap<string, ReadonlySet<string>> {
  const sources = new Map<string, Set<string>>();
  const add = (name: string, source: string) => {
    const known = sources.get(name);
    if (known) known.add(source);
    else sources.set(name, new Set([source]));
  };
  for (const run of selection.runs) add(run.name, run.app);
  for (const status of selection.statuses) {
    const login = status.creator?.login.toLowerCase() ?? "";
    add(status.context, status.creator?.kind === "bot" ? login.replace(/\[bot\]$/, "") : login);
  }
  return sources;
}
