import { BOM, type Line, splitLines } from "./lines.ts";
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
  const theirSides = to.found === "none" ? null : settled(to);
  if (own.foreign === "" && prose(sides) === fromText) {
    const cut =
      theirSides?.before.length ?? (sides.after === "" ? toText.length : sides.before === "" ? 0 : null);
    if (cut !== null) return assemble(own, sides, toText, cut);
  }
  const [baseLines, ownLines, theirLines] = [fromText, prose(sides), toText].map(splitLines) as [
    Line[],
    Line[],
    Line[],
  ];
  const sameEol = from.eol === own.eol && to.eol === own.eol;
  const inBlock = foreignLines(own, sides, ownLines);
  const below = { ours: firstBelow(ownLines, sides), theirs: firstBelow(theirLines, theirSides) };
  let text = "";
  let eol = "";
  let cut: number | null = null;
  for (const { from, index } of mergeLines(keys(baseLines), keys(ownLines), keys(theirLines))) {
    const line = (from === "ours" ? ownLines : theirLines)[index];
    if (line === undefined || (from === "ours" && inBlock(index))) continue;
    if (index >= below[from]) cut ??= text.length;
    text += eol + line.text;
    eol = line.eol !== "" && (from === "ours" || sameEol) ? line.eol : own.eol;
  }
  return assemble(own, sides, text, cut ?? text.length);
}

const prose = ({ before, after }: Sides): string => before + after;
const keys = (lines: readonly Line[]): string[] => lines.map(({ text }) => text);

/** The first line of people's text that stands below the block; beyond all lines when there is none. */
function firstBelow(lines: readonly Line[], sides: Sides | null): number {
  if (sides === null) return lines.length;
  const { before } = sides;
  return before === "" || before === BOM ? 0 : lines.findLastIndex(({ start }) => start <= before.length) + 1;
}

/** Lines of ours that still stand in its block: they count in the comparison, and are not written twice. */
function foreignLines(own: BlockReading, sides: Sides, lines: readonly Line[]): (index: number) => boolean {
  if (own.foreign === "") return () => false;
  const first = firstBelow(lines, sides);
  const count = splitLines(own.foreign).length + (first === 0 ? 0 : 1);
  return (index) => index >= first && index < first + count;
}

function assemble(own: BlockReading, { beforeGap, afterGap }: Sides, text: string, cut: number): string {
  if (own.found === "none") return text;
  const gap = own.eol + own.eol;
  const at = cut === 0 && text.startsWith(BOM) ? 1 : cut;
  const [head, tail] = [text.slice(0, at), text.slice(at)];
  const above = beforeGap || (/[^\r\n\uFEFF]$/.test(head) ? gap : "");
  const below = afterGap || (/^[^\r\n]/.test(tail) ? gap : "");
  const reading = { ...own, found: "whole", before: head + above, after: below + tail, foreign: "" } as const;
  const placed = own.found === "whole" ? placeBlock(reading, own.block) : null;
  return placed ?? reading.before + own.block + reading.after;
}
