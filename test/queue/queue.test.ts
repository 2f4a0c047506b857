import { expect, test } from "@jest/globals";
import { mergeWork, work } from "../../src/queue/queue.ts";
import { edit, push } from "./works.ts";

test("merged work keeps every edit in order, each push, each reason once, and the earliest time", () => {
  const a = work("pull_request.edited", 5, { edits: [edit(1), edit(2)], pushes: [push("abc")] });
  const b = work("sweep", 3, { edits: [edit(3)], pushes: [push("def")], fresh: true });
  const c = work("pull_request.edited", 9, { edits: [edit(3)] });
  expect([a, b, c].reduce(mergeWork)).toMatchObject({
    why: ["pull_request.edited", "sweep"],
    edits: [edit(1), edit(2), edit(3), edit(3)],
    pushes: [push("abc"), push("def")],
    fresh: true,
    since: 3,
  });
});
