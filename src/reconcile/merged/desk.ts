import { followUpMarker } from "../../domain/after/marker.ts";
import type { Merge } from "../../domain/after/merge.ts";
import { type Desk, deploysBy, deskLedger, type IssueFacts, watchedBy } from "../../domain/after/snapshot.ts";
import type { Snapshot } from "../../domain/snapshot.ts";
import { findIssue, readIssue } from "../../github/read/issues.ts";
import { readCommit } from "../../github/read/pull.ts";
import type { Work } from "../../queue/queue.ts";
import type { Remembered } from "../memory/memory.ts";
import { newEdits, recentAmong } from "../memory/seen.ts";
import type { ObserveContext } from "../observe/context.ts";

/** What this process remembers of a follow-up stands under a name of its own. */
export const deskName = (pull: string): string => `${pull}+follow-up`;

/** The follow-up as it is now, or as it is before it is opened. */
export async function observeDesk(
  context: ObserveContext,
  pull: Snapshot,
  merge: Merge,
  work: Work,
  remembered: Remembered,
): Promise<Desk> {
  const { octokit, name, number, app, commits, now } = context;
  const known = merge.followUp?.issue ?? null;
  const marker = followUpMarker(number, merge.sha);
  const readAt = now();
  const [issue, { tree }] = await Promise.all([
    known === null
      ? findIssue(octokit, name, app.slug, { marker, since: merge.at })
      : readIssue(octokit, name, known),
    readCommit(octokit, name, merge.sha, commits),
  ]);
  return {
    issue,
    gone: known !== null && issue === null,
    snapshot: deskSnapshot({ pull, merge, issue, tree, readAt, work, remembered }),
  };
}

interface Parts {
  readonly pull: Snapshot;
  readonly merge: Merge;
  readonly issue: IssueFacts | null;
  /** Of the merge commit. */
  readonly tree: string;
  readonly readAt: number;
  readonly work: Work;
  readonly remembered: Remembered;
}

/** The issue in place of the description, the merge commit in place of the head. */
function deskSnapshot({ pull: release, merge, issue, tree, readAt, work, remembered }: Parts): Snapshot {
  const { pull } = release;
  const edits = newEdits(work.issueEdits, remembered.told);
  const swept = work.why.includes("sweep");
  return {
    ...release,
    readAt,
    pull: {
      ...pull,
      url: issue?.url ?? pull.url,
      body: issue?.body ?? "",
      createdAt: issue?.createdAt ?? merge.at,
      updatedAt: issue?.updatedAt ?? merge.at,
      head: { ...pull.head, sha: merge.sha },
      tree,
      assignees: issue?.assignees ?? pull.assignees,
    },
    own: { ...release.own, ledger: deskLedger(merge, pull.number) },
    ask: {
      comments:
        issue !== null && (swept || work.fresh || work.why.some((why) => why.startsWith("issue_comment."))),
      history:
        issue !== null &&
        (remembered.historyAt === null || (swept && remembered.historyAt !== issue.updatedAt)),
      announce: [],
    },
    edits,
    recent: recentAmong(edits, remembered),
    written: remembered.written,
    explained: remembered.explained,
    links: remembered.told,
    checks: null,
    history: null,
    comments: null,
    comparisons: new Map(),
    deployments: new Map(),
    follow: {
      issue: issue?.number ?? 0,
      mergedAt: merge.at,
      watched: watchedBy(release, merge),
      deploys: deploysBy(release, merge),
      running: merge.followUp?.running ?? {},
      tags: null,
      releases: null,
    },
  };
}
