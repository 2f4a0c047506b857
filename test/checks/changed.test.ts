import { expect, test } from "@jest/globals";
import { decideChanged } from "../../src/domain/checks/changed.ts";
import { read, unreadable } from "../../src/domain/problem.ts";

const files = (paths: string[], complete = true) => read({ paths, complete });

test("a changed file that matches is green", () => {
  expect(decideChanged(["CHANGELOG.md", "docs/**"], files(["a.ts", "docs/x/y.md"]))).toMatchInlineSnapshot(`
{
  "caution": null,
  "diagnosis": "",
  "evidence": [],
  "state": "green",
  "summary": "changed",
}
`);
});

test("a pattern can be taken away again", () => {
  expect(decideChanged(["docs/**", "!docs/x/**"], files(["docs/x/y.md"])).state).toBe("waiting");
});

test("without a match it says which file to change", () => {
  expect(decideChanged(["CHANGELOG.md", "docs/**"], files(["a.ts"]))).toMatchInlineSnapshot(`
{
  "caution": null,
  "diagnosis": "No changed file matches "CHANGELOG.md" or "docs/**". Change one in this pull request.",
  "evidence": [],
  "state": "waiting",
  "summary": "not changed",
}
`);
});

test("a list that GitHub cut is green only when it shows a match", () => {
  expect(decideChanged(["b.ts"], files(["a.ts", "b.ts"], false)).state).toBe("green");
  expect(decideChanged(["CHANGELOG.md"], files(["a.ts", "b.ts"], false))).toMatchInlineSnapshot(`
{
  "caution": null,
  "diagnosis": "GitHub shows only the first 2 files of this pull request, and none of them matches "CHANGELOG.md". Split the pull request, or let this item be waived.",
  "evidence": [],
  "state": "unknown",
  "summary": "cannot be told",
}
`);
});

test("promise 1: a list that cannot be read is not green", () => {
  const outcome = decideChanged(["a.ts"], unreadable("the list of files", "GitHub refuses it."));
  expect(outcome).toMatchInlineSnapshot(`
{
  "caution": null,
  "diagnosis": "Cannot read the list of files: GitHub refuses it.",
  "evidence": [],
  "state": "unknown",
  "summary": "cannot be read",
}
`);
});
