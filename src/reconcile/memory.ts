import type { OwnWrite } from "../domain/snapshot.ts";
import type { CheckContent } from "../domain/write.ts";
import { createMemo } from "../github/read/memo.ts";

/** So many pull requests are remembered; those not looked at for longest make place. */
const kept = 5_000;
/** Own writes remembered for each: their echoes come back within seconds. */
const writesKept = 10;

/**
 * What this process remembers of one pull request between looks. All of it may be wrong or gone: that costs a read
 * or a look, never a verdict.
 */
export interface Remembered {
  readonly written: readonly OwnWrite[];
  /** `updated_at` at which the edit history was last read; null: not since the start. */
  readonly historyAt: string | null;
  /** The run that holds the last verdict, with what it said: to close the gate when GitHub cannot be read for long. */
  readonly verdict: { readonly id: number; readonly content: CheckContent } | null;
  /** When looks began to fail, in milliseconds since the epoch; null: the last one did not. */
  readonly failingSince: number | null;
}

const nothing: Remembered = { written: [], historyAt: null, verdict: null, failingSince: null };

export interface Memory {
  of(key: string): Remembered;
  note(key: string, change: Partial<Remembered>): void;
  noteWrite(key: string, write: OwnWrite): void;
}

export const createMemory = (): Memory => {
  const memo = createMemo<Remembered>(kept);
  const of = (key: string): Remembered => memo.get(key) ?? nothing;
  const note = (key: string, change: Partial<Remembered>): void => memo.set(key, { ...of(key), ...change });
  return {
    of,
    note,
    noteWrite: (key, write) => note(key, { written: [...of(key).written, write].slice(-writesKept) }),
  };
};
