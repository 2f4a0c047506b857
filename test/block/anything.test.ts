import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { normaliseLine } from "../../src/domain/block/identity.ts";
import { splitLines } from "../../src/domain/block/lines.ts";
import { readBlock } from "../../src/domain/block/read.ts";
import { placeBlock } from "../../src/domain/block/splice.ts";
import { renderBlock } from "../../src/render/block.ts";
import { examples } from "./examples.ts";
import { checkOutside } from "./outside.ts";
import { block, isOurs, item, modelOf, ourBoxesShown, read, rollback } from "./support.ts";

const model = modelOf([rollback({ code: "revert" })]);
const ours = renderBlock(model, { eol: "\n" });

/** Lines of which descriptions, and what people write into the block, are made. */
const openings = [
  "```",
  "~~~",
  "````js",
  "<!--",
  "<!-- x",
  "-->",
  "<div>",
  "</div>",
  "<script>",
  "</script>",
  "<?php",
  "<pre>",
  "<details>",
  "$$",
];
const marks = [
  "> ",
  "- ",
  "- [ ] ",
  "1. ",
  "# ",
  "    ",
  "\t",
  "  ",
  "| a | ",
  "***",
  "---",
  "===",
  "[x]: /url ",
  "[^1]: ",
  "`",
  "\\",
  "",
  "",
];
const quotes = [
  ...ours.split("\n"),
  ...ours.split("\n").map((line) => `> ${line}`),
  "<!-- item:ci -->",
  "<!-- answer:code -->",
];
const line = fc.oneof(fc.constantFrom(...openings), fc.constantFrom(...marks), fc.constantFrom(...quotes));
const eol = fc.constantFrom("\n", "\n", "\n", "\r\n", "\r");

describe("promise 3: your text is yours, for any description", () => {
  const text = fc
    .array(
      fc.tuple(
        fc.oneof(line, fc.constantFrom(...examples.map(({ markdown }) => markdown)), fc.string()),
        eol,
      ),
      { maxLength: 10 },
    )
    .map((parts) => parts.flat().join(""))
    .filter((body) => read(body).found === "none");

  test("without a block: no byte changes, boxes are boxes, a second look writes nothing", () => {
    fc.assert(
      fc.property(text, (body) => checkOutside(body, model)),
      { numRuns: 500 },
    );
  }, 60_000);
});

describe("promise 3: what people do to the block", () => {
  /** People delete, double, move and add lines anywhere in a description with a block. What they add carries a word. */
  const deed = fc.oneof(
    fc.record({ kind: fc.constant("delete" as const), at: fc.nat(30) }),
    fc.record({ kind: fc.constant("double" as const), at: fc.nat(30) }),
    fc.record({ kind: fc.constant("move" as const), at: fc.nat(30), to: fc.nat(30) }),
    fc.record({ kind: fc.constant("open" as const), at: fc.nat(30), line: fc.constantFrom(...openings) }),
    fc.record({
      kind: fc.constant("write" as const),
      at: fc.nat(30),
      line: fc.oneof(fc.constantFrom(...marks), fc.constantFrom(...openings)),
    }),
    fc.record({ kind: fc.constant("append" as const), at: fc.nat(30) }),
  );
  type Deed = typeof deed extends fc.Arbitrary<infer T> ? T : never;

  function after(deeds: readonly Deed[]): { body: string; words: string[] } {
    const lines = ["Above.", "", ...ours.split("\n"), "", "Below."];
    const words: string[] = [];
    const word = () => {
      words.push(`word${words.length}x`);
      return words.at(-1);
    };
    for (const deed of deeds) {
      const at = Math.min(deed.at, lines.length - 1);
      const there = lines[at] ?? "";
      if (deed.kind === "delete") lines.splice(at, 1);
      else if (deed.kind === "double") lines.splice(at, 0, there);
      else if (deed.kind === "move") lines.splice(Math.min(deed.to, lines.length), 0, ...lines.splice(at, 1));
      else if (deed.kind === "open") lines.splice(at, 0, deed.line);
      else if (deed.kind === "append") lines[at] = `${there} ${word()}`;
      else lines.splice(at, 0, `${deed.line} ${word()}`);
    }
    const body = lines.join("\n");
    return { body, words: words.filter((word) => body.includes(word)) };
  }

  test("nothing they wrote is lost, the block is whole again, and the look after writes nothing", () => {
    const kinds = new Map<string, number>();
    fc.assert(
      fc.property(fc.array(deed, { minLength: 1, maxLength: 6 }), fc.boolean(), (deeds, web) => {
        const { body: written, words } = after(deeds);
        const body = web ? written.replaceAll("\n", "\r\n") : written;
        const reading = readBlock(body, isOurs);
        kinds.set(reading.found, (kinds.get(reading.found) ?? 0) + 1);
        expect(reading.before + reading.block + reading.after).toBe(body);
        const repaired = (from: typeof reading) => {
          const answer = (id: string) => from.answers.get(`rollback/${id}`) ?? "";
          const next = modelOf([rollback({ code: answer("code"), data: answer("data") })]);
          return placeBlock(from, renderBlock(next, { eol: from.eol })) ?? "";
        };
        const placed = repaired(reading);
        for (const word of words) expect(placed).toContain(word);
        const again = readBlock(placed, isOurs);
        expect(again).toMatchObject({ found: "whole", foreign: "" });
        const first = splitLines(again.before).length - 1;
        const shown = ourBoxesShown(placed, first, first + splitLines(again.block).length - 1);
        expect(shown.map(({ id }) => id)).toEqual(["ci", "staging-e2e", "rollback"]);
        expect(repaired(again)).toBe(placed);
        expect(placed).toContain(reading.after);
      }),
      { numRuns: 600 },
    );
    for (const found of ["none", "partial", "whole"]) expect(kinds.get(found)).toBeGreaterThan(10);
  });

  test("ticks that stood alone in the block are read as they are", () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 8 }), eol, (ticks, end) => {
        const items = ticks.map((checked, index) => item(`item-${index}`, `Item ${index}`, { checked }));
        const body = renderBlock(modelOf(items), { eol: "\n" }).replaceAll("\n", end);
        const { boxes } = read(body);
        ticks.forEach((checked, index) => {
          expect(boxes.get(`item-${index}`)).toEqual({ checked, sha: null });
        });
      }),
    );
  });
});

describe("what identifies a line", () => {
  test.each([
    ["- [x] CI <!-- item:ci -->  \r\n", "- [ ] CI <!-- item:ci -->"],
    ["* [X] CI <!--item:ci@abc1234-->", "- [ ] CI <!-- item:ci -->"],
    ["  - How? <!-- answer:code --> so", "- How? <!-- answer:code -->"],
    ["\t⚠ note ", "⚠ note"],
    ["+ plain", "- plain"],
  ])("%j", (line, normal) => {
    expect(normaliseLine(line)).toBe(normal);
    expect(normaliseLine(normal)).toBe(normal);
  });
});

describe("descriptions made to take long", () => {
  const long = (text: string, length = 32_000) => text.repeat(Math.floor(length / text.length));
  test.each([
    ["[", "![", "<", "*", "_", "`", "\\", "&", "~", "|", "[^a]", "[a](", "a@"],
    [
      ">",
      "> ",
      "- ",
      "1. ",
      "- + ",
      "a\n=\n",
      "a\n---\n",
      "\n",
      "\r",
      " \n",
      "\t",
      "- [ ] a\n",
      "> a\n",
      "| a ",
      "```\n",
    ],
    [
      "<!-- item:ci -->",
      "<!-- answer:code -->",
      "- <!-- item:ci -->\n",
      "<!-- release-checklist:begin -->\n",
      "<!-- release-checklist:end -->\n",
    ],
  ])(
    "of one piece, such as %j",
    (...pieces) => {
      for (const piece of pieces) {
        const body = `${long(piece)}\n${block.replace("is green", "is green ".repeat(20))}`;
        const start = performance.now();
        const reading = read(body);
        expect(reading.before + reading.block + reading.after).toBe(body);
        const placed = placeBlock(reading, block);
        expect({ piece, quick: performance.now() - start < 10_000 }).toEqual({ piece, quick: true });
        expect(placed === null || read(placed).found === "whole").toBe(true);
      }
    },
    60_000,
  );

  test("thousands of headings or quotations: the description stays as it is, and the block has no place", () => {
    for (const piece of ["a\n=\n", "> a\n\n", "- > a\n", "- a\n  - b\n"]) {
      const body = `${long(piece, 64_000)}\n\n${block}`;
      expect(read(body)).toMatchObject({ found: "none", before: body });
      expect(placeBlock(read(body), block)).toBeNull();
    }
  });

  test("long release notes as people and bots write them have their block", () => {
    const notes = Array.from(
      { length: 40 },
      (_, index) =>
        `## 1.${index}.0\n\n### Features\n\n${"* **api:** add a thing ([#12](https://example.com/issues/12))\n  with a second line\n  - and a nested one\n".repeat(8)}\n> quoted\n> twice\n\nHeading\n---\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\n1. one\n2. two\n`,
    ).join("\n");
    expect(notes.length).toBeGreaterThan(35_000);
    checkOutside(notes, model);
  });
});
