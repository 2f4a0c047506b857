import type { OutcomeStatus } from "../after/merge.ts";
import type { Item } from "../config/checklist.ts";

/**
 * One `/checklist …` line of a comment. Item ids are known ids of the checklist, each once, in the order written.
 * Reasons, answers and links are as the person wrote them: whoever shows them makes them inert.
 */
export type ParsedCommand =
  | {
      readonly kind: "sign";
      readonly items: readonly string[];
      /** To the questions of the one named item, in their order; empty where none was written. No longer than its questions. */
      readonly answers: readonly string[];
    }
  | { readonly kind: "unsign"; readonly items: readonly string[] }
  | { readonly kind: "waive"; readonly item: string; readonly reason: string }
  | { readonly kind: "override"; readonly reason: string }
  /** No items: all announcements of the checklist. */
  | { readonly kind: "announce"; readonly items: readonly string[] }
  | { readonly kind: "announced"; readonly items: readonly string[]; readonly link: string }
  | {
      readonly kind: "outcome";
      readonly status: OutcomeStatus;
      /** What the person adds; null: nothing. */
      readonly note: string | null;
    }
  | { readonly kind: "incident"; readonly link: string }
  | { readonly kind: "recheck" }
  | { readonly kind: "status" }
  | { readonly kind: "help" }
  | {
      readonly kind: "wrong";
      /** The line as written, cut at 200 characters; not inert. */
      readonly text: string;
      /** What is wrong and what would be right: one line of Markdown, inert, to be shown as it is. */
      readonly why: string;
    };

/** What has to be known of an item to read a command. Every item of a checklist is one. */
export interface CommandItem {
  readonly id: string;
  readonly kind: Item["kind"];
  readonly questions?: readonly unknown[];
}

/** Bounds on what people write; the first in characters of one line, the second as the ledger keeps answers. */
export const longestReason = 500;
export const longestAnswer = 2_000;
export const mostCommands = 20;
