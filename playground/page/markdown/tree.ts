import type { Nodes, Root } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";

export const treeOf = (source: string): Root =>
  fromMarkdown(source, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });

/** Where a node begins and ends in its source. */
export const placeOf = ({ position }: Nodes): { readonly start: number; readonly end: number } => ({
  start: position?.start.offset ?? 0,
  end: position?.end.offset ?? 0,
});

const comment = /^<!--[\s\S]*-->\s*$/;
const itemMark = /<!--\s*item:([\w.-]+?)(?:@\w+)?\s*-->/;
const answerMark = /^<!--\s*answer:([\w.-]+)\s*-->$/;

export const isComment = (html: string): boolean => comment.test(html);
export const itemIn = (html: string): string | null => itemMark.exec(html)?.[1] ?? null;
export const questionIn = (html: string): string | null => answerMark.exec(html)?.[1] ?? null;

/** The smallest level of a heading in it, or 1. */
export function topHeading(root: Root): number {
  const depths = root.children.flatMap((node) => (node.type === "heading" ? [node.depth] : []));
  return depths.length === 0 ? 1 : Math.min(...depths);
}
