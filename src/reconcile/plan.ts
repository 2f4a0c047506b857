import { ourLines, ownLines } from "../domain/block/identity.ts";
import { readBlock } from "../domain/block/read.ts";
import { outside, placeBlock } from "../domain/block/splice.ts";
import { checkName } from "../domain/decide/block-model.ts";
import { withMove } from "../domain/decide/description.ts";
import type { Decision, Release } from "../domain/decision.ts";
import { writeExternalId } from "../domain/external-id.ts";
import type { Ledger } from "../domain/ledger.ts";
import type { OwnRun, Snapshot } from "../domain/snapshot.ts";
import type { CheckContent, CreateCheck, UpdateBody, UpdateCheck } from "../domain/write.ts";
import { announcementPreview } from "../render/announcement.ts";
import { DESCRIPTION_LIMIT, fitBlock, roomFor } from "../render/block.ts";
import { renderCheck } from "../render/check-run.ts";

/** How many lines that the app once wrote are known again; GitHub's limit leaves room for fewer in one description. */
const rememberedLines = 600;

/** What one look writes, in this order: the check with the ledger, superseded checks, the description. */
export interface Plan {
  readonly check: CreateCheck | UpdateCheck | null;
  readonly superseded: readonly UpdateCheck[];
  readonly body: UpdateBody | null;
  /** The check as it will stand, written or not; null when nothing is to stand. */
  readonly content: CheckContent | null;
  /** The ledger as the check holds it. */
  readonly ledger: Ledger | null;
  /** The check says that the description cannot be written. */
  readonly bodyRefused: boolean;
}

const nothing: Plan = {
  check: null,
  superseded: [],
  body: null,
  content: null,
  ledger: null,
  bodyRefused: false,
};

/**
 * Only the differences: a second look at an unchanged pull request plans nothing.
 *
 * @param refused GitHub refused to write the description; what the check says tells whether it did last time.
 */
export function plan(
  decision: Decision,
  snapshot: Snapshot,
  refused: boolean = snapshot.own.current?.summary.includes(bodyRefused) ?? false,
): Plan {
  if (decision.kind === "nothing")
    return { ...nothing, body: planWarning(decision.pointer ?? null, snapshot) };
  if (decision.kind === "unable") return { ...nothing, body: planWarning(decision.warning, snapshot) };
  if (decision.kind !== "release") return planCheck(decision, snapshot, null, []);
  const { body, ledger, troubles } = planBody(decision, snapshot.pull.body);
  const open = refused && body !== null && body !== snapshot.pull.body;
  const release = { ...decision, ledger: revise(ledger, snapshot.own.ledger) };
  return {
    ...planCheck(release, snapshot, body, open ? [...troubles, bodyRefused] : troubles),
    bodyRefused: open,
  };
}

const bodyRefused =
  "GitHub refuses what the app writes into the description; perhaps the app lacks the permission to write pull requests. Until that is repaired, sign by comment.";

/** A block without a checklist. Boxes that stand there are left alone: nothing is known of their record. */
function planWarning(warning: string | null, { pull }: Snapshot): UpdateBody | null {
  if (warning === null) return null;
  const model = { sections: [], warnings: [warning], check: checkName(pull.base.ref) };
  const reading = readBlock(pull.body, ownLines([]));
  if (reading.boxes.size > 0) return null;
  const block = fitBlock(model, { eol: reading.eol, room: roomFor(reading, DESCRIPTION_LIMIT) });
  const body = block === null ? null : placeBlock(reading, block);
  return body === null || body === pull.body ? null : { kind: "update-body", pull: pull.number, body };
}

function planCheck(
  decision: Decision,
  snapshot: Snapshot,
  body: string | null,
  troubles: readonly string[],
): Plan {
  const { pull, own } = snapshot;
  const preview = decision.kind === "release" ? announcementPreview(decision, snapshot) : null;
  const content = renderCheck(decision, snapshot, { preview, troubles });
  return {
    check: content === null ? null : difference(content, own.current, pull.head.sha),
    superseded: decision.kind === "pass" ? [] : own.stale.map((run) => supersede(run, snapshot)),
    body: body === null || body === pull.body ? null : { kind: "update-body", pull: pull.number, body },
    content,
    ledger: "ledger" in decision ? decision.ledger : null,
    bodyRefused: false,
  };
}

export interface BodyPlan {
  /** Null: it stays as it is. */
  readonly body: string | null;
  readonly ledger: Ledger;
  readonly troubles: readonly string[];
}

/** @param now What stands there. */
export function planBody(release: Pick<Release, "ledger" | "description" | "block">, now: string): BodyPlan {
  const isOurs = ownLines(release.ledger.lines);
  const reading = readBlock(release.description, isOurs);
  const block = fitBlock(release.block, { eol: reading.eol, room: roomFor(reading, DESCRIPTION_LIMIT) });
  if (block === null) return { body: null, ledger: release.ledger, troubles: [tooLong] };
  const body = placeBlock(reading, block);
  if (body === null) return { body: null, ledger: release.ledger, troubles: [noPlace] };
  if (body.length > DESCRIPTION_LIMIT) return { body: null, ledger: release.ledger, troubles: [tooLong] };
  const lines = rememberLines(release.ledger.lines, ourLines(block));
  const ledger = { ...release.ledger, lines };
  if (body === now) return { body, ledger, troubles: [] };
  const [prose, written] = [now, body].map((text) => outside(text, ownLines(lines)));
  const moved = prose !== written ? withMove(ledger, now, prose ?? "", body) : ledger;
  return { body, ledger: moved, troubles: [] };
}

const tooLong =
  "The checklist does not fit into the description: GitHub takes 65,536 characters. Shorten the description, or sign by comment.";
const noPlace =
  "There is no place in the description where Markdown would show the checklist. Close what is open in it (a fence, a comment, an HTML element), or sign by comment.";

/** Lines of earlier versions stay known, because a write may not have arrived. */
const rememberLines = (before: readonly string[], now: readonly string[]): readonly string[] => {
  const known = new Set(before);
  return now.every((line) => known.has(line))
    ? before
    : [...new Set([...now, ...before])].slice(0, rememberedLines);
};

/** The revision grows with every change, and only then. */
export function revise(ledger: Ledger, before: Ledger | null): Ledger {
  if (
    before !== null &&
    JSON.stringify({ ...ledger, revision: 0 }) === JSON.stringify({ ...before, revision: 0 })
  )
    return before;
  return { ...ledger, revision: (before?.revision ?? 0) + 1 };
}

export function difference(
  content: CheckContent,
  current: OwnRun | null,
  headSha: string,
): CreateCheck | UpdateCheck | null {
  // The run of another pull request with this head stays as it is: it may hold that one's only ledger.
  if (current === null || current.pull !== readPull(content))
    return { kind: "create-check", headSha, ...content };
  const same =
    current.conclusion === content.conclusion &&
    current.title === content.title &&
    current.summary === content.summary &&
    current.text === content.text;
  return same ? null : { kind: "update-check", id: current.id, ...content };
}

const readPull = (content: CheckContent): number => Number(content.externalId.slice("pull:".length));

/** An old green must not be merged: the run says where its checklist went, and keeps its text as the record. */
function supersede(run: OwnRun, snapshot: Snapshot): UpdateCheck {
  const { head, number, base } = snapshot.pull;
  const where = run.sha === head.sha ? `"Release checklist: ${base.ref}"` : head.sha.slice(0, 7);
  return {
    kind: "update-check",
    id: run.id,
    name: run.name,
    externalId: writeExternalId({ pull: number, successor: head.sha }),
    conclusion: "action_required",
    title: `Superseded by ${where}`,
    summary: `The checklist of this pull request goes on at ${head.sha} into \`${base.ref.replaceAll("`", "")}\`.`,
    text: run.text,
    actions: [],
    detailsUrl: null,
  };
}
