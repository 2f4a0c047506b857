import type { Actor } from "../domain/actor.ts";
import type { Checklist, Party } from "../domain/config/checklist.ts";
import type { Edit } from "../domain/edit.ts";
import type { Read } from "../domain/problem.ts";
import type { FileList, Pull } from "../domain/snapshot.ts";
import { type ChecksReading, readChecks } from "../github/read/checks.ts";
import { readFiles } from "../github/read/files.ts";
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
  const head = newerHead(work, facts.snapshot.pull);
  return head === null ? null : readHeadAhead(context, facts, head);
}

/** Asks for what a new head leads to, before its commit is known. Null: memory knows this head, or nothing of the rules. */
export function readHeadAhead(context: ObserveContext, facts: Facts, head: string): Ahead | null {
  const { config, pull } = facts.snapshot;
  if (facts.kind !== "release" || !("checklist" in config) || head === pull.head.sha) return null;
  const { checklist } = config;
  const checks = checklist.items.flatMap((item) => (item.kind === "check" ? [item.check] : []));
  if (checks.length === 0) return null;
  const { octokit, name, number, app } = context;
  const workflows = checks.some(({ workflow }) => workflow !== undefined);
  const ahead: Ahead = {
    head,
    checks: readChecks(octokit, name, { sha: head, appId: app.id, workflows }),
    files: readFiles(octokit, name, number),
  };
  ignoreFaults([ahead.checks, ahead.files]);
  return ahead;
}

/** The head that an event named, unless what is remembered is newer than the event. */
function newerHead({ head, left, edits }: Work, known: Pull): string | null {
  if (head === null || head === known.head.sha) return null;
  const later = edits.some((edit) => edit.head === head && edit.at > known.updatedAt);
  return left.includes(known.head.sha) || later ? head : null;
}

/** Their rights are remembered, so that deciding finds them there. */
function askForPeople({ octokit, name, people }: ObserveContext, work: Work, checklist: Checklist): void {
  const editors = new Map<string, { readonly actor: Actor; readonly teams: Set<string> }>();
  for (const edit of work.edits) {
    if (edit.by?.kind !== "person") continue;
    const login = edit.by.login.toLowerCase();
    const editor = editors.get(login) ?? { actor: edit.by, teams: new Set() };
    const changed = changedItems(edit);
    for (const item of checklist.items)
      if ("signers" in item && changed.has(item.id))
        for (const team of item.signers.from.flatMap(teamOf)) editor.teams.add(team);
    editors.set(login, editor);
  }
  ignoreFaults(
    [...editors.values()].map(({ actor, teams }) =>
      people.read(octokit, name, { actor, teams: [...teams], fresh: false }),
    ),
  );
}

/** Items whose line an edit changed: a guess by the look of the text, which is enough to ask ahead. */
function changedItems({ from, to }: Edit): ReadonlySet<string> {
  const before = new Set(from.split("\n"));
  const changed = to.split("\n").filter((line) => !before.has(line));
  return new Set(changed.flatMap((line) => /<!-- item:([^@\s]+)/.exec(line)?.[1] ?? []));
}

const teamOf = (party: Party): string[] =>
  party.type === "team" ? [`${party.org}/${party.slug}`.toLowerCase()] : [];

/** Whoever needs the answer asks again, and hears of the fault. */
function ignoreFaults(promises: readonly Promise<unknown>[]): void {
  for (const promise of promises) promise.catch(() => {});
}
