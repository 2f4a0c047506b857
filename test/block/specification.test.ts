import { describe, expect, test } from "@jest/globals";
import { examples } from "./examples.ts";
import { checkOutside } from "./outside.ts";
import { modelOf } from "./support.ts";

const model = modelOf();

describe("promise 3: your text is yours, in every example of the specifications", () => {
  test("there are all of CommonMark and some of each of GitHub's extensions", () => {
    expect(examples.filter(({ name }) => name.startsWith("CommonMark")).length).toBeGreaterThan(640);
    expect(examples.filter(({ name }) => name.startsWith("GFM")).length).toBeGreaterThan(60);
  });

  test.each(examples)("$name", ({ markdown }) => {
    checkOutside(markdown, model);
    checkOutside(markdown.replaceAll("\n", "\r\n"), model);
  });
});
