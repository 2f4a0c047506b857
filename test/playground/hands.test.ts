import { describe, expect, test } from "@jest/globals";
import { withAnswer, withBox } from "../../playground/serve/hands.ts";
import { closed, opened, windowState, withWindow } from "../../playground/serve/window.ts";

const body = [
  "Words.",
  "- [ ] A box of somebody's own",
  "<!-- release-checklist:begin -->",
  "## Release checklist",
  "- [ ] Acceptance <!-- item:acceptance -->",
  "- [ ] Rollback <!-- item:rollback@abc1234 -->",
  "  ⚠ answer missing",
  "  - How? <!-- answer:code -->",
  "  - And the data? <!-- answer:data --> Nothing",
  "    to do.",
  "- [x] Told <!-- item:told -->",
  "",
  "Who signed what",
  "<!-- release-checklist:end -->",
  "",
].join("\n");

const changed = (before: string, after: string | null): string[] => {
  const was = before.split("\n");
  return (after ?? "").split("\n").filter((line) => !was.includes(line));
};

describe("a click on a box", () => {
  const line = "- [ ] Acceptance <!-- item:acceptance -->";

  test.each(["\n", "\r\n"])("ticks it, and changes nothing else (line ends %j)", (eol) => {
    const text = body.replaceAll("\n", eol);
    const ticked = withBox(text, { at: 4, line }, true);
    expect(ticked).toBe(body.replace(line, "- [x] Acceptance <!-- item:acceptance -->"));
    expect(withBox(ticked ?? "", { at: 4, line }, false)).toBe(body);
  });

  test("finds it where it is now", () => {
    const moved = `A new line.\n${body}`;
    expect(changed(moved, withBox(moved, { at: 4, line }, true))).toEqual([
      "- [x] Acceptance <!-- item:acceptance -->",
    ]);
  });

  test("does nothing where it is gone, or where there is none", () => {
    expect(withBox("Words.\n", { at: 4, line }, true)).toBeNull();
    expect(withBox(body, { at: 0, line: "Words." }, true)).toBeNull();
  });
});

describe("an answer", () => {
  test("goes behind its question", () => {
    expect(changed(body, withAnswer(body, "rollback", "code", "Redeploy."))).toEqual([
      "  - How? <!-- answer:code --> Redeploy.",
    ]);
  });

  test("takes the place of the one before, with all its lines", () => {
    const once = withAnswer(body, "rollback", "data", "One\ntwo");
    expect(once).toBe(body.replace(" Nothing\n    to do.", " One\n    two"));
    expect(withAnswer(once ?? "", "rollback", "data", "")).toBe(body.replace(" Nothing\n    to do.", ""));
  });

  test("goes nowhere when the question is gone", () => {
    expect(withAnswer(body, "rollback", "why", "Because.")).toBeNull();
    expect(withAnswer("Words.\n", "rollback", "code", "Redeploy.")).toBeNull();
  });
});

test("the window is closed and opened again in the text", () => {
  const text = withWindow("checklist:\n  items:\n");
  expect(windowState("checklist: {}\n")).toBeNull();
  expect(windowState(text)).toBe("open");
  const shut = closed(text, Date.parse("2026-03-02T10:00:00Z"));
  expect(windowState(shut)).toBe("closed");
  expect(shut).toContain(
    "open: Mon-Sun, closed: [{ from: 2026-03-01, through: 2026-03-03, reason: Closed by hand }] }",
  );
  expect(opened(shut)).toBe(text);
});
