import type { ListItem, Nodes, Root } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";
import { isTooLaborious, shallow } from "./labour.ts";
import { BOM, type Line, splitLines } from "./lines.ts";
import { type AnswerMark, type ItemMark, isBegin, isEnd, parseMark } from "./markers.ts";

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
 * Links, emphasis and the like make no difference to where blocks, boxes and comments are, and cost most of the
 * time. (Nothing in it hides a comment except a link's destination.)
 */
const WITHOUT_TEXT = [
  "attention",
  "autolink",
  "characterReference",
  "hardBreakEscape",
  "labelStartImage",
  "labelStartLink",
  "labelEnd",
  "gfmFootnoteCall",
  "gfmPotentialFootnoteCall",
  "wwwAutolink",
  "protocolAutolink",
  "emailAutolink",
  "strikethrough",
];
const syntax = [gfm(), { disable: { null: WITHOUT_TEXT } }];
/** Without transforms: they walk the whole tree recursively, and thousands of nested quotations end the stack. */
const tree = gfmFromMarkdown().map((extension) => ({ ...extension, transforms: [] }));

const parse = (lines: readonly Line[], blanked: ReadonlySet<number>): Root =>
  fromMarkdown(
    lines.map(({ text, eol }, index) => (blanked.has(index) ? "" : shallow(text)) + eol).join(""),
    {
      extensions: syntax,
      mdastExtensions: tree,
    },
  );

/** Reading, placing and reading again see the same texts: the newest few are remembered. */
const REMEMBERED = 4;
const remembered = new Map<string, Scan>();

export function scan(text: string): Scan {
  const known = remembered.get(text);
  const seen = known ?? scanWithout(text, new Set());
  remembered.delete(text);
  remembered.set(text, seen);
  if (remembered.size > REMEMBERED) remembered.delete(remembered.keys().next().value ?? "");
  return seen;
}

/** As `scan`, as if these lines were blank. In a text that is too laborious to parse nothing is seen. */
export function scanWithout(text: string, blanked: ReadonlySet<number>): Scan {
  const lines = splitLines(text);
  if (isTooLaborious(lines)) return { lines, begins: [], ends: [], carriers: [], veils: [] };
  const begins: number[] = [];
  const ends: number[] = [];
  const carriers: Carrier[] = [];
  const veils: Span[] = [];
  for (const node of parse(lines, blanked).children) {
    const span = spanOf(node);
    if (node.type === "list") {
      for (const item of node.children) collect(item, 1, lines, carriers);
    } else if (node.type === "html" && span.first === span.last) {
      if (isBegin(node.value)) begins.push(span.first);
      else if (isEnd(node.value)) ends.push(span.first);
    } else if (node.type === "html" || node.type === "code") {
      veils.push(span);
    }
  }
  carriers.sort((a, b) => a.line - b.line);
  return { lines, begins, ends, carriers, veils };
}

/** Items are boxes of a list at top level; questions may also stand one level below. Deeper is text of an answer. */
function collect(item: ListItem, depth: 1 | 2, lines: readonly Line[], carriers: Carrier[]): void {
  const { first, last } = spanOf(item);
  const words = item.children[0];
  const comment = words === undefined || words.type === "html" ? null : firstMark(words, first);
  if (comment !== null) {
    const column = comment.column + (first === 0 && lines[0]?.text.startsWith(BOM) ? 1 : 0);
    const place = { line: first, from: column, to: column + comment.length, last };
    const { mark } = comment;
    if (mark.kind === "answer") carriers.push({ ...place, ...mark });
    else if (depth === 1 && typeof item.checked === "boolean")
      carriers.push({ ...place, ...mark, checked: item.checked });
  }
  if (depth === 2) return;
  for (const child of item.children) {
    if (child.type !== "list") continue;
    for (const nested of child.children) collect(nested, 2, lines, carriers);
  }
}

/** The first marker on the first line of a list item: in its paragraph, or what an answer below made of that. */
function firstMark(
  node: Nodes,
  line: number,
): { mark: ItemMark | AnswerMark; column: number; length: number } | null {
  if (node.type === "html" && spanOf(node).first === line) {
    const mark = parseMark(node.value);
    const column = (node.position?.start.column ?? 1) - 1;
    return mark === null ? null : { mark, column, length: node.value.length };
  }
  if (!HOLDERS.has(node.type) || !("children" in node)) return null;
  for (const child of node.children) {
    const found = firstMark(child, line);
    if (found !== null) return found;
  }
  return null;
}

const HOLDERS: ReadonlySet<string> = new Set(["paragraph", "heading", "table", "tableRow", "tableCell"]);

function spanOf(node: Nodes): Span {
  const position = node.position;
  if (position === undefined) throw new Error(`The Markdown parser gave a ${node.type} without a position.`);
  return { first: position.start.line - 1, last: position.end.line - 1 };
}
