import type { ParsedCommand } from "../../commands/command.ts";
import type { Checklist, Party } from "../../config/checklist.ts";
import type { Saying } from "../../decision.ts";
import type { Ledger } from "../../ledger.ts";
import type { Right } from "../../sign-off/rights.ts";
import type { Comment, Snapshot } from "../../snapshot.ts";
import { type Needs, rightAmong } from "../circumstances.ts";
import { headAt } from "../head.ts";
import type { Collected } from "./commanded.ts";

/** Where a command stands: at an open release, at one that was merged, or in the follow-up of that. */
export type Stage = "gate" | "merged" | "follow-up";

/** What a command is judged by, and where what it asks for is collected. */
export interface Hearing {
  readonly checklist: Checklist;
  readonly heads: Ledger["heads"];
  readonly snapshot: Snapshot;
  readonly needs: Needs;
  readonly stage: Stage;
  readonly collected: Collected;
}

export type CommandOf<Kind extends ParsedCommand["kind"]> = Extract<ParsedCommand, { kind: Kind }>;

/** May whoever wrote the comment do what these may? */
export const rightOf = (
  { snapshot, needs }: Hearing,
  { author }: Comment,
  parties: readonly Party[],
): Right => rightAmong(parties, author, snapshot, needs);

/** Full SHA of the head when the comment was written; null where nobody can tell. */
export const headOf = ({ heads, snapshot, needs }: Hearing, { at }: Comment): string | null =>
  headAt(at, heads, snapshot, needs);

export const writers: Party = { type: "role", role: "write" };

export const note = (text: string): Saying => ({ kind: "note", text });
export const notDone = (text: string): Saying => ({ kind: "refusal", text });

export const refusal = (right: Right, command: string): Saying =>
  notDone(`\`/checklist ${command}\` was not done: ${why(right)}.`);

/** What of a command could not be done, each with the reason; null: all was. */
export const refusals = (reasons: readonly string[]): Saying | null =>
  reasons.length === 0 ? null : notDone(`Not done for ${reasons.join("; ")}.`);

export const why = (right: Right): string =>
  right.may === "no"
    ? right.why
    : right.may === "unknown"
      ? `${right.problem.what} cannot be read (${right.problem.why}); write the command again when that is repaired`
      : "";
