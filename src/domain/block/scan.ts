import type { ListItem } from "mdast";
import { isTooLaborious, MAX_ITEM_LINE, shallow } from "./labour.ts";
import { BOM, type Line, splitLines } from "./lines.ts";
import { columnOf, lastLineOf, lineOf, parseBlocks, parseItemLines } from "./markdown.ts";
import { type AnswerMark, type ItemMark, isBegin, isEnd, mayHoldMark, parseMark } from "./markers.ts";

/** What GitHub's Markdown shows of blocks in a text. Lines are counted from 0. */
export interface Scan {
  readonly lines: readonly Line[];
  /** Lines that are a begin or end marker at top level. */
  readonly begins: readonly number[];
  readonly ends: readonly number[];
  /** Lines with the marker of an item or question, ascending. */
  readonly carriers: readonly Carrier[];
  /** Fences and HTML blocks at top level that run over several lines. */
  readonly veils: readonly Span[];
}

export interface Span {
  readonly first: number;
  readonly last: number;
}

interface CarrierBase {
  readonly line: number;
  /** Where the marker stands in the line. */
  readonly from: number;
  readonly to: number;
  /** Last line of its list item. */
  readonly last: number;
}

export type Carrier = (CarrierBase & ItemMark & { readonly checked: boolean }) | (CarrierBase & AnswerMark);

/**
 * Reading, placing and reading again see the same texts, and so do the rounds of one decision with all revisions of
 * a description: the newest are remembered, as many as have so many characters together.
 */
const REMEMBERED = 1_000_000;
const remembered = new Map<string, Scan>();
let rememberedCharacters = 0;

export function scan(text: string): Scan {
  const known = remembered.get(text);
  if (known !== undefined) {
    remembered.delete(text);
    remembered.set(text, known);
    return known;
  }
  const seen = scanWithout(text, new Set());
  remembered.set(text, seen);
  rememberedCharacters += text.length;
  for (const oldest of remembered.keys()) {
    if (rememberedCharacters <= REMEMBERED) break;
    remembered.delete(oldest);
    rememberedCharacters -= oldest.length;
  }
  return seen;
}

/** As `scan`, as if these lines were blank. In a text that is too laborious to parse nothing is seen. */
export function scanWithout(text: string, blanked: ReadonlySet<number>): Scan {
  const lines = splitLines(text);
  const begins: number[] = [];
  const ends: number[] = [];
  const veils: Span[] = [];
  const candidates: Candidate[] = [];
  if (isTooLaborious(lines)) return { lines, begins, ends, carriers: [], veils };
  const shown = lines
    .map((line, index) => (blanked.has(index) ? "" : shallow(line.text)) + line.eol)
    .join("");
  for (const node of parseBlocks(shown).children) {
    const span = { first: lineOf(node), last: lastLineOf(node) };
    if (node.type === "list") {
      for (const item of node.children) addCandidates(item, 1, lines, candidates);
    } else if (node.type === "html" && span.first === span.last) {
      if (isBegin(node.value)) begins.push(span.first);
      else if (isEnd(node.value)) ends.push(span.first);
    } else if (node.type === "html" || node.type === "code") {
      veils.push(span);
    }
  }
  return { lines, begins, ends, carriers: carriersOf(candidates), veils };
}

/** A list item whose first line looks as if it had a marker. */
interface Candidate {
  readonly depth: 1 | 2;
  readonly line: number;
  readonly last: number;
  /** The line from the item's bullet on, which is at this offset. */
  readonly text: string;
  readonly offset: number;
}

/** Items are boxes of a list at top level; questions may also stand one level below. Deeper is text of an answer. */
function addCandidates(item: ListItem, depth: 1 | 2, lines: readonly Line[], candidates: Candidate[]): void {
  const line = lineOf(item);
  const whole = lines[line]?.text ?? "";
  const offset = columnOf(item) + (line === 0 && whole.startsWith(BOM) ? 1 : 0);
  const text = whole.slice(offset);
  if (mayHoldMark(text) && text.length <= MAX_ITEM_LINE) {
    candidates.push({ depth, line, last: lastLineOf(item), text, offset });
  }
  if (depth === 2) return;
  for (const child of item.children) {
    if (child.type !== "list") continue;
    for (const nested of child.children) addCandidates(nested, 2, lines, candidates);
  }
}

/** The first marker in a line decides what it is. */
function carriersOf(candidates: readonly Candidate[]): Carrier[] {
  const read = candidates.length === 0 ? [] : parseItemLines(candidates.map(({ text }) => text));
  const carriers = candidates.flatMap(({ depth, line, last, offset }, index): Carrier[] => {
    const { checked, comments } = read[index] ?? { checked: null, comments: [] };
    for (const { text, column } of comments) {
      const mark = parseMark(text);
      if (mark === null) continue;
      const place = { line, last, from: offset + column, to: offset + column + text.length };
      if (mark.kind === "answer") return [{ ...place, ...mark }];
      return depth === 1 && checked !== null ? [{ ...place, ...mark, checked }] : [];
    }
    return [];
  });
  return carriers.sort((a, b) => a.line - b.line);
}
