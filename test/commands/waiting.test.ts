import { describe, expect, test } from "@jest/globals";
import { keepUnplaced } from "../../src/domain/decide/unplaced.ts";
import { emptyEntry, type SignOff, type Unplaced } from "../../src/domain/ledger.ts";

/** Sign-offs by comment of which nobody can tell yet for which commit they were meant. */

const at = (second: number): string => new Date(Date.UTC(2026, 2, 2, 10, 0, second)).toISOString();
const waiting = (count: number): Unplaced[] =>
  Array.from({ length: count }, (_, index) => ({ by: `signer-${index}`, at: at(index) }));
const signed = (by: string, second: number): SignOff =>
  ({ by, at: at(second), sha: "abc1234", tree: "", via: "comment", doubts: [] }) as never;

describe("sign-offs that wait until their commit is known", () => {
  test("are the newest five, and the last of them is told below the item", () => {
    const { unplaced, refusal } = keepUnplaced(emptyEntry, waiting(7));
    expect(unplaced.map(({ by }) => by)).toEqual([2, 3, 4, 5, 6].map((nth) => `signer-${nth}`));
    expect(refusal).toMatchInlineSnapshot(`
{
  "at": "2026-03-02T10:00:06.000Z",
  "by": "signer-6",
  "why": "nobody can tell for which commit it was meant: sign again",
}
`);
  });

  test("wait no longer once the same person signed again, whatever the case of the login", () => {
    const entry = { ...emptyEntry, signs: [signed("Signer-1", 5)] };
    expect(keepUnplaced(entry, waiting(3)).unplaced.map(({ by }) => by)).toEqual(["signer-0", "signer-2"]);
  });

  test("wait no longer once somebody took the sign-off back", () => {
    expect(keepUnplaced({ ...emptyEntry, cleared: at(1) }, waiting(3)).unplaced).toEqual([
      { by: "signer-2", at: at(2) },
    ]);
  });

  test("are not told where somebody signed, or was refused later", () => {
    const refusal = { by: "kim", at: at(9), why: "she wrote it" };
    expect(keepUnplaced({ ...emptyEntry, refusal }, waiting(3)).refusal).toEqual(refusal);
    expect(keepUnplaced({ ...emptyEntry, signs: [signed("bea", 5)] }, waiting(3)).refusal).toBeNull();
  });
});
