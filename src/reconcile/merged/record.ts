import { hash } from "../../domain/hash.ts";
import type { Ledger } from "../../domain/ledger.ts";
import { buildRecord, type LateItem, type RecordInput } from "../../domain/record/build.ts";
import type { ReleaseRecord } from "../../domain/record/record.ts";
import { rangeOf } from "../../domain/scope/range.ts";
import type { Snapshot } from "../../domain/snapshot.ts";
import { readRange } from "../../github/read/range.ts";
import { type MarkedComment, readEditors, readMarkedComments } from "../../github/read/record.ts";
import type { Work } from "../../queue/queue.ts";
import { sealOf } from "../../record/seal.ts";
import type { SignRecord } from "../../record/sign.ts";
import { recordMarker, renderRecord } from "../../render/record.ts";
import type { ObserveContext } from "../observe/context.ts";
import type { Scribe } from "../write.ts";

/** The record as it follows from a ledger, and the comment that is to hold it. */
export interface PreparedRecord {
  /** With the seal of this record. */
  readonly ledger: Ledger;
  readonly record: ReleaseRecord;
  /** The comment that the app wrote before; null: there is none. */
  readonly comment: MarkedComment | null;
}

/**
 * Works out the record, before anything is written: its seal has to stand in the check before the comment can be
 * believed. Null: there is nothing to write, because this process has written the comment for this very ledger, or the
 * record does not fit into what GitHub takes.
 *
 * @param pull The merged pull request, as GitHub shows it.
 */
export async function prepareRecord(
  context: ObserveContext,
  snapshot: Pick<Snapshot, "pull" | "repo" | "config">,
  ledger: Ledger,
  late: readonly LateItem[],
  work: Work,
  { memory, name }: Scribe,
): Promise<PreparedRecord | null> {
  const { pull, repo, config } = snapshot;
  const { merge } = ledger;
  if (merge === null || pull.merge === undefined) return null;
  const isTouched = work.fresh || work.why.some((why) => why.startsWith("issue_comment."));
  if (memory.of(name).recorded === ledgerKey(ledger) && !isTouched) return null;
  const checklist = "checklist" in config ? config.checklist : null;
  const [range, comment] = await Promise.all([
    readRange(context.octokit, context.name, pull, rangeOf(checklist?.range ?? "auto", pull)),
    readOwnComment(context),
  ]);
  const input: RecordInput = {
    app: context.app,
    repository: { id: pull.merge.repository, owner: repo.owner, name: repo.name },
    pull,
    ledger,
    merge,
    checklist,
    range: range.ok ? range.value : null,
    late,
  };
  const record = numbered(input, comment?.foreign === true);
  return record === null
    ? null
    : { ledger: { ...ledger, record: sealOf(record) }, record, comment: comment?.found ?? null };
}

/** A record that changed gets the next number; so does one that somebody else edited, whatever stands there now. */
function numbered(input: RecordInput, isForeign: boolean): ReleaseRecord | null {
  const { record: before } = input.ledger;
  if (before === null) return buildRecord(input, 1);
  const same = buildRecord(input, before.revision);
  return same !== null && sealOf(same).digest === before.digest && !isForeign
    ? same
    : buildRecord(input, before.revision + 1);
}

async function readOwnComment({
  octokit,
  name,
  number,
  app,
}: ObserveContext): Promise<{ readonly found: MarkedComment; readonly foreign: boolean } | null> {
  const comments = await readMarkedComments(octokit, name, number, recordMarker, app);
  const found = comments.find((comment) => comment.app === app.id);
  if (found === undefined) return null;
  const editor = (await readEditors(octokit, name, number)).get(found.id);
  return { found, foreign: editor !== undefined && editor !== `${app.slug}[bot]` };
}

/** Writes the comment; the check holds the seal already. */
export async function putRecord(
  { record, comment }: PreparedRecord,
  sign: SignRecord,
  { apply, memory, name }: Scribe,
  ledger: Ledger,
): Promise<void> {
  const body = renderRecord(await sign(record));
  if (body === null) return;
  let stands: { readonly id: number; readonly body: string | null } | null = comment;
  if (stands === null) {
    const created = await apply({
      kind: "create-comment",
      pull: record.pull.number,
      marker: recordMarker,
      body,
    });
    if (created.outcome === "refused") return;
    stands = created;
  }
  if (stands.body?.replaceAll("\r\n", "\n") !== body) {
    const updated = await apply({ kind: "update-comment", comment: stands.id, body });
    if (updated.outcome === "refused") return;
  }
  memory.note(name, { recorded: ledgerKey(ledger) });
}

/** The record follows from the ledger, and from what does not change after the merge. */
const ledgerKey = (ledger: Ledger): string => hash(JSON.stringify({ ...ledger, revision: 0, record: null }));
