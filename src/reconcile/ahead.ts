import type { Actor } from "../domain/actor.ts";
import type { Checklist, Party } from "../domain/config/checklist.ts";
import type { Read } from "../domain/problem.ts";
import type { FileList } from "../domain/snapshot.ts";
import { type ChecksReading, readChecks } from "../github/read/checks.ts";
import { readFiles } from "../github/read/files.ts";
import { readCommit } from "../github/read/pull.ts";
import type { Work } from "../queue/queue.ts";
import type { ObserveContext } from "./context.ts";
import type { Facts } from "./memory.ts";

/** What is read of a new head while the pull request itself is still being read. */
export interface Ahead {
  /** Full SHA of the head that an event named. */
  readonly head: string;
  readonly checks: Promise<ChecksReading>;
  readonly files: Promise<Read<FileList>>;
}

/**
 * Asks at once for what a look will most likely need: of the head that an event named, and of the people who edited.
 * A wrong guess costs these reads and nothing else. Null where nothing is known to guess from.
 */
export function readAhead(context: ObserveContext, work: Work, facts: Facts | null): Ahead | null {
  if (facts === null || facts.kind !== "release" || !("checklist" in facts.snapshot.config)) return null;
  const { checklist } = facts.snapshot.config;
  askForPeople(context, work, checklist);
  const { head } = work;
  if (head === null || head === facts.snapshot.pull.head.sha) return null;
  const checks = checklist.items.flatMap((item) => (item.kind === "check" ? [item.check] : []));
  if (checks.length === 0) return null;
  const { octokit, name, number, app, commits } = context;
  const workflows = checks.some(({ workflow }) => workflow !== undefined);
  const ahead: Ahead = {
    head,
    checks: readChecks(octokit, name, { sha: head, appId: app.id, workflows }),
    files: readFiles(octokit, name, number),
  };
  ignoreFaults([ahead.checks, ahead.files, readCommit(octokit, name, head, commits)]);
  return ahead;
}

/** Their rights are remembered, so that deciding finds them there. */
function askForPeople({ octokit, name, people }: ObserveContext, work: Work, checklist: Checklist): void {
  const teams = [
    ...new Set(
      checklist.items.flatMap((item) => ("signers" in item ? item.signers.from.flatMap(teamOf) : [])),
    ),
  ];
  const editors = new Map<string, Actor>();
  for (const { by } of work.edits) if (by?.kind === "person") editors.set(by.login.toLowerCase(), by);
  ignoreFaults(
    [...editors.values()].map((actor) => people.read(octokit, name, { actor, teams, fresh: false })),
  );
}

const teamOf = (party: Party): string[] =>
  party.type === "team" ? [`${party.org}/${party.slug}`.toLowerCase()] : [];

/** Whoever needs the answer asks again, and hears of the fault. */
function ignoreFaults(promises: readonly Promise<unknown>[]): void {
  for (const promise of promises) promise.catch(() => {});
}
