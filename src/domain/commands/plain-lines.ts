import type { Nodes } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";

/**
 * Nodes that may hold a line that counts. A list may: a line that follows a numbered answer without a blank line
 * belongs to that answer's paragraph in Markdown, though nobody means it so. Headings may, because `---` below a
 * line makes one of it.
 */
const transparent: ReadonlySet<Nodes["type"]> = new Set([
  "root",
  "paragraph",
  "heading",
  "list",
  "listItem",
  "emphasis",
  "strong",
  "delete",
  "text",
  "break",
]);

/** Elements whose content is shown as code or quotation although Markdown inside them is still read. */
const enclosing = /<(\/?)(?:pre|code|blockquote|samp|kbd|tt|q)\b[^>]*>/gi;

export interface Line {
  readonly text: string;
  /** Markdown shows its start as text: not code, quotation, HTML, table or footnote. */
  readonly plain: boolean;
}

/** The lines of a comment (with `\n` as line end), and which of them people see as plain text. */
export const plainLines = (markdown: string): Line[] => {
  const tree = fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  const spans = opaqueSpans(tree, markdown.length);
  let offset = 0;
  let index = 0;
  return markdown.split("\n").map((text) => {
    const start = offset + (text.length - text.trimStart().length);
    offset += text.length + 1;
    for (let span = spans[index]; span && span.end <= start; span = spans[index]) index += 1;
    const span = spans[index];
    return { text, plain: !span || start < span.start };
  });
};

interface Span {
  readonly start: number;
  readonly end: number;
}

/** In document order and apart from each other. */
const opaqueSpans = (tree: Nodes, length: number): Span[] => {
  const spans: Span[] = [];
  let depth = 0;
  let opened = 0;
  const visit = (node: Nodes): void => {
    const start = node.position?.start.offset ?? 0;
    const end = node.position?.end.offset ?? length;
    if (node.type === "html") {
      const before = depth;
      for (const [, slash] of node.value.matchAll(enclosing)) depth = Math.max(0, depth + (slash ? -1 : 1));
      if (before === 0 && depth > 0) opened = start;
      else if (before > 0 && depth === 0) spans.push({ start: opened, end });
      else if (before === 0) spans.push({ start, end });
    } else if (transparent.has(node.type)) {
      if ("children" in node) for (const child of node.children) visit(child);
    } else if (depth === 0) spans.push({ start, end });
  };
  visit(tree);
  if (depth > 0) spans.push({ start: opened, end: length });
  return spans;
};
