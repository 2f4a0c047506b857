import { decideChanged } from "../checks/changed.ts";
import { decideCheck } from "../checks/decide.ts";
import type { Outcome } from "../checks/outcome.ts";
import type { ChangedItem, CheckItem } from "../config/checklist.ts";
import type { ItemState } from "../decision.ts";
import type { Problem } from "../problem.ts";
import type { Snapshot } from "../snapshot.ts";
import type { Needs } from "./circumstances.ts";

/** How an item stands that the app decides itself; what cannot be read is not green. */
export function stateAutomatedItem(
  item: CheckItem | ChangedItem,
  snapshot: Snapshot,
  needs: Needs,
  workflows: boolean,
): ItemState {
  const outcome =
    item.kind === "check"
      ? checkOutcome(item, snapshot, needs, workflows)
      : changedOutcome(item, snapshot, needs);
  if (outcome.state === "green")
    return {
      item,
      state: "done",
      box: true,
      summary: outcome.summary,
      reason: null,
      evidence: outcome.evidence,
      notes: [],
    };
  const failed = outcome.state === "failed";
  return {
    item,
    state: failed ? "failed" : "waiting",
    box: false,
    summary: outcome.summary,
    reason: {
      item: item.id,
      short: `${item.id} ${outcome.summary}`,
      long: `${item.title}: ${outcome.diagnosis || outcome.summary}`,
      failed,
    },
    evidence: outcome.evidence,
    notes: [],
  };
}

/** A caution does not keep an item from being green; the check says it. */
export function cautionOf(item: CheckItem, snapshot: Snapshot): string | null {
  return snapshot.checks?.ok ? decide(item, snapshot, snapshot.checks.value).caution : null;
}

/** The files as well: a result is to be read with care when the pull request changes the workflow behind it. */
function checkOutcome(item: CheckItem, snapshot: Snapshot, needs: Needs, workflows: boolean): Outcome {
  if (snapshot.files === null) needs.add({ kind: "files" });
  if (snapshot.checks === null) {
    needs.add({ kind: "checks", workflows });
    return pending;
  }
  return snapshot.checks.ok
    ? decide(item, snapshot, snapshot.checks.value)
    : unreadable(snapshot.checks.problem);
}

const decide = (item: CheckItem, snapshot: Snapshot, facts: Parameters<typeof decideCheck>[1]): Outcome =>
  decideCheck(item.check, facts, {
    ownApp: snapshot.app.slug,
    headSha: snapshot.pull.head.sha,
    pullAuthor: snapshot.pull.author,
    ...(snapshot.files?.ok ? { changedPaths: snapshot.files.value.paths } : {}),
  });

function changedOutcome(item: ChangedItem, snapshot: Snapshot, needs: Needs): Outcome {
  if (snapshot.files === null) {
    needs.add({ kind: "files" });
    return pending;
  }
  return decideChanged(item.changed, snapshot.files);
}

const pending: Outcome = {
  state: "unknown",
  summary: "not read yet",
  diagnosis: "",
  caution: null,
  evidence: [],
};

const unreadable = (problem: Problem): Outcome => ({
  state: "failed",
  summary: "cannot be read",
  diagnosis: `${problem.what} cannot be read: ${problem.why}`,
  caution: null,
  evidence: [],
});
