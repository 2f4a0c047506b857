import type { Nodes } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";
import { ourLines, ownLines } from "../../src/domain/block/identity.ts";
import type { BlockItem, BlockModel } from "../../src/domain/block/model.ts";
import { readBlock } from "../../src/domain/block/read.ts";
import type { BlockReading } from "../../src/domain/block/reading.ts";
import { placeBlock } from "../../src/domain/block/splice.ts";
import { renderBlock } from "../../src/render/block.ts";

export const item = (id: string, title: string, rest: Partial<BlockItem> = {}): BlockItem => ({
  id,
  title,
  checked: false,
  sha: null,
  signers: null,
  help: null,
  notes: [],
  questions: [],
  ...rest,
});

export const rollback = (
  answers: { code?: string; data?: string } = {},
  rest: Partial<BlockItem> = {},
): BlockItem =>
  item("rollback", "Rollback plan confirmed", {
    sha: "abc1234",
    signers: "`@acme/sre`, not the author",
    questions: [
      { id: "code", text: "How do we revert the code?", answer: answers.code ?? "" },
      { id: "data", text: "How do we revert the data?", answer: answers.data ?? "" },
    ],
    ...rest,
  });

/** A checklist as most releases have it. */
export const modelOf = (people: readonly BlockItem[] = [rollback()]): BlockModel => ({
  check: "Release checklist: main",
  warnings: [],
  sections: [
    {
      title: "Decided by the app",
      items: [
        item("ci", "CI is green", { checked: true }),
        item("staging-e2e", "End-to-end tests pass on staging"),
      ],
    },
    { title: "Signed off by people", items: people },
  ],
});

export const block = renderBlock(modelOf(), { eol: "\n" });
export const isOurs = ownLines(ourLines(block));
export const read = (body: string): BlockReading => readBlock(body, isOurs);

/** The description with the block of this reading's line ends in it. */
export function place(body: string, model: BlockModel = modelOf()): string {
  const lines = ourLines(renderBlock(model, { eol: "\n" }));
  const reading = readBlock(body, ownLines([...ourLines(block), ...lines]));
  const placed = placeBlock(reading, renderBlock(model, { eol: reading.eol }));
  if (placed === null) throw new Error(`The block has no place in ${JSON.stringify(body)}`);
  return placed;
}

interface BoxShown {
  /** The comments in its first paragraph. */
  readonly comments: string;
  readonly checked: boolean;
  readonly depth: number;
  readonly line: number;
}

const everything = gfm();
/** Their transforms only make links of addresses. */
const trees = gfmFromMarkdown().map((extension) => ({ ...extension, transforms: [] }));

/** The boxes that GitHub's Markdown shows in all lists, by a parser with all of its syntax switched on. */
export function boxesShown(text: string): BoxShown[] {
  const boxes: BoxShown[] = [];
  const walk = (node: Nodes, depth: number) => {
    if (node.type === "listItem" && typeof node.checked === "boolean") {
      const first = node.children[0];
      const words = first !== undefined && "children" in first ? first.children : [];
      boxes.push({
        comments: words.map((word) => (word.type === "html" ? word.value : "")).join(""),
        checked: node.checked,
        depth,
        line: (node.position?.start.line ?? 0) - 1,
      });
    }
    if ("children" in node) for (const child of node.children) walk(child, depth + 1);
  };
  walk(fromMarkdown(text, { extensions: [everything], mdastExtensions: trees }), 0);
  return boxes;
}

/** Those of our items, as `boxesShown` sees them at top level, in these lines. */
export const ourBoxesShown = (text: string, first = 0, last = Infinity): { id: string; checked: boolean }[] =>
  boxesShown(text).flatMap(({ comments, checked, depth, line }) => {
    const id = /<!-- item:([\w-]+)/.exec(comments)?.[1];
    return id === undefined || depth !== 2 || line < first || line > last ? [] : [{ id, checked }];
  });

/** A small generator with a seed, so that a failure can be seen again. */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
