import { releasedOutcome, taggedOutcome } from "../after/published.ts";
import { waitOutcome } from "../after/wait.ts";
import { decideChanged } from "../checks/changed.ts";
import { decideCheck } from "../checks/decide.ts";
import type { Outcome } from "../checks/outcome.ts";
import type { AutomatedItem, ChangedItem, CheckItem, DeploymentItem, Item } from "../config/checklist.ts";
import type { ItemState } from "../decision.ts";
import { commitsToCompare, decideDeployment } from "../deployments/decide.ts";
import type { Problem } from "../problem.ts";
import { deploymentsKey, type Snapshot } from "../snapshot.ts";
import { decideWindow } from "../windows/decide.ts";
import type { Needs } from "./circumstances.ts";
import { inCharge } from "./in-charge.ts";
import { ranOn } from "./ran.ts";

export interface AutomatedContext {
  readonly snapshot: Snapshot;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly needs: Needs;
  /** Some item names a workflow. */
  readonly workflows: boolean;
}

export const isAutomated = (item: Item): item is AutomatedItem =>
  item.kind !== "manual" && item.kind !== "notify";

/** How an item stands that the app decides itself; what cannot be read is not green. */
export function stateAutomatedItem(item: AutomatedItem, context: AutomatedContext): ItemState {
  const outcome = outcomeOf(item, context);
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
export function cautionOf(item: AutomatedItem, context: AutomatedContext): string | null {
  const { snapshot } = context;
  if (item.kind === "check" && !snapshot.checks?.ok) return null;
  return outcomeOf(item, context).caution;
}

/** Milliseconds until an item has to be decided again although nothing was told; null: never. */
export const againOf = (item: Item, { snapshot, now, needs }: AutomatedContext): number | null =>
  item.kind === "window"
    ? decideWindow(item.window, now).again
    : item.kind === "wait"
      ? waitOutcome(item.wait, snapshot, now, needs).again
      : null;

function outcomeOf(item: AutomatedItem, { snapshot, now, needs, workflows }: AutomatedContext): Outcome {
  switch (item.kind) {
    case "check":
      return checkOutcome(item, snapshot, needs, workflows);
    case "changed":
      return changedOutcome(item, snapshot, needs);
    case "deployment":
      return deploymentOutcome(item, snapshot, needs);
    case "assigned":
      return assignedOutcome(snapshot);
    case "window":
      return decideWindow(item.window, now);
    case "tag":
      return taggedOutcome(item.tag, snapshot, needs);
    case "release":
      return releasedOutcome(item.release, snapshot, needs);
    case "wait":
      return waitOutcome(item.wait, snapshot, now, needs).outcome;
  }
}

/** The files as well: a result is to be read with care when the pull request changes the workflow behind it. */
/** How the checks that an item names stand; what is waited for and what cannot count are told apart. */
export const standingOf = (item: CheckItem, snapshot: Snapshot): Outcome["state"] | null =>
  snapshot.checks?.ok ? decide(item, snapshot, snapshot.checks.value).state : null;

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

const decide = (
  { check }: CheckItem,
  snapshot: Snapshot,
  facts: Parameters<typeof decideCheck>[1],
): Outcome => {
  const earlier = ranOn(check, snapshot);
  return decideCheck(check, facts, {
    ownApp: snapshot.app.slug,
    headSha: snapshot.pull.head.sha,
    pullAuthor: snapshot.pull.author,
    ...(earlier === undefined ? {} : { ranOn: earlier }),
    ...(snapshot.files?.ok ? { changedPaths: snapshot.files.value.paths } : {}),
  });
};

function changedOutcome(item: ChangedItem, snapshot: Snapshot, needs: Needs): Outcome {
  if (snapshot.files === null) {
    needs.add({ kind: "files" });
    return pending;
  }
  return decideChanged(item.changed, snapshot.files);
}

function deploymentOutcome({ deployment }: DeploymentItem, snapshot: Snapshot, needs: Needs): Outcome {
  const { environment, by } = deployment;
  const facts = snapshot.deployments.get(deploymentsKey(deployment));
  if (facts === undefined) {
    needs.add({ kind: "deployments", environment, by });
    return pending;
  }
  if (!facts.ok) return unreadable(facts.problem);
  const { comparisons } = snapshot;
  const headSha = snapshot.pull.head.sha;
  for (const sha of commitsToCompare(facts.value, headSha))
    if (!comparisons.has(sha)) needs.add({ kind: "comparison", sha });
  return decideDeployment(deployment, facts.value, {
    headSha,
    comparisons,
    orLater: snapshot.follow !== undefined,
  });
}

function assignedOutcome({ pull }: Snapshot): Outcome {
  const people = inCharge(pull);
  return people === null
    ? {
        ...pending,
        summary: "nobody is assigned",
        diagnosis: "Assign the pull request to whoever is in charge of the release.",
      }
    : { ...pending, state: "green", summary: `${people} in charge` };
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
