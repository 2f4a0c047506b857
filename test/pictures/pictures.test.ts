import { readFile } from "node:fs/promises";
import { describe, expect, test } from "@jest/globals";
import { linesOf, wrap } from "../../playground/pictures/lines.ts";
import { makePictures } from "../../playground/pictures/pictures.ts";

const committed = (name: string) => readFile(new URL(`../../docs/images/${name}`, import.meta.url), "utf8");

describe("the pictures of the documentation", () => {
  test("are what the app shows now; npm run pictures makes them anew", async () => {
    const pictures = await makePictures();
    expect([...pictures.keys()]).toEqual(["blocked.svg", "ready.svg"]);
    for (const [name, svg] of pictures) expect(svg).toBe(await committed(name));
  });

  test("say in words what they show, and load nothing", async () => {
    const blocked = await committed("blocked.svg");
    const ready = await committed("ready.svg");
    expect(blocked).toContain("<title>Release 1.4.0: Blocked: staging-e2e failed (and 5 more)</title>");
    expect(ready).toContain("<title>Release 1.4.0: Ready: 7 of 7 items done</title>");
    for (const svg of [blocked, ready]) {
      expect(svg).toContain("@media (prefers-color-scheme: dark)");
      expect(svg.match(/https?:[^"]*/g)).toEqual(["http://www.w3.org/2000/svg"]);
      expect(svg).not.toMatch(/href|url\(|@import|<script|<image|<foreignObject/);
    }
  });

  test("show boxes, bullets, code and line ends of a description", () => {
    const shown = linesOf(
      "**Now**\n- [x] Done `@acme/sre` <!-- item:a -->\n  - Why? <!-- answer:b --> Because\n- [ ] Open\n",
    );
    expect(
      shown.map(({ mark, depth, spans }) => [mark, depth, spans.map(({ text }) => text).join("")]),
    ).toEqual([
      ["none", 0, "Now"],
      ["ticked", 1, "Done @acme/sre "],
      ["bullet", 2, "Why?  Because"],
      ["empty-box", 1, "Open"],
    ]);
    expect(() => linesOf("> quoted")).toThrow("The pictures cannot show blockquote");
  });

  test("part long lines at spaces", () => {
    const rows = wrap(
      [
        { text: "one two three four", style: "plain" },
        { text: "five", style: "code" },
      ],
      9,
    );
    expect(rows.map((row) => row.map(({ text }) => text.trim()).join("|"))).toEqual([
      "one two",
      "three",
      "four|five",
    ]);
  });
});
