import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { tidyAnswer } from "../../src/domain/block/answer.ts";
import { ourLines, ownLines } from "../../src/domain/block/identity.ts";
import type { BlockModel } from "../../src/domain/block/model.ts";
import { readBlock } from "../../src/domain/block/read.ts";
import { fitBlock, forms, renderBlock, roomFor } from "../../src/render/block.ts";
import { item, modelOf, ourBoxesShown, read, rollback } from "./support.ts";

const readRendered = (rendered: string) => readBlock(rendered, ownLines(ourLines(rendered)));

describe("the block", () => {
  test("shows sections, boxes, who may sign, notes and questions", () => {
    const model = modelOf([
      rollback(
        { code: "revert the merge" },
        { notes: ["the tick of `bob` was taken back: it needs `@acme/sre`"] },
      ),
    ]);
    expect(renderBlock(model, { eol: "\n" })).toMatchInlineSnapshot(`
"<!-- release-checklist:begin -->
## Release checklist

**Decided by the app**
- [x] CI is green <!-- item:ci -->
- [ ] End-to-end tests pass on staging <!-- item:staging-e2e -->

**Signed off by people**
- [ ] Rollback plan confirmed (\`@acme/sre\`, not the author) <!-- item:rollback@abc1234 -->
  ⚠ the tick of \`bob\` was taken back: it needs \`@acme/sre\`
  - How do we revert the code? <!-- answer:code --> revert the merge
  - How do we revert the data? <!-- answer:data -->

Who signed what: the **Release checklist: main** check. Help: comment \`/checklist help\`.
<!-- release-checklist:end -->"
`);
  });

  test("shows what is wrong with the app itself above the sections, and help under its item", () => {
    const model: BlockModel = {
      check: "Release checklist: main",
      warnings: ["The app may not write checks: grant it `checks: write`.", "Second warning"],
      sections: [
        { title: "Nothing here", items: [] },
        {
          title: "Validate (staging)",
          items: [item("plan", "Plan", { help: "Write it down now. See https://wiki.example/a_b." })],
        },
      ],
    };
    expect(renderBlock(model, { eol: "\n" })).toMatchInlineSnapshot(`
"<!-- release-checklist:begin -->
## Release checklist

⚠ The app may not write checks: grant it \`checks: write\`.

⚠ Second warning

**Validate (staging)**
- [ ] Plan <!-- item:plan -->
  Write it down now. See <https://wiki.example/a_b>.

Who signed what: the **Release checklist: main** check. Help: comment \`/checklist help\`.
<!-- release-checklist:end -->"
`);
  });

  test("keeps answers as written, indented into their question", () => {
    const answer = "1. stop\n2. `git revert`\n\n```sh\nmake rollback\n```";
    const rendered = renderBlock(modelOf([rollback({ code: answer, data: "none\nneeded" })]), { eol: "\n" });
    expect(
      rendered.slice(rendered.indexOf("- [ ] Rollback"), rendered.indexOf("\n\nWho")),
    ).toMatchInlineSnapshot(`
"- [ ] Rollback plan confirmed (\`@acme/sre\`, not the author) <!-- item:rollback@abc1234 -->
  - How do we revert the code? <!-- answer:code -->
    1. stop
    2. \`git revert\`

    \`\`\`sh
    make rollback
    \`\`\`
  - How do we revert the data? <!-- answer:data --> none
    needed"
`);
    expect(read(rendered).answers).toEqual(
      new Map([
        ["rollback/code", answer],
        ["rollback/data", "none\nneeded"],
      ]),
    );
  });

  test("uses the line ends that it is told to", () => {
    const rendered = renderBlock(modelOf([rollback({ code: "a\nb\r\n\r\nc\rd" })]), { eol: "\r\n" });
    expect(rendered.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
    expect(read(rendered).answers.get("rollback/code")).toBe("a\nb\n\nc\nd");
  });

  test("never holds a bare rule, whatever stands in the model", () => {
    const rendered = renderBlock(
      {
        ...modelOf([
          item("a", "---", {
            help: "---",
            notes: ["---"],
            questions: [{ id: "q", text: "---", answer: "---\n***" }],
          }),
        ]),
        warnings: ["---"],
      },
      { eol: "\n" },
    );
    expect(rendered.split("\n")).not.toContain("---");
  });
});

describe("forms for GitHub's limit", () => {
  const long = (word: string) => `${word} `.repeat(40).trim();
  const model = modelOf([
    rollback(
      { code: "keep this answer" },
      { title: long("title"), help: long("help"), notes: [long("first"), long("second")] },
    ),
  ]);

  test("each is shorter than the one before, and all keep boxes and answers", () => {
    const rendered = forms.map((form) => renderBlock(model, { eol: "\n", form }));
    expect(rendered.map(({ length }) => length)).toEqual(
      [...rendered.map(({ length }) => length)].sort((a, b) => b - a),
    );
    expect(new Set(rendered).size).toBe(forms.length);
    for (const block of rendered) {
      expect(ourBoxesShown(block).map(({ id }) => id)).toEqual(["ci", "staging-e2e", "rollback"]);
      expect(read(block).answers.get("rollback/code")).toBe("keep this answer");
    }
    expect(rendered.at(-1)).toMatchInlineSnapshot(`
"<!-- release-checklist:begin -->
## Release checklist

**Decided by the app**
- [x] CI is green <!-- item:ci -->
- [ ] End-to-end tests pass on staging <!-- item:staging-e2e -->

**Signed off by people**
- [ ] title title title title title title tit… <!-- item:rollback@abc1234 -->
  ⚠ first first first first first first first first first first…
  - How do we revert the code? <!-- answer:code --> keep this answer
  - How do we revert the data? <!-- answer:data -->

Who signed what: the **Release checklist: main** check. Help: comment \`/checklist help\`.
<!-- release-checklist:end -->"
`);
  });

  test("the longest that fits is taken, and none when the shortest does not fit", () => {
    for (const form of forms) {
      const block = renderBlock(model, { eol: "\n", form });
      expect(fitBlock(model, { eol: "\n", room: block.length })).toBe(block);
    }
    const shortest = renderBlock(model, { eol: "\n", form: "shortest" });
    expect(fitBlock(model, { eol: "\n", room: shortest.length - 1 })).toBeNull();
  });

  test("the room is what people's text and the blank lines between leave", () => {
    expect(roomFor(read("x".repeat(60_000)), 65_536)).toBe(65_536 - 60_000 - 6);
    expect(roomFor(read(`${"x".repeat(60_000)}\r\n`), 65_536)).toBe(65_536 - 60_002 - 12);
  });
});

describe("promise 10: text from users is inert in the block", () => {
  const text = fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 40 }),
    fc
      .array(
        fc.constantFrom(
          "@acme/sre",
          "#12",
          "Closes #1",
          "[skip ci]",
          "***NO_CI***",
          "---",
          "<!--",
          "-->",
          "<b>",
          "</details>",
          "`",
          "``",
          "```",
          "[x]",
          "- [ ]",
          "\\",
          "\n",
          "\r\n",
          "_a_",
          "**",
          "~~",
          "|",
          "$x$",
          "&amp;",
          "&#64;a",
          "<!-- item:ci -->",
          "<!-- answer:code -->",
          "<!-- release-checklist:end -->",
          "https://example.com/a_b?c=d",
          "![i](u)",
          "[l](u)",
          "[^1]",
          "www.x.com",
          "# ",
          "> ",
          "1. ",
          "===",
          "\u202E",
          "word",
          " ",
        ),
        { maxLength: 8 },
      )
      .map((parts) => parts.join("")),
  );
  const answer = fc.oneof(
    text,
    fc.array(text, { maxLength: 5 }).map((lines) => lines.join("\n")),
  );

  test("no title, help, note, question or answer changes the boxes or answers that are read", () => {
    fc.assert(
      fc.property(text, text, text, text, answer, answer, (title, help, note, question, code, data) => {
        const model: BlockModel = {
          check: title,
          warnings: [note],
          sections: [
            {
              title: help,
              items: [
                item("one", title, {
                  help,
                  notes: [note],
                  signers: question,
                  questions: [
                    { id: "code", text: question, answer: code },
                    { id: "data", text: title, answer: data },
                  ],
                }),
                item("two", question, { checked: true }),
              ],
            },
          ],
        };
        for (const form of forms) {
          const rendered = renderBlock(model, { eol: "\n", form });
          const { found, boxes, answers, foreign, block } = readRendered(rendered);
          expect({ found, foreign, block }).toEqual({ found: "whole", foreign: "", block: rendered });
          expect([...boxes]).toEqual([
            ["one", { checked: false, sha: null }],
            ["two", { checked: true, sha: null }],
          ]);
          expect([...answers]).toEqual([
            ["one/code", tidyAnswer(code)],
            ["one/data", tidyAnswer(data)],
          ]);
          expect(ourBoxesShown(rendered)).toEqual([
            { id: "one", checked: false },
            { id: "two", checked: true },
          ]);
        }
      }),
      { numRuns: 400 },
    );
  }, 60_000);
});
