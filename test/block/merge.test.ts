import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { mergeOutside } from "../../src/domain/block/merge.ts";
import { outside } from "../../src/domain/block/splice.ts";
import { block, isOurs, modelOf, place, read, rollback } from "./support.ts";

const merge = (base: string, theirs: string, ours: string) => mergeOutside({ base, theirs, ours, isOurs });
const ticked = modelOf([rollback({}, { checked: true, sha: null })]);

describe("promise 3: prose written while the app was writing comes back", () => {
  test("at the first time, when there was no block yet", () => {
    const base = "Fixes the login.\n";
    expect(merge(base, "Fixes the login.\n\nAnd the logout.", place(base))).toBe(
      place("Fixes the login.\n\nAnd the logout."),
    );
  });

  test("above and below the block, which stays as the app wrote it", () => {
    const base = `One.\nTwo.\n\n${block}\n\nThree.\nFour.\n`;
    const theirs = base
      .replace("One.", "One!")
      .replace("Four.", "Four!\nFive.")
      .replace("- [ ] End", "- [x] End");
    expect(merge(base, theirs, place(base, ticked))).toBe(
      `One!\nTwo.\n\n${place("", ticked)}\n\nThree.\nFour!\nFive.\n`,
    );
  });

  test("lines right at the block stay on their side", () => {
    const base = `a\n\n${block}\n\nb`;
    const theirs = `a\nnew above\n\n${block}\n\nnew below\nb`;
    expect(merge(base, theirs, place(base, ticked))).toBe(
      theirs.replace(block, read(place("", ticked)).block),
    );
  });

  test("what was deleted stays deleted", () => {
    const base = place("one\ntwo\nthree");
    expect(merge(base, place("one\nthree"), place(base, ticked))).toBe(place("one\nthree", ticked));
  });

  test("on top of everything, and with a block on top", () => {
    const base = place("```\nopen");
    expect(read(base).before).toBe("");
    expect(merge(base, `${base}\nmore`, place(base, ticked))).toBe(place("```\nopen\nmore", ticked));
  });

  test("when both changed the same line, both texts stay, theirs below", () => {
    const base = place("one\ntwo\nthree");
    expect(merge(base, place("one\n2\nthree"), place("one\nTWO\nthree"))).toBe(place("one\nTWO\n2\nthree"));
  });

  test("what somebody deleted and somebody else changed stays", () => {
    const base = place("one\ntwo\nthree");
    expect(merge(base, place("one\nthree"), place("one\nTWO\nthree"))).toBe(place("one\nTWO\nthree"));
    expect(merge(base, place("one\nTWO\nthree"), place("one\nthree"))).toBe(place("one\nTWO\nthree"));
  });

  test("what ours has already is not written twice, after a conflict either", () => {
    const base = place("one\ntwo\nthree");
    for (const ours of [place("one\ntwo\nthree"), place("one\nTWO\nthree")]) {
      const theirs = place("one\n2\nthree");
      const merged = merge(base, theirs, ours);
      expect(merge(base, theirs, merged)).toBe(merged);
    }
  });

  test("no change of theirs is no change at all, byte for byte", () => {
    const odd = `a\r\nb\rc\n${block}\n\n\n\t\r`;
    expect(merge("x", "x", odd)).toBe(odd);
    expect(merge(place("x"), place("x", ticked), odd)).toBe(odd);
  });

  test("what the app moved below the block is not put back twice", () => {
    const base = `a\n\n${block.replace("\n**Signed", "\nmy note\n\n**Signed")}\n\nb`;
    const ours = place(base, ticked);
    expect(ours).toContain(":end -->\n\nmy note\n\nb");
    expect(merge(base, base.replace("\n\nb", "\n\nb!"), ours)).toBe(ours.replace("\n\nb", "\n\nb!"));
  });

  test("what people changed or wrote in the block meanwhile comes back below it", () => {
    const base = `a\n\n${block.replace("\n**Signed", "\nmy note\n\n**Signed")}\n\nb`;
    const ours = place(base, ticked);
    expect(merge(base, base.replace("my note", "my long note"), ours)).toBe(
      ours.replace("my note", "my long note"),
    );
    expect(merge(place("a"), place("a").replace("\n**Signed", "\nnew\n\n**Signed"), place("a", ticked))).toBe(
      `${place("a", ticked)}\n\nnew`,
    );
  });

  test("what stands in our block already is not written below as well", () => {
    const noted = place("a").replace("\n**Signed", "\nnew\n\n**Signed");
    expect(merge(place("a"), noted, noted)).toBe(noted);
    expect(merge(place("a"), noted.replace("a\n", "a!\n"), noted)).toBe(noted.replace("a\n", "a!\n"));
  });

  test("the web page's line ends do not make a conflict", () => {
    const base = place("one\ntwo\nthree");
    const web = place("one\n2\nthree").replaceAll("\n", "\r\n");
    expect(outside(merge(base, web, place(base, ticked)), isOurs)).toBe("one\r\n2\r\nthree");
    expect(merge(base, web, place("ONE\ntwo\nthree"))).toBe(place("ONE\n2\nthree"));
  });

  test("when theirs opened a fence above, the block moves on top instead of disappearing", () => {
    const base = place("one");
    const merged = merge(base, base.replace("one", "one\n```"), place(base, ticked));
    expect(read(merged)).toMatchObject({ found: "whole", before: "" });
    expect(merged).toContain("one\n```");
  });

  test("when theirs deleted the block, ours still has it", () => {
    expect(merge(place("one\ntwo"), "one!\ntwo", place("one\ntwo", ticked))).toBe(place("one!\ntwo", ticked));
  });

  test("when ours has none, only the prose is merged", () => {
    expect(merge(place("one"), place("one!"), "one")).toBe("one!");
  });

  test("long texts of equal lines take no time", () => {
    const base = "\n".repeat(30_000);
    const start = performance.now();
    const merged = merge(base, `a${base}b${base}`, `c${base}${block}`);
    expect(merged).toContain("a\n");
    expect(merged).toContain("b\n");
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});

describe("promise 3: in any order of edits", () => {
  let serial = 0;
  const word = fc.constantFrom(
    "alpha",
    "beta",
    "",
    "- list",
    "> quotation",
    "    code",
    "\ttab",
    "# head",
    "| a |",
    "- [ ] box",
  );
  const text = fc.array(word, { maxLength: 8 });
  const edit = fc.array(fc.record({ at: fc.nat(20), drop: fc.nat(1), add: fc.boolean(), word }), {
    maxLength: 4,
  });
  const apply = (
    lines: readonly string[],
    edits: readonly { at: number; drop: number; add: boolean; word: string }[],
  ) => {
    const result = [...lines];
    const added: string[] = [];
    for (const { at, drop, add, word } of edits) {
      const line = `${word} w${serial++}`;
      if (add) added.push(line);
      result.splice(Math.min(at, result.length), drop, ...(add ? [line] : []));
    }
    return { text: result.join("\n"), added: added.filter((line) => result.includes(line)) };
  };

  test("nothing that a person wrote is dropped, and putting back twice is putting back once", () => {
    fc.assert(
      fc.property(text, edit, edit, fc.boolean(), (lines, theirEdits, ourEdits, hadBlock) => {
        const start = lines.map((line, index) => `${line} s${index}`);
        const base = hadBlock ? place(start.join("\n")) : start.join("\n");
        const theirs = apply(start, theirEdits);
        const ours = apply(start, ourEdits);
        const theirBody = hadBlock ? place(theirs.text) : theirs.text;
        const merged = merge(base, theirBody, place(ours.text, ticked));
        for (const line of [...theirs.added, ...ours.added]) expect(merged.split("\n")).toContain(line);
        expect(read(merged)).toMatchObject({ found: "whole", foreign: "", copies: 0 });
        expect(read(merged).boxes.get("rollback")).toEqual({ checked: true, sha: null });
        expect(merge(base, theirBody, merged)).toBe(merged);
        if (ours.text === start.join("\n")) expect(outside(merged, isOurs)).toBe(theirs.text);
        if (theirs.text === start.join("\n")) expect(merged).toBe(place(ours.text, ticked));
      }),
      { numRuns: 600 },
    );
  }, 60_000);
});
