import type { Actor } from "../../domain/actor.ts";
import type { Party } from "../../domain/config/checklist.ts";
import type { Edit } from "../../domain/edit.ts";
import type { Read } from "../../domain/problem.ts";
import { leftBy } from "../../domain/push.ts";
import type { FileList, History, Person, Pull } from "../../domain/snapshot.ts";
import { type ChecksReading, readChecks } from "../../github/read/checks.ts";
import { compare } from "../../github/read/compare.ts";
import { readFiles } from "../../github/read/files.ts";
import { readHistory } from "../../github/read/history.ts";
import { readCommit } from "../../github/read/pull.ts";
import type { Work } from "../../queue/queue.ts";
import type { Facts } from "../memory/memory.ts";
import type { ObserveContext } from "./context.ts";
import { parseEarly } from "./parse-early.ts";

/** What is read of a new head while the pull request itself is still being read. */
export interface Ahead {
  /** Full SHA of the head that an event named. */
  readonly head: string;
  readonly checks: Promise<ChecksReading>;
  /** Null: the pull request was already read, and its head most likely tells them. */
  readonly files: Promise<Read<FileList>> | null;
  /** Null: nothing in the description is to be explained, as far as is known. */
  readonly history: Promise<Read<History>> | null;
  /** Who made the edits that the history tells. */
  readonly people: Promise<readonly Person[]>;
  /** Full SHAs of older commits that the head was compared with. */
  readonly signedAt: readonly string[];
}

const none: Promise<readonly Person[]> = Promise.resolve([]);

/**
 * Asks at once for what the head that an event named will most likely lead to. A wrong guess costs these reads and
 * nothing else. Null where nothing is known to guess from.
 */
export function readAhead(context: ObserveContext, work: Work, facts: Facts | null): Ahead | null {
  const head = facts === null ? null : newerHead(work, facts.snapshot.pull);
  return facts === null || head === null
    ? null
    : readHeadAhead(context, work, facts, head, { known: false, unexplained: false });
}

/**
 * Asks for what a new head leads to, before its commit is known. Null: memory knows this head, or nothing of the rules.
 *
 * @param pull Whether the pull request is known by now, and its description changed although no known edit tells how.
 */
export function readHeadAhead(
  context: ObserveContext,
  work: Work,
  facts: Facts,
  head: string,
  { known, unexplained }: { readonly known: boolean; readonly unexplained: boolean },
): Ahead | null {
  const { config, pull } = facts.snapshot;
  if (facts.kind !== "release" || !("checklist" in config) || head === pull.head.sha) return null;
  const checks = config.checklist.items.flatMap((item) => (item.kind === "check" ? [item.check] : []));
  if (checks.length === 0) return null;
  const { octokit, name, number, app } = context;
  const workflows = checks.some(({ workflow }) => workflow !== undefined);
  const history = unexplained ? readHistory(octokit, name, number) : null;
  const left = unexplained ? [pull.head.sha] : [];
  const ahead: Ahead = {
    head,
    checks: readChecks(octokit, name, { sha: head, appId: app.id, workflows }),
    files: known ? null : readFiles(octokit, name, number),
    history,
    // Who made those edits is asked for as soon as their names are there.
    people: history === null ? none : history.then((read) => readEditors(context, read, facts)),
    signedAt: commitsOfSignatures(work, facts, head, left),
  };
  ignoreFaults([
    ahead.checks,
    ...(ahead.files === null ? [] : [ahead.files]),
    ahead.people,
    ...ahead.signedAt.map((sha) => readCommit(octokit, name, sha, context.commits)),
    ...ahead.signedAt.map((sha) => compare(octokit, name, sha, head, context.comparisons)),
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
function newerHead({ head, pushes, edits }: Work, known: Pull): string | null {
  if (head === null || head === known.head.sha) return null;
  const later = edits.some((edit) => edit.head === head && edit.at > known.updatedAt);
  return leftBy(pushes).includes(known.head.sha) || later ? head : null;
}

function readEditors(context: ObserveContext, read: Read<History>, facts: Facts): typeof none {
  if (!read.ok) return none;
  const { edits } = read.value;
  const people = readPeopleAhead(context, edits, facts);
  parseEarly(edits.flatMap(({ from, to }) => [to, from]));
  return people;
}

/** The rights of those who ticked, as far as the checklist is known; those who only wrote prose need none. */
export async function readPeopleAhead(
  { octokit, name, people }: ObserveContext,
  edits: readonly Edit[],
  facts: Facts | null,
): Promise<readonly Person[]> {
  if (facts?.kind !== "release" || !("checklist" in facts.snapshot.config)) return none;
  const { items } = facts.snapshot.config.checklist;
  const editors = new Map<string, { readonly actor: Actor; readonly teams: Set<string> }>();
  for (const edit of edits) {
    const changed = edit.by?.kind === "person" ? changedItems(edit) : noItems;
    if (edit.by === null || changed.size === 0) continue;
    const login = edit.by.login.toLowerCase();
    const editor = editors.get(login) ?? { actor: edit.by, teams: new Set() };
    for (const item of items)
      if ("signers" in item && changed.has(item.id))
        for (const team of item.signers.from.flatMap(teamOf)) editor.teams.add(team);
    editors.set(login, editor);
  }
  const asked = [...editors.values()].map(({ actor, teams }) =>
    people.read(octokit, name, { actor, teams: [...teams], fresh: false }),
  );
  // Where it cannot be read, deciding asks again, and hears of the fault.
  return (await Promise.allSettled(asked)).flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
}

const noItems: ReadonlySet<string> = new Set();

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
