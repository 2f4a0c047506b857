import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { headsOf, headThen } from "../../src/domain/decide/head.ts";
import type { Arrival, Push } from "../../src/domain/push.ts";
import type { Snapshot } from "../../src/domain/snapshot.ts";

/** For which commit was a comment written? Only what the course of heads is made of matters here. */

const at = (second: number): string => new Date(Date.UTC(2026, 2, 2, 10, 0, second)).toISOString();
const sha = (nth: number): string => String(nth).repeat(40).slice(0, 40);

/** `moved(1, 2, 5)`: commit 1 was left for commit 2 in the fifth second. */
const moved = (from: number, to: number, second: number): Push => ({
  from: sha(from),
  to: sha(to),
  at: at(second),
});

const seen = (head: number, second: number, known: Partial<Snapshot>): Snapshot =>
  ({
    pull: { head: { sha: sha(head) }, updatedAt: at(second) },
    pushes: [],
    activity: null,
    ...known,
  }) as never;

const activity = (...value: Arrival[]): Pick<Snapshot, "activity"> => ({ activity: { ok: true, value } });

describe("the head when a comment was written", () => {
  test("is what GitHub's account of the branch says", () => {
    const told = activity({ from: null, to: sha(1), at: at(0) }, moved(1, 2, 5), moved(2, 1, 9));
    const snapshot = seen(1, 20, told);
    expect([3, 7, 15].map((second) => headThen(at(second), [], snapshot))).toEqual([sha(1), sha(2), sha(1)]);
  });

  test("is told although that account is newer than what was read of the pull request", () => {
    const told = activity({ from: null, to: sha(1), at: at(0) }, moved(1, 2, 5));
    expect(headThen(at(3), [], seen(1, 2, told))).toBe(sha(1));
  });

  test("is nobody's to tell after the end of an account that lacks the way back", () => {
    const told = activity({ from: null, to: sha(1), at: at(0) }, moved(1, 2, 5));
    const snapshot = seen(1, 20, told);
    expect([3, 7].map((second) => headThen(at(second), [], snapshot))).toEqual([sha(1), null]);
  });

  test("is taken from events where that account is behind: it does not know the head", () => {
    const behind = activity({ from: null, to: sha(1), at: at(0) });
    const before: Arrival[] = [{ from: null, to: sha(1), at: at(0) }];
    const told = seen(2, 20, { ...behind, pushes: [moved(1, 2, 5)] });
    expect([3, 7].map((second) => headThen(at(second), before, told))).toEqual([sha(1), sha(2)]);
  });

  test("is nobody's to tell where the account is behind and no event came", () => {
    const snapshot = seen(2, 20, activity({ from: null, to: sha(1), at: at(0) }));
    expect([3, 7].map((second) => headThen(at(second), [], snapshot))).toEqual([null, null]);
  });

  test("is not told where a push between two that are known was lost", () => {
    const before: Arrival[] = [{ from: null, to: sha(1), at: at(0) }];
    const snapshot = seen(4, 20, { pushes: [moved(1, 2, 5), moved(3, 4, 9)] });
    expect([3, 7, 15].map((second) => headThen(at(second), before, snapshot))).toEqual([
      sha(1),
      null,
      sha(4),
    ]);
  });

  test("is, in the second of a push, the commit that was left: what follows was not seen yet", () => {
    const snapshot = seen(2, 20, { pushes: [moved(1, 2, 5)] });
    expect(headThen(at(5), [{ from: null, to: sha(1), at: at(0) }], snapshot)).toBe(sha(1));
  });

  test("is remembered for the newest eight moves", () => {
    const pushes = Array.from({ length: 12 }, (_, index) => moved(index % 2, (index + 1) % 2, index + 1));
    const snapshot = seen(0, 20, { pushes });
    expect(headsOf([], snapshot)).toHaveLength(8);
    expect(headThen(at(2), [], snapshot)).toBeNull();
    expect(headThen(at(9), [], snapshot)).toBe(sha(0));
  });

  test("is the same in whatever order the pushes became known, twice told or not", () => {
    const heads = fc.array(fc.nat({ max: 3 }), { minLength: 2, maxLength: 6 });
    const course = heads
      .map((list) => list.filter((head, index) => head !== list[index - 1]))
      .filter((list) => list.length > 1)
      .map((list) => list.slice(1).map((head, index) => moved(list[index] ?? 0, head, 2 * index + 2)));
    const told = course.chain((pushes) =>
      fc.record({
        pushes: fc.constant(pushes),
        order: fc.shuffledSubarray([...pushes, ...pushes], { minLength: 2 * pushes.length }),
        early: fc.nat({ max: 2 * pushes.length }),
      }),
    );
    fc.assert(
      fc.property(told, ({ pushes, order, early }) => {
        const opened: Arrival = { from: null, to: pushes[0]?.from ?? "", at: at(0) };
        const last = pushes.at(-1)?.to ?? "";
        const now = (known: readonly Push[]): Snapshot =>
          seen(0, 60, { pushes: known, pull: { head: { sha: last }, updatedAt: at(60) } as never });
        const before = headsOf([opened], now(order.slice(0, early)));
        const snapshot = now(order.slice(early));
        for (const [index, push] of pushes.entries())
          expect(headThen(at(2 * index + 3), before, snapshot)).toBe(push.to);
        expect(headThen(at(1), before, snapshot)).toBe(opened.to);
      }),
      { seed: 1, numRuns: 500 },
    );
  });
});
