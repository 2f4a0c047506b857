import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { fitRecord, recordLimit } from "../../src/domain/record/fit.ts";
import type { ReleaseRecord } from "../../src/domain/record/record.ts";
import { readRecord, writeRecord } from "../../src/domain/record/record.ts";
import { commentLimit, renderRecord, summaryWithRecord } from "../../src/render/record.ts";
import { exampleItem, exampleRecord } from "./example.ts";

const signature = `${"h".repeat(120)}..${"s".repeat(342)}`;
const at = exampleRecord.times.opened;

/** As large as a checklist and a release range may be: a hundred items, 250 commits. */
const large = (items: number, commits: number, words: string): ReleaseRecord => ({
  ...exampleRecord,
  items: Array.from({ length: items }, (_, index) => ({
    ...exampleItem,
    id: `item-${index}`,
    title: words.slice(0, 200),
    answers: [{ question: words.slice(0, 200), text: words, by: "bea", at }],
    evidence: [{ label: words.slice(0, 80), url: "https://github.test/acme/shop/actions/runs/1" }],
  })),
  range: {
    from: "base",
    total: commits,
    commits: Array.from({ length: commits }, (_, index) => ({
      sha: index.toString(16).padStart(40, "0"),
      headline: words.slice(0, 100),
      author: "alice",
      at,
      merge: false,
    })),
  },
});

test("whatever a release holds, its record fits into a comment, and beside a verdict of usual length", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 100 }),
      fc.integer({ min: 0, max: 250 }),
      fc.string({ unit: "grapheme", minLength: 0, maxLength: 2_000 }),
      (items, commits, words) => {
        const record = fitRecord(large(items, commits, words));
        if (record === null) throw new Error("it does not fit");
        expect(writeRecord(record).length).toBeLessThanOrEqual(recordLimit);
        expect(readRecord(writeRecord(record))).toEqual(record);
        expect(record.items).toHaveLength(items);
        expect(renderRecord({ record, signature })?.length).toBeLessThanOrEqual(commentLimit);
        expect(summaryWithRecord("x".repeat(5_000), record)).toContain(writeRecord(record));
      },
    ),
    { numRuns: 40 },
  );
});

test("what fits stays as it is; what is cut says so", () => {
  expect(fitRecord(exampleRecord)).toEqual(exampleRecord);
  const cut = fitRecord(large(100, 250, "word ".repeat(400)));
  expect(cut?.shortened).toBe(true);
  expect(cut?.items[0]?.signs).toEqual(exampleItem.signs);
});

test("even a hundred items with five sign-offs each leave a record", () => {
  const many = large(100, 250, "word ".repeat(400));
  const signs = Array.from({ length: 5 }, () => exampleItem.signs).flat();
  const record = fitRecord({ ...many, items: many.items.map((item) => ({ ...item, signs })) });
  expect(record?.items).toHaveLength(100);
  expect(record?.shortened).toBe(true);
});

test("beside a very long summary there is no copy: the ledger's seal remains", () => {
  const long = "x".repeat(65_000);
  expect(summaryWithRecord(long, exampleRecord)).toBe(long);
  const once = summaryWithRecord("verdict", exampleRecord);
  expect(summaryWithRecord(once, exampleRecord)).toBe(once);
});
