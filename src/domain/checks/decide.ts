import type { CheckRef } from "../config/checklist.ts";
import { absent, names, remarks } from "./absent.ts";
import { caution } from "./caution.ts";
import type { CheckContext } from "./context.ts";
import type { CheckFacts } from "./facts.ts";
import { indexChecks } from "./facts-index.ts";
import type { Outcome } from "./outcome.ts";
import { type Part, partsOf, severity, sourcesByName } from "./parts.ts";
import { type Selection, select } from "./select.ts";
import { link, list } from "./text.ts";

/**
 * Whether a check is green: at least one run matches, and every matching run, the newest of its name, app and check
 * suite, is accepted; a workflow's runs are all completed and accepted, and so are their jobs; and for a glob the
 * suites that hold a match are completed. Everything else is not green, and says why.
 */
export function decideCheck(ref: CheckRef, facts: CheckFacts, context: CheckContext): Outcome {
  const index = indexChecks(facts);
  const selection = select(ref, index, context.ownApp);
  const parts = partsOf(ref, selection, index);
  const warning = caution(ref, selection, index, context.changedPaths ?? []);
  const worst = parts[0];
  const holdsBack = worst !== undefined && worst.state !== "green";
  if (worst === undefined || (!holdsBack && !matchesAny(ref, selection))) {
    return { ...absent(ref, selection, index, context), caution: warning };
  }
  return {
    state: worst.state,
    summary: summarise(parts, worst),
    diagnosis: holdsBack ? [diagnose(parts, worst), ...notes(ref, selection)].join(" ") : "",
    caution: warning,
    evidence: evidence(parts),
  };
}

/** A workflow's end alone answers no item that names one of its jobs. */
export function matchesAny(ref: CheckRef, selection: Selection): boolean {
  if (selection.runs.length + selection.statuses.length > 0) return true;
  return ref.name === undefined && selection.workflows.length > 0;
}

function summarise(parts: readonly Part[], worst: Part): string {
  const main = parts.filter((part) => part.role === "main");
  const green = main.filter((part) => part.state === "green").length;
  if (main.length < 2 && (worst.role === "main" || main.length === 0)) return worst.word;
  const blamed = main.some((part) => severity(part) === severity(worst));
  if (worst.role === "side" && (green === main.length || !blamed)) {
    const alike = parts.filter((part) => part.role === "side" && part.word === worst.word);
    return alike.length > 1 ? `${worst.word} (${alike.length} jobs)` : worst.word;
  }
  if (worst.state !== "failed") return `${green} of ${main.length} green`;
  const failed = main.filter((part) => part.state === "failed");
  const word = failed.every((part) => part.word === worst.word) ? worst.word : "not accepted";
  return `${failed.length} of ${main.length} ${word}`;
}

/** Names the parts that are worst: the rest may well change with them. */
function diagnose(parts: readonly Part[], worst: Part): string {
  const alike = parts.filter((part) => severity(part) === severity(worst));
  const shown = alike.slice(0, 3).map((part) => `${part.name} ${part.says}`);
  const more = alike.length - shown.length;
  const sentence = `${list(more > 0 ? [...shown, `${more} more`] : shown)}.`;
  return worst.remedy ? `${sentence} ${worst.remedy}` : sentence;
}

function notes(ref: CheckRef, selection: Selection): readonly string[] {
  const ambiguous = [...sourcesByName(selection)].filter(([, sources]) => sources.size > 1);
  const first = ambiguous.sort(([a], [b]) => (a < b ? -1 : 1))[0];
  const clash =
    first && ref.app === undefined
      ? [`It is reported by ${names([...first[1]])}, and all of them count: pin one with "app".`]
      : [];
  return [...clash, ...remarks(ref, selection)];
}

const maxEvidence = 5;

/** What stands against it, or else what speaks for it. */
function evidence(parts: readonly Part[]): Outcome["evidence"] {
  const against = parts.filter((part) => part.state !== "green");
  const shown = against.length > 0 ? against : parts.filter((part) => part.role === "main");
  return shown.slice(0, maxEvidence).flatMap((part) => link(part.label, part.url));
}
