import type { ItemId } from "./cast.ts";

/** What really happened, in the order in which it happened. Nobody but the judge sees it. */
export type Fact = EditFact | CommandFact | ExceptionFact | PushFact;

export interface EditFact {
  readonly kind: "edit";
  readonly at: string;
  readonly by: string;
  readonly from: string;
  readonly to: string;
  /** The head at that time. */
  readonly head: string;
  /** GUID of its webhook. */
  readonly guid: string;
}

export interface CommandFact {
  readonly kind: "command";
  readonly at: string;
  readonly by: string;
  readonly verb: "sign" | "unsign";
  readonly item: ItemId;
  readonly head: string;
}

export interface ExceptionFact {
  readonly kind: "exception";
  readonly at: string;
  readonly by: string;
  /** The waived item; null: the whole gate was overridden. */
  readonly item: ItemId | null;
  readonly head: string;
}

export interface PushFact {
  readonly kind: "push";
  readonly at: string;
  readonly before: string;
  readonly head: string;
  readonly guid: string;
}
