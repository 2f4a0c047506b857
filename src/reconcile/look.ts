import type { Logger } from "pino";
import { freezing, isRelease } from "../domain/decide/freeze.ts";
import { unwritten } from "../domain/decide/unwritten.ts";
import type { Decision, Release } from "../domain/decision.ts";
import type { Ledger } from "../domain/ledger.ts";
import { inOneLine } from "../domain/problem.ts";
import type { Snapshot } from "../domain/snapshot.ts";
import type { Write } from "../domain/write.ts";
import { type Applied, applyWrite } from "../github/apply.ts";
import type { Octokit } from "../github/client.ts";
import { inWords, PassingFault } from "../github/errors.ts";
import type { FollowUps } from "../github/follow-ups.ts";
import { createComparisons } from "../github/read/compare.ts";
import type { Identity } from "../github/read/identity.ts";
import type { People } from "../github/read/people.ts";
import { createCommitMemo } from "../github/read/pull.ts";
import { createRequired } from "../github/read/required.ts";
import { send } from "../notify/send.ts";
import { type Target, type Targets, targetsFor } from "../notify/targets.ts";
import type { Lock } from "../queue/lock.ts";
import { keyOf, type Later, type Look, type LookResult, type PullKey, type Work } from "../queue/queue.ts";
import type { SignRecord } from "../record/sign.ts";
import { lookAfterMerge } from "./after-merge.ts";
import { announce, confirm } from "./announce.ts";
import type { Senders } from "./carry-out.ts";
import { type Claim, createClaim } from "./claim.ts";
import { closeAfterLongFailure } from "./close.ts";
import { type ConfigChecks, createConfigChecks } from "./config-check.ts";
import type { Configs } from "./configs.ts";
import type { ObserveContext } from "./context.ts";
import { isMoot } from "./interest.ts";
import { claimsOf, insisting, withKnownClaims } from "./known-claims.ts";
import type { LookMetrics } from "./look-metrics.ts";
import type { Facts, Memory, Remembered } from "./memory.ts";
import { observe, readRevision } from "./observe.ts";
import { isOvertaken } from "./overtaken.ts";
import { owedAfter } from "./owed.ts";
import type { Plan } from "./plan.ts";
import { seenAfter, withReadingOf, withRecord } from "./seen.ts";
import { type Settled, settle } from "./settle.ts";
import { createTeller, type Teller } from "./teller.ts";
import { type Scribe, write, writeVerdict } from "./write.ts";

export interface LookOptions {
  /** The client that speaks as this installation. */
  readonly client: (installation: number) => Octokit;
  readonly identity: () => Promise<Identity>;
  readonly version: string;
  readonly configs: Configs;
  readonly targets: Targets;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly log: Pick<Logger, "info" | "warn">;
  readonly people: People;
  readonly memory: Memory;
  /** Told of the follow-ups that looks come upon. */
  readonly followUps: Pick<FollowUps, "learn">;
  readonly metrics: LookMetrics;
  /**
   * Shared with the other replicas. Null: no other process looks; then what we wrote is what stands, and need not be
   * read again.
   */
  readonly lock: Lock | null;
  readonly send?: typeof send;
  /** Signs release records with the app's key. */
  readonly sign: SignRecord;
  /** A release for which the base is frozen has become ready, or no longer is: the others are to be looked at. */
  readonly onFreeze: (key: PullKey) => void;
}

/** The look at one pull request, always the same: observe, decide, render, plan, apply. */
export function createLook(options: LookOptions): Look {
  const { memory, metrics, people, configs, log } = options;
  const commits = createCommitMemo();
  const comparisons = createComparisons();
  const required = createRequired(options.now);
  const teller = createTeller(log, options.now);
  const configChecks = createConfigChecks(log, options.now);
  return async (key, work, later) => {
    const name = keyOf(key);
    if (options.lock === null && isMoot(name, work, memory)) return { again: null };
    const started = options.now();
    const octokit = options.client(key.installation);
    const { id, slug } = await options.identity();
    const targets = targetsFor(options.targets, key.owner);
    const context: ObserveContext = {
      octokit,
      name: { owner: key.owner, repo: key.repo },
      number: key.number,
      app: { id, slug, version: options.version },
      targets: new Set(targets.keys()),
      people,
      configs,
      required,
      commits,
      comparisons,
      now: options.now,
      started,
    };
    const facts = options.lock === null ? memory.facts(name) : null;
    const claim = createClaim(options.lock, name);
    memory.note(name, { key });
    memory.begin(name);
    try {
      const { value, requests } = await metrics.countRequests(() =>
        lookUntilWritten({ context, key, work, later, facts, targets, claim, options, teller, configChecks }),
      );
      const ended = options.now();
      memory.note(name, { failingSince: null });
      metrics.look("done", ended - started);
      metrics.lag(ended - work.since);
      log.info(
        { pull: name, why: value.work.why, ...value.summary, requests, ms: ended - started },
        "looked",
      );
      return value.result;
    } catch (error) {
      metrics.look("failed", options.now() - started);
      const failure = { name, key, octokit, memory, now: options.now(), app: { id, slug } };
      if (await closeAfterLongFailure(failure).catch(() => false))
        log.warn({ pull: name }, "closed the gate: GitHub could not be read for ten minutes");
      throw inWords(error);
    } finally {
      await claim.release();
      memory.end(name);
    }
  };
}

interface LookInput {
  readonly context: ObserveContext;
  readonly key: PullKey;
  readonly work: Work;
  readonly later: Later;
  readonly facts: Facts | null;
  readonly targets: ReadonlyMap<string, Target>;
  readonly claim: Claim;
  readonly options: LookOptions;
  readonly teller: Teller;
  readonly configChecks: ConfigChecks;
}

interface Looked {
  readonly result: LookResult;
  /** What it covered. */
  readonly work: Work;
  /** Somebody edited the description before it could be written. */
  readonly outrun: boolean;
  readonly summary: { readonly decided: string; readonly wrote: readonly string[] };
}

/** So often somebody may be quicker, before the work goes back to the queue. */
const tries = 3;

/** What events told is needed again when the description was not written: only then it has had its effect. */
async function lookUntilWritten(input: LookInput): Promise<Looked> {
  let looked = await lookOnce(input);
  for (let count = 1; looked.outrun && count < tries; count += 1) {
    await input.claim.release();
    looked = await lookOnce({ ...input, work: looked.work, facts: null });
  }
  if (looked.outrun) throw new PassingFault("the description is edited faster than it can be written");
  return looked;
}

/** So often a look reads again instead of writing what somebody has meanwhile overtaken. */
const restarts = 2;

interface Decided {
  /** As it was observed first. */
  readonly first: Snapshot;
  readonly work: Work;
  /** Null: it is merged, and nothing is left to decide about the gate. */
  readonly settled: Settled | null;
}

/** Null: the pull request is gone. */
async function decideNow(input: LookInput, before: Remembered): Promise<Decided | null> {
  const { context, later, options } = input;
  let { work, facts } = input;
  for (let restart = 0; ; restart++) {
    const observed = await observe(context, work, before, facts, later);
    if (observed === null) return null;
    work = observed.work;
    const first = withRecord(withKnownClaims(observed.snapshot, before.claims), options.lock === null);
    // Kept even if this look fails: what it writes into the record is not what was known at the start.
    options.memory.note(keyOf(input.key), { explained: first.explained });
    if (first.pull.merge !== undefined) return { first, work, settled: null };
    const settled = await settle(context, first, work, options.now, false);
    const { head, body } = settled.snapshot.pull;
    const came = later.waiting();
    if (restart === restarts || !isOvertaken({ head: head.sha, body }, came)) return { first, work, settled };
    const kind = settled.decision.kind;
    // Nothing was written, so what was read of this head is what the next reading begins with.
    if (kind === "release" && came?.pushes.length === 0)
      facts = { kind, snapshot: remembered(settled.snapshot) };
  }
}

async function lookOnce(input: LookInput): Promise<Looked> {
  const { context, key, targets, options, teller, configChecks } = input;
  const name = keyOf(key);
  const { memory, now } = options;
  const wrote: string[] = [];
  const apply = async (write: Write): Promise<Applied> => {
    const { octokit, app } = context;
    const applied = await applyWrite({ octokit, repo: context.name, app }, write);
    const changed = applied.outcome === "done" && !applied.existed;
    const how = applied.outcome === "done" ? "was there" : applied.status;
    if (changed) options.metrics.write(write.kind);
    wrote.push(changed ? write.kind : `${write.kind} (${how})`);
    if (applied.outcome === "refused") teller.refusal(name, write, applied);
    return applied;
  };
  const scribe: Scribe = { apply, memory, name };
  const senders: Senders = { apply, send: options.send ?? send, targets, now };

  const before = memory.of(name);
  const decided = await decideNow(input, before);
  if (decided === null) {
    const { work } = input;
    return { result: { again: null }, work, outrun: false, summary: { decided: "gone", wrote } };
  }
  const { first, work } = decided;
  if (decided.settled === null) {
    const { again, outrun, following, ...merged } = await lookAfterMerge({
      context,
      observed: { snapshot: first, work },
      facts: input.facts,
      scribe,
      senders,
      claim: input.claim,
      alone: options.lock === null,
      answer,
      sign: options.sign,
    });
    options.followUps.learn(context.name, key.number, following);
    if (await thaws(context, first, false)) options.onFreeze(key);
    return { result: { again }, work, outrun, summary: { decided: merged.decided, wrote } };
  }
  let { settled } = decided;
  await input.claim.take(settled, () => readRevision(context, first, work));
  teller.problems(name, settled.snapshot);
  const claims = claimsOf(settled.decision, settled.snapshot);
  memory.note(name, { claims: [...before.claims, ...claims] });
  memory.note(name, { owed: owedAfter(before.owed, settled.decision, settled.snapshot) });
  memory.note(name, { explained: withReadingOf(settled.snapshot, memory.of(name).explained) });
  // What is claimed is sent at once; the description can wait for what comes of it.
  const writing =
    settled.decision.kind === "release" && claims.length > 0
      ? writeVerdict(
          context,
          { ...settled, decision: unwritten(settled.decision, settled.snapshot) },
          insisting(scribe),
        )
      : write(context, settled, scribe);
  const confirmation = claims.length > 0 ? confirm(context, settled.snapshot, work) : null;
  let written = await writing;
  const superseded = written?.superseded;
  if (written !== null && claims.length === 0) memory.note(name, { claims: [] });
  if (written !== null && settled.decision.kind === "release") {
    const release = settled.decision;
    const { snapshot } = written;
    await answer(scribe);
    const { ledger } = snapshot.own;
    if (confirmation !== null && ledger !== null) {
      // After a crash nothing else leads from the older commits to the claim.
      await superseded;
      const insistent = insisting(scribe);
      const claimed = { release, snapshot, ledger, confirmation, work, later: input.later };
      settled = await announce(context, claimed, senders, insistent);
      tellOutcomes(release, settled.snapshot.own.ledger, options.metrics);
      written = await write(context, settled, insistent);
      if (written !== null) memory.note(name, { claims: [] });
    }
  }
  await superseded;
  const { decision } = settled;
  // Nothing is known of the record, so the look counts as failed, and an open gate is closed after a while.
  if (decision.kind === "unable") throw new PassingFault(inOneLine(decision.problem));
  const kind = decision.kind === "release" || decision.kind === "pass" ? decision.kind : null;
  if (written !== null && kind !== null)
    memory.noteFacts(name, { kind, snapshot: remembered(written.snapshot) });
  else if (isUnconfigured(decision, settled.snapshot))
    memory.noteFacts(name, { kind: "pass", snapshot: remembered(settled.snapshot) });
  if (await thaws(context, first, written?.plan.content?.conclusion === "success")) options.onFreeze(key);
  if (written?.outrun === false) {
    const end = {
      snapshot: settled.snapshot,
      edits: work.edits,
      body: written.body,
      items: written.snapshot.own.ledger?.items ?? {},
      before: first.own.ledger?.items ?? {},
      written: memory.of(name).written,
      alone: options.lock === null,
      now: now(),
    };
    memory.note(name, seenAfter(memory.of(name), end));
  }
  // The sweep leaves out what is known to be unchanged.
  if (!(await configChecks.look(context, settled.snapshot, work, apply))) memory.noteFacts(name, null);
  const again = decision.kind === "release" ? decision.again : null;
  return {
    result: { again },
    work,
    outrun: written?.outrun === true,
    summary: { decided: describe(decision, written?.plan ?? null), wrote },
  };
}

/** Nothing is asked for, whatever happens to its commits and texts. */
const isUnconfigured = (decision: Decision, { config, pull }: Snapshot): boolean =>
  decision.kind === "nothing" && config.kind === "none" && pull.state === "open";

/**
 * Whether others may have to wait from now on, or no longer, because this release has become ready, is not ready any
 * more, or has ended.
 */
async function thaws(
  { octokit, configs }: ObserveContext,
  before: Snapshot,
  ready: boolean,
): Promise<boolean> {
  const { pull, repo, own } = before;
  const ended = pull.state === "closed";
  const checklist = freezing(ended ? await configs.lastKnown(octokit, repo) : before.config);
  if (checklist === null || !isRelease(checklist, pull, repo)) return false;
  const wasReady = [own.current, ...own.stale].some((run) => run?.conclusion === "success");
  return ended || wasReady !== ready;
}

function tellOutcomes(release: Release, ledger: Ledger | null, metrics: LookOptions["metrics"]): void {
  for (const { key } of release.announce)
    metrics.announcement(ledger?.announcements[key]?.state ?? "unclear");
}

/** What is worth remembering: not what was read of people, comments and history, and not what events told. */
const remembered = (snapshot: Snapshot): Snapshot => ({
  ...snapshot,
  edits: [],
  pushes: [],
  written: [],
  history: null,
  people: new Map(),
  comments: null,
  activity: null,
  rival: null,
  readyReleases: null,
});

/** Comments and messages come last: a crash before them repeats harmlessly. */
async function answer({ apply, memory, name }: Scribe): Promise<void> {
  for (const write of memory.of(name).owed) {
    await apply(write);
    memory.note(name, { owed: memory.of(name).owed.filter((other) => other !== write) });
  }
}

function describe(decision: Decision, planned: Plan | null): string {
  if (decision.kind === "nothing") return decision.why;
  return planned?.content?.title ?? decision.kind;
}
