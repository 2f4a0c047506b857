import type { Decision } from "../domain/decision.ts";
import { inOneLine } from "../domain/problem.ts";
import type { Snapshot } from "../domain/snapshot.ts";
import type { Write } from "../domain/write.ts";
import { type Applied, applyWrite } from "../github/apply.ts";
import { PassingFault } from "../github/errors.ts";
import { send } from "../notify/send.ts";
import type { Target } from "../notify/targets.ts";
import { keyOf, type Later, type LookResult, type PullKey, type Work } from "../queue/queue.ts";
import type { Senders } from "./announce/carry-out.ts";
import type { Claim } from "./announce/claim.ts";
import type { ConfigChecks } from "./config/check.ts";
import { decideNow } from "./decide-now.ts";
import type { LookOptions } from "./look-options.ts";
import { type Facts, worthRemembering } from "./memory/memory.ts";
import { seenAfter } from "./memory/seen.ts";
import { lookAfterMerge } from "./merged/after-merge.ts";
import type { ObserveContext } from "./observe/context.ts";
import { readRevision } from "./observe/own.ts";
import type { Plan } from "./plan.ts";
import type { Teller } from "./teller.ts";
import { thaws } from "./thaw.ts";
import type { Scribe } from "./write.ts";
import { writeGate } from "./write-gate.ts";

export interface LookInput {
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

export interface Looked {
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
export async function lookUntilWritten(input: LookInput): Promise<Looked> {
  let looked = await lookOnce(input);
  for (let count = 1; looked.outrun && count < tries; count += 1) {
    await input.claim.release();
    looked = await lookOnce({ ...input, work: looked.work, facts: null });
  }
  if (looked.outrun) throw new PassingFault("the description is edited faster than it can be written");
  return looked;
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
      sign: options.sign,
    });
    options.followUps.learn(context.name, key.number, following);
    if (await thaws(context, first, false)) options.onFreeze(key);
    return { result: { again }, work, outrun, summary: { decided: merged.decided, wrote } };
  }
  await input.claim.take(decided.settled, () => readRevision(context, first, work));
  teller.problems(name, decided.settled.snapshot);
  const gate = {
    context,
    work,
    settled: decided.settled,
    scribe,
    senders,
    later: input.later,
    metrics: options.metrics,
  };
  const { settled, written } = await writeGate(gate);
  const { decision } = settled;
  // Nothing is known of the record, so the look counts as failed, and an open gate is closed after a while.
  if (decision.kind === "unable") throw new PassingFault(inOneLine(decision.problem));
  const kind = decision.kind === "release" || decision.kind === "pass" ? decision.kind : null;
  if (written !== null && kind !== null)
    memory.noteFacts(name, { kind, snapshot: worthRemembering(written.snapshot) });
  else if (isUnconfigured(decision, settled.snapshot))
    memory.noteFacts(name, { kind: "pass", snapshot: worthRemembering(settled.snapshot) });
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

function describe(decision: Decision, planned: Plan | null): string {
  if (decision.kind === "nothing") return decision.why;
  return planned?.content?.title ?? decision.kind;
}
