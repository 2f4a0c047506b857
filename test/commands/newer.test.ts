import { describe, expect, test } from "@jest/globals";
import { Needs } from "../../src/domain/decide/circumstances.ts";
import { handleComments } from "../../src/domain/decide/commands/handle.ts";
import { emptyLedger } from "../../src/domain/ledger.ts";

/** A command that is newer than what was read of the pull request, on a clock that starts at zero. */

const start = Date.UTC(2026, 2, 2, 10, 0, 0);
const at = (second: number): string => `${new Date(start + 1000 * second).toISOString().slice(0, 19)}Z`;

const handled = (written: number, known: { pull: number; readAt: number }) => {
  const author = { login: "bea", kind: "person" };
  const comment = { id: 7, author, body: "/checklist help", at: at(written), edited: false, url: "" };
  const { wait, replies, comments } = handleComments(
    { items: [] } as never,
    emptyLedger(1),
    {
      pull: { author, updatedAt: at(known.pull) },
      readAt: start + 1000 * known.readAt,
      comments: { ok: true, value: [comment] },
    } as never,
    new Needs(),
  );
  return { wait, replies: replies.length, ids: comments.ids };
};

describe("a command that was written after the pull request was read", () => {
  const left = { wait: 3_000, replies: 0, ids: [] };
  const done = { wait: null, replies: 1, ids: [7] };

  test("is left to the next look, and not remembered as handled", () => {
    expect(handled(3, { pull: 2, readAt: 2 })).toEqual(left);
  });

  test("is handled with what was read in its second or later", () => {
    expect(handled(3, { pull: 3, readAt: 3 })).toEqual(done);
    expect(handled(3, { pull: 9, readAt: 9 })).toEqual(done);
  });

  test("is left while GitHub's copies may be behind, and handled after three seconds whatever they say", () => {
    expect(handled(3, { pull: 2, readAt: 5 })).toEqual(left);
    expect(handled(3, { pull: 2, readAt: 6 })).toEqual(done);
  });
});
