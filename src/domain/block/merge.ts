import { type Line, splitLines } from "./lines.ts";
import { mergeLines } from "./merge-lines.ts";
import { readBlock } from "./read.ts";
import type { BlockReading } from "./reading.ts";
import type { IsOurs } from "./region.ts";
import { placeBlock, type Sides, settled } from "./splice.ts";

/** Whole descriptions. */
export interface ThreeWay {
  /** What both sides started from. */
  readonly base: string;
  /** What people made of it meanwhile. */
  readonly theirs: string;
  /** What the app made of it, or what stands there now. */
  readonly ours: string;
  readonly isOurs: IsOurs;
}

/**
 * `ours` with what changed from base to theirs outside the block put back; the block stays as in `ours`. Text that
 * people wrote into the block counts as standing below it. Where both changed the same lines, both texts stay,
 * theirs after ours. Lines are compared without their line ends. A change that is in `ours` already changes nothing.
 */
export function mergeOutside({ base, theirs, ours, isOurs }: ThreeWay): string {
  const [from, to, own] = [base, theirs, ours].map((body) => readBlock(body, isOurs)) as [
    BlockReading,
    BlockReading,
    BlockReading,
  ];
  const [fromText, toText] = [prose(settled(from)), prose(settled(to))];
  if (fromText === toText) return ours;
  const sides = settled(own);
  if (own.foreign === "" && prose(sides) === fromText) {
    const cut = cutOf(sides, toText, to);
    if (cut !== null) return assemble(own, sides, toText, cut);
  }
  const [baseLines, ownLines, theirLines] = [fromText, prose(sides), toText].map(splitLines) as [
    Line[],
    Line[],
    Line[],
  ];
  const sameEol = from.eol === own.eol && to.eol === own.eol;
  const inBlock = foreignLines(own, sides, ownLines);
  const at = position(ownLines, sides.before.length);
  let text = "";
  let eol = "";
  let cut: number | null = null;
  for (const { from, index } of mergeLines(keys(baseLines), keys(ownLines), keys(theirLines))) {
    const line = (from === "ours" ? ownLines : theirLines)[index];
    if (line === undefined || (from === "ours" && inBlock(index))) continue;
    if (cut === null && from === "ours" && index > at.line) cut = text.length;
    text += eol;
    if (from === "ours" && index === at.line) cut = text.length + at.column;
    text += line.text;
    eol = line.eol !== "" && (from === "ours" || sameEol) ? line.eol : own.eol;
  }
  return assemble(own, sides, text, cutOf(sides, text, null) ?? cut ?? text.length);
}

const prose = ({ before, after }: Sides): string => before + after;
const keys = (lines: readonly Line[]): string[] => lines.map(({ text }) => text);

/** Where the block goes when it stands at the end, on top, or where theirs has it; null when that is not so. */
function cutOf({ before, after }: Sides, text: string, theirs: BlockReading | null): number | null {
  if (after === "") return text.length;
  if (before === "") return 0;
  return theirs !== null && theirs.found !== "none" ? settled(theirs).before.length : null;
}

function position(lines: readonly Line[], offset: number): { line: number; column: number } {
  const line = lines.findLastIndex(({ start }) => start <= offset);
  return { line, column: offset - (lines[line]?.start ?? 0) };
}

/** Lines of ours that still stand in its block: they count in the comparison, and are not written twice. */
function foreignLines(
  own: BlockReading,
  { before }: Sides,
  lines: readonly Line[],
): (index: number) => boolean {
  if (own.foreign === "") return () => false;
  const first = lines.findIndex(({ start }) => start >= before.length);
  const count = splitLines(own.foreign).length + (before === "" ? 0 : 2);
  return (index) => index >= first && index < first + count;
}

function assemble(own: BlockReading, { beforeGap, afterGap }: Sides, text: string, cut: number): string {
  if (own.found === "none") return text;
  const gap = own.eol + own.eol;
  const [head, tail] = [text.slice(0, cut), text.slice(cut)];
  const above = beforeGap || (/[^\r\n\uFEFF]$/.test(head) ? gap : "");
  const below = afterGap || (/^[^\r\n]/.test(tail) ? gap : "");
  const reading = { ...own, found: "whole", before: head + above, after: below + tail, foreign: "" } as const;
  const placed = own.found === "whole" ? placeBlock(reading, own.block) : null;
  return placed ?? reading.before + own.block + reading.after;
}
