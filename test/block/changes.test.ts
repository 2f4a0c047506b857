import { describe, expect, test } from "@jest/globals";
import { changedBoxes } from "../../src/domain/block/changes.ts";
import { block, isOurs, place, read } from "./support.ts";

const changes = (from: string, to: string) => changedBoxes(from, to, isOurs);
const before = place("Text");
const ticked = before.replace("- [ ] Rollback", "- [x] Rollback");

describe("promise 5: only a box that stood there before and after an edit is ticked by it", () => {
  test("a tick and its commit", () => {
    expect(changes(before, ticked)).toEqual([{ kind: "ticked", item: "rollback", sha: "abc1234" }]);
  });

  test("an untick", () => {
    expect(changes(ticked, before)).toEqual([{ kind: "unticked", item: "rollback", sha: "abc1234" }]);
  });

  test("an answer, changed and taken away", () => {
    const answered = before.replace("<!-- answer:data -->", "<!-- answer:data --> restore\nthe dump");
    expect(changes(before, answered)).toEqual([
      { kind: "answered", item: "rollback", question: "data", text: "restore\nthe dump" },
    ]);
    expect(changes(answered, before)).toEqual([
      { kind: "answered", item: "rollback", question: "data", text: "" },
    ]);
  });

  test("the commit is that of the text which the person saw", () => {
    const newer = before.replace("abc1234", "def5678");
    expect(changes(newer, ticked)).toEqual([{ kind: "ticked", item: "rollback", sha: "abc1234" }]);
  });

  test.each([
    ["nothing changed", before, before],
    ["only prose changed", before, before.replace("Text", "Other text")],
    ["line ends changed", before, before.replaceAll("\n", "\r\n")],
    ["there was no block", "Text", ticked],
    ["the block was deleted", ticked, "Text"],
    ["the item was not there", before.replace(/- \[ \] Rollback.*/, "- gone"), ticked],
    ["the item is gone", ticked, before.replace(/- \[ \] Rollback.*\n/, "")],
    ["a ticked copy was pasted below", before, `${before}\n\n${read(ticked).block}`],
    ["a copy below was deleted", `${before}\n\n${read(ticked).block}`, before],
    [
      "a fence around an old copy was closed",
      `${read(ticked).block}\n\n\`\`\`\n${block}`,
      `${read(ticked).block}\n\n\`\`\`\n\`\`\`\n${block}`,
    ],
    [
      "an unticked copy of the ticked box was added",
      ticked,
      ticked.replace(/(- \[)x(\] Rollback.*\n)/, "$1x$2$1x$2"),
    ],
  ])("%s: nothing", (_, from, to) => {
    expect(changes(from, to)).toEqual([]);
  });

  test("a box pasted beside an unticked one ticks nothing", () => {
    const twice = before.replace(/(- \[) (\] Rollback.*\n)/, "$1 $2$1x$2");
    expect(changes(before, twice)).toEqual([]);
  });
});
