import { expect } from "@jest/globals";
import { ourLines, ownLines } from "../../src/domain/block/identity.ts";
import { splitLines } from "../../src/domain/block/lines.ts";
import type { BlockModel } from "../../src/domain/block/model.ts";
import { readBlock } from "../../src/domain/block/read.ts";
import { outside, placeBlock } from "../../src/domain/block/splice.ts";
import { renderBlock } from "../../src/render/block.ts";
import { ourBoxesShown } from "./support.ts";

/**
 * Promise 3 for one description without a block: the block has a place, no byte outside changes, the boxes are
 * boxes, and placing it again gives the same bytes. Compares before it asserts, because most cases are equal and
 * there are many.
 */
export function checkOutside(body: string, model: BlockModel): void {
  const rendered = { "\n": renderBlock(model, { eol: "\n" }), "\r\n": renderBlock(model, { eol: "\r\n" }) };
  const isOurs = ownLines(ourLines(rendered["\n"]));
  const first = readBlock(body, isOurs);
  const block = rendered[first.eol];
  const placed = placeBlock(first, block) ?? "";
  const bare = body.replace(/^\uFEFF/, "");
  if (!placed.startsWith(body) && !placed.endsWith(bare)) expect(placed).toContain(body);
  const reading = readBlock(placed, isOurs);
  const seen = [
    reading.found,
    reading.block,
    reading.foreign,
    outside(placed, isOurs),
    placeBlock(reading, block),
  ];
  const right = ["whole", block, "", body, placed];
  if (seen.some((value, index) => value !== right[index]))
    expect({ placed, seen }).toEqual({ placed, seen: right });
  const top = splitLines(reading.before).length - 1;
  const shown = ourBoxesShown(placed, top, top + splitLines(block).length - 1);
  const boxes = model.sections.flatMap(({ items }) => items.map(({ id, checked }) => ({ id, checked })));
  if (JSON.stringify(shown) !== JSON.stringify(boxes))
    expect({ placed, shown }).toEqual({ placed, shown: boxes });
}
