import type { Actor } from "../domain/actor.ts";
import type { Checklist, Party } from "../domain/config/checklist.ts";
import type { Edit } from "../domain/edit.ts";
import type { Read } from "../domain/problem.ts";
import type { FileList, History, Pull } from "../domain/snapshot.ts";
import { type ChecksReading, readChecks } from "../github/read/checks.ts";
import { compare } from "../github/read/compare.ts";
import { readFiles } from "../github/read/files.ts";
import { readHistory } from "../github/read/history.ts";
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
  /** Null: nothing in the description is to be explained, as far as is known. */
  readonly history: Promise<Read<History>> | null;
}

/**
 * Asks at once for what a look will most likely need: of the head that an event named, and of the people who edited.
 * A wrong guess costs these reads and nothing else. Null where nothing is known to guess from.
 */
export function readAhead(context: ObserveContext, work: Work, facts: Facts | null): Ahead | null {
  if (facts === null || facts.kind !== "release" || !("checklist" in facts.snapshot.config)) return null;
  const { checklist } = facts.snapshot.config;
  askForPeople(context, work.edits, checklist);
  const head = newerHead(work, facts.snapshot.pull);
  return head === null ? null : readHeadAhead(context, work, facts, head, false);
}

/**
 * Asks for what a new head leads to, before its commit is known. Null: memory knows this head, or nothing of the rules.
 *
 * @param unexplained The description changed, and no known edit tells how.
 */
export function readHeadAhead(
  context: ObserveContext,
  work: Work,
  facts: Facts,
  head: string,
  unexplained: boolean,
): Ahead | null {
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
    history: unexplained ? readHistory(octokit, name, number) : null,
  };
  // Who made those edits is asked for as soon as their names are there.
  const told = ahead.history?.then((history) => {
    if (history.ok) askForPeople(context, history.value.edits, checklist);
  });
  const left = unexplained ? [pull.head.sha] : [];
  const signedAt = commitsOfSignatures(work, facts, head, left);
  ignoreFaults([
    ahead.checks,
    ahead.files,
    told ?? Promise.resolve(),
    ...signedAt.map((sha) => readCommit(octokit, name, sha, context.commits)),
    ...signedAt.map((sha) => compare(octokit, name, sha, head, context.comparisons)),
  ]);
  return ahead;
}

/** So many older commits are compared ahead. */
const mostCompared = 5;

/** Where sign-offs were made that stand, or will by these edits: the check tells what came since. */
function commitsOfSignatures(
  { edits }: Work,
  { snapshot }: Facts,
  head: string,
  left: readonly string[],
): readonly string[] {
  const items = Object.values(snapshot.own.ledger?.items ?? {});
  const signed = items.flatMap(({ signs }) => signs.map(({ sha }) => sha));
  const ticked = edits.flatMap((edit) => (changedItems(edit).size > 0 && edit.head ? [edit.head] : []));
  return [...new Set([...signed, ...ticked, ...left])]
    .filter((sha) => sha.length === head.length && sha !== head)
    .slice(-mostCompared);
}

/** The head that an event named, unless what is remembered is newer than the event. */
function newerHead({ head, left, edits }: Work, known: Pull): string | null {
  if (head === null || head === known.head.sha) return null;
  const later = edits.some((edit) => edit.head === head && edit.at > known.updatedAt);
  return left.includes(known.head.sha) || later ? head : null;
}

/** Their rights are remembered, so that deciding finds them there. */
export function askForPeopleAhead(context: ObserveContext, work: Work, facts: Facts): void {
  if (facts.kind === "release" && "checklist" in facts.snapshot.config)
    askForPeople(context, work.edits, facts.snapshot.config.checklist);
}

function askForPeople(
  { octokit, name, people }: ObserveContext,
  edits: readonly Edit[],
  checklist: Checklist,
): void {
  const editors = new Map<string, { readonly actor: Actor; readonly teams: Set<string> }>();
  for (const edit of edits) {
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
