import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { parseCommands } from "../../src/domain/commands/parse.ts";
import { items } from "./items.ts";

const piece = fc.constantFrom(
  "/checklist",
  " ",
  "\n",
  "\r\n",
  "\r",
  "\t",
  "    ",
  "sign smoke",
  "sign rollback",
  "waive ci x",
  "override x",
  "announced https://a.example",
  "1. a",
  "- ",
  "> ",
  "```",
  "~~~",
  "`",
  "<!--",
  "-->",
  "<pre>",
  "</pre>",
  "<code>",
  "[a]: b",
  "[^1]: ",
  "|",
  "---",
  "\uFEFF",
  "\u0000",
  "\u2028",
  "x",
);
const comment = fc.oneof(
  fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join("")),
  fc.string({ unit: "binary", maxLength: 200 }).map((text) => `/checklist ${text}`),
);

test("no comment crashes the reader, and what it says of a wrong one is inert", () => {
  fc.assert(
    fc.property(comment, (body) => {
      for (const command of parseCommands(body, items)) {
        if (command.kind !== "wrong") continue;
        expect(command.why).toMatch(/^[\w `/.,:;?<>…'()-]+$/);
        expect(command.why.split("`").length % 2).toBe(1);
        // Outside code there is no angle bracket, so nothing of a person's text can become HTML.
        expect(command.why.replace(/`[^`]*`/g, "")).not.toMatch(/[<>@#*_[\]]/);
      }
    }),
    { numRuns: 1_000 },
  );
});

const inside = fc.array(
  fc.constantFrom(
    "/checklist override x",
    "/checklist help",
    "",
    "a",
    "- b",
    "> c",
    "1. d",
    "<!--",
    "-->",
    "    e",
  ),
  { minLength: 1, maxLength: 8 },
);

test("nothing in code or in a quotation is ever a command, whatever stands around it", () => {
  fc.assert(
    fc.property(
      inside,
      fc.constantFrom("```", "~~~~", "quote", "indent", "pre"),
      fc.boolean(),
      (lines, wrap, crlf) => {
        const wrapped =
          wrap === "quote"
            ? lines.map((line) => `> ${line}`)
            : wrap === "indent"
              ? lines.map((line) => `    ${line}`)
              : wrap === "pre"
                ? ["<pre>", ...lines, "</pre>"]
                : [wrap, ...lines, wrap];
        const body = ["before", "", ...wrapped, "", "/checklist status"].join(crlf ? "\r\n" : "\n");
        const kinds = parseCommands(body, items).map(({ kind }) => kind);
        // A quoted comment that never ends does not swallow the end, for it ends with the quotation.
        expect(kinds).toEqual(["status"]);
      },
    ),
    { numRuns: 1_000 },
  );
});
