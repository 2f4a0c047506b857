/** What a comment gets. */
export interface Reply {
  readonly comment: number;
  readonly author: string;
  readonly reaction: "+1" | "confused";
  /** In order; empty: the reaction says it all. */
  readonly say: readonly Saying[];
}

export type Saying =
  | { readonly kind: "status" }
  | { readonly kind: "help" }
  /** Why something was not done. Plain text: it may name people and teams, whom it must not mention. */
  | { readonly kind: "refusal"; readonly text: string }
  /** One line of inert Markdown. */
  | { readonly kind: "note"; readonly text: string };
