import type { Incident, OutcomeStatus } from "../../after/merge.ts";
import type { Reply } from "../../decision.ts";
import type { Exception, Ledger } from "../../ledger.ts";
import type { Operation } from "../../sign-off/operation.ts";

/** What the new comments ask for, with their rights already looked at. */
export interface Commanded {
  /** By item. */
  readonly operations: ReadonlyMap<string, readonly Operation[]>;
  readonly waivers: ReadonlyMap<string, Exception>;
  readonly override: Exception | null;
  /** Notify items to be announced (again), by item; who asked. */
  readonly announce: ReadonlyMap<string, string>;
  /** Notify items that were announced elsewhere. */
  readonly announced: ReadonlyMap<string, SaidElsewhere>;
  /** How the release ended, in the order in which it was said. */
  readonly outcomes: readonly SaidOutcome[];
  readonly incidents: readonly Incident[];
  /** Who asked for the final status to be sent again; null: nobody. */
  readonly again: string | null;
  /** Somebody with write access confirmed that a lost ledger is to start afresh. */
  readonly confirmed: boolean;
  /** Milliseconds until those are looked at that are newer than what was read of the pull request; null: none is. */
  readonly wait: number | null;
  readonly comments: Ledger["comments"];
  readonly replies: readonly Reply[];
}

export interface SaidElsewhere {
  readonly by: string;
  readonly link: string;
  readonly at: string;
}

export interface SaidOutcome {
  readonly status: OutcomeStatus;
  readonly note: string | null;
  readonly by: string;
  readonly at: string;
}

/** The same while it is being collected, command by command. */
export class Collected implements Omit<Commanded, "comments" | "replies" | "wait"> {
  readonly operations = new Map<string, Operation[]>();
  readonly waivers = new Map<string, Exception>();
  override: Exception | null = null;
  readonly announce = new Map<string, string>();
  readonly announced = new Map<string, SaidElsewhere>();
  readonly outcomes: SaidOutcome[] = [];
  readonly incidents: Incident[] = [];
  again: string | null = null;
  confirmed = false;

  add(operation: Operation): void {
    this.operations.set(operation.item, [...(this.operations.get(operation.item) ?? []), operation]);
  }
}
