import type { Logger } from "pino";
import { decide } from "../domain/decide/decide.ts";
import type { Decision, Release } from "../domain/decision.ts";
import { writeLedger } from "../domain/ledger-text.ts";
import type { OwnRun, Snapshot } from "../domain/snapshot.ts";
import type { UpdateBody, Write } from "../domain/write.ts";
import { type Applied, applyWrite } from "../github/apply.ts";
import type { Octokit } from "../github/client.ts";
import { PassingFault } from "../github/errors.ts";
import { createCommitOfFile } from "../github/read/config.ts";
import type { Identity } from "../github/read/identity.ts";
import { createPeople, type People } from "../github/read/people.ts";
import { createCommitMemo } from "../github/read/pull.ts";
import { send } from "../notify/send.ts";
import { type Target, type Targets, targetsFor } from "../notify/targets.ts";
import { keyOf, type Look, type LookResult, type PullKey, type Work } from "../queue/queue.ts";
import { renderReply, renderRequest, replyMarker, requestMarker } from "../render/comments.ts";
import { ledgerForPeople } from "../render/ledger.ts";
import { type Senders, sendAll } from "./carry-out.ts";
import { closeAfterLongFailure } from "./close.ts";
import { createMemory, type Memory } from "./memory.ts";
import { type ObserveContext, observe, satisfy } from "./observe.ts";
import { type Plan, plan } from "./plan.ts";

export interface LookOptions {
  /** The client that speaks as this installation. */
  readonly client: (installation: number) => Octokit;
  readonly identity: () => Promise<Identity>;
  readonly version: string;
  readonly templates: ReadonlyMap<string, string>;
  readonly targets: Targets;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly log: Pick<Logger, "info" | "warn">;
  readonly people?: People;
  readonly memory?: Memory;
  readonly send?: typeof send;
}

/** Rounds of reading what the last decision still needed. More would mean that deciding never ends. */
const rounds = 8;

/** The look at one pull request, always the same: observe, decide, render, plan, apply. */
export function createLook(options: LookOptions): Look {
  const memory = options.memory ?? createMemory();
  const people = options.people ?? createPeople();
  const commits = createCommitMemo();
  const commitOfFile = createCommitOfFile();
  return async (key, work) => {
    const name = keyOf(key);
    const started = options.now();
    const octokit = options.client(key.installation);
    const { id, slug } = await options.identity();
    const targets = targetsFor(options.targets, key.owner);
    const context: ObserveContext = {
      octokit,
      name: { owner: key.owner, repo: key.repo },
      number: key.number,
      app: { id, slug, version: options.version },
      templates: options.templates,
      targets: new Set(targets.keys()),
      people,
      commits,
      commitOfFile,
    };
    try {
      const { result, summary } = await lookOnce(context, key, work, memory, targets, options);
      memory.note(name, { failingSince: null });
      options.log.info({ pull: name, why: work.why, ...summary, ms: options.now() - started }, "looked");
      return result;
    } catch (error) {
      const failure = { name, key, octokit, memory, now: options.now(), app: { id, slug } };
      if (await closeAfterLongFailure(failure).catch(() => false))
        options.log.warn({ pull: name }, "closed the gate: GitHub could not be read for ten minutes");
      throw error;
    }
  };
}

interface Looked {
  readonly result: LookResult;
  readonly summary: { readonly decided: string; readonly wrote: readonly string[] };
}

/** Observes until the decision stands. Before a gate opens, nothing that was remembered counts. */
export async function settle(
  context: ObserveContext,
  first: Snapshot,
  now: number,
): Promise<{ snapshot: Snapshot; decision: Decision }> {
  let snapshot = first;
  let fresh = false;
  for (let round = 0; round < rounds; round++) {
    const { decision, needs } = decide(snapshot, now);
    if (needs.length > 0) {
      snapshot = await satisfy(context, snapshot, needs, fresh);
    } else if (!fresh && opens(decision, snapshot)) {
      fresh = true;
      snapshot = { ...snapshot, people: new Map(), ask: { ...snapshot.ask, history: true, comments: true } };
    } else {
      return { snapshot, decision };
    }
  }
  throw new PassingFault("deciding needed more and more to be read");
}

/** The gate would open although it was not open before. */
const opens = (decision: Decision, { own }: Snapshot): boolean =>
  decision.kind === "release" && decision.verdict.kind !== "blocked" && own.current?.conclusion !== "success";

async function lookOnce(
  context: ObserveContext,
  key: PullKey,
  work: Work,
  memory: Memory,
  targets: ReadonlyMap<string, Target>,
  options: LookOptions,
): Promise<Looked> {
  const name = keyOf(key);
  const wrote: string[] = [];
  const apply = async (write: Write): Promise<Applied> => {
    const applied = await applyWrite(
      { octokit: context.octokit, repo: context.name, app: context.app },
      write,
    );
    const changed = applied.outcome === "done" && !applied.existed;
    wrote.push(
      changed ? write.kind : `${write.kind} (${applied.outcome === "done" ? "was there" : applied.status})`,
    );
    if (applied.outcome === "refused")
      options.log.warn(
        { pull: name, write: write.kind, status: applied.status, why: applied.problem.why },
        "refused",
      );
    return applied;
  };
  const senders: Senders = { apply, send: options.send ?? send, targets, now: options.now };

  const first = await observe(context, work, memory.of(name));
  const { snapshot, decision } = await settle(context, first, options.now());
  if (decision.kind !== "nothing") memory.note(name, { historyAt: snapshot.pull.updatedAt });
  const planned = plan(decision, snapshot);
  const scribe: Scribe = { apply, memory, name };
  const written = await writeCheck(planned, snapshot, scribe);
  let again = decision.kind === "release" ? decision.again : null;
  if (written !== null) {
    if (planned.body !== null && !(await writeBody(context, planned.body, snapshot, scribe))) again = 0;
    if (decision.kind === "release" && planned.ledger !== null) {
      const told = await tell(
        decision,
        { ...snapshot, own: { ...snapshot.own, current: written, ledger: planned.ledger } },
        senders,
        scribe,
      );
      if (told !== undefined) again = told;
    }
  }
  return { result: { again }, summary: { decided: describe(decision, planned), wrote } };
}

interface Scribe {
  readonly apply: (write: Write) => Promise<Applied>;
  readonly memory: Memory;
  readonly name: string;
}

/** The run as it stands after writing; null when the ledger could not be kept, so that nothing that relies on it may follow. */
async function writeCheck(
  planned: Plan,
  snapshot: Snapshot,
  { apply, memory, name }: Scribe,
): Promise<OwnRun | null> {
  const { content } = planned;
  if (content === null) return null;
  let id = snapshot.own.current?.id;
  if (planned.check !== null) {
    const applied = await apply(planned.check);
    if (applied.outcome === "refused") return null;
    id = applied.id;
  }
  for (const write of planned.superseded) await apply(write);
  if (id === undefined) return null;
  memory.note(name, { verdict: { id, content } });
  const { pull } = snapshot;
  return { ...content, id, pull: pull.number, sha: pull.head.sha };
}

/** False: somebody edited in the meantime, so that another look has to decide. */
async function writeBody(
  context: ObserveContext,
  write: UpdateBody,
  snapshot: Snapshot,
  scribe: Scribe,
): Promise<boolean> {
  if (await bodyChanged(context, snapshot)) return false;
  scribe.memory.noteWrite(scribe.name, { read: snapshot.pull.body, wrote: write.body });
  await scribe.apply(write);
  return true;
}

/** GitHub has no conditional write: reading once more right before keeps the window short. */
async function bodyChanged({ octokit, name, number }: ObserveContext, { pull }: Snapshot): Promise<boolean> {
  const { data } = await octokit.rest.pulls.get({ ...name, pull_number: number });
  return (
    (data.body ?? "") !== pull.body || data.head.sha !== pull.head.sha || data.base.ref !== pull.base.ref
  );
}

/**
 * Comments and messages come last: a crash before them repeats harmlessly. Gives when to look again after an
 * announcement; undefined when nothing was announced.
 */
async function tell(
  release: Release,
  snapshot: Snapshot,
  senders: Senders,
  scribe: Scribe,
): Promise<number | null | undefined> {
  const pull = snapshot.pull.number;
  for (const reply of release.replies) {
    const body = renderReply(reply, release);
    if (body !== null)
      await scribe.apply({ kind: "create-comment", pull, marker: replyMarker(reply.comment), body });
    await scribe.apply({ kind: "react", comment: reply.comment, reaction: reply.reaction });
  }
  const request = renderRequest(release, snapshot);
  if (request !== null)
    await scribe.apply({ kind: "create-comment", pull, marker: requestMarker(snapshot), body: request });
  const { ledger } = snapshot.own;
  if (release.announce.length === 0 || ledger === null) return undefined;
  const receipted = await sendAll(release.announce, release, ledger, snapshot, senders);
  await keepReceipts({ ...release, ledger: receipted }, snapshot, scribe);
  return 0;
}

/** Only the record changes here; whether it opens the gate is for the next look, which reads everything afresh. */
async function keepReceipts(
  release: Release,
  snapshot: Snapshot,
  { apply, memory, name }: Scribe,
): Promise<void> {
  const { verdict } = memory.of(name);
  if (verdict === null) return;
  const record = writeLedger(release.ledger, ledgerForPeople(release, snapshot));
  if (record === null) return;
  const content = { ...verdict.content, text: record.text };
  await apply({ kind: "update-check", id: verdict.id, ...content });
  memory.note(name, { verdict: { id: verdict.id, content } });
}

function describe(decision: Decision, planned: Plan): string {
  if (decision.kind === "nothing") return decision.why;
  return planned.content?.title ?? decision.kind;
}
