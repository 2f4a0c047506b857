import type { BlockModel } from "../block/model.ts";
import type { Checklist } from "../config/checklist.ts";
import { againOf, isAutomated } from "../decide/automated-item.ts";
import { blockModel } from "../decide/block-model.ts";
import type { Needs } from "../decide/circumstances.ts";
import { handleComments } from "../decide/commands/handle.ts";
import { hear, statesOf } from "../decide/hear.ts";
import type { ItemState, Reply } from "../decision.ts";
import { hash } from "../hash.ts";
import type { Ledger } from "../ledger.ts";
import type { Snapshot } from "../snapshot.ts";
import { followUpChecklist, retrospectiveId } from "./checklist.ts";
import { withIncidents } from "./incidents.ts";
import { type FollowUp, type Merge, outcomeOf, outcomeWords } from "./merge.ts";
import { isDone, successBy, withOutcomes } from "./outcome.ts";
import { type Desk, deskLedger, fromDeskLedger, noRecordYet } from "./snapshot.ts";
import { runningSince } from "./wait.ts";

/** After so long without any progress, whoever is in charge is reminded. */
const patience = 24 * 3_600_000;

/** What the follow-up issue is to be. */
export interface FollowUpDecided {
  readonly items: readonly ItemState[];
  readonly block: BlockModel;
  /** Its text outside the block; null: it is not opened yet. */
  readonly description: string | null;
  /** The record of it, as one of a pull request. */
  readonly ledger: Ledger;
  readonly replies: readonly Reply[];
  /** What is still to be done, in sentences. */
  readonly open: readonly string[];
  /** What is to happen with the issue itself. */
  readonly turn: "open" | "close" | "reopen" | "settle" | null;
  /** Whom to remind, and of what; null: nobody. */
  readonly remind: boolean;
}

export interface Followed {
  readonly merge: Merge;
  /** Who asked for the final status to be sent again. */
  readonly again: string | null;
  /** The end depends on whether the final status is out, or will not go out by itself any more. */
  finish(told: boolean): {
    readonly merge: Merge;
    readonly followUp: FollowUpDecided;
    readonly due: number | null;
  };
}

/** How the follow-up stands, and what is to become of its issue. */
export function decideFollowUp(
  checklist: Checklist,
  before: Merge,
  desk: Desk,
  now: number,
  needs: Needs,
): Followed {
  const { snapshot, issue } = desk;
  const record = deskLedger(before, snapshot.pull.number);
  // What is said of the outcome decides what is asked.
  const first = followUpChecklist(checklist, before);
  const { outcomes, incidents, again } = handleComments(first, record, snapshot, needs, "follow-up");
  let merge = withOutcomes(withIncidents(before, incidents), outcomes);
  let heard = hear(followUpChecklist(checklist, merge), record, snapshot, needs, "follow-up");

  const statesIn = (wanted: Checklist, seen: Snapshot): readonly ItemState[] => {
    const workflows = wanted.items.some((item) => item.kind === "check" && item.check.workflow !== undefined);
    return statesOf(wanted.items, heard, () => true, { snapshot: seen, now, needs, workflows });
  };
  const watching = withRunning(
    snapshot,
    (seen) => statesIn(followUpChecklist(checklist, merge), seen),
    now,
    needs,
  );
  const statesFor = (wanted: Checklist): readonly ItemState[] => statesIn(wanted, watching);
  let final = followUpChecklist(checklist, merge);
  const success = successBy(merge, statesFor(final), heard.ledger.items, now);
  if (success !== null) {
    merge = { ...merge, outcomes: [...merge.outcomes, success] };
    final = followUpChecklist(checklist, merge);
    heard = hear(final, record, snapshot, needs, "follow-up");
  }
  const items = statesFor(final);
  const running = watching.follow?.running ?? {};
  const context = { snapshot: watching, now, needs, workflows: false };

  return {
    merge,
    again,
    finish(told) {
      const rolledBack = outcomeOf(merge)?.status === "rolled-back";
      const open = items.filter(
        (state) => !isDone(state) && !(rolledBack && state.item.id !== retrospectiveId),
      );
      const finished = outcomeOf(merge) !== null && open.length === 0 && told;
      const previous = noRecordYet(merge);
      const standing = hash(
        JSON.stringify([items.map(({ item, state }) => [item.id, state]), merge.outcomes]),
      );
      const progressAt = standing === previous.standing ? previous.progressAt : new Date(now).toISOString();
      const turn = turnOf(desk, previous, finished);
      const idle = Date.parse(progressAt) + patience - now;
      // Time passes by itself: nobody has to be reminded of it.
      const lies = issue?.state === "open" && !finished && open.some(({ item }) => item.kind !== "wait");
      const watched = lies && previous.remindedAt === null;
      const due = [
        ...(watched && idle > 0 ? [idle] : []),
        ...items.flatMap(({ item }) => againOf(item, context) ?? []),
      ];
      return {
        merge: {
          ...merge,
          followUp: {
            ...previous,
            ...fromDeskLedger(heard.ledger),
            issue: issue?.number ?? previous.issue,
            url: issue?.url ?? previous.url,
            running,
            standing,
            progressAt,
          },
        },
        followUp: {
          items,
          block: modelOf(final, items, heard, merge, snapshot),
          description: issue === null ? null : heard.description,
          ledger: heard.ledger,
          replies: heard.commanded.replies,
          open: open.map(({ item, reason }) => reason?.long ?? item.title),
          turn,
          remind: watched && idle <= 0,
        },
        due: due.length === 0 ? null : Math.min(...due),
      };
    },
  };
}

/** With since when the release runs where it is deployed to, and since when the deployment is done. */
function withRunning(
  snapshot: Snapshot,
  states: (seen: Snapshot) => readonly ItemState[],
  now: number,
  needs: Needs,
): Snapshot {
  const { follow } = snapshot;
  if (follow === undefined) return snapshot;
  const { deploy, ...running } = runningSince(follow.watched, snapshot, needs);
  const seen = { ...snapshot, follow: { ...follow, running } };
  const deploying = states(seen).filter(({ item }) => item.phase === "deploy" && item.kind !== "wait");
  if (deploying.length === 0 || !deploying.every(isDone)) return seen;
  const since = deploy ?? new Date(now).toISOString();
  return { ...snapshot, follow: { ...follow, running: { ...running, deploy: since } } };
}

/** People may close it before the end, and reopen it after: that is theirs. */
function turnOf({ issue }: Desk, { closedAt }: FollowUp, finished: boolean): FollowUpDecided["turn"] {
  if (issue === null) return "open";
  if (finished) return closedAt !== null ? null : issue.state === "open" ? "close" : "settle";
  return closedAt !== null && issue.state === "closed" ? "reopen" : null;
}

/** Behind what the app decides stands how it is, since there is no check to look it up in. */
function modelOf(
  checklist: Checklist,
  items: readonly ItemState[],
  { answers }: ReturnType<typeof hear>,
  merge: Merge,
  snapshot: Snapshot,
): BlockModel {
  const model = blockModel(checklist, items, answers, snapshot);
  const standing = new Map(
    // Why an item was set aside stands below it.
    items.flatMap(({ item, summary, state }) =>
      isAutomated(item) && state !== "waived" ? [[item.id, summary] as const] : [],
    ),
  );
  return {
    ...model,
    remarks: remarksOf(merge),
    sections: model.sections.map((section) => ({
      ...section,
      items: section.items.map((item) => ({ ...item, signers: standing.get(item.id) ?? item.signers })),
    })),
  };
}

function remarksOf(merge: Merge): readonly string[] {
  const outcome = outcomeOf(merge);
  return [
    outcome === null
      ? "Outcome: not known yet. It is successful when every item is done; or comment `/checklist outcome successful`, `rolled-back` or `follow-up`, with a note behind it."
      : `Outcome: ${outcomeWords[outcome.status]}${outcome.by === null ? "" : `, by @${outcome.by}`}, ${outcome.at.slice(0, 16).replace("T", " ")} UTC${outcome.note === null ? "" : `: ${outcome.note}`}`,
    ...(outcome?.status === "rolled-back"
      ? ["It was rolled back, so of what is open only the questions are still asked."]
      : []),
    ...merge.incidents.map(({ link }) => `Incident: ${link}`),
  ];
}
