import type { OwnWrite } from "../../domain/edit.ts";
import type { Announcement } from "../../domain/ledger.ts";
import type { ConfigState, Snapshot } from "../../domain/snapshot.ts";
import type { CheckContent } from "../../domain/write.ts";
import { createMemo } from "../../github/read/memo.ts";
import type { PullKey } from "../../queue/queue.ts";
import type { Owed } from "./owed.ts";
import { nothingSeen, type Seen, withWrite, withWriteSince } from "./seen.ts";

/** So many pull requests are remembered; those not looked at for longest make place. */
const kept = 2_000;
/** Their facts weigh more, some hundred kilobytes each for a large commit. */
const keptFacts = 300;
/** Own writes remembered for each: their echoes come back within seconds. */
const writesKept = 10;

/**
 * What this process remembers of one pull request between looks. All of it may be wrong or gone: that costs a read
 * or a look, never a verdict, since before a gate opens everything is read afresh.
 */
export interface Remembered extends Seen {
  /** By which client it can be read; null: never looked at. */
  readonly key: PullKey | null;
  readonly written: readonly OwnWrite[];
  /** Claims of announcements that this process wrote, or tried to, and knows more of than GitHub's record may say. */
  readonly claims: readonly KnownClaim[];
  /** Answers to comments that were handled, and are not written yet. */
  readonly owed: readonly Owed[];
  /** The run that holds the last verdict, with what it said: to close the gate when GitHub cannot be read for long. */
  readonly verdict: { readonly id: number; readonly content: CheckContent } | null;
  /** Hash of the ledger that the record of the release was written for; null: none was, as far as is known. */
  readonly recorded: string | null;
  /** When looks began to fail, in milliseconds since the epoch; null: the last one did not. */
  readonly failingSince: number | null;
}

export interface KnownClaim {
  readonly key: string;
  readonly claimed: Announcement;
  /** What became of it: the receipts, or what stood there before when nothing was sent; null: nothing stood there. */
  readonly instead: Announcement | null;
}

/** What the last look saw and left behind. */
export interface Facts {
  readonly kind: "release" | "pass";
  /** With our run and ledger as we wrote them. */
  readonly snapshot: Snapshot;
}

const nothing: Remembered = {
  ...nothingSeen,
  key: null,
  written: [],
  claims: [],
  owed: [],
  verdict: null,
  recorded: null,
  failingSince: null,
};

export interface Memory {
  of(key: string): Remembered;
  note(key: string, change: Partial<Remembered>): void;
  noteWrite(key: string, write: OwnWrite): void;
  /** The echo of the last write came, and tells that it erased nothing. */
  noteEcho(key: string): void;
  facts(key: string): Facts | null;
  /** Null forgets them. */
  noteFacts(key: string, facts: Facts | null): void;
  /**
   * While a look runs, the facts are not what it will leave behind. It forgets them: whatever ends it early, they may
   * not hold any more.
   */
  begin(key: string): void;
  end(key: string): void;
  isLooking(key: string): boolean;
  /** The configuration that the look that runs most likely decides by; null: none runs, or nothing is known of it. */
  configUnderWay(key: string): ConfigState | null;
  /** Pull requests that may be merged, as far as this process knows. */
  open(): PullKey[];
}

export const createMemory = (): Memory => {
  const memo = createMemo<Remembered>(kept);
  const factsMemo = createMemo<Facts>(keptFacts);
  const looking = new Map<string, ConfigState | null>();
  const of = (key: string): Remembered => memo.get(key) ?? nothing;
  const note = (key: string, change: Partial<Remembered>): void => memo.set(key, { ...of(key), ...change });
  return {
    of,
    note,
    noteWrite: (key, write) => {
      const { written, explained } = of(key);
      note(key, {
        written: withWrite(written, write).slice(-writesKept),
        explained: explained && withWriteSince(explained, write),
      });
    },
    noteEcho: (key) => {
      const { written, explained } = of(key);
      const write = written.at(-1);
      if (write === undefined) return;
      const echoed = (one: OwnWrite): OwnWrite => (one === write ? { ...one, echoed: true } : one);
      note(key, {
        written: written.map(echoed),
        explained: explained && { ...explained, writes: explained.writes.map(echoed) },
      });
    },
    facts: (key) => factsMemo.get(key) ?? null,
    noteFacts: (key, facts) => (facts === null ? factsMemo.delete(key) : factsMemo.set(key, facts)),
    begin: (key) => {
      looking.set(key, factsMemo.get(key)?.snapshot.config ?? null);
      factsMemo.delete(key);
    },
    end: (key) => void looking.delete(key),
    isLooking: (key) => looking.has(key),
    configUnderWay: (key) => looking.get(key) ?? null,
    open: () =>
      memo
        .values()
        .flatMap(({ key, verdict }) =>
          key !== null && verdict?.content.conclusion === "success" ? [key] : [],
        ),
  };
};

/** What is worth remembering: not what was read of people, comments and history, and not what events told. */
export const worthRemembering = (snapshot: Snapshot): Snapshot => ({
  ...snapshot,
  edits: [],
  pushes: [],
  written: [],
  history: null,
  people: new Map(),
  comments: null,
  activity: null,
  rival: null,
  readyReleases: null,
});
