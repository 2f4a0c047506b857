import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { Nodes } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";
import { cut, inert, inertLine } from "../../src/render/inert.ts";

const parse = (text: string) =>
  fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });

/** What a reader sees, and the pieces in which GitHub looks for mentions and references: text outside code and links. */
function shown(markdown: string): { text: string; live: string[]; types: Set<string> } {
  const types = new Set<string>();
  const live: string[] = [];
  let text = "";
  const walk = (node: Nodes, inside: boolean) => {
    types.add(node.type);
    if (node.type === "inlineCode" || node.type === "text") text += node.value;
    if (node.type === "text" && !inside) live.push(node.value);
    if ("children" in node) for (const child of node.children) walk(child, inside || node.type === "link");
  };
  walk(parse(markdown), false);
  return { text, live, types };
}

describe("promise 10: text from users is inert in Markdown", () => {
  test.each([
    ["Ask @acme/sre, or @bob.", "Ask `@acme/sre`, or `@bob`."],
    ["Ask `@acme/sre`, not the author", "Ask `@acme/sre`, not the author"],
    ["Closes #12 and acme/app#3, GH-4", "Closes `#12` and `acme/app#3`, `GH-4`"],
    ["Deploy [skip ci]", "Deploy \\[skip ci\\]"],
    ["`[skip ci]`", "\\`\\[skip ci\\]\\`"],
    ["<b>bold</b> <!-- item:x -->", "\\<b>bold\\</b> \\<!-- item:x -->"],
    ["one\r\ntwo\n\n- [x] three", "one two - \\[x\\] three"],
    ["Run `npm audit` twice", "Run `npm audit` twice"],
    ["snake_case stays, _this_ too", "snake_case stays, \\_this\\_ too"],
    ["See https://example.com/a_b?c=d.", "See <https://example.com/a_b?c=d>."],
    ["Fixes https://github.com/acme/app/issues/7!", "Fixes `https://github.com/acme/app/issues/7`!"],
    ["Look at www.example.com", "Look at `www.example.com`"],
    ["`Closes #1`", "\\`Closes `#1`\\`"],
    ["100% of $5 & more | less", "100% of \\$5 \\& more \\| less"],
    ["mail ann@example.com", "mail `ann@example.com`"],
    ["`a`@b", "`a` `@b`"],
    ["\u202Egnp.exe", "gnp.exe"],
  ])("%j", (text, markdown) => {
    expect(inert(text)).toBe(markdown);
  });

  test.each([
    ["# heading", "\\# heading"],
    ["- list", "\\- list"],
    ["> quotation", "\\> quotation"],
    ["1. first", "1\\. first"],
    ["2) second", "2\\) second"],
    ["===", "\\==="],
    ["---", "\\---"],
    ["+ plus", "\\+ plus"],
    ["2026 plans", "2026 plans"],
  ])("%j at the beginning of a line", (text, markdown) => {
    expect(inertLine(text)).toBe(markdown);
  });

  const pieces = fc.constantFrom(
    ..."@ # ` `` ``` [ ] ( ) < > <!-- --> ! * ** _ __ ~ ~~ | \\ & ; : / . - $ $$ = + 1. 12 a bob acme/sre closes GH-7 [skip ci] https://x.y/ www. a@b.c &#64; \n \r\n \t \u2028 é 😀".split(
      " ",
    ),
    " ",
  );
  const texts = fc.array(pieces, { maxLength: 14 }).map((parts) => parts.join(""));

  test("a reader sees the text, and nothing of it is alive", () => {
    fc.assert(
      fc.property(texts, (text) => {
        const { text: seen, live, types } = shown(`x ${inert(text)} y`);
        const bare = (value: string) => value.replace(/[\s`\u2028\u2029]/g, "");
        expect(bare(seen)).toBe(bare(`x ${text} y`));
        for (const piece of live) {
          expect(piece).not.toMatch(/@\w/);
          expect(piece).not.toMatch(/#\d|\bGH-\d/i);
        }
        for (const type of types) expect(["root", "paragraph", "text", "inlineCode", "link"]).toContain(type);
        expect(inert(text)).not.toMatch(
          /\[(?:skip ci|ci skip|no ci)\]|[\r\n]|(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):? +#\d/i,
        );
      }),
      { numRuns: 3_000 },
    );
  }, 60_000);

  test("at the beginning of a line it stays a paragraph", () => {
    fc.assert(
      fc.property(texts, (text) => {
        const line = inertLine(text);
        const alone = parse(`before\n${line}\n`).children;
        expect(alone.map(({ type }) => type)).toEqual(["paragraph"]);
      }),
      { numRuns: 1_000 },
    );
  }, 60_000);

  test("long runs take no time", () => {
    for (const text of [
      "a".repeat(60_000),
      "@".repeat(60_000),
      "a.".repeat(30_000),
      "`".repeat(60_000),
      "#".repeat(60_000),
      "a/#".repeat(20_000),
    ]) {
      const start = performance.now();
      inert(text);
      expect(performance.now() - start).toBeLessThan(2_000);
    }
  });
});

describe("cut", () => {
  test("cuts between characters and says so", () => {
    expect(cut("short", 5)).toBe("short");
    expect(cut("😀😀😀", 2)).toBe("😀…");
    expect(cut("one two", 5)).toBe("one…");
  });
});
