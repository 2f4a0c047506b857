import { describe, expect, test } from "@jest/globals";
import { mostCommands } from "../../src/domain/commands/command.ts";
import { parseCommands } from "../../src/domain/commands/parse.ts";
import { items } from "./items.ts";

const parse = (...lines: string[]) => parseCommands(lines.join("\n"), items);
/** What came of it, in one line each. */
const told = (...lines: string[]) =>
  parse(...lines)
    .map((command) => (command.kind === "wrong" ? command.why : JSON.stringify(command)))
    .join("\n");

describe("each command", () => {
  test.each([
    ["/checklist sign smoke", { kind: "sign", items: ["smoke"], answers: [] }],
    [
      "/checklist sign smoke, `monitoring` smoke",
      { kind: "sign", items: ["smoke", "monitoring"], answers: [] },
    ],
    ["/Checklist SIGN Smoke", { kind: "sign", items: ["smoke"], answers: [] }],
    ["   /checklist\tsign   smoke  ", { kind: "sign", items: ["smoke"], answers: [] }],
    ["/checklist unsign rollback smoke", { kind: "unsign", items: ["rollback", "smoke"] }],
    ["/checklist waive ci  The runner is down ", { kind: "waive", item: "ci", reason: "The runner is down" }],
    ["/checklist override Production is *down*", { kind: "override", reason: "Production is *down*" }],
    ["/checklist announce", { kind: "announce", items: [] }],
    ["/checklist announce stakeholders", { kind: "announce", items: ["stakeholders"] }],
    [
      "/checklist announced https://a.example/x?y=1",
      { kind: "announced", items: [], link: "https://a.example/x?y=1" },
    ],
    [
      "/checklist announced stakeholders <https://a.example/>",
      { kind: "announced", items: ["stakeholders"], link: "https://a.example/" },
    ],
    ["/checklist recheck please", { kind: "recheck" }],
    ["/checklist status", { kind: "status" }],
    ["/checklist help", { kind: "help" }],
    ["/checklist", { kind: "help" }],
  ])("%s", (line, command) => {
    expect(parse(line)).toEqual([command]);
  });
});

describe("answers", () => {
  test("stand below as numbered lines", () => {
    expect(parse("/checklist sign rollback", "1. Revert the merge", "2. Run the down migration")).toEqual([
      { kind: "sign", items: ["rollback"], answers: ["Revert the merge", "Run the down migration"] },
    ]);
  });

  test.each([
    ["a blank line before them", ["", "1. a", "2. b"], ["a", "b"]],
    ["the second only", ["2. b"], ["", "b"]],
    ["every number a one", ["1. a", "1. b"], ["a", "b"]],
    ["parentheses", ["1) a", "2) b"], ["a", "b"]],
    ["several lines", ["1. a", "   more", "still", "2. b"], ["a\nmore\nstill", "b"]],
    ["a paragraph of its own", ["1. a", "", "   more", "", "2. b"], ["a\n\nmore", "b"]],
    ["prose around them", ["Looks good:", "1. a", "2. b", "", "Thanks!"], ["a", "b"]],
    ["code in them", ["1. Run", "   ```", "   1. x", "   ```", "2. b"], ["Run\n```\n1. x\n```", "b"]],
    ["Windows line ends", ["1. a\r", "2. b\r"], ["a", "b"]],
    ["none", ["Thanks!"], []],
  ])("with %s", (_, below, answers) => {
    expect(parse("/checklist sign rollback", ...below)).toEqual([
      { kind: "sign", items: ["rollback"], answers },
    ]);
  });

  test("end at the next command, and do not hide it", () => {
    expect(
      parse("/checklist sign rollback", "1. a", "2. b", "/checklist sign smoke", "1. not an answer"),
    ).toEqual([
      { kind: "sign", items: ["rollback"], answers: ["a", "b"] },
      { kind: "sign", items: ["smoke"], answers: [] },
    ]);
  });
});

describe("only what Markdown shows as plain text is a command", () => {
  test.each([
    ["a fence", ["```", "/checklist help", "```"]],
    ["a fence that never ends", ["~~~", "/checklist help"]],
    ["indented code", ["    /checklist help"]],
    ["code in a list", ["- a", "", "      /checklist help"]],
    ["code in a line", ["`/checklist help`"]],
    ["code over two lines", ["`a", "/checklist help`"]],
    ["a quotation", ["> /checklist help"]],
    ["the lazy end of a quotation", ["> a", "/checklist help"]],
    ["a comment", ["<!--", "/checklist help", "-->"]],
    ["a comment with blank lines", ["<!-- a", "", "/checklist help", "", "-->"]],
    ["a comment inside a paragraph", ["a <!-- b", "/checklist help", "-->"]],
    ["HTML code", ["<pre>", "", "/checklist help", "", "</pre>"]],
    ["HTML code around a paragraph", ["<code>", "", "/checklist help", "", "</code>"]],
    ["an HTML quotation", ["<blockquote>", "", "/checklist help", "", "</blockquote>"]],
    ["a link's text", ["[a", "/checklist help](https://a.example)"]],
    ["a footnote", ["[^1]: a", "/checklist help", "", "a[^1]"]],
    ["a table", ["| a |", "|---|", "/checklist help"]],
    ["the middle of a line", ["Write /checklist help"]],
    ["a longer word", ["/checklists help", "/checklist-help", "/checklist: help"]],
  ])("not %s", (_, lines) => {
    expect(parse(...lines)).toEqual([]);
  });

  test.each([
    ["after prose", ["Looks good", "/checklist help"]],
    ["after a quotation and a blank line", ["> a", "", "/checklist help"]],
    ["after a fence", ["```", "a", "```", "/checklist help"]],
    ["after a comment", ["<!-- a -->", "/checklist help"]],
    ["after code in HTML that ended", ["<pre>a</pre>", "", "a <code>b</code>", "/checklist help"]],
    ["in a collapsed part", ["<details>", "", "/checklist help", "", "</details>"]],
    ["above a line of dashes", ["/checklist help", "--------------------------------------"]],
    ["with Windows line ends", ["a\r", "/checklist help\r", "b\r"]],
  ])("%s", (_, lines) => {
    expect(parse(...lines)).toEqual([{ kind: "help" }]);
  });

  test("several in one comment, in order", () => {
    expect(parse("/checklist sign smoke", "and", "", "/checklist recheck").map(({ kind }) => kind)).toEqual([
      "sign",
      "recheck",
    ]);
  });
});

describe("a wrong command hears what would be right", () => {
  test("a command of another name", () => {
    expect(
      told("/checklist singn smoke", "/checklist frobnicate", "/checklist `rm` x"),
    ).toMatchInlineSnapshot(`
"There is no command \`singn\`. Did you mean \`/checklist sign\`?
There is no command \`frobnicate\`. \`/checklist help\` lists all commands.
There is no command of this name. \`/checklist help\` lists all commands."
`);
  });

  test("an item of another name", () => {
    expect(
      told(
        "/checklist sign rolback",
        "/checklist sign smoke zzz",
        "/checklist sign @acme/sre",
        "/checklist unsign",
      ),
    ).toMatchInlineSnapshot(`
"There is no item \`rolback\` in this checklist. Did you mean \`rollback\`?
There is no item \`zzz\` in this checklist. Possible here: \`rollback\`, \`smoke\`, \`monitoring\` or \`stakeholders\`.
There is no item of this name in this checklist. Possible here: \`rollback\`, \`smoke\`, \`monitoring\` or \`stakeholders\`.
It names no item. Right would be \`/checklist unsign <items…>\`. Possible here: \`rollback\`, \`smoke\`, \`monitoring\` or \`stakeholders\`."
`);
  });

  test("an item of another kind", () => {
    expect(told("/checklist sign ci", "/checklist announce smoke")).toMatchInlineSnapshot(`
"The app itself decides the item \`ci\`: nobody signs it. \`/checklist waive ci <reason>\` sets it aside. Possible here: \`rollback\`, \`smoke\`, \`monitoring\` or \`stakeholders\`.
The item \`smoke\` is no announcement. Possible here: \`stakeholders\`."
`);
  });

  test("an item where none fits", () => {
    const [command] = parseCommands("/checklist sign a", [{ id: "ci", kind: "check" }]);
    expect(command).toMatchInlineSnapshot(`
{
  "kind": "wrong",
  "text": "/checklist sign a",
  "why": "There is no item \`a\` in this checklist. No item of this checklist fits.",
}
`);
  });

  test("a reason that is missing or too long", () => {
    expect(
      told(
        "/checklist waive",
        "/checklist waive ci",
        "/checklist waive ci,smoke down",
        "/checklist override",
        "/checklist override ...",
        `/checklist override ${"x".repeat(501)}`,
      ),
    ).toMatchInlineSnapshot(`
"It names no item. Right would be \`/checklist waive <item> <reason>\`. Possible here: \`ci\`, \`rollback\`, \`smoke\`, \`monitoring\` or \`stakeholders\`.
The reason is missing. Right would be \`/checklist waive <item> <reason>\`.
One item at a time. Right would be \`/checklist waive <item> <reason>\`.
The reason is missing. Right would be \`/checklist override <reason>\`.
The reason is missing. Right would be \`/checklist override <reason>\`.
The reason has 501 characters; at most 500 are possible."
`);
  });

  test("a link that is none", () => {
    expect(
      told(
        "/checklist announced",
        "/checklist announced yesterday",
        "/checklist announced javascript:alert(1)",
        "/checklist announced https://user:secret@a.example",
      ),
    ).toMatchInlineSnapshot(`
"A link to the announcement is needed. Right would be \`/checklist announced <link>\`, with \`https://…\`.
A link to the announcement is needed. Right would be \`/checklist announced <link>\`, with \`https://…\`.
A link to the announcement is needed. Right would be \`/checklist announced <link>\`, with \`https://…\`.
A link to the announcement is needed. Right would be \`/checklist announced <link>\`, with \`https://…\`."
`);
  });

  test("answers that fit no question", () => {
    expect(
      [
        told("/checklist sign rollback", "1. a", "2. b", "3. c"),
        told("/checklist sign rollback smoke", "1. a"),
        told("/checklist sign rollback", `1. ${"x".repeat(2_001)}`),
      ].join("\n"),
    ).toMatchInlineSnapshot(`
"\`rollback\` has 2 questions, but an answer is numbered 3.
Answers belong to one item: sign each item that has questions with a command of its own.
An answer may have at most 2000 characters."
`);
  });

  test("the outcome of a release", () => {
    expect(told("/checklist outcome success")).toMatchInlineSnapshot(
      `"{"kind":"outcome","status":"successful","note":null}"`,
    );
  });

  test("more commands than a comment may hold", () => {
    const commands = parse(...Array.from({ length: mostCommands + 5 }, () => "/checklist recheck"));
    expect(commands.slice(0, -1).every(({ kind }) => kind === "recheck")).toBe(true);
    expect(commands).toHaveLength(mostCommands + 1);
    expect(commands.at(-1)).toMatchInlineSnapshot(`
{
  "kind": "wrong",
  "text": "/checklist recheck",
  "why": "A comment may hold at most 20 commands; this one and those below it were not done.",
}
`);
  });

  test("a comment that is too heavy to read", () => {
    const heavy = [
      "x".repeat(20_000),
      "a\n".repeat(1_000),
      ">".repeat(20),
      "- ".repeat(20),
      "[^a]: ".repeat(20),
    ];
    for (const text of heavy)
      expect(parse(text, "", "/checklist help")).toEqual([
        {
          kind: "wrong",
          text: "/checklist help",
          why: expect.stringContaining("too long, or too deeply nested"),
        },
      ]);
  });
});
