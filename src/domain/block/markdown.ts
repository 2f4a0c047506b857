import type { Html, ListItem, Nodes, Root } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";

/** GitHub's Markdown in two steps: the blocks of a whole text, and the words of a few lines of it. */

/**
 * What is made of the words of a paragraph. It does not matter to where blocks are, takes most of the time, and for
 * some texts minutes.
 */
const OF_WORDS = [
  "attention",
  "autolink",
  "characterEscape",
  "characterReference",
  "codeText",
  "emailAutolink",
  "gfmFootnoteCall",
  "gfmPotentialFootnoteCall",
  "hardBreakEscape",
  "htmlText",
  "labelEnd",
  "labelStartImage",
  "labelStartLink",
  "protocolAutolink",
  "strikethrough",
  "tasklistCheck",
  "wwwAutolink",
];
const blocksOnly = [gfm(), { disable: { null: OF_WORDS } }];
const everything = [gfm()];
/** Without transforms: they walk the whole tree recursively, and thousands of nested quotations end the stack. */
const tree = gfmFromMarkdown().map((extension) => ({ ...extension, transforms: [] }));

/** The blocks of a text; what is in paragraphs is one text each. */
export const parseBlocks = (text: string): Root =>
  fromMarkdown(text, { extensions: blocksOnly, mdastExtensions: tree });

/** The first line of a list item. */
export interface ItemLine {
  /** Null when it has no box. */
  readonly checked: boolean | null;
  readonly comments: readonly { readonly text: string; readonly column: number }[];
}

/** The lines of a block stay the same while people write around it. */
const REMEMBERED = 16;
const remembered = new Map<string, readonly ItemLine[]>();

/** Reads lines that each start a list item, without what follows them. */
export function parseItemLines(lines: readonly string[]): readonly ItemLine[] {
  const key = lines.join("\n");
  const found = remembered.get(key) ?? parseEach(lines);
  remembered.delete(key);
  remembered.set(key, found);
  if (remembered.size > REMEMBERED) remembered.delete(remembered.keys().next().value ?? "");
  return found;
}

function parseEach(lines: readonly string[]): ItemLine[] {
  const found = lines.map((): ItemLine => ({ checked: null, comments: [] }));
  const root = fromMarkdown(lines.join("\n\n"), { extensions: everything, mdastExtensions: tree });
  for (const list of root.children) {
    if (list.type !== "list") continue;
    for (const item of list.children) found[lineOf(item) / 2] = itemLine(item);
  }
  return found;
}

function itemLine(item: ListItem): ItemLine {
  const comments: Html[] = [];
  const words = item.children[0];
  if (words?.type === "paragraph" || words?.type === "heading") collectHtml(words, comments);
  return {
    checked: item.checked ?? null,
    comments: comments.map((html) => ({ text: html.value, column: (html.position?.start.column ?? 1) - 1 })),
  };
}

function collectHtml(node: Nodes, found: Html[]): void {
  if (node.type === "html") found.push(node);
  else if ("children" in node) for (const child of node.children) collectHtml(child, found);
}

/** Lines are counted from 0. */
export const lineOf = (node: Nodes): number => positionOf(node).start.line - 1;
export const lastLineOf = (node: Nodes): number => positionOf(node).end.line - 1;
export const columnOf = (node: Nodes): number => positionOf(node).start.column - 1;

function positionOf(node: Nodes) {
  if (node.position === undefined)
    throw new Error(`The Markdown parser gave a ${node.type} without a position.`);
  return node.position;
}
