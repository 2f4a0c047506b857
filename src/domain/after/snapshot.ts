import { afterMerge } from "../config/phases.ts";
import { emptyLedger, type Ledger } from "../ledger.ts";
import type { Read } from "../problem.ts";
import type { DeploymentWanted, Snapshot } from "../snapshot.ts";
import { emptyFollowUp, type FollowUp, type Incident, type Merge } from "./merge.ts";

/** The follow-up issue as GitHub has it. */
export interface IssueFacts {
  readonly number: number;
  readonly url: string;
  readonly body: string;
  readonly state: "open" | "closed";
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly assignees: readonly string[];
}

/** What is known after a merge. Parts that are null were not read yet. */
export interface MergedSnapshot {
  /** The pull request. */
  readonly pull: Snapshot;
  readonly desk: Desk | null;
  /** Issues that tell of an incident of this release. */
  readonly incidents: Read<readonly Incident[]> | null;
}

/** The place where people work after the merge. */
export interface Desk {
  /** Null: it is not opened yet, or gone. */
  readonly issue: IssueFacts | null;
  /** It was deleted or moved away: nobody works there any more. */
  readonly gone: boolean;
  /** The issue in place of the description, and the merge commit in place of the head. */
  readonly snapshot: Snapshot;
}

export const noRecordYet = (merge: Merge): FollowUp => merge.followUp ?? emptyFollowUp(merge.at);

/** The record of the follow-up as one of a pull request, so that the same code reads and changes it. */
export function deskLedger(merge: Merge, pull: number): Ledger {
  const { items, echoes, moves, lines, comments } = noRecordYet(merge);
  return { ...emptyLedger(pull), release: true, items, echoes, moves, lines, comments };
}

/** What of it belongs into the record of the follow-up. */
export const fromDeskLedger = ({
  items,
  echoes,
  moves,
  lines,
  comments,
}: Ledger): Pick<FollowUp, "items" | "echoes" | "moves" | "lines" | "comments"> => ({
  items,
  echoes,
  moves,
  lines,
  comments,
});

/** Where the release is deployed to after the merge, by the items that say so. */
export function watchedBy({ config }: Snapshot, { after }: Merge): readonly DeploymentWanted[] {
  if (!("checklist" in config)) return [];
  return afterMerge(config.checklist.items).flatMap((item) =>
    item.kind === "deployment" && after.includes(item.id)
      ? [{ environment: item.deployment.environment, by: item.deployment.by }]
      : [],
  );
}

/** Whether items of the phase `deploy` apply to the release. */
export const deploysBy = ({ config }: Snapshot, { after }: Merge): boolean =>
  "checklist" in config &&
  config.checklist.items.some(({ id, phase }) => phase === "deploy" && after.includes(id));
