import { checkName, withoutRecord } from "../domain/decide/block-model.ts";
import { hasPending, withoutPending } from "../domain/decide/description.ts";
import type { Decision } from "../domain/decision.ts";
import type { OwnRun, OwnRuns, Snapshot } from "../domain/snapshot.ts";
import type { UpdateBody, Write } from "../domain/write.ts";
import type { Applied } from "../github/apply.ts";
import type { Memory } from "./memory/memory.ts";
import type { ObserveContext } from "./observe/context.ts";
import { type Plan, plan } from "./plan.ts";
import type { Settled } from "./settle.ts";

export interface Scribe {
  readonly apply: (write: Write) => Promise<Applied>;
  readonly memory: Memory;
  readonly name: string;
}

export interface Written {
  readonly plan: Plan;
  /** The snapshot with our run and ledger as they stand now. */
  readonly snapshot: Snapshot;
  /** The description as it stands now, as far as we know. */
  readonly body: string;
  /** Somebody edited in the meantime, so that another look has to decide. */
  readonly outrun: boolean;
  /** Resolves when the runs that the new one supersedes say so: nothing that follows has to wait for it. */
  readonly superseded: Promise<unknown>;
}

/**
 * The check with the ledger first, then the description and what the new run supersedes. Null: the ledger could not
 * be kept, or nothing is to be written; nothing that relies on it may follow.
 */
export async function write(
  context: ObserveContext,
  settled: Settled,
  scribe: Scribe,
): Promise<Written | null> {
  const { snapshot, decision } = settled;
  const planned = plan(decision, snapshot);
  const written = await writeVerdict(context, settled, scribe, planned);
  if (written === null) return null;
  const outcome = await writeBody(context, planned.body, snapshot, scribe);
  if (outcome === "none") return written;
  if (outcome === "outrun") return { ...written, outrun: true };
  const done = outcome === "written" && planned.body !== null;
  const { written: writes, explained } = scribe.memory.of(scribe.name);
  const described = {
    ...written,
    body: done ? planned.body.body : written.body,
    snapshot: { ...written.snapshot, written: writes, explained },
  };
  const restored = done && planned.ledger !== null && hasPending(planned.ledger);
  if ((outcome === "refused") === planned.bodyRefused && !restored) return described;
  const corrected = plan(
    restored ? afterRestoring(decision) : decision,
    described.snapshot,
    outcome === "refused",
  );
  const again = await writeCheck(corrected, described.snapshot, scribe);
  return again.kind === "written"
    ? { ...described, plan: corrected, snapshot: withOwn(described.snapshot, corrected, again.run) }
    : described;
}

/**
 * The check with the ledger, and what the new run supersedes; the description stays as it is. Null as for `write`:
 * then the description says why there is no record.
 */
export async function writeVerdict(
  context: ObserveContext,
  { snapshot, decision }: Settled,
  scribe: Scribe,
  planned: Plan = plan(decision, snapshot),
): Promise<Written | null> {
  const checked = await writeCheck(planned, snapshot, scribe);
  if (checked.kind === "refused") await warn(context, decision, snapshot, checked.why, scribe);
  if (checked.kind === "unable") await writeBody(context, planned.body, snapshot, scribe);
  if (checked.kind !== "written") return null;
  const superseded = Promise.all(planned.superseded.map((one) => scribe.apply(one)));
  // Whoever waits for it hears of a fault; a look that fails before that supersedes them the next time.
  superseded.catch(() => {});
  const { written, explained } = scribe.memory.of(scribe.name);
  const current = { ...withOwn(snapshot, planned, checked.run), written, explained };
  return { plan: planned, snapshot: current, body: snapshot.pull.body, outrun: false, superseded };
}

/** Only now may the record say that erased text is back: a crash before would lose it. */
const afterRestoring = (decision: Decision): Decision =>
  decision.kind === "release" ? { ...decision, ledger: withoutPending(decision.ledger) } : decision;

const withOwn = (snapshot: Snapshot, planned: Plan, run: OwnRun): Snapshot => {
  const ledger = planned.ledger ?? snapshot.own.ledger;
  const own: OwnRuns = { current: run, stale: [], ledger, damaged: null };
  return { ...snapshot, own };
};

type Checked =
  | { readonly kind: "written"; readonly run: OwnRun }
  | { readonly kind: "refused"; readonly why: string }
  | { readonly kind: "unable" };

async function writeCheck(
  planned: Plan,
  snapshot: Snapshot,
  { apply, memory, name }: Scribe,
): Promise<Checked> {
  const { content } = planned;
  if (content === null) return { kind: "unable" };
  let id = snapshot.own.current?.id;
  if (planned.check !== null) {
    const applied = await apply(planned.check);
    if (applied.outcome === "refused") return { kind: "refused", why: applied.problem.why };
    id = applied.id;
  }
  if (id === undefined) return { kind: "unable" };
  memory.note(name, { verdict: { id, content } });
  const { pull } = snapshot;
  return { kind: "written", run: { ...content, id, pull: pull.number, sha: pull.head.sha } };
}

/** Without a check there is no record. The block says so; before there is a record, it holds nothing to tick. */
async function warn(
  context: ObserveContext,
  decision: Decision,
  snapshot: Snapshot,
  why: string,
  scribe: Scribe,
): Promise<void> {
  if (decision.kind !== "release") return;
  const warnings = [withoutRecord(`the app cannot write its check: ${why}`)];
  const sections = snapshot.own.ledger === null ? [] : decision.block.sections;
  const block = { sections, warnings, check: checkName(snapshot.pull.base.ref) };
  const { body } = plan({ ...decision, block }, snapshot);
  await writeBody(context, body, snapshot, scribe);
}

/**
 * A description that was read within so many milliseconds need not be read again before it is written: people are not
 * so quick, and what an edit in between loses is put back either way.
 */
const lateEnough = 200;

/** `outrun`: somebody edited in the meantime, so that another look has to decide. */
async function writeBody(
  context: ObserveContext,
  planned: UpdateBody | null,
  snapshot: Snapshot,
  scribe: Scribe,
): Promise<"none" | "written" | "refused" | "outrun"> {
  if (planned === null) return "none";
  const stale = context.now() - snapshot.readAt > lateEnough;
  if (stale && (await bodyChanged(context, snapshot))) return "outrun";
  const own = {
    read: snapshot.pull.body,
    wrote: planned.body,
    readAt: snapshot.pull.updatedAt,
    at: snapshot.pull.updatedAt,
  };
  scribe.memory.noteWrite(scribe.name, own);
  const applied = await scribe.apply(planned);
  if (applied.outcome === "done" && applied.at !== null)
    scribe.memory.noteWrite(scribe.name, { ...own, at: applied.at, dated: true });
  return applied.outcome === "done" ? "written" : "refused";
}

/** GitHub has no conditional write: reading once more right before keeps the window short. */
async function bodyChanged({ octokit, name, number }: ObserveContext, { pull }: Snapshot): Promise<boolean> {
  const { data } = await octokit.rest.pulls.get({ ...name, pull_number: number });
  return (
    (data.body ?? "") !== pull.body || data.head.sha !== pull.head.sha || data.base.ref !== pull.base.ref
  );
}
