import { describe, expect, test } from "@jest/globals";
import { modelOf, ourBoxesShown, place, read, block as rendered, rollback } from "./support.ts";

const answered = modelOf([rollback({ code: "revert the merge" })]);
const body = "Fixes the login.\n\n- [ ] my own box\n";
const whole = place(body, answered);
const lines = whole.split("\n");
const without = (...drop: RegExp[]) =>
  lines.filter((line) => !drop.some((text) => text.test(line))).join("\n");

const boxesOf = (text: string) =>
  Object.fromEntries([...read(text).boxes].map(([id, { checked }]) => [id, checked]));
const intact = { ci: true, "staging-e2e": false, rollback: false };
const shownBoxes = [
  { id: "ci", checked: true },
  { id: "staging-e2e", checked: false },
  { id: "rollback", checked: false },
];

/** The block as the app writes it after such a look: with the answers that were read. */
function repair(text: string): string {
  const { answers } = read(text);
  const code = answers.get("rollback/code") ?? "";
  const data = answers.get("rollback/data") ?? "";
  return place(text, modelOf([rollback({ code, data })]));
}

describe("a block that nobody touched", () => {
  test("is read as it was written", () => {
    const { found, before, block, after, boxes, answers, foreign, copies } = read(whole);
    expect({ found, after, foreign, copies }).toEqual({ found: "whole", after: "", foreign: "", copies: 0 });
    expect(before + block + after).toBe(whole);
    expect(before).toBe(`${body}\n\n`);
    expect([...boxes]).toEqual([
      ["ci", { checked: true, sha: null }],
      ["staging-e2e", { checked: false, sha: null }],
      ["rollback", { checked: false, sha: "abc1234" }],
    ]);
    expect([...answers]).toEqual([
      ["rollback/code", "revert the merge"],
      ["rollback/data", ""],
    ]);
    expect(repair(whole)).toBe(whole);
  });
});

describe("the block deleted", () => {
  test("completely: it is appended again", () => {
    expect(read(body).found).toBe("none");
    expect(place(body, answered)).toBe(whole);
  });

  test("with the whole description: it stands alone", () => {
    expect(place("", answered)).toBe(read(whole).block);
  });

  test("both markers only: what is left is people's text, a new block follows", () => {
    const left = without(/release-checklist:/);
    expect(read(left).found).toBe("none");
    expect(place(left, answered)).toBe(`${left}\n\n${read(whole).block}`);
  });
});

describe("the block half deleted", () => {
  test("the end marker is gone: down to the foot it is ours, and it is put back in place", () => {
    const damaged = `${without(/:end/)}\n\nThanks!`;
    expect(read(damaged).found).toBe("partial");
    expect(boxesOf(damaged)).toEqual(intact);
    expect(repair(damaged)).toBe(`${whole}\n\nThanks!`);
  });

  test("the end marker and the foot are gone: down to the last answer it is ours", () => {
    const damaged = `${without(/:end/, /^Who signed/)}\nThanks!\n`;
    expect(repair(damaged)).toBe(`${whole}\n\nThanks!\n`);
  });

  test("the end is cut off within the items: the rest is ours, the others come back", () => {
    const damaged = `${lines
      .slice(
        0,
        lines.findIndex((line) => line.includes("item:staging-e2e")),
      )
      .join("\n")}\nThanks!`;
    expect(boxesOf(damaged)).toEqual({ ci: true });
    expect(place(damaged, answered)).toBe(`${whole}\nThanks!`);
  });

  test("the begin marker is gone: up to the heading it is ours", () => {
    const damaged = `${without(/:begin/)}\n\nThanks!`;
    expect(read(damaged)).toMatchObject({ found: "partial", before: `${body}\n\n`, after: "\n\nThanks!" });
    expect(repair(damaged)).toBe(`${whole}\n\nThanks!`);
  });

  test("begin marker and heading are gone: up to the first item's section it is ours", () => {
    const damaged = whole.replace(/<!-- release-checklist:begin -->\n## .*\n\n/, "");
    expect(repair(damaged)).toBe(whole);
  });

  test("only the begin marker is left: it is replaced where it is", () => {
    expect(place("a\n<!-- release-checklist:begin -->\nb", answered)).toBe(`a\n${read(whole).block}\nb`);
  });

  test("only the end marker is left: it is replaced where it is", () => {
    expect(place("a\n<!-- release-checklist:end -->\nb", answered)).toBe(`a\n${read(whole).block}\nb`);
  });

  test("an item's marker is gone: the item is missing, its words go below", () => {
    const damaged = whole.replace(" <!-- item:ci -->", "");
    expect(boxesOf(damaged)).toEqual({ "staging-e2e": false, rollback: false });
    expect(repair(damaged)).toBe(`${whole}\n\n- [x] CI is green`);
  });

  test("a question's marker is gone: its words and the answer go below", () => {
    const damaged = whole.replace("<!-- answer:code --> ", "");
    expect(read(damaged).answers.has("rollback/code")).toBe(false);
    expect(place(damaged, modelOf())).toBe(`${place(body)}\n\n- How do we revert the code? revert the merge`);
  });

  test("a box is gone: the item is missing, and comes back", () => {
    const damaged = whole.replace("- [x] CI", "- CI");
    expect(boxesOf(damaged)).toEqual({ "staging-e2e": false, rollback: false });
    expect(ourBoxesShown(repair(damaged))).toEqual(shownBoxes);
  });
});

describe("the block doubled", () => {
  test("the last one is ours, the first stays as it is", () => {
    const second = read(whole).block.replace("- [ ] End", "- [x] End");
    const doubled = `${whole}\n\n${second}`;
    expect(read(doubled)).toMatchObject({ found: "whole", before: `${whole}\n\n`, block: second, copies: 1 });
    expect(repair(doubled)).toBe(`${whole}\n\n${read(whole).block}`);
  });

  test("one inside the other: the inner one is ours, the outer's rest stays", () => {
    const inner = `${lines.slice(0, 8).join("\n")}\n${whole.slice(body.length)}`;
    expect(read(inner)).toMatchObject({ found: "whole", copies: 0 });
    expect(read(inner).block).toBe(read(whole).block);
  });

  test("an item twice: it is ticked when both are, and one is left", () => {
    const once = "- [ ] End-to-end tests pass on staging <!-- item:staging-e2e -->";
    const ticked = once.replace("[ ]", "[x]");
    expect(boxesOf(whole.replace(once, `${once}\n${ticked}`))).toEqual(intact);
    expect(boxesOf(whole.replace(once, `${ticked}\n${once}`))).toEqual(intact);
    expect(boxesOf(whole.replace(once, `${ticked}\n${ticked}`))).toEqual({ ...intact, "staging-e2e": true });
    expect(repair(whole.replace(once, `${once}\n${ticked}`))).toBe(whole);
  });

  test("an item twice with different commits: it stands for none", () => {
    const twice = whole.replace(/(- \[ \] Rollback.*)abc1234(.*)/, "$1abc1234$2\n$1def5678$2");
    expect(read(twice).boxes.get("rollback")).toEqual({ checked: false, sha: null });
  });

  test("a question twice: both answers are kept", () => {
    const question = "  - How do we revert the code? <!-- answer:code --> revert the merge";
    const twice = whole.replace(question, `${question}\n${question.replace("revert the merge", "redeploy")}`);
    expect(read(twice).answers.get("rollback/code")).toBe("revert the merge\n\nredeploy");
    expect(repair(repair(twice))).toBe(repair(twice));
  });
});

describe("the block reordered", () => {
  test("items in another order keep their boxes, and go back to theirs", () => {
    const [ci, e2e] = ["item:ci", "item:staging"].map((mark) =>
      lines.findIndex((line) => line.includes(mark)),
    ) as [number, number];
    const swapped = lines
      .with(ci, lines[e2e] ?? "")
      .with(e2e, lines[ci] ?? "")
      .join("\n");
    expect(boxesOf(swapped)).toEqual(intact);
    expect(repair(swapped)).toBe(whole);
  });

  test("a question moved under another item is another question: its answer goes below", () => {
    const question = "  - How do we revert the code? <!-- answer:code --> revert the merge";
    const moved = whole
      .replace(`${question}\n`, "")
      .replace("<!-- item:ci -->", `<!-- item:ci -->\n${question}`);
    expect([...read(moved).answers]).toEqual([
      ["ci/code", "revert the merge"],
      ["rollback/data", ""],
    ]);
    expect(place(moved)).toBe(`${place(body)}\n\nrevert the merge`);
  });

  test("a question moved above all items is nobody's: its answer goes below", () => {
    const question = "  - How do we revert the code? <!-- answer:code --> revert the merge";
    const moved = whole
      .replace(`${question}\n`, "")
      .replace("## Release checklist", `## Release checklist\n${question}\n    soon`);
    expect(read(moved).answers.has("rollback/code")).toBe(false);
    expect(read(moved).foreign).toBe("revert the merge\n    soon");
    expect(place(moved)).toBe(`${place(body)}\n\nrevert the merge\n    soon`);
  });

  test("a question that is no list any more is prose: it goes below with its answer", () => {
    const plain = whole.replace("  - How do we revert the code?", "\nHow do we revert the code?");
    expect(read(plain).answers.has("rollback/code")).toBe(false);
    expect(read(plain).foreign).toBe("How do we revert the code? <!-- answer:code --> revert the merge");
  });

  test("the markers changed places: all between them is ours", () => {
    const swapped = whole.replace(":begin", ":x").replace(":end", ":begin").replace(":x", ":end");
    expect(read(swapped)).toMatchObject({ found: "partial", before: `${body}\n\n`, after: "" });
    expect(boxesOf(swapped)).toEqual(intact);
    expect(repair(swapped)).toBe(whole);
  });

  test("the block moved up: it stays where people put it", () => {
    const moved = `${read(whole).block}\n\n${body}`;
    expect(repair(moved)).toBe(moved);
  });
});

describe("the block moved into something that swallows it", () => {
  test("a closed fence: that is a quotation, and a new block is appended", () => {
    const fenced = `${body}\n\`\`\`\n${rendered}\n\`\`\`\n`;
    expect(read(fenced).found).toBe("none");
    expect(place(fenced)).toBe(`${fenced}\n\n${rendered}`);
  });

  test("an open fence: a new block stands on top", () => {
    const fenced = `${body}\n\`\`\`\n${rendered}`;
    expect(read(fenced).found).toBe("none");
    expect(place(fenced)).toBe(`${rendered}\n\n${fenced}`);
  });

  test.each([
    ["an open comment", "<!-- draft"],
    ["an open script", "<script>"],
    ["an open instruction", "<?php"],
    ["a tilde fence", "~~~"],
  ])("%s above it: a new block stands on top", (_, opening) => {
    const swallowed = `${opening}\n${body}`;
    expect(place(swallowed)).toBe(`${rendered}\n\n${swallowed}`);
  });

  test.each([
    ["a quotation", (text: string) => text.replace(/^/gm, "> ")],
    ["a list item", (text: string) => `- see\n${text.replace(/^/gm, "  ")}`],
    ["indented code", (text: string) => text.replace(/^/gm, "    ")],
    ["a line", (text: string) => text.replaceAll("\n", " ")],
    ["a comment", (text: string) => `<!--\n${text.replaceAll("-->", "-- >")}\n-->`],
  ])("%s: that is a quotation, and a new block is appended", (_, quote) => {
    const quoted = `${body}\n${quote(rendered)}`;
    expect(read(quoted).found).toBe("none");
    expect(place(quoted)).toBe(`${quoted}\n\n${rendered}`);
  });

  test("a quotation above ours changes nothing", () => {
    const quoted = `\`\`\`\n${rendered}\n\`\`\``;
    const both = place(quoted, answered);
    expect(read(both).before).toBe(`${quoted}\n\n`);
    expect(repair(both)).toBe(both);
  });

  test("a quotation below ours changes nothing", () => {
    const both = `${whole}\n\n\`\`\`\n${rendered}\n\`\`\`\n`;
    expect(read(both)).toMatchObject({ found: "whole", copies: 0, before: `${body}\n\n` });
    expect(repair(both)).toBe(both);
    const half = both.replace("\n<!-- release-checklist:end -->", "");
    expect(repair(half)).toBe(both);
  });
});

describe("the block edited by hand", () => {
  test("boxes with a capital, other bullets, tabs and trailing white space are boxes", () => {
    const edited = whole
      .replace("- [x] CI", "* [X] CI")
      .replace("- [ ] End", "+ [\t] End")
      .replace("<!-- item:ci -->", "<!--item:ci-->  \t");
    expect(boxesOf(edited)).toEqual(intact);
    expect(repair(edited)).toBe(whole);
  });

  test("words behind, in and below an item's line go below the block", () => {
    const edited = whole
      .replace("<!-- item:ci -->", "<!-- item:ci --> looks good")
      .replace("tests pass on staging", "tests pass on staging, twice")
      .replace("item:rollback@abc1234 -->", "item:rollback@abc1234 -->\n  we talked about it");
    expect(boxesOf(edited)).toEqual(intact);
    expect(repair(edited)).toBe(
      `${whole}\n\nlooks good\n\nEnd-to-end tests pass on staging, twice\n\nwe talked about it`,
    );
  });

  test("words at the end of an item's title are told from it", () => {
    const edited = whole.replace("CI is green <!--", "CI is green (finally) <!--");
    expect(read(edited).foreign).toBe("(finally)");
  });

  test("paragraphs, lists and boxes of their own go below, in order, and text below stays below them", () => {
    const edited = `${whole
      .replace("\n**Signed off", "\nNote one.\nStill one.\n\n**Signed off")
      .replace(
        "\nWho signed",
        "\nWho signed".replace("Who", "- [ ] my box\n  - [x] nested\n\nWho"),
      )}\nThanks!`;
    expect(read(edited).foreign).toBe("Note one.\nStill one.");
    expect(read(edited).answers.get("rollback/data")).toBe("- [ ] my box\n  - [x] nested");
    const repaired = repair(edited);
    expect(repaired).toContain("<!-- release-checklist:end -->\n\nNote one.\nStill one.\n\nThanks!");
    expect(repair(repaired)).toBe(repaired);
  });

  test("lists of boxes around the block stay apart from it", () => {
    const around = `- [ ] above\n- [x] mine\n${rendered}\n- [ ] below\n`;
    expect(boxesOf(around)).toEqual(intact);
    expect(place(around)).toBe(around);
    expect(ourBoxesShown(around)).toEqual(shownBoxes);
  });

  test("the app's own lines may go: they come back", () => {
    expect(repair(without(/^## /, /^\*\*/, /^Who/, /^$/))).toContain(read(whole).block);
  });

  test("the web page's line ends are kept", () => {
    const crlf = whole.replaceAll("\n", "\r\n");
    expect(read(crlf).eol).toBe("\r\n");
    expect(repair(crlf)).toBe(crlf);
    expect(repair(crlf.replace("\r\n<!-- release-checklist:end -->", ""))).toBe(crlf);
  });

  test("mixed line ends outside stay mixed", () => {
    const mixed = `one\r\ntwo\nthree\rfour\n\n${rendered}\r\rfive`;
    const placed = place(mixed);
    expect(placed.startsWith("one\r\ntwo\nthree\rfour\n\n<!--")).toBe(true);
    expect(placed.endsWith("-->\r\rfive")).toBe(true);
  });
});

describe("answers", () => {
  const answer = (text: string, question = "code") => read(text).answers.get(`rollback/${question}`);
  const marker = "<!-- answer:code --> revert the merge";

  test.each([
    ["on the same line", "<!-- answer:code --> one", "one"],
    ["right behind the marker", "<!-- answer:code -->one", "one"],
    ["on the next line", "<!-- answer:code -->\none", "one"],
    ["indented below", "<!-- answer:code -->\n    one\n\n    two", "one\n\ntwo"],
    ["with a tab", "<!-- answer:code --> one\n\ttwo\n\t\tthree", "one\ntwo\n\tthree"],
    ["as a fence at the margin that is closed", "<!-- answer:code -->\n```sh\nmake\n```", "```sh\nmake\n```"],
    ["as a fence at the margin that stays open", "<!-- answer:code -->\n```sh\nmake", "```sh\nmake"],
    ["with a comment that stays open", "<!-- answer:code -->\n<!-- hm", "<!-- hm"],
    ["with an HTML block", "<!-- answer:code -->\n<div>\nmake", "<div>\nmake"],
    ["with a script that stays open", "<!-- answer:code -->\n<script>", "<script>"],
    ["with a fence of our own lines", "<!-- answer:code --> so\n~~~\nx\n~~~\ny", "so\n~~~\nx\n~~~\ny"],
    ["with a rule right below", "<!-- answer:code -->\n    ---\n    two", "---\ntwo"],
    ["with a rule on the second line", "<!-- answer:code --> one\n    ===\n    two", "one\n===\ntwo"],
    ["with a table", "<!-- answer:code --> a | b\n    - | -\n    1 | 2", "a | b\n- | -\n1 | 2"],
    ["that makes the question a table", "<!-- answer:code -->\n    ---|", "---|"],
    ["with a rule at the margin", "<!-- answer:code --> one\n---\ntwo", "one\n---\ntwo"],
    [
      "with an end marker indented into it",
      "<!-- answer:code --> one\n    <!-- release-checklist:end -->",
      "one\n<!-- release-checklist:end -->",
    ],
    [
      "with an item indented into it",
      "<!-- answer:code --> one\n    - [x] no <!-- item:ci -->",
      "one\n- [x] no <!-- item:ci -->",
    ],
    [
      "with another marker behind",
      "<!-- answer:code --> one <!-- answer:data -->",
      "one <!-- answer:data -->",
    ],
  ])("%s", (_, written, text) => {
    const edited = whole.replace(marker, written);
    expect(answer(edited)).toBe(text);
    expect(answer(edited, "data")).toBe("");
    expect(boxesOf(edited)).toEqual(intact);
    const repaired = repair(edited);
    expect(answer(repaired)).toBe(text);
    expect(read(repaired)).toMatchObject({ found: "whole", foreign: "", before: `${body}\n\n`, after: "" });
    expect(ourBoxesShown(repaired).filter(({ id }) => id !== "ci" || !text.includes("item:ci"))).toEqual(
      shownBoxes.filter(({ id }) => id !== "ci" || !text.includes("item:ci")),
    );
    expect(repair(repaired)).toBe(repaired);
  });

  test("before the marker it is an answer too", () => {
    const edited = whole.replace(`the code? ${marker}`, "the code? Git revert. <!-- answer:code -->");
    expect(answer(edited)).toBe("Git revert.");
    expect(repair(edited)).toContain("  - How do we revert the code? <!-- answer:code --> Git revert.\n");
  });

  test("it ends at a line of the app", () => {
    const edited = whole.replace(marker, "<!-- answer:code --> one\n**Signed off by people**\ntwo");
    expect(answer(edited)).toBe("one");
    expect(read(edited).foreign).toBe("two");
  });

  test("of a question whose words changed it is still the answer; the words go below", () => {
    const edited = whole.replace("- How do we revert the code?", "- What now?");
    expect(answer(edited)).toBe("revert the merge");
    expect(read(edited).foreign).toBe("What now?");
  });

  test("after the last question it runs to the foot", () => {
    const edited = whole.replace("<!-- answer:data -->", "<!-- answer:data --> one\n\ntwo\n");
    expect(answer(edited, "data")).toBe("one\n\ntwo");
  });

  test("without an end marker its lines in the list are ours", () => {
    const edited = `${whole.slice(0, whole.indexOf("\n\nWho"))} restore\n    the dump\n\nThanks!`;
    expect(answer(edited, "data")).toBe("restore\nthe dump");
    expect(read(edited).after).toBe("\n\nThanks!");
  });
});
