import { answerToLines } from "../domain/block/answer.ts";
import type { Eol } from "../domain/block/lines.ts";
import { answerMark, BEGIN, END, FOOT, HEADING, itemMark } from "../domain/block/markers.ts";
import type { BlockItem, BlockModel, BlockSection } from "../domain/block/model.ts";
import type { BlockReading } from "../domain/block/reading.ts";
import { sides } from "../domain/block/splice.ts";
import { cut, inert, inertLine } from "./inert.ts";

/** GitHub's limit for a description. */
export const DESCRIPTION_LIMIT = 65_536;

/** From the longest to the shortest. Answers are people's words and stay whole in each. */
export const forms = ["full", "without-help", "short-notes", "shortest"] as const;
export type Form = (typeof forms)[number];

const SHORT_NOTE = 60;
const SHORT_TITLE = 40;

/** The block with its markers, without a line end after the last one. */
export function renderBlock(model: BlockModel, { eol, form = "full" }: { eol: Eol; form?: Form }): string {
  return [
    BEGIN,
    HEADING,
    ...(model.remarks ?? []).flatMap((remark) => ["", inert(remark)]),
    ...model.warnings.map((warning) => `⚠ ${inert(warning)}`).flatMap((line) => ["", line]),
    ...model.sections
      .filter(({ items }) => items.length > 0)
      .flatMap((section) => sectionLines(section, form)),
    "",
    `${FOOT} the **${inert(model.check)}** check. Help: comment \`/checklist help\`.`,
    END,
  ].join(eol);
}

/** The block in the longest form that has at most `room` characters; null when even the shortest has more. */
export function fitBlock(model: BlockModel, { eol, room }: { eol: Eol; room: number }): string | null {
  for (const form of forms) {
    const block = renderBlock(model, { eol, form });
    if (block.length <= room) return block;
  }
  return null;
}

/**
 * Characters left for the block in this description. GitHub counts characters, which are never more than the
 * UTF-16 code units counted here.
 */
export function roomFor(reading: BlockReading, limit: number = DESCRIPTION_LIMIT): number {
  const { before, after } = sides(reading);
  const gap = 2 * reading.eol.length;
  return limit - before.length - after.length - reading.foreign.length - 3 * gap;
}

function sectionLines({ title, items }: BlockSection, form: Form): string[] {
  const heading = inert(form === "shortest" ? cut(title, SHORT_TITLE) : title);
  return [
    "",
    ...(heading === "" ? [] : [`**${heading}**`]),
    ...items.flatMap((item) => itemLines(item, form)),
  ];
}

function itemLines(item: BlockItem, form: Form): string[] {
  const { id, checked, sha, signers, help, notes, questions } = item;
  const shortest = form === "shortest";
  const title = inert(shortest ? cut(item.title, SHORT_TITLE) : item.title) || inert(id);
  const who = signers === null || shortest ? "" : ` (${inert(signers)})`;
  const lines = [`- [${checked ? "x" : " "}] ${title}${who} ${itemMark(id, sha)}`];
  if (help !== null && form === "full" && inert(help) !== "") lines.push(`  ${inertLine(help)}`);
  const short = form === "short-notes" || shortest;
  for (const note of shortest ? notes.slice(0, 1) : notes)
    lines.push(`  ⚠ ${inert(short ? cut(note, SHORT_NOTE) : note)}`);
  for (const { id: question, text, answer } of questions) {
    const [rest = "", ...below] = answerToLines(answer);
    const words = inertLine(shortest ? cut(text, SHORT_TITLE) : text) || inert(question);
    lines.push(`  - ${words} ${answerMark(question)}${rest}`, ...below);
  }
  return lines;
}
