/** How an automated item stands, with what people need to know about it. */
export interface Outcome {
  /**
   * `waiting`: something is under way or yet to start. `unknown`: nothing that counts was found, or it cannot be
   * told how it stands, and waiting alone will not change that. Only `green` is green.
   */
  readonly state: "green" | "waiting" | "failed" | "unknown";
  /** One short phrase for the table and the title: `failed`, `never started`, `2 of 3 green`. Inert plain text. */
  readonly summary: string;
  /** What was found and what to do, in one or two sentences of plain text; empty when green. */
  readonly diagnosis: string;
  /** Why the result should not be trusted blindly, although the rules are met; null when nothing speaks against it. */
  readonly caution: string | null;
  /** Evidence: links with the names to show. */
  readonly evidence: readonly Evidence[];
}

export interface Evidence {
  readonly label: string;
  /** Always `http:` or `https:`. */
  readonly url: string;
}
