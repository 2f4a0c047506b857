import type { Nodes, PhrasingContent, RootContent } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";

export interface Span {
  readonly text: string;
  readonly style: "plain" | "bold" | "code";
}

/** One line of the description as it is shown, before it is wrapped. */
export interface Line {
  readonly spans: readonly Span[];
  /** How deep in lists it stands. */
  readonly depth: number;
  readonly mark: "none" | "heading" | "bullet" | "ticked" | "empty-box";
  /** Begins a block of its own: there is room above it. */
  readonly apart: boolean;
}

/** The lines that Markdown shows, of the parts of it that the stories use; others are an error. */
export function linesOf(markdown: string): Line[] {
  const tree = fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  return tree.children.flatMap((block) => blockLines(block, 0));
}

function blockLines(block: RootContent, depth: number): Line[] {
  switch (block.type) {
    case "html":
      return [];
    case "heading":
      return [{ spans: spansOf(block.children), depth, mark: "heading", apart: true }];
    case "paragraph":
      return rows(spansOf(block.children)).map((spans, row) => ({
        spans,
        depth,
        mark: "none",
        apart: row === 0,
      }));
    case "list":
      return block.children.flatMap(({ checked, children }) => {
        const mark = checked === true ? "ticked" : checked === false ? "empty-box" : "bullet";
        const lines = children.flatMap((child) => blockLines(child, depth + 1));
        return lines.map((line, index) =>
          index === 0 ? { ...line, mark, apart: false } : { ...line, apart: false },
        );
      });
    default:
      throw new Error(`The pictures cannot show ${block.type}`);
  }
}

function spansOf(nodes: readonly PhrasingContent[], style: "plain" | "bold" = "plain"): Span[] {
  return nodes.flatMap((node): Span[] => {
    if (node.type === "text") return [{ text: node.value, style }];
    if (node.type === "inlineCode") return [{ text: node.value, style: "code" }];
    if (node.type === "strong") return spansOf(node.children, "bold");
    if (node.type === "html") return [];
    throw new Error(`The pictures cannot show ${(node as Nodes).type}`);
  });
}

/** GitHub keeps line ends in descriptions. */
function rows(spans: readonly Span[]): Span[][] {
  const all: Span[][] = [[]];
  for (const { text, style } of spans) {
    for (const [index, part] of text.split("\n").entries()) {
      if (index > 0) all.push([]);
      if (part !== "") all.at(-1)?.push({ text: part, style });
    }
  }
  return all;
}

/** Parts a line at spaces into rows of at most so many characters. */
export function wrap(spans: readonly Span[], width: number): Span[][] {
  const words = spans.flatMap(({ text, style }) =>
    (style === "code" ? [text] : text.split(/(?<= )/)).map((part): Span => ({ text: part, style })),
  );
  const all: Span[][] = [[]];
  let length = 0;
  for (const word of words) {
    if (length > 0 && length + word.text.trimEnd().length > width) {
      all.push([]);
      length = 0;
    }
    all.at(-1)?.push(word);
    length += word.text.length;
  }
  return all.map(joined);
}

const joined = (words: readonly Span[]): Span[] => {
  const spans: Span[] = [];
  for (const word of words) {
    const last = spans.at(-1);
    if (last?.style === word.style && word.style !== "code")
      spans[spans.length - 1] = { ...last, text: last.text + word.text };
    else spans.push(word);
  }
  return spans;
};
