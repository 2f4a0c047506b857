import { BEGIN } from "../../domain/block/markers.ts";
import { type CheckUpdate, withUpdate } from "../../domain/checks/update.ts";
import type { Read } from "../../domain/problem.ts";
import { leftBy } from "../../domain/push.ts";
import {
  type Ask,
  type Comparison,
  type FileList,
  nothingRead,
  type Person,
  type Pull,
  type Repo,
  type Snapshot,
} from "../../domain/snapshot.ts";
import { orAbsent } from "../../github/errors.ts";
import { readChecks } from "../../github/read/checks.ts";
import { readFiles } from "../../github/read/files.ts";
import { type PullFacts, readPull } from "../../github/read/pull.ts";
import { type Later, mergeWork, nothingLater, type Work } from "../../queue/queue.ts";
import type { Facts, Remembered } from "../memory/memory.ts";
import { newEdits, recentAmong } from "../memory/seen.ts";
import { type Ahead, readAhead, readHeadAhead, readPeopleAhead } from "./ahead.ts";
import type { ObserveContext } from "./context.ts";
import { isShownIn, type PullRead } from "./overtaken.ts";
import { inherited, noRuns, type OwnSearch, readOwn } from "./own.ts";
import { parseEarly } from "./parse-early.ts";
import { isSameCommit } from "./same-commit.ts";
import { compare } from "./satisfy.ts";
import { wantsChecks, workflowsWanted } from "./wanted.ts";

const isSweep = (work: Work): boolean => work.why.includes("sweep");

/** What is remembered of a new pull request is of one that another repository of this name had. */
const isNew = (work: Work): boolean => work.why.includes("pull_request.opened");

/** Something was deployed, or a deployment ended. */
const wasDeployed = (work: Work): boolean => work.why.some((why) => why.startsWith("deployment"));

/** Comments are read when one was written, and where there are any also when it is time to look for missed or left ones. */
const asksForComments = (work: Work, hasComments: boolean): boolean =>
  work.why.some((why) => why.startsWith("issue_comment.")) ||
  (hasComments &&
    (work.fresh ||
      work.why.some((why) => /^(again|sweep|pull_request\.(opened|reopened)|installation.*)$/.test(why))));

export interface Observed {
  readonly snapshot: Snapshot;
  /** What this look covers: the given work, and what came since that the pull request showed already. */
  readonly work: Work;
}

/**
 * What every look starts with: the pull request as it is, and what is remembered of the rest where that may do. Null
 * when the pull request, or its repository, is gone.
 */
export async function observe(
  context: ObserveContext,
  given: Work,
  remembered: Remembered,
  facts: Facts | null,
  later: Later = nothingLater,
): Promise<Observed | null> {
  const { octokit, name, number } = context;
  const recalled = given.fresh || isSweep(given) || isNew(given) ? null : facts;
  let work = given;
  const people = [readPeopleAhead(context, given.edits, recalled)];
  let ahead = readAhead(context, given, recalled);
  const expected = ahead?.head ?? recalled?.snapshot.pull.head.sha ?? null;
  const readAt = context.now();
  const onPull = (read: PullRead): void => {
    const came = later.waiting();
    if (came !== null && isShownIn(read, came)) {
      later.take();
      work = mergeWork(given, came);
    }
    parseEarly([read.body, ...work.edits.flatMap(({ from, to }) => [to, from])]);
    if (recalled === null) return;
    if (work !== given) people.push(readPeopleAhead(context, work.edits, recalled));
    if (ahead?.head === read.head) return;
    const unexplained = !isExplained(read.body, work, remembered);
    ahead = readHeadAhead(context, work, recalled, read.head, { known: true, unexplained });
  };
  parseEarly(given.edits.flatMap(({ from, to }) => [to, from]));
  const found = await orAbsent(() => readPull(octokit, name, number, context.commits, expected, onPull));
  if (found === null) return null;
  return {
    snapshot: await observeRest(context, { ...found, readAt, work, remembered, recalled, ahead, people }),
    work,
  };
}

/** Whether it is known how the description came to be what it is. */
const isExplained = (body: string, { edits }: Work, { explained, written }: Remembered): boolean =>
  body === explained?.seen.body ||
  explained?.writes.some(({ wrote }) => wrote === body) ||
  edits.some(({ to }) => to === body) ||
  written.some(({ wrote }) => wrote === body);

interface Found extends PullFacts {
  readonly readAt: number;
  readonly work: Work;
  readonly remembered: Remembered;
  readonly recalled: Facts | null;
  readonly ahead: Ahead | null;
  readonly people: readonly Promise<readonly Person[]>[];
}

async function observeRest(context: ObserveContext, found: Found): Promise<Snapshot> {
  const { octokit } = context;
  const { pull, repo, hasComments, configFiles, readAt, work, remembered, recalled, ahead, people } = found;
  const ask: Ask = {
    comments: asksForComments(work, hasComments),
    history: remembered.historyAt === null || (isSweep(work) && remembered.historyAt !== pull.updatedAt),
    announce: work.pressed,
  };
  const empty = {
    ...emptySnapshot(context, { pull, readAt, repo, ask, work, remembered }),
    configFiles,
  };
  if (pull.state === "closed") return empty;
  const config = await context.configs.read(octokit, repo, work.fresh ? context.started : null);
  if (recalled !== null && isSameCommit(recalled.snapshot.pull, pull)) {
    const { own, checks, files, migrations, contributors, comparisons, range, scope } = recalled.snapshot;
    const deployments = wasDeployed(work) ? empty.deployments : recalled.snapshot.deployments;
    return {
      ...empty,
      people: peopleOf(await Promise.all(people)),
      config,
      own,
      checks: updated(checks, work, pull),
      files,
      migrations,
      contributors,
      comparisons,
      deployments,
      range,
      scope,
    };
  }
  const guessed = ahead?.head === pull.head.sha ? ahead : null;
  const search = searchFor(work, pull);
  const head = await readHead(context, { ...empty, config }, recalled, search, guessed, found.files);
  const [history, compared, ...editors] = await Promise.all([
    // What a guess could not read is asked for again if it is needed.
    guessed?.history?.catch(() => null) ?? null,
    comparedAhead(context, pull, guessed?.signedAt ?? []),
    ...people,
    guessed?.people ?? [],
  ]);
  return {
    ...empty,
    config,
    ...head,
    history,
    comparisons: new Map(compared),
    people: peopleOf(editors),
  };
}

async function comparedAhead(
  context: ObserveContext,
  { head, tree }: Pull,
  signedAt: readonly string[],
): Promise<[string, Read<Comparison>][]> {
  const compared = signedAt.map(async (sha): Promise<[string, Read<Comparison>]> => {
    return [sha, await compare(context, sha, { sha: head.sha, tree })];
  });
  return (await Promise.allSettled(compared)).flatMap((one) =>
    one.status === "fulfilled" ? [one.value] : [],
  );
}

/** By login; what was asked of one person at several times is put together. */
function peopleOf(asked: readonly (readonly Person[])[]): Snapshot["people"] {
  const people = new Map<string, Person>();
  for (const person of asked.flat()) {
    const login = person.actor.login.toLowerCase();
    const teams = new Map([...(people.get(login)?.teams ?? []), ...person.teams]);
    people.set(login, { ...person, teams });
  }
  return people;
}

/** Our runs and the checks of a commit that was not looked at before, with as few requests as will do. */
async function readHead(
  context: ObserveContext,
  snapshot: Snapshot,
  recalled: Facts | null,
  search: OwnSearch,
  ahead: Ahead | null,
  changed: FileList | null,
): Promise<Pick<Snapshot, "own" | "checks" | "files">> {
  const { pull } = snapshot;
  const before = recalled?.snapshot.own ?? null;
  const known = search.search === "never" || before !== null;
  if (!known || !wantsChecks(snapshot)) {
    const own = await readOwn(context, pull, before === null ? search : { left: [], search: "never" });
    return { own: inherited(own, before), checks: null, files: null };
  }
  // Our own runs stand in the list of the checks.
  const { octokit, name, app } = context;
  const workflows = workflowsWanted(snapshot);
  const wants = { sha: pull.head.sha, appId: app.id, workflows };
  // Checklists with checks always ask for the files, to see whether a workflow is changed.
  const [reading, files] = await Promise.all([
    ahead?.checks ?? readChecks(octokit, name, wants),
    changed === null
      ? (ahead?.files ?? readFiles(octokit, name, context.number))
      : { ok: true as const, value: changed },
  ]);
  const onHead = reading.own.ok ? { onHead: reading.own.value } : {};
  const own = await readOwn(context, pull, { left: [], search: "never", ...onHead });
  return { own: inherited(own, before), checks: reading.checks, files };
}

interface Parts {
  readonly pull: Pull;
  readonly readAt: number;
  readonly repo: Repo;
  readonly ask: Ask;
  readonly work: Work;
  readonly remembered: Remembered;
}

function emptySnapshot(
  { app, targets }: ObserveContext,
  { pull, readAt, repo, ask, work, remembered }: Parts,
): Snapshot {
  const fresh = newEdits(work.edits, remembered.told);
  return {
    app,
    repo,
    pull,
    readAt,
    ask,
    targets,
    config: { kind: "none" },
    own: noRuns,
    edits: fresh.map((edit) => ({ ...edit, told: remembered.explained?.writes.length ?? 0 })),
    pushes: work.pushes,
    recent: recentAmong([...fresh, ...(remembered.explained?.edits ?? [])], remembered),
    written: remembered.written,
    explained: remembered.explained,
    links: remembered.told,
    ...nothingRead,
  };
}

/** Null when memory and events contradict each other: then the checks are read. */
function updated(checks: Snapshot["checks"], work: Work, pull: Pull): Snapshot["checks"] {
  if (checks === null || !checks.ok) return null;
  const updates: readonly CheckUpdate[] = work.updates.flatMap(({ sha, update }) =>
    sha === pull.head.sha ? [update] : [],
  );
  let facts = checks.value;
  for (const update of updates) {
    const next = withUpdate(facts, update);
    if (next === null) return null;
    facts = next;
  }
  return { ok: true, value: facts };
}

/** Of one that was just opened there is no older record; but the event may come late, a second time, or after a sweep. */
function searchFor(work: Work, pull: Pull): OwnSearch {
  const only = work.why.length === 1 && work.why[0] === "pull_request.opened";
  const opened = only && pull.createdAt === pull.updatedAt && !pull.body.includes(BEGIN);
  const unsure = work.pushes.length > 0 || work.fresh || isSweep(work);
  return { left: leftBy(work.pushes), search: opened ? "never" : unsure ? "always" : "if-missing" };
}
