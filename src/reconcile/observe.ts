import { type CheckUpdate, withUpdate } from "../domain/checks/update.ts";
import { checkName } from "../domain/decide/block-model.ts";
import type { Read } from "../domain/problem.ts";
import { leftBy } from "../domain/push.ts";
import {
  type Ask,
  type Comparison,
  checklistOf,
  deploymentsKey,
  type FileList,
  type Need,
  nothingRead,
  type OwnRuns,
  type Person,
  type Pull,
  type Repo,
  type Snapshot,
} from "../domain/snapshot.ts";
import { attempt, orAbsent } from "../github/errors.ts";
import { readChecks } from "../github/read/checks.ts";
import { readFiles } from "../github/read/files.ts";
import type { OwnRunFacts } from "../github/read/own-run.ts";
import { readOwnRuns } from "../github/read/own-runs.ts";
import { type PullFacts, readPull } from "../github/read/pull.ts";
import { type Later, mergeWork, nothingLater, type Work } from "../queue/queue.ts";
import { type Ahead, readAhead, readHeadAhead, readPeopleAhead } from "./ahead.ts";
import type { ObserveContext } from "./context.ts";
import type { Facts, Remembered } from "./memory.ts";
import { isShownIn, type PullRead } from "./overtaken.ts";
import { parseEarly } from "./parse-early.ts";
import { compare, satisfyOne } from "./satisfy.ts";
import { newEdits, recentAmong } from "./seen.ts";

const isSweep = (work: Work): boolean => work.why.includes("sweep");

/** What is remembered of a new pull request is of one that another repository of this name had. */
const isNew = (work: Work): boolean => work.why.includes("pull_request.opened");

/** Something was deployed, or a deployment ended. */
const wasDeployed = (work: Work): boolean => work.why.some((why) => why.startsWith("deployment"));

/** Comments are read when one was written, and where there are any also when it is time to look for missed ones. */
const asksForComments = (work: Work, hasComments: boolean): boolean =>
  work.why.some((why) => why.startsWith("issue_comment.")) ||
  (hasComments &&
    (work.fresh ||
      work.why.some((why) => /^(sweep|pull_request\.(opened|reopened)|installation.*)$/.test(why))));

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

/**
 * What is to be known of a merged pull request before anything is decided; null where it was no release, or another
 * one decided for its commit.
 */
export async function observeMerged(
  context: ObserveContext,
  observed: Snapshot,
  work: Work,
  facts: Facts | null,
): Promise<Snapshot | null> {
  const { octokit, configs, started } = context;
  const { pull, repo } = observed;
  const recalled =
    facts !== null && !work.fresh && isSameCommit(facts.snapshot.pull, pull) ? facts.snapshot : null;
  if (facts?.kind === "pass" && recalled !== null) return null;
  const own = recalled?.own ?? (await readOwnOfMerged(context, pull, work));
  const { current, ledger } = own;
  if (ledger?.release !== true || (current !== null && current.pull !== pull.number)) return null;
  const config = await configs.read(octokit, repo, work.fresh ? started : null);
  if (recalled === null) return { ...observed, own, config };
  const { checks, files, migrations, contributors, comparisons, deployments, range, scope } = recalled;
  const known = { checks, files, migrations, contributors, comparisons, deployments, range, scope };
  return { ...observed, ...known, own, config };
}

/** Most merged pull requests were no release, and their check says so: only where there is none is one looked for. */
async function readOwnOfMerged(context: ObserveContext, pull: Pull, work: Work): Promise<OwnRuns> {
  const own = await readOwn(context, pull, { left: leftBy(work.pushes), search: "never" });
  return own.current === null && own.ledger === null
    ? readOwn(context, pull, { left: leftBy(work.pushes), search: "if-missing" })
    : own;
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

/** The ledger that this process wrote last is the newest one, as long as no other process writes. */
function inherited(own: OwnRuns, before: OwnRuns | null): OwnRuns {
  if (before === null) return own;
  const older = (before.ledger?.revision ?? -1) > (own.ledger?.revision ?? -1);
  const known = new Set([own.current, ...own.stale].map((run) => run?.id));
  const left = [before.current, ...before.stale].flatMap((run) =>
    run === null || known.has(run.id) ? [] : [run],
  );
  return { ...own, ledger: older ? before.ledger : own.ledger, stale: [...own.stale, ...left] };
}

const wantsChecks = ({ config }: Snapshot): boolean =>
  checklistOf(config)?.items.some((item) => item.kind === "check") ?? false;

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

const noRuns: OwnRuns = { current: null, stale: [], ledger: null, damaged: null };

export const isSameCommit = (a: Pull, b: Pull): boolean =>
  a.head.sha === b.head.sha && a.base.ref === b.base.ref;

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

interface OwnSearch {
  readonly left: readonly string[];
  readonly onHead?: readonly OwnRunFacts[];
  readonly search: "never" | "if-missing" | "always";
}

/** Of one that was just opened there is no older record; but the event may come late, or a second time. */
function searchFor(work: Work, pull: Pull): OwnSearch {
  const only = work.why.length === 1 && work.why[0] === "pull_request.opened";
  const opened = only && pull.createdAt === pull.updatedAt;
  const unsure = work.pushes.length > 0 || work.fresh || isSweep(work);
  return { left: leftBy(work.pushes), search: opened ? "never" : unsure ? "always" : "if-missing" };
}

async function readOwn(context: ObserveContext, pull: Pull, search: OwnSearch): Promise<OwnRuns> {
  const { octokit, name, number, app } = context;
  const reading = await attempt("the app's own check runs", () =>
    readOwnRuns(octokit, name, {
      appId: app.id,
      pull: number,
      head: pull.head.sha,
      check: checkName(pull.base.ref),
      ...search,
    }),
  );
  return reading.ok ? reading.value : { ...noRuns, unreadable: reading.problem };
}

/** Of the ledger as GitHub has it now; null when there is none. */
export async function readRevision(
  context: ObserveContext,
  { pull }: Snapshot,
  { pushes }: Work,
): Promise<number | null> {
  const { ledger } = await readOwn(context, pull, { left: leftBy(pushes), search: "if-missing" });
  return ledger?.revision ?? null;
}

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
    own: newer ? { ...own, ledger: before.own.ledger } : own,
  };
  return changes.reduce((current, change) => change(current), snapshot);
}

const workflowsWanted = ({ config }: Snapshot): boolean =>
  checklistOf(config)?.items.some((item) => item.kind === "check" && item.check.workflow !== undefined) ??
  false;

/** Those that were asked for before: an item that does not apply asks for none. */
const deploymentsWanted = ({ config, deployments }: Snapshot): Need[] =>
  (checklistOf(config)?.items ?? []).flatMap((item) =>
    item.kind === "deployment" && deployments.has(deploymentsKey(item.deployment))
      ? [{ kind: "deployments" as const, ...item.deployment }]
      : [],
  );
