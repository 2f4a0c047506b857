import { leftBy } from "../../domain/push.ts";
import {
  type Ask,
  checklistOf,
  deploymentsKey,
  type Need,
  type OwnRuns,
  type Snapshot,
} from "../../domain/snapshot.ts";
import { readChecks } from "../../github/read/checks.ts";
import { readPull } from "../../github/read/pull.ts";
import type { Work } from "../../queue/queue.ts";
import type { ObserveContext } from "./context.ts";
import { type OwnSearch, readOwn } from "./own.ts";
import { isSameCommit } from "./same-commit.ts";
import { satisfyOne } from "./satisfy.ts";
import { workflowsWanted } from "./wanted.ts";

/**
 * The same observation once more, nothing remembered, all at once: what a gate may open on. A ledger that is newer
 * than GitHub's stays, since it holds receipts that are still to be written.
 *
 * @param isOwnKnown Our own runs on this head are known, since nobody else may write them now.
 */
export async function observeAfresh(
  context: ObserveContext,
  before: Snapshot,
  work: Work,
  isOwnKnown = false,
): Promise<Snapshot> {
  const { octokit, name, number, app } = context;
  const needs: Need[] = [
    ...(before.contributors === null ? [] : [{ kind: "contributors" as const }]),
    ...deploymentsWanted(before),
    ...[...before.people.values()].map((person) => ({
      kind: "person" as const,
      actor: person.actor,
      teams: [...person.teams.keys()],
    })),
    { kind: "history" },
    { kind: "comments" },
  ];
  const search: OwnSearch = { left: leftBy(work.pushes), search: "if-missing" };
  const readAt = context.now();
  const wants = { sha: before.pull.head.sha, appId: app.id, workflows: workflowsWanted(before) };
  const reading = before.checks === null ? null : readChecks(octokit, name, wants);
  const [{ pull, repo, configFiles }, config, checks, own, ...changes] = await Promise.all([
    readPull(octokit, name, number, context.commits, before.pull.head.sha),
    context.configs.read(octokit, before.repo, context.started),
    reading,
    // Our own runs stand in the list of the checks; where older heads are to be visited, both are read at once.
    isOwnKnown
      ? before.own
      : reading === null || work.pushes.length > 0
        ? readOwn(context, before.pull, search)
        : reading.then((listed) =>
            readOwn(context, before.pull, {
              ...search,
              ...(listed.own.ok ? { onHead: listed.own.value } : {}),
            }),
          ),
    ...needs.map((need) => satisfyOne(context, before, need, true)),
  ]);
  const ask: Ask = { comments: true, history: true, announce: before.ask.announce };
  // The same two commits differ in the same files.
  const sameFiles = isSameCommit(before.pull, pull) && before.pull.base.sha === pull.base.sha;
  const empty = {
    ...before,
    pull,
    readAt,
    repo,
    ask,
    people: new Map(),
    activity: null,
    checks: null,
    files: sameFiles ? before.files : null,
    configFiles,
    migrations: sameFiles ? before.migrations : null,
    // A release that was published meanwhile makes the range only smaller, and that can wait.
    range: sameFiles ? before.range : null,
    scope: sameFiles ? before.scope : null,
    contributors: null,
    deployments: new Map(),
  };
  if (!isSameCommit(before.pull, pull))
    return {
      ...empty,
      config,
      own: await readOwn(context, pull, { ...search, search: "always" }),
      comparisons: new Map(),
      history: null,
      comments: null,
    };
  const newer = (before.own.ledger?.revision ?? 0) > (own.ledger?.revision ?? 0);
  const snapshot: Snapshot = {
    ...empty,
    config,
    checks: checks?.checks ?? null,
    own: { ...own, ledger: newer ? before.own.ledger : own.ledger, stale: allStale(own, before.own) },
  };
  return changes.reduce((current, change) => change(current), snapshot);
}

/** Older heads are visited only where events may have been lost: what was found there is still to be superseded. */
const allStale = (own: OwnRuns, before: OwnRuns): OwnRuns["stale"] => {
  const known = new Set(own.stale.map(({ id }) => id));
  return [...own.stale, ...before.stale.filter(({ id }) => !known.has(id))];
};

/** Those that were asked for before: an item that does not apply asks for none. */
const deploymentsWanted = ({ config, deployments }: Snapshot): Need[] =>
  (checklistOf(config)?.items ?? []).flatMap((item) =>
    item.kind === "deployment" && deployments.has(deploymentsKey(item.deployment))
      ? [{ kind: "deployments" as const, ...item.deployment }]
      : [],
  );
